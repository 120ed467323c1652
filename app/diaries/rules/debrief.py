"""Which findings may be told on: those of which every line is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A line that a finding was made of. One that was erased on its day was shared until then."""

    id: int
    is_shared: bool
    is_erased: bool


def is_on_hold(sources: Sequence[Source]) -> bool:
    """Somebody has taken a line back: the words of the finding may be theirs, so it waits to be worded anew."""
    return not sources or not all(one.is_shared for one in sources)


def is_shown(sources: Sequence[Source]) -> bool:
    """Whether a finding may stand in a report or become a practice."""
    return not is_on_hold(sources)


def title_from(text: str) -> str:
    """A first title for what a finding says: its first sentence, as far as it fits."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    for mark in (". ", "! ", "? ", ": ", "; "):
        first = first.split(mark)[0]
    if len(first) <= LONGEST_TITLE:
        return first.rstrip(".")
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;: ") + " …"
