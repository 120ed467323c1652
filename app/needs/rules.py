"""What a need is, when it can be put in and voted for, and who sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.needs.errors import NotCollected, NotVotedOn, ReasonMissing, TextMissing, TooManyNeeds

MOST_OF_ONE = 12  # needs that one person puts in at one part of the agenda
MOST_OF_TABLE = 200  # needs that the link of a table takes
AFTER = timedelta(hours=24)  # how long after its end a part still takes what was forgotten


class Priority(StrEnum):
    """How much depends on it for those who say so."""

    HELPFUL = "need_helpful"
    IMPORTANT = "need_important"
    URGENT = "need_urgent"


class NeedState(StrEnum):
    SHOWN = "need_shown"
    HIDDEN = "need_hidden"
    MERGED = "need_merged"


class Gate(StrEnum):
    """Whether needs or votes are taken: by the time of the part, or as the organiser says."""

    BY_TIME = "gate_by_time"
    OPEN = "gate_open"
    CLOSED = "gate_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """A part of the agenda that collects needs; the instants are its own begin of day and end."""

    opens_at: datetime
    ends_at: datetime
    entries: Gate = Gate.BY_TIME
    votes: Gate = Gate.BY_TIME
    takes_place: bool = True

    def takes_entries(self, now: datetime) -> bool:
        return self.takes_place and self._is_open(self.entries, now)

    def takes_votes(self, now: datetime) -> bool:
        return self.takes_place and self._is_open(self.votes, now)

    def _is_open(self, gate: Gate, now: datetime) -> bool:
        if gate is Gate.BY_TIME:
            return self.opens_at <= now < self.ends_at + AFTER
        return gate is Gate.OPEN


def check_entry(collecting: Collecting, *, put_in: int, most: int, now: datetime) -> None:
    """Refuse a need out of time, or beyond what one place may put in. Raises NotCollected, TooManyNeeds."""
    if not collecting.takes_entries(now):
        raise NotCollected(opens_at=collecting.opens_at)
    if put_in >= most:
        raise TooManyNeeds(most=most)


def check_vote(collecting: Collecting | None, state: NeedState, now: datetime) -> None:
    """Refuse a vote out of time or for what is not shown; raises NotVotedOn."""
    if collecting is None or state is not NeedState.SHOWN or not collecting.takes_votes(now):
        raise NotVotedOn


def check_text(text: str) -> str:
    """The text without blanks round it; raises TextMissing."""
    if not text.strip():
        raise TextMissing(field="text")
    return text.strip()


def check_reason(reason: str) -> str:
    """Whoever hides what somebody said gives a reason; raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFilter:
    """Which needs a list shows. Empty means all; every part narrows."""

    q: str | None = None
    sector: str | None = None
    group: str | None = None
    country: str | None = None
    cluster: str | None = None
    event: str | None = None

    def parts(self) -> dict[str, str]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Insider:
    """Whose needs somebody sees although they are not public: by cluster, by project, by organiser of the event."""

    sees_all: bool = False
    organisation_ids: frozenset[int] = frozenset()
    project_ids: frozenset[int] = frozenset()


def merged_votes(voters: Iterable[Iterable[str]]) -> set[str]:
    """Who voted for one of several needs that become one, each once."""
    return {voter for each in voters for voter in each}
