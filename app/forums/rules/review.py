"""Peer reviews: who reviews whom, and what becomes of the findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.forums import errors

COUNTRIES_NEEDED = 2  # other than the host's
DAYS_NEEDED = 2


class FindingKind(StrEnum):
    """What peers found."""

    STRENGTH = "strength"
    CHALLENGE = "challenge"
    RECOMMENDATION = "recommendation"


class TodoState(StrEnum):
    """Where something to do stands."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class Missing(StrEnum):
    """What a review still needs before it begins."""

    HOST = "host"
    COUNTRIES = "countries"
    DAYS = "days"


SETTLED = frozenset({TodoState.DONE, TodoState.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is known of a review: the country of its host, those of its peers, the days that it takes."""

    host_country: str | None
    peer_countries: frozenset[str]
    days: int

    @property
    def other_countries(self) -> frozenset[str]:
        return self.peer_countries - {self.host_country or ""}


def missing(frame: Frame) -> tuple[Missing, ...]:
    """A host, peers from two other countries at least, two days (the method of Interreg peer reviews)."""
    wanted = {
        Missing.HOST: frame.host_country is None,
        Missing.COUNTRIES: len(frame.other_countries) < COUNTRIES_NEEDED,
        Missing.DAYS: frame.days < DAYS_NEEDED,
    }
    return tuple(one for one, lacks in wanted.items() if lacks)


def check_complete(frame: Frame) -> None:
    """Raises ReviewIncomplete, whose ``missing`` names everything that lacks."""
    lacking = missing(frame)
    if lacking:
        raise errors.ReviewIncomplete(missing=lacking, countries=len(frame.other_countries), days=frame.days)


def is_overdue(state: TodoState, due: date, today: date) -> bool:
    return state not in SETTLED and due < today


def open_first(todos: Iterable[tuple[int, TodoState, date]]) -> list[int]:
    """The ids of what is to be done, then of what is settled, each by its day."""
    return [key for key, _state, _due in sorted(todos, key=lambda one: (one[1] in SETTLED, one[2], one[0]))]
