"""Who is there: derived from what was noted, and from nothing else.

Every note is kept; where somebody stands follows from the set of notes, in the order of their own times and never of
their arrival. So phones that were offline together end with one truth, whoever delivers first and however often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.presence import errors
from app.registration.rules import Place

LATEST_DELIVERY = timedelta(days=7)
AHEAD = timedelta(minutes=2)


class ListKind(StrEnum):
    """What a list is for."""

    DAY = "day"
    ITEM = "item"
    MEAL = "meal"
    CUSTOM = "custom"


class ScanKind(StrEnum):
    """What is noted; an undo takes one earlier note back."""

    IN = "in"
    OUT = "out"
    UNDO = "undo"


class Method(StrEnum):
    """How somebody was recognised."""

    QR = "qr"
    SEARCH = "search"
    MANUAL = "manual"
    SELF = "self"
    PAPER = "paper"


class Standing(StrEnum):
    """What counts in the end, for one person on one list."""

    EXPECTED = "expected"
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    WALK_IN = "walk_in"


class State(StrEnum):
    """What the notes say, for one person on one list."""

    AWAITED = "awaited"
    INSIDE = "inside"
    LEFT = "left"


class Answer(StrEnum):
    """What became of one note that was delivered. All but DONE and KNOWN were not kept."""

    DONE = "done"
    KNOWN = "known"
    NOT_EXPECTED = "not_expected"
    OTHER_EVENT = "other_event"
    WITHDRAWN = "withdrawn"
    NO_PLACE = "no_place"
    UNKNOWN = "unknown"
    REFUSED = "refused"


# a registration, and the companion on it; None: the person who registered
Who = tuple[int, int | None]
WERE_THERE = frozenset({Standing.PRESENT, Standing.WALK_IN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One note. ``undoes`` names the note that an undo takes back; it may arrive before that one."""

    id: str
    list_id: int
    registration_id: int
    companion_id: int | None = None
    kind: ScanKind
    at: datetime
    undoes: str | None = None

    @property
    def who(self) -> Who:
        return self.registration_id, self.companion_id


@dataclass(frozen=True, slots=True)
class Here:
    """Where somebody stands on a list, since when, and the note that says so (the one that an undo would name)."""

    state: State
    since: datetime
    scan_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The figures of a list. ``present`` were there at some time, ``inside`` are now, ``left`` are no more.

    ``heads`` count the companions, too, each as he or she comes and goes.
    """

    expected: int = 0
    present: int = 0
    inside: int = 0
    left: int = 0
    excused: int = 0
    absent: int = 0
    walk_ins: int = 0
    expected_heads: int = 0
    present_heads: int = 0

    @property
    def has_companions(self) -> bool:
        return (self.expected_heads, self.present_heads) != (self.expected, self.present)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the code that was read."""

    registration_id: int
    companion_id: int | None = None
    event_id: int
    place: Place


def states(marks: Iterable[Mark], rooms: Mapping[int, int]) -> dict[tuple[Who, int], Here]:
    """Where everybody stands, by person and list.

    ``rooms``: lists with an exit, and their day. Who enters one of them has left the others of that day. Notes that
    were taken back count as never made; of equal times the greater id decides.
    """
    kept = {mark.id: mark for mark in marks}
    undone = {mark.undoes for mark in kept.values() if mark.kind is ScanKind.UNDO}
    by_person: dict[Who, list[Mark]] = defaultdict(list)
    for mark in kept.values():
        if mark.kind is not ScanKind.UNDO and mark.id not in undone:
            by_person[mark.who].append(mark)
    found: dict[tuple[Who, int], Here] = {}
    for person, own in by_person.items():
        for mark in sorted(own, key=lambda one: (one.at, one.id)):
            if mark.kind is ScanKind.IN:
                _leave_others(found, mark, rooms)
            state = State.INSIDE if mark.kind is ScanKind.IN else State.LEFT
            found[person, mark.list_id] = Here(state, mark.at, mark.id)
    return found


