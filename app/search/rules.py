"""How words are folded, so that ``s3 4 alp`` finds ``S3-4AlpClusters`` and ``Prüfung`` finds ``prufung``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_QUERY = 200
MOST_TERMS = 8
PASSAGE_END = "\f"  # between the texts of one document: each may be in a language of its own
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Lower case without accents, words parted by single blanks."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(plain.replace("_", " ")))


def document(names: Iterable[str], texts: Iterable[str] = ()) -> str:
    """What is searched: every text folded, and every name once more without blanks."""
    names = [fold(name) for name in names if name]
    return "\n".join([*names, *(name.replace(" ", "") for name in names), *(fold(text) for text in texts if text)])


def terms(query: str) -> list[str]:
    """The parts that must all be found; an empty list finds nothing."""
    return fold(query[:LONGEST_QUERY]).split()[:MOST_TERMS]
