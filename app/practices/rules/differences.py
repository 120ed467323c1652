"""Two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 1500  # of two passages that are compared word by word; longer ones count as wholly changed


class Mark(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, went or came. The runs without NEW are the old text, those without GONE the new one."""

    mark: Mark
    text: str


def differences(old: str, new: str) -> list[Run]:
    """What changed between two texts; whole lines first, then words inside the lines that changed."""
    return _joined(_compared(old.splitlines(keepends=True), new.splitlines(keepends=True), inside=True))


def _compared(old: Sequence[str], new: Sequence[str], *, inside: bool = False) -> Iterator[Run]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Run(Mark.SAME, gone)
        elif inside and tag == "replace":
            yield from _within(gone, came)
        else:
            yield from (Run(Mark.GONE, gone), Run(Mark.NEW, came))


def _within(gone: str, came: str) -> Iterator[Run]:
    words, others = _WORDS.findall(gone), _WORDS.findall(came)
    if len(words) + len(others) > MOST_WORDS:
        yield from (Run(Mark.GONE, gone), Run(Mark.NEW, came))
        return
    yield from _compared(words, others)


def _joined(runs: Iterator[Run]) -> list[Run]:
    """Neighbours of one mark as one run; a lone blank that stayed between two changes is no reason to break them."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if found and found[-1].mark is run.mark:
            found[-1] = Run(run.mark, found[-1].text + run.text)
        else:
            found.append(run)
    return found