def _leave_others(found: dict[tuple[Who, int], Here], entered: Mark, rooms: Mapping[int, int]) -> None:
    day = rooms.get(entered.list_id)
    if day is None:
        return
    for other, its_day in rooms.items():
        here = found.get((entered.who, other))
        if other != entered.list_id and its_day == day and here and here.state is State.INSIDE:
            found[entered.who, other] = Here(State.LEFT, entered.at, here.scan_id)


def standing_of(here: Here | None, by_hand: Standing | None, *, is_walk_in: bool) -> Standing:
    """What counts: what the organiser set by hand, else the notes."""
    if by_hand is not None:
        return by_hand
    if here is None:
        return Standing.EXPECTED
    return Standing.WALK_IN if is_walk_in else Standing.PRESENT


def judge(known: Known | None, kind: ScanKind, *, event_id: int, expected: Collection[int] | None) -> Answer:
    """Whether a note may be kept; ``expected``: who has a place at the part of the agenda, None for everybody.

    Only coming in needs a place: who was let in may be let out and taken back.
    """
    if known is None:
        return Answer.UNKNOWN
    if known.event_id != event_id:
        return Answer.OTHER_EVENT
    if kind is not ScanKind.IN:
        return Answer.DONE
    if known.place is not Place.CONFIRMED:
        waits = known.place in {Place.PENDING, Place.WAITLISTED, Place.OFFERED, Place.UNVERIFIED}
        return Answer.NO_PLACE if waits else Answer.WITHDRAWN
    if expected is not None and known.registration_id not in expected:
        return Answer.NOT_EXPECTED
    return Answer.DONE


def noted_at(told: datetime, now: datetime) -> datetime:
    """The time of a note: what the phone says, but never the future, so that no wrong clock has the last word."""
    return told if told <= now + AHEAD else now


def day_count(first: date, last: date) -> int:
    return (last - first).days + 1


def span_of_day(first: date, number: int, zone: str) -> tuple[datetime, datetime]:
    """The day from midnight to midnight on the clocks of the event, in UTC; days are counted from 1."""
    begin = datetime.combine(first + timedelta(days=number - 1), time(), ZoneInfo(zone))
    end = datetime.combine(first + timedelta(days=number), time(), ZoneInfo(zone))
    return begin.astimezone(UTC), end.astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """When a helper's link opens something; instants in UTC."""

    valid_from: datetime
    valid_until: datetime
    revoked_at: datetime | None


def check_open(link: Validity, now: datetime) -> None:
    """Raises LinkRevoked, LinkNotYetValid or LinkExpired."""
    if link.revoked_at is not None:
        raise errors.LinkRevoked
    if now < link.valid_from:
        raise errors.LinkNotYetValid
    if now >= link.valid_until:
        raise errors.LinkExpired


def check_delivery(link: Validity, now: datetime) -> None:
    """A phone without network may deliver later what was noted in time. Raises as check_open does."""
    if link.revoked_at is not None:
        raise errors.LinkRevoked
    if now < link.valid_from:
        raise errors.LinkNotYetValid
    if now >= link.valid_until + LATEST_DELIVERY:
        raise errors.LinkExpired


def was_valid(link: Validity, at: datetime) -> bool:
    """Whether something noted then was noted while the link was good."""
    return link.valid_from - AHEAD <= at < link.valid_until


def count(entries: Iterable[tuple[Standing, Here | None, bool, bool]]) -> Counted:
    """Figures of one list from everybody's standing, notes, whether the person was expected, and who comes along."""
    tally: dict[str, int] = defaultdict(int)
    for standing, here, was_expected, comes_along in entries:
        there = standing in WERE_THERE
        tally["expected_heads"] += was_expected
        tally["present_heads"] += there
        if comes_along:
            continue
        tally["expected"] += was_expected
        tally["present"] += there
        tally["walk_ins"] += standing is Standing.WALK_IN
        tally["excused"] += standing is Standing.EXCUSED
        tally["absent"] += standing is Standing.ABSENT
        tally["left"] += there and here is not None and here.state is State.LEFT
        tally["inside"] += there and (here is None or here.state is State.INSIDE)
    return Counted(**tally)
