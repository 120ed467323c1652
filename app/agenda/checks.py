"""Reads a whole agenda as an experienced organiser would: what cannot be, and what somebody should know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from app.agenda.rules import DAY, PAUSES, PLENARIES, Finding, ItemKind, Part, Span, Trouble
from app.kernel.dates import NoSuchTime

CHANGEOVER = 5  # minutes somebody needs from room to room
SLACK = 10  # minutes between an arrival and what begins there
BREATHER = 15  # a gap this long is as good as a pause
LONGEST_SITTING = 180


@dataclass(frozen=True, slots=True)
class _Placed:
    part: Part
    begins: int
    ends: int

    def overlaps(self, other: _Placed) -> bool:
        return self.begins < other.ends and other.begins < self.ends


def findings(parts: Iterable[Part], span: Span, *, group_size: int | None = None, changeover: int = 0) -> list[Finding]:
    """Everything that is the matter, errors first, each named at the later of the items that it concerns.

    ``group_size``: how many people an event's group has, for stops that admit only few at once. ``changeover``: the
    minutes that organisers want between two items in a room.
    """
    placed: list[_Placed] = []
    found: list[Finding] = []
    for part in parts:
        try:
            begins, ends = span.place(part.slot)
        except NoSuchTime:
            found.append(Finding(item_id=part.id, trouble=Trouble.NO_SUCH_TIME))
            continue
        if ends <= begins:
            backwards = Trouble.ARRIVES_BEFORE_DEPARTING if part.is_leg else Trouble.ENDS_BEFORE_START
            found.append(Finding(item_id=part.id, trouble=backwards))
            continue
        placed.append(_Placed(part, begins, ends))
    placed.sort(key=lambda item: (item.begins, item.ends, item.part.id))
    found += _outside(placed, span)
    found += _together(placed, Trouble.ROOM_TAKEN, lambda part: {part.room_id} if part.room_id else set())
    found += _together(placed, Trouble.PERSON_TWICE, lambda part: part.people, names_person=True)
    found += _changeovers(placed)
    found += _room_changeovers(placed, changeover)
    found += _too_many(placed, group_size)
    found += _signed_up(placed)
    found += _on_the_way(placed)
    found += _plenaries(placed)
    found += _sittings(placed)
    return found


def _outside(placed: Sequence[_Placed], span: Span) -> Iterator[Finding]:
    """An item begins and ends while the event does; without an exact day it at least begins on its own day."""
    for item in placed:
        slot = item.part.slot
        outside = slot.day < 0 or not 0 <= slot.start_minute < DAY or slot.end_minute > slot.start_minute + DAY
        if span.starts_at and span.ends_at:
            first, last = (int(moment.timestamp() // 60) for moment in (span.starts_at, span.ends_at))
            outside = outside or item.begins < first or item.ends > last
        if outside:
            yield Finding(item_id=item.part.id, trouble=Trouble.OUTSIDE_EVENT)


def _together(
    placed: Sequence[_Placed], trouble: Trouble, shared: Callable[[Part], Iterable[int]], *, names_person: bool = False
) -> Iterator[Finding]:
    """Two items at the same time that need the same room, or the same person."""
    users = defaultdict(list)
    for item in placed:
        for what in sorted(shared(item.part)):
            users[what].append(item)
    for what, items in users.items():
        for earlier, later in combinations(items, 2):
            if earlier.overlaps(later):
                yield Finding(
                    item_id=later.part.id,
                    trouble=trouble,
                    other_id=earlier.part.id,
                    person_id=what if names_person else None,
                )


def _changeovers(placed: Sequence[_Placed]) -> Iterator[Finding]:
    by_person = defaultdict(list)
    for item in placed:
        for person in sorted(item.part.people):
            by_person[person].append(item)
    for person, items in by_person.items():
        for earlier, later in pairwise(items):
            moves = earlier.part.room_id and later.part.room_id and earlier.part.room_id != later.part.room_id
            if moves and 0 <= later.begins - earlier.ends < CHANGEOVER:
                yield Finding(
                    item_id=later.part.id,
                    trouble=Trouble.SHORT_CHANGEOVER,
                    other_id=earlier.part.id,
                    person_id=person,
                    details={"minutes": later.begins - earlier.ends, "needed": CHANGEOVER},
                )


def _room_changeovers(placed: Sequence[_Placed], needed: int) -> Iterator[Finding]:
    """Chairs are moved and air comes in between two items in a room; a pause there is time enough itself."""
    by_room = defaultdict(list)
    for item in placed:
        if item.part.room_id and item.part.kind not in PAUSES:
            by_room[item.part.room_id].append(item)
    for room_id, items in by_room.items():
        for earlier, later in pairwise(items):
            minutes = later.begins - earlier.ends
            if 0 <= minutes < needed:
                yield Finding(
                    item_id=later.part.id,
                    trouble=Trouble.ROOM_CHANGEOVER,
                    other_id=earlier.part.id,
                    room_id=room_id,
                    details={"minutes": minutes, "needed": needed},
                )


def _too_many(placed: Sequence[_Placed], group_size: int | None) -> Iterator[Finding]:
    for item in placed:
        part = item.part
        if part.capacity and part.room_seats and part.capacity > part.room_seats:
            yield Finding(
                item_id=part.id,
                trouble=Trouble.ROOM_TOO_SMALL,
                details={"capacity": part.capacity, "seats": part.room_seats},
            )
        people = part.capacity or group_size
        if part.group_limit and people and people > part.group_limit:
            yield Finding(
                item_id=part.id,
                trouble=Trouble.GROUP_TOO_LARGE,
                details={"limit": part.group_limit, "people": people, "groups": -(-people // part.group_limit)},
            )


def _signed_up(placed: Sequence[_Placed]) -> Iterator[Finding]:
    """People who signed up have a seat, and are in one place at a time."""
    chosen = [item for item in placed if item.part.signed_up]
    for item in chosen:
        seats = min((one for one in (item.part.capacity, item.part.room_seats) if one), default=None)
        people = len(item.part.signed_up)
        if seats is not None and people > seats:
            yield Finding(item_id=item.part.id, trouble=Trouble.SEATS_SHORT, details={"people": people, "seats": seats})
    for earlier, later in combinations(chosen, 2):
        both = earlier.part.signed_up & later.part.signed_up
        if both and earlier.overlaps(later):
            yield Finding(
                item_id=later.part.id,
                trouble=Trouble.SIGNED_UP_TWICE,
                other_id=earlier.part.id,
                details={"people": len(both)},
            )


def _on_the_way(placed: Sequence[_Placed]) -> Iterator[Finding]:
    """Travelling: time to arrive, and some way from one stop to the next."""
    for earlier, later in pairwise(placed):
        slack = later.begins - earlier.ends
        if earlier.part.is_leg and not later.part.is_leg and slack < SLACK:
            yield Finding(
                item_id=earlier.part.id,
                trouble=Trouble.LITTLE_SLACK,
                other_id=later.part.id,
                details={"minutes": max(slack, 0), "needed": SLACK},
            )
    for earlier, later in pairwise(item for item in placed if item.part.is_leg or item.part.is_stop):
        here, there = earlier.part.venue_id, later.part.venue_id
        same_day = earlier.part.slot.day == later.part.slot.day
        if same_day and here and there and here != there and not (earlier.part.is_leg or later.part.is_leg):
            yield Finding(item_id=later.part.id, trouble=Trouble.NO_WAY_BETWEEN, other_id=earlier.part.id)


def _plenaries(placed: Sequence[_Placed]) -> Iterator[Finding]:
    """What is meant for everybody leaves nobody elsewhere."""
    for earlier, later in combinations(placed, 2):
        plenary = PLENARIES & {earlier.part.kind, later.part.kind}
        if plenary and earlier.overlaps(later) and ItemKind.REGISTRATION not in (earlier.part.kind, later.part.kind):
            yield Finding(item_id=later.part.id, trouble=Trouble.PLENARY_OVERLAPPED, other_id=earlier.part.id)


def _sittings(placed: Sequence[_Placed]) -> Iterator[Finding]:
    """More than three hours without a pause or a gap; parallel items count once."""
    sitting_since = ends = None
    warned = False
    for item in placed:
        rests = item.part.kind in PAUSES
        if ends is None or rests or item.begins - ends >= BREATHER:
            sitting_since, warned = (None if rests else item.begins), False
        elif sitting_since is None:
            sitting_since = item.begins
        ends = item.ends if ends is None else max(ends, item.ends)
        if sitting_since is not None and not warned and item.ends - sitting_since > LONGEST_SITTING:
            yield Finding(
                item_id=item.part.id, trouble=Trouble.NO_PAUSE, details={"minutes": item.ends - sitting_since}
            )
            warned = True
