"""Which passwords are guessed first: several hundred words, written down here by hand, and what people make of them.

Guessing programs try words with digits behind them, letters turned into digits, rows of a keyboard, repetitions and
dates before anything else; no list of stolen passwords is needed to say so.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_ROWS = (
    *("01234567890", "abcdefghijklmnopqrstuvwxyz"),
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiopü", "asdfghjklöä", "yxcvbnm", "qwertyuiopè", "asdfghjklòà"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujm"),
    *("qwaszx", "qweasdzxc", "zaqwsx"),
)
_TURNED = str.maketrans("0134578@$!€", "oieastbasie")
_LONGEST_NUMBER = 11  # digits only: telephone numbers and dates
_LONGEST_REPETITION = 24
_SHORTEST_PIECE = 3


def is_guessed_first(password: str, email: str) -> bool:
    """Whether a password is made of little more than a word, a name, a row of keys, a date or a repetition."""
    plain = password.casefold()
    if plain == email.casefold() or (plain.isdigit() and len(plain) <= _LONGEST_NUMBER):
        return True
    if len(plain) <= _LONGEST_REPETITION and re.fullmatch(r"(.{1,6}?)\1+.?", plain):
        return True
    names = set(re.split(r"[\W\d_]+", email.casefold().rpartition("@")[0]))
    bare = re.sub(r"[\W\d_]+", "", plain)
    return any(_is_made_of(form, names) for form in (bare, _letters(plain), plain.strip(".!?*#+-_ ")))


def _letters(plain: str) -> str:
    """What is meant by digits and signs that stand for letters; digits at the end are a tail that says nothing."""
    return re.sub(r"[\W\d_]+", "", re.sub(r"[\W\d_]+$", "", plain).translate(_TURNED))


def _is_made_of(text: str, names: set[str]) -> bool:
    """Whether known words, names and rows of keys, at most two, fill a text."""
    if _is_known(text, names):
        return True
    return any(_is_known(text[:cut], names) and _is_known(text[cut:], names) for cut in range(2, len(text) - 1))


def _is_known(piece: str, names: set[str]) -> bool:
    if len(piece) < _SHORTEST_PIECE:
        return False
    return piece in _words() or piece in names or any(piece in row or piece in row[::-1] for row in _ROWS)


@cache
def _words() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "common_words.txt").read_text("utf-8").split())
