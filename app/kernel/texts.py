"""Texts in several languages, with a fallback that can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator

LANGUAGES = ("en", "it", "de")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as shown: ``lang`` is the language it is really in."""

    text: str
    lang: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class Texts(Mapping[str, str]):
    """One text per language; empty ones are left out. Immutable, so that a change is always a new value."""

    __slots__ = ("_texts",)
    is_readable = True

    def __init__(self, texts: Mapping[str, str] | None = None, /, **by_language: str) -> None:
        given = {**(texts or {}), **by_language}
        self._texts = {lang: given[lang] for lang in sorted(given) if given[lang]}

    def __getitem__(self, lang: str) -> str:
        return self._texts[lang]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(self._texts.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._texts == dict(other)

    def __repr__(self) -> str:
        return f"Texts({self._texts!r})"

    def wording(self, lang: str) -> Wording:
        """The text in ``lang``, or else the first there is in the order of LANGUAGES, marked as fallback."""
        for candidate in (lang, *LANGUAGES):
            if text := self._texts.get(candidate):
                return Wording(text, candidate, candidate != lang)
        return Wording("", lang, False)

    def all_words(self) -> Iterable[str]:
        """Every wording, for searching."""
        return self._texts.values()


class UnreadableTexts(Texts):
    """What is stored is no text in languages. Pages show it as empty; who must not leave anything out asks."""

    __slots__ = ()
    is_readable = False


class TextsType(TypeDecorator[Texts]):
    """Stores :class:`Texts` as a JSON object."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Any) -> dict[str, str]:
        return dict(value or {})

    def process_result_value(self, value: dict[str, str] | None, dialect: Any) -> Texts:
        if value and any(text.__class__ is not str for text in value.values()):
            raise TypeError("a text is no text")
        return Texts(value)

    def result_processor(self, dialect: Any, coltype: Any) -> Callable[[Any], Texts]:
        """One text that somebody broke must not close every page that lists what it stands in."""
        read: Any = super().result_processor(dialect, coltype)

        def read_if_possible(value: Any) -> Texts:
            try:
                texts: Texts = read(value)
            except (ValueError, TypeError, AttributeError):
                return UnreadableTexts()
            return texts

        return read_if_possible
