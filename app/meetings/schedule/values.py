"""What a schedule is made of, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Want(StrEnum):
    """How much two people want to meet; none of them meets without having agreed to it."""

    MUTUAL = "mutual"  # each asked for the other
    ACCEPTED = "accepted"  # one asked, the other accepted
    MATCHED = "matched"  # both let the organiser arrange, and what one looks for the other offers


WEIGHTS: Mapping[Want, int] = {Want.MUTUAL: 8, Want.ACCEPTED: 5, Want.MATCHED: 2}
SHARES = (6, 4, 3, 2, 1, 1)
"""What the first, second, … meeting of a person is worth on top: who has few comes first."""

KEPT = 100
"""What it is worth that a meeting told to two people stays in its slot: more than any one meeting gained."""

MOST_MEETINGS = 18
"""Twenty in a row nobody manages: https://www.b2match.com (guides for organisers of matchmaking events)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A stretch of time with so many tables, numbered from 1."""

    id: int
    tables: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who takes part: ``organisation`` is a key that colleagues share, ``free`` the slots they can come to.

    ``table`` is fixed for a host: all of their meetings are held there, and nobody else's.
    """

    id: int
    organisation: str
    free: frozenset[int]
    most: int = MOST_MEETINGS
    table: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two people who agreed to meet, the smaller id first."""

    one: int
    other: int
    want: Want = Want.ACCEPTED

    @property
    def ids(self) -> tuple[int, int]:
        return self.one, self.other


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """Two people, the smaller id first, at a table in a slot."""

    slot: int
    table: int
    one: int
    other: int

    @property
    def ids(self) -> tuple[int, int]:
        return self.one, self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """All that a schedule depends on.

    ``spare`` percent of the tables without a host stay empty, for meetings that run over or are agreed on the spot.
    ``told``: what people were told before; a new schedule moves as little of it as possible. ``held``: meetings that
    took place or are taking place; they stay as they are, also of people who left since.
    """

    slots: tuple[Slot, ...]
    attendees: tuple[Attendee, ...]
    pairs: tuple[Pair, ...]
    spare: int = 0
    told: tuple[Meeting, ...] = ()
    held: tuple[Meeting, ...] = ()
    by_id: Mapping[int, Attendee] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {one.id: one for one in self.attendees})

    @property
    def open_slots(self) -> tuple[Slot, ...]:
        """The slots in which nothing was held."""
        over = {one.slot for one in self.held}
        return tuple(slot for slot in self.slots if slot.id not in over)

    def tables_without_host(self, slot: Slot) -> list[int]:
        """The numbers of a slot's tables that are nobody's own."""
        own = {one.table for one in self.attendees if one.table is not None}
        return [number for number in range(1, slot.tables + 1) if number not in own]

    def usable(self, slot: Slot) -> int:
        """How many of them may be taken at once, so that the spare share stays empty; one at least, if there is one."""
        tables = len(self.tables_without_host(slot))
        return max(tables * 100 // (100 + self.spare), min(tables, 1))

    def table_of(self, pair: Pair | Meeting) -> int | None:
        """The host's own table, of two hosts that with the smaller number; None for people without one."""
        tables = [self.by_id[one].table for one in pair.ids if one in self.by_id]
        return min((table for table in tables if table is not None), default=None)

    def shared(self, pair: Pair) -> frozenset[int]:
        """The slots in which two people can meet."""
        if any(one not in self.by_id for one in pair.ids):
            return frozenset()
        one, other = self.by_id[pair.one], self.by_id[pair.other]
        return one.free & other.free if one.organisation != other.organisation else frozenset()
