"""Placeholders: ``{given_name}`` becomes words, a link or a list of links. Nothing else between braces means anything.

Values are put in once and never read again for placeholders; ``{a.b}``, ``{x!r}`` and ``{{name}}`` stay as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"(?<!\{)(\]\()?\{([a-z][a-z_]*)\}(?!\})")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]+)\]\((\S+?)\)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words; whatever looks like Markdown in them is none."""

    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def plain(self) -> str:
        return " ".join(self.text.split())

    def markdown(self, *, in_link: bool) -> str:
        return _PUNCTUATION.sub(r"\\\1", self.plain())


@dataclass(frozen=True, slots=True)
class Link:
    """A web address of ours or of the organiser."""

    url: str = ""

    def __bool__(self) -> bool:
        return bool(self.url)

    def plain(self) -> str:
        return _safe(self.url)

    def markdown(self, *, in_link: bool) -> str:
        return _safe(self.url) if in_link else f"<{_safe(self.url)}>"


@dataclass(frozen=True, slots=True)
class Links:
    """Titles with addresses, one a line."""

    entries: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    def plain(self) -> str:
        return "\n".join(f"- {' '.join(title.split())}: {_safe(url)}" for title, url in self.entries)

    def markdown(self, *, in_link: bool) -> str:
        lines = (f"- [{Words(title).markdown(in_link=False)}]({_safe(url)})" for title, url in self.entries)
        return "\n" + "\n".join(lines) + "\n"


Value = Words | Link | Links


def names_in(text: str) -> list[str]:
    """The placeholders of a text, each once."""
    return list(dict.fromkeys(name for _, name in _PLACEHOLDER.findall(text)))


def unknown_in(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """What looks like a placeholder and is none: most often a typing mistake."""
    found = [name for text in texts for name in names_in(text)]
    return sorted(set(found) - set(known))


def fill_plain(text: str, values: Mapping[str, Value]) -> str:
    """The text for readers without HTML: links are written out, and nothing is set in bold."""
    plain = _STRONG.sub(r"\1", "\n".join(_kept(text, values)))  # before values, which are only words
    written_out = _MARKDOWN_LINK.sub(r"\1: \2", plain)
    return _PLACEHOLDER.sub(
        lambda found: f"{found[1] or ''}{values[found[2]].plain()}" if found[2] in values else found[0], written_out
    )


def fill_markdown(text: str, values: Mapping[str, Value]) -> str:
    """The text as Markdown, in which values are nothing but words and links."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[2])
        if value is None:
            return found[0]
        return f"{found[1] or ''}{value.markdown(in_link=bool(found[1]))}"

    return "\n".join(_PLACEHOLDER.sub(put, line) for line in _kept(text, values))


def _kept(text: str, values: Mapping[str, Value]) -> list[str]:
    """A line that points to something which this reader does not have is left out: no certificate, no slides yet."""
    return [
        line
        for line in text.splitlines()
        if not any(isinstance(values.get(name), Link | Links) and not values[name] for name in names_in(line))
    ]


def _safe(url: str) -> str:
    for sign, code in ((" ", "%20"), ("<", "%3C"), (">", "%3E"), ("(", "%28"), (")", "%29"), ("\n", "")):
        url = url.replace(sign, code)
    return url
