"""Pitches: how long, in which order, and when people may vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.forums import errors

SHORTEST, LONGEST, USUAL = 3, 5, 4  # minutes of a pitch
MOST_PITCHES = 60


class Vote(StrEnum):
    """Whether people may vote."""

    NONE = "none"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Turn:
    """A pitch in its time, as minutes after the session begins."""

    id: int
    begins: int
    minutes: int


def check_minutes(minutes: int) -> None:
    """Raises PitchTooLong, which names the range."""
    if not SHORTEST <= minutes <= LONGEST:
        raise errors.PitchTooLong(field="minutes", least=SHORTEST, most=LONGEST)


def check_window(opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Both or neither, in their order; raises VoteTurnedRound."""
    if (opens_at is None) is not (closes_at is None):
        raise errors.VoteTurnedRound(field="closes_at" if opens_at else "opens_at")
    if opens_at and closes_at and opens_at >= closes_at:
        raise errors.VoteTurnedRound(field="closes_at")


def vote_state(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Vote:
    if opens_at is None or closes_at is None:
        return Vote.NONE
    if now < opens_at:
        return Vote.NOT_YET
    return Vote.OPEN if now < closes_at else Vote.CLOSED


def check_vote(state: Vote) -> None:
    """Raises VoteNotOpen or VoteClosed."""
    if state is Vote.CLOSED:
        raise errors.VoteClosed
    if state is not Vote.OPEN:
        raise errors.VoteNotOpen


def running_order(pitches: Iterable[tuple[int, int | None]], usual: int) -> list[Turn]:
    """One pitch behind the other: ``(id, minutes)`` in their order, without minutes the usual ones."""
    turns, begins = [], 0
    for key, minutes in pitches:
        turns.append(Turn(key, begins, minutes or usual))
        begins += minutes or usual
    return turns


def moved(ids: Sequence[int], key: int, steps: int) -> list[int]:
    """The order after one of them went so many places down (or up), as far as there are places."""
    place = ids.index(key)
    others = [one for one in ids if one != key]
    others.insert(min(max(place + steps, 0), len(others)), key)
    return others


def ranked(ids: Sequence[int], votes: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """``(rank, id, votes)``: who has most votes first; equal votes share a rank, in the order of pitching."""
    ordered = sorted(ids, key=lambda key: -votes.get(key, 0))
    counts = [votes.get(key, 0) for key in ordered]
    return [(counts.index(count) + 1, key, count) for key, count in zip(ordered, counts, strict=True)]
