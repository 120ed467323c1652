"""The form as plain values: what a version keeps, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.kernel.dates import RoughDate
from app.kernel.texts import LANGUAGES, Texts
from app.practices.rules.differences import Run, differences


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that differs between two versions; ``lang`` is empty where it has none."""

    name: str
    lang: str
    runs: list[Run]


def plain(value: Any) -> Any:
    """A value of the form as JSON holds it; sets in a fixed order."""
    match value:
        case Texts():
            return dict(value)
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return list(value)
        case RoughDate() | StrEnum():
            return str(value)
    return value


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Changed]:
    """The fields in which two versions differ, in the order of the newer one, texts by language."""
    for name in new:
        before, after = old.get(name), new[name]
        if before == after:
            continue
        if isinstance(after, Mapping):
            yield from _texts(name, before or {}, after)
        else:
            yield Changed(name, "", differences(_words(before), _words(after)))


def _texts(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Changed]:
    for lang in LANGUAGES:
        if old.get(lang, "") != new.get(lang, ""):
            yield Changed(name, lang, differences(old.get(lang, ""), new.get(lang, "")))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, False) else ("✓" if value is True else str(value))


def merge(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Two versions made of one: what only one of them changed is taken; gives the rest as (field, language).

    Where both changed the same words otherwise, mine stand in the merged values.
    """
    merged, clashes = dict(mine), []
    for name, own in mine.items():
        before, other = base.get(name), theirs.get(name)
        if isinstance(own, Mapping):
            texts = {}
            for lang in LANGUAGES:
                words = [side.get(lang, "") for side in (before or {}, own, other or {})]
                texts[lang], clash = _either(*words)
                clashes += [(name, lang)] * clash
            merged[name] = {lang: text for lang, text in texts.items() if text}
        else:
            merged[name], clash = _either(before, own, other)
            clashes += [(name, "")] * clash
    return merged, clashes


def _either(before: Any, own: Any, other: Any) -> tuple[Any, bool]:
    if own == before:
        return other, False
    return own, other not in (before, own)
