"""Who may meet whom and until when, and what follows from what people ask for and answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.meetings.errors import (
    AnsweredAlready,
    AskedTooMany,
    ClosesTooEarly,
    HasBegun,
    NotHeldYet,
    NothingToTell,
    NotOpen,
    NumberOutOfRange,
    OwnOrganisation,
    ReasonMissing,
)
from app.meetings.schedule.values import MOST_MEETINGS, Pair, Want

SLOT_MINUTES = (15, 20, 30)
"""Fifteen minutes are the least in which two people learn anything of each other; twenty are usual."""

USUAL_SLOT = 20
SPARE_LEAST, SPARE_MOST, USUAL_SPARE = 10, 20, 15  # percent of the tables
MOST_TABLES = 500
MOST_ASKED = 40  # requests of one person that are open or accepted
MATCHES = 6  # people whom the organiser's arranging proposes to one person at most
REQUEST_LIFE = timedelta(days=3)
SEARCH_SECONDS = (10, 30, 60, 120)
USUAL_SECONDS = 30
LOST_AFTER = timedelta(minutes=10)  # a search that says nothing for so long does not run any more
LONGEST_WORD, MOST_WORDS = 60, 8


class RequestState(StrEnum):
    """Where a request stands. Nobody meets without ACCEPTED."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


SAID_NO = frozenset({RequestState.DECLINED, RequestState.WITHDRAWN})
UNDER_WAY = frozenset({RequestState.OPEN, RequestState.ACCEPTED})


class Outcome(StrEnum):
    """What came of a meeting, as either side notes it."""

    FOLLOW_UP = "follow_up"
    LETTER = "letter"
    NOTHING = "nothing"


