"""Words as both databases keep them: folded, and their stems in three languages, each marked with a letter that
folding never leaves. Light stemming of plurals and endings is after J. Savoy (UniNE), "Light stemming approaches".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from app.search.rules import fold

ENGLISH, ITALIAN, GERMAN, NAME, MARK, IN_NAME = "é", "ì", "ü", "ñ", "ç", "à"
LONGEST_WORD = 40
MOST_WORDS = 4000
_ENGLISH_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ings", ""), ("s", ""))
_ITALIAN_ENDING = re.compile(r"(?:[aeiou]|ie|io|ia|ii|hi|he)$")
_GERMAN_ENDING = re.compile(r"(?:innen|ern|em|en|er|es|e)$")


def english(word: str) -> str:
    """``companies`` and ``company``, ``clusters`` and ``cluster`` become one."""
    if len(word) > 4 and not word.endswith(("ss", "us", "is")):
        for ending, instead in _ENGLISH_ENDINGS:
            if word.endswith(ending):
                word = word.removesuffix(ending) + instead
                break
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            word = word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
            break
    word = word.removesuffix("e") if len(word) > 4 else word
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 3 else word


def italian(word: str) -> str:
    """``tecnologie`` and ``tecnologia``, ``imprese`` and ``impresa`` become one."""
    if len(word) < 5:
        return word
    word = _ITALIAN_ENDING.sub("", word, count=1)
    return word.rstrip("h") if word.endswith(("ch", "gh")) else word


def german(word: str) -> str:
    """``Netzwerke`` and ``Netzwerk``, ``Häuser`` and ``Haus`` become one."""
    if len(word) > 4 and word.endswith("s") and word[-2] in "bdfghklmnrt":
        word = word[:-1]
    shorter = _GERMAN_ENDING.sub("", word, count=1)
    return shorter if len(shorter) >= 4 else word


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, ...]:
    """A folded word and its three stems."""
    return (word, ENGLISH + english(word), ITALIAN + italian(word), GERMAN + german(word))


def plain_words(texts: Iterable[str]) -> list[str]:
    """The different words of texts in their order, folded."""
    seen = dict.fromkeys(word for text in texts if text for word in fold(text).split() if len(word) <= LONGEST_WORD)
    return list(seen)[:MOST_WORDS]


def tokens(words: Iterable[str]) -> list[str]:
    return sorted({form for word in words for form in forms(word)})


def in_names(tokens: Iterable[str]) -> list[str]:
    """The same tokens as names have them, so that words of every text do not slow the look into names."""
    return [IN_NAME + token for token in tokens]


def name_token(name: str) -> str:
    """One token for a whole name, however it is parted."""
    return NAME + fold(name).replace(" ", "")[: LONGEST_WORD * 3]


def mark_token(facet: str, value: str) -> str:
    return f"{MARK}{facet}{fold(value).replace(' ', '')}"


def grams(word: str) -> set[str]:
    """The trigrams by which a mistyped word is near another."""
    padded = f" {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def distance(one: str, other: str) -> int:
    """How many letters were forgotten, added, mistaken or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right)))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]


def forgiven(word: str) -> int:
    """How many mistakes may be in a word of this length."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
