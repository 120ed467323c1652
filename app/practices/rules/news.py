"""Who is told of what happens in a review, and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from app.practices.rules.states import Step

QUIET = timedelta(minutes=5)  # without anything new until people are told
LONGEST_WAIT = timedelta(minutes=30)  # however much goes on


class Happening(StrEnum):
    """What there is to tell."""

    MOVED = "news_moved"
    COMMENTED = "news_commented"
    ANSWERED = "news_answered"  # a comment by one of the writers
    ASKED = "news_asked"


class Circle(StrEnum):
    """As what somebody is told; in the order in which one counts for who is several."""

    EDITOR = "editor"
    WRITER = "writer"
    EXPERT = "expert"
    AUTHOR = "author"


_TO_WRITERS = frozenset({Circle.WRITER})
_TO_ALL_NAMED = frozenset({Circle.WRITER, Circle.AUTHOR})
TOLD_OF_STEP: dict[Step, frozenset[Circle]] = {
    Step.SUBMIT: frozenset({Circle.EDITOR}),
    Step.SELECT: _TO_WRITERS,
    Step.LEAVE_OUT: _TO_WRITERS,
    Step.SEND_BACK: _TO_WRITERS,
    Step.DECLINE: _TO_ALL_NAMED,
    Step.PUBLISH: _TO_ALL_NAMED | {Circle.EXPERT},
    Step.VALIDATE: _TO_ALL_NAMED,
    Step.RETIRE: _TO_ALL_NAMED,
}
TOLD_OF: dict[Happening, frozenset[Circle]] = {
    Happening.COMMENTED: _TO_WRITERS,
    Happening.ANSWERED: _TO_WRITERS | {Circle.EDITOR},
    Happening.ASKED: frozenset({Circle.EXPERT}),
}


def told_of(happening: Happening, step: Step | None = None) -> frozenset[Circle]:
    """Who is told; nobody of steps that concern who takes them only."""
    if happening is Happening.MOVED:
        return TOLD_OF_STEP.get(step, frozenset()) if step else frozenset()
    return TOLD_OF[happening]


def is_time_to_tell(times: Iterable[datetime], now: datetime) -> bool:
    """When nothing was added for five minutes, or the first has waited for half an hour."""
    known = list(times)
    return bool(known) and (now - max(known) >= QUIET or now - min(known) >= LONGEST_WAIT)