class SearchState(StrEnum):
    """Where a search for a schedule stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


ACTIVE = frozenset({SearchState.QUEUED, SearchState.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingWindow:
    """When requests are sent and answered: from ``opens_at`` until before ``closes_at``, UTC."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return not self.is_early(now) and not self.is_over(now)

    def is_early(self, now: datetime) -> bool:
        return self.opens_at is not None and now < self.opens_at

    def is_over(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at

    def check_open(self, now: datetime) -> None:
        """Raises NotOpen."""
        if not self.is_open(now):
            raise NotOpen(field="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotTime:
    """A slot of a block; ``id`` names it within the event, instants are UTC."""

    id: int
    block_id: int
    number: int
    tables: int
    starts_at: datetime
    ends_at: datetime

    @property
    def code(self) -> str:
        """How it is stored where somebody cannot come."""
        return f"{self.block_id}:{self.number}"

    def overlaps(self, begins: datetime, ends: datetime) -> bool:
        return begins < self.ends_at and ends > self.starts_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody looks for and offers: ids of sectors and specialisations, and free words."""

    id: int
    organisation: str
    needs: frozenset[str]
    offers: frozenset[str]
    may_be_arranged: bool = False


@dataclass(frozen=True, slots=True)
class Common:
    """What two people have for each other: what the first finds, and what the second finds."""

    finds: frozenset[str]
    gives: frozenset[str]

    @property
    def count(self) -> int:
        return len(self.finds) + len(self.gives)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A request with its two sides."""

    asker: int
    asked: int
    state: RequestState


def slots_of(minutes: int, length: int) -> int:
    """How many slots of a length a block has; what is left at the end is nobody's."""
    return max(minutes // length, 0)


def tables_needed(meetings: int, slots: int, spare: int) -> int:
    """Meetings by slots, and the spare share on top."""
    if not slots:
        return 0
    return -(-meetings * (100 + spare) // (slots * 100))


def common(one: Wishes, other: Wishes) -> Common:
    """Needs of the one that the other offers, and the other way round."""
    return Common(one.needs & other.offers, one.offers & other.needs)


def key_of_word(text: str) -> str:
    """Free words are the same whatever their case and blanks."""
    return " ".join(text.casefold().split())


def pairs(
    requests: Iterable[Answered],
    people: Mapping[int, Wishes],
    *,
    arranges: bool,
    called_off: Collection[tuple[int, int]] = (),
) -> tuple[Pair, ...]:
    """Who may be brought together: accepted requests of people who still take part, and what fits on top.

    Where the organiser arranges, people who allowed it are proposed those whose needs and offers fit best, a few
    each, but nobody with whom a meeting was declined or ``called_off``. Colleagues never meet.
    """
    requests = list(requests)
    accepted = {(one.asker, one.asked) for one in requests if one.state is RequestState.ACCEPTED}
    wants: dict[tuple[int, int], Want] = {}
    for asker, asked in accepted:
        ids = min(asker, asked), max(asker, asked)
        if all(one in people for one in ids) and not _are_colleagues(people, *ids):
            wants[ids] = Want.MUTUAL if (asked, asker) in accepted else Want.ACCEPTED
    if arranges:
        declined = {(one.asker, one.asked) for one in requests if one.state in SAID_NO}
        no = {(min(ids), max(ids)) for ids in declined} | set(called_off)
        for ids in _matches(people):
            if ids not in no:
                wants.setdefault(ids, Want.MATCHED)
    return tuple(sorted(Pair(*ids, want) for ids, want in wants.items()))


def _matches(people: Mapping[int, Wishes]) -> set[tuple[int, int]]:
    willing = [one for one in people.values() if one.may_be_arranged]
    found = set()
    for one in willing:
        fits = [
            (-shared.count, other.id)
            for other in willing
            if other.organisation != one.organisation and (shared := common(one, other)).count
        ]
        found |= {(min(one.id, other), max(one.id, other)) for _count, other in sorted(fits)[:MATCHES]}
    return found


def _are_colleagues(people: Mapping[int, Wishes], one: int, other: int) -> bool:
    return people[one].organisation == people[other].organisation


def expires_at(now: datetime, window: BookingWindow) -> datetime:
    """A request waits for three days, and not beyond the window."""
    return min(now + REQUEST_LIFE, window.closes_at) if window.closes_at else now + REQUEST_LIFE


def check_ask(*, asker: Wishes, asked: Wishes, reason: str, under_way: int) -> None:
    """Raises OwnOrganisation, ReasonMissing, AskedTooMany."""
    if asker.organisation == asked.organisation:
        raise OwnOrganisation(field="reason")
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if under_way >= MOST_ASKED:
        raise AskedTooMany(field="reason", most=MOST_ASKED)


def check_answerable(state: RequestState, *, among: Collection[RequestState] = (RequestState.OPEN,)) -> None:
    """Raises AnsweredAlready."""
    if state not in among:
        raise AnsweredAlready(state=state)


def check_wishes(needs: Iterable[str], offers: Iterable[str]) -> None:
    """Who takes part says what for; raises NothingToTell."""
    if not [*needs, *offers]:
        raise NothingToTell(field="needs")


def check_settings(*, most: int, spare: int, opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Raises NumberOutOfRange, ClosesTooEarly."""
    _check_range(most, 1, MOST_MEETINGS, "most")
    _check_range(spare, SPARE_LEAST, SPARE_MOST, "spare")
    if opens_at and closes_at and closes_at <= opens_at:
        raise ClosesTooEarly(field="closes_at")


def check_block(*, slot_minutes: int, tables: int) -> None:
    """Raises NumberOutOfRange."""
    _check_range(slot_minutes, min(SLOT_MINUTES), max(SLOT_MINUTES), "slot_minutes")
    _check_range(tables, 1, MOST_TABLES, "tables")


def check_table(table: int | None, most: int) -> None:
    """Raises NumberOutOfRange for a table that no block has."""
    if table is not None:
        _check_range(table, 1, most, "table")


def check_held(starts_at: datetime, now: datetime) -> None:
    """Raises NotHeldYet."""
    if now < starts_at:
        raise NotHeldYet


def check_coming(starts_at: datetime, now: datetime) -> None:
    """Raises HasBegun."""
    if now >= starts_at:
        raise HasBegun


def _check_range(number: int, least: int, most: int, field: str) -> None:
    if not least <= number <= most:
        raise NumberOutOfRange(field=field, least=least, most=most)
