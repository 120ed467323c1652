"""The words that were found, marked in a title and in a piece of the text around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from app.search.rules import PASSAGE_END, fold
from app.search.words import forms

AROUND = 90  # letters on each side of the first word that was found


def marked(text: str, words: Sequence[str]) -> Markup:
    """The text escaped, with what was found in ``<mark>``."""
    done, parts = 0, list[Markup]()
    for start, end in _places(text, words):
        parts += [escape(text[done:start]), Markup("<mark>%s</mark>") % text[start:end]]
        done = end
    return Markup("").join([*parts, escape(text[done:])])


def excerpt(text: str, words: Sequence[str]) -> Markup | None:
    """A piece of the text around the first word that was found, marked; None where only names say it.

    It ends where its passage ends: the next one may be in another language.
    """
    found = next((one for passage in text.split(PASSAGE_END) if (one := _first(passage, words))), None)
    if found is None:
        return None
    text, place = found
    start, end = max(place[0] - AROUND, 0), place[1] + AROUND
    start = text.find(" ", start, place[0]) + 1 if start and " " in text[start : place[0]] else start
    end = text.rfind(" ", place[1], end) if end < len(text) and " " in text[place[1] : end] else end
    piece = " ".join(text[start:end].split())
    return Markup("").join(["… " if start else "", marked(piece, words), " …" if end < len(text) else ""])


def _first(passage: str, words: Sequence[str]) -> tuple[str, tuple[int, int]] | None:
    places = _places(passage, words)
    return (passage, places[0]) if places else None


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    if not words:
        return []
    found = _heads(tuple(words)).finditer(_plain(text))
    return [match.span() for match in found if _is_one(text[match.start() : match.end()], words)]


def _is_one(written: str, words: Sequence[str]) -> bool:
    own = fold(written)
    shapes = set(forms(own))
    return own.startswith(words[-1]) or any(shapes & set(forms(word)) for word in words)


@lru_cache(maxsize=500)
def _heads(words: tuple[str, ...]) -> re.Pattern[str]:
    """Words that begin as these do: what is looked at closely."""
    heads = sorted({re.escape(word[: max(3, len(word) - 4)]) for word in words})
    return re.compile(rf"\b(?:{'|'.join(heads)})\w*")


@lru_cache(maxsize=2000)
def _plain_letter(letter: str) -> str:
    small = unicodedata.normalize("NFKD", letter.lower())[:1]
    return "l" if letter in "łŁ" else small


def _plain(text: str) -> str:
    """Small letters without accents, each in its place."""
    return text.lower() if text.isascii() else "".join(map(_plain_letter, text))
