"""Two people wrote the same chapter at once: both texts become one, or it is said where they cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from app.kernel.texts import LANGUAGES, Texts


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with the changes of both against ``base``, line by line; None where both changed the same lines."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    common, left, right = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    merged: list[str] = []
    z = a = b = 0
    for zs, ze, as_, bs in _meeting_points(common, left, right):
        part = _between(common[z:zs], left[a:as_], right[b:bs])
        if part is None:
            return None
        merged += part
        merged += common[zs:ze]
        z, a, b = ze, as_ + (ze - zs), bs + (ze - zs)
    return "".join(merged)


def merge_texts(base: Texts, mine: Texts, theirs: Texts) -> Texts | None:
    """The same for each language; a language that one of the two changed is no conflict."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        text = merge(base.get(lang, ""), mine.get(lang, ""), theirs.get(lang, ""))
        if text is None:
            return None
        found[lang] = text
    return Texts(found)


def _between(common: list[str], left: list[str], right: list[str]) -> list[str] | None:
    if left in (common, right):
        return right
    return left if right == common else None


def _meeting_points(
    common: Sequence[str], left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that nobody touched: from and to in the common text, and where they begin in the other two."""
    in_left = SequenceMatcher(None, common, left, autojunk=False).get_matching_blocks()
    in_right = SequenceMatcher(None, common, right, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(in_left) and j < len(in_right):
        (z1, a, n1), (z2, b, n2) = in_left[i], in_right[j]
        start, end = max(z1, z2), min(z1 + n1, z2 + n2)
        if start < end:
            yield start, end, a + (start - z1), b + (start - z2)
        if z1 + n1 < z2 + n2:
            i += 1
        else:
            j += 1
    yield len(common), len(common), len(left), len(right)
