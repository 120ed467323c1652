"""World café: rounds at tables whose hosts stay, and a plan of seats in which people keep meeting others.

A meeting that repeats is a pair of guests who sit together once more, or a guest who comes back to a table, and so to
its host. Such plans are resolvable designs: where the number of tables is a prime or 4, 8 or 16, straight lines over
the field of that order let nobody meet twice while tables have fewer guests than there are tables.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.forums import errors

FEWEST_ROUNDS, MOST_ROUNDS = 2, 4
SHORTEST_ROUND, LONGEST_ROUND = 10, 60  # minutes; 20 to 30 are usual
FEWEST_TABLES, MOST_TABLES = 2, 60
USUAL_AT_TABLE = 5  # with the host
NOTES_STAY_OPEN = timedelta(days=1)  # after the end: somebody types in what stands on the paper cloths
STEPS = 12_000  # of improving a plan, at most
PATIENCE = 2_500  # steps without a better plan, where repeats cannot be avoided

_IRREDUCIBLE = {4: 0b111, 8: 0b1011, 16: 0b10011}  # polynomials over two elements, by the order of their field
_DEAR = (0, 0, 10, 21, 33)  # what a pair costs by its meetings: two pairs twice are better than one three times

Spot = tuple[int, int]  # round and table, both from 0


class NoteTag(StrEnum):
    """What a note is."""

    IDEA = "idea"
    NEED = "need"
    OBSTACLE = "obstacle"
    NEXT_STEP = "next_step"


class Notes(StrEnum):
    """Whether notes are taken."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Seating:
    """The table (from 0) of every guest in every round."""

    tables: int
    rounds: tuple[Mapping[int, int], ...]

    @property
    def guests(self) -> frozenset[int]:
        return frozenset(self.rounds[0]) if self.rounds else frozenset()

    def sizes(self, number: int) -> list[int]:
        """Guests at each table in a round, without hosts."""
        counted = Counter(self.rounds[number].values())
        return [counted[table] for table in range(self.tables)]


def check_frame(*, rounds: int, minutes: int, tables: int) -> None:
    """Raises RoundsOutOfRange, MinutesOutOfRange or TablesOutOfRange, each with its field."""
    if not FEWEST_ROUNDS <= rounds <= MOST_ROUNDS:
        raise errors.RoundsOutOfRange(field="rounds", least=FEWEST_ROUNDS, most=MOST_ROUNDS)
    if not SHORTEST_ROUND <= minutes <= LONGEST_ROUND:
        raise errors.MinutesOutOfRange(field="round_minutes", least=SHORTEST_ROUND, most=LONGEST_ROUND)
    if not FEWEST_TABLES <= tables <= MOST_TABLES:
        raise errors.TablesOutOfRange(field="tables", least=FEWEST_TABLES, most=MOST_TABLES)


def usual_tables(people: int) -> int:
    """So many tables that four or five sit at each, the host among them."""
    return min(max(math.ceil(people / USUAL_AT_TABLE), FEWEST_TABLES), MOST_TABLES)


def notes_state(day_begins: datetime, ends_at: datetime, now: datetime) -> Notes:
    """Notes are taken from the midnight before a café until a day after it."""
    if now < day_begins:
        return Notes.EARLY
    return Notes.OPEN if now < ends_at + NOTES_STAY_OPEN else Notes.OVER


def check_notes(state: Notes) -> None:
    """Raises NotesNotYet or NotesOver."""
    if state is Notes.EARLY:
        raise errors.NotesNotYet
    if state is Notes.OVER:
        raise errors.NotesOver


def seat(guests: Iterable[int], *, tables: int, rounds: int, seed: int = 0, steps: int = STEPS) -> Seating:
    """A plan for guests without hosts; the same seed gives the same plan.

    Tables of a round differ by one guest at most. Begins with lines over a field and then improves by swaps.
    """
    chance = random.Random(seed)
    people = sorted(guests)
    chance.shuffle(people)
    room = _Room(tables, rounds)
    multiply, add = _arithmetic(tables)
    for place, guest in enumerate(people):
        block, column = divmod(place, tables)
        slope = block % max(tables - 1, 1) + 1
        for number in range(rounds):
            room.enter(guest, (number, add(column, multiply(slope % tables, number % tables))))
    _improve(room, people, chance, steps)
    return room.seating()


def reseat(plan: Seating, guests: Iterable[int]) -> Seating:
    """The plan without those who are not there and with those who are new; of the others as few move as can be."""
    wanted = sorted(guests)
    room = _Room(plan.tables, len(plan.rounds))
    for number, seats in enumerate(plan.rounds):
        for guest in wanted:
            if guest in seats:
                room.enter(guest, (number, seats[guest]))
    for number, seats in enumerate(plan.rounds):
        for guest in wanted:
            if guest not in seats:
                least = min(map(len, room.people[number]))
                free = [(number, table) for table, there in enumerate(room.people[number]) if len(there) == least]
                room.enter(guest, min(free, key=lambda spot: (room.cost_of(guest, spot), spot)))
        _level(room, number)
    return room.seating()


def repeats(plan: Seating) -> int:
    """How many meetings repeat one that there was."""
    room = _Room(plan.tables, len(plan.rounds))
    for number, seats in enumerate(plan.rounds):
        for guest, table in seats.items():
            room.enter(guest, (number, table))
    return sum(count - 1 for count in (*room.meetings.values(), *room.visits.values()) if count > 1)


def fewest_repeats(guests: int, *, tables: int, rounds: int) -> int:
    """No plan has fewer: the larger of two bounds.

    By counting: more meetings than pairs repeat some. By spreading: those who shared a table in one round share the
    tables of the next, and whoever stays at a table meets its host again; along a chain of rounds these repeats add up.
    """
    sizes = [guests // tables + (table < guests % tables) for table in range(tables)]
    meetings = rounds * sum(size * (size - 1) // 2 for size in sizes)
    counted = max(0, meetings - guests * (guests - 1) // 2) + guests * max(0, rounds - tables)
    spread = (rounds - 1) * sum(_repeats_of_a_table(size, tables) for size in sizes)
    return max(counted, spread, 0)


def _repeats_of_a_table(size: int, tables: int) -> int:
    """The least repeats when people of one table sit down again: at its own table each meets the host again, too."""
    elsewhere, again, found = [0] * (tables - 1), 0, 0
    for _guest in range(size):
        best = min(elsewhere, default=size)
        if best <= again + 1 and elsewhere:
            found += best
            elsewhere[elsewhere.index(best)] += 1
        else:
            found += again + 1
            again += 1
    return found


class _Room:
    """A plan while it is made: who sits where, and how often people met."""

    def __init__(self, tables: int, rounds: int) -> None:
        self.people: list[list[dict[int, None]]] = [[{} for _table in range(tables)] for _round in range(rounds)]
        self.tables: list[dict[int, int]] = [{} for _round in range(rounds)]
        self.meetings: Counter[tuple[int, int]] = Counter()
        self.visits: Counter[tuple[int, int]] = Counter()

    def enter(self, guest: int, spot: Spot) -> int:
        """Sit down; gives what that costs."""
        number, table = spot
        cost = self.cost_of(guest, spot)
        for other in self.people[number][table]:
            self.meetings[_pair(guest, other)] += 1
        self.visits[guest, table] += 1
        self.people[number][table][guest] = None
        self.tables[number][guest] = table
        return cost

    def leave(self, guest: int, number: int) -> int:
        """Stand up; gives what that costs, which is never more than nothing."""
        table = self.tables[number].pop(guest)
        del self.people[number][table][guest]
        for other in self.people[number][table]:
            self.meetings[_pair(guest, other)] -= 1
        self.visits[guest, table] -= 1
        return -self.cost_of(guest, (number, table))

    def cost_of(self, guest: int, spot: Spot) -> int:
        number, table = spot
        there = sum(_step(self.meetings[_pair(guest, other)]) for other in self.people[number][table])
        return there + _step(self.visits[guest, table])

    def cost(self) -> int:
        counted = (*self.meetings.values(), *self.visits.values())
        return sum(_step(before) for count in counted for before in range(count))

    def seating(self) -> Seating:
        return Seating(len(self.people[0]) if self.people else 0, tuple(dict(seats) for seats in self.tables))


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _step(before: int) -> int:
    """What one more meeting costs those who met so often."""
    last = len(_DEAR) - 1
    return _DEAR[min(before + 1, last)] - _DEAR[min(before, last - 1)]


def _improve(room: _Room, people: Sequence[int], chance: random.Random, steps: int) -> None:
    """Swap guests of one round, at first also for the worse now and then, and end with the best that was seen."""
    cost = room.cost()
    bound = _DEAR[2] * fewest_repeats(len(people), tables=len(room.people[0]), rounds=len(room.tables))
    best, kept, found_at = cost, room.seating().rounds, 0
    for step in range(steps):
        if best <= bound or (bound and step - found_at > PATIENCE):
            break
        number = chance.randrange(len(room.tables))
        one, other = chance.choice(people), chance.choice(people)
        seats = room.tables[number]
        if seats[one] == seats[other]:
            continue
        change = _swap(room, one, other, number)
        if change > 0 and chance.random() >= math.exp(-change / (8 * (1 - step / steps))):
            _swap(room, one, other, number)
            continue
        cost += change
        if cost < best:
            best, kept, found_at = cost, room.seating().rounds, step
    if best < cost:
        _restore(room, kept)


def _swap(room: _Room, one: int, other: int, number: int) -> int:
    here, there = room.tables[number][one], room.tables[number][other]
    left = room.leave(one, number) + room.leave(other, number)
    return left + room.enter(one, (number, there)) + room.enter(other, (number, here))


def _restore(room: _Room, kept: Collection[Mapping[int, int]]) -> None:
    for number, seats in enumerate(kept):
        for guest in seats:
            room.leave(guest, number)
        for guest, table in seats.items():
            room.enter(guest, (number, table))


def _level(room: _Room, number: int) -> None:
    """Move one after the other from the fullest table to the emptiest, whoever repeats least, until they are even."""
    tables = room.people[number]
    while len(max(tables, key=len)) - len(min(tables, key=len)) > 1:
        fullest, emptiest = tables.index(max(tables, key=len)), tables.index(min(tables, key=len))
        mover = min(tables[fullest], key=lambda guest: (room.cost_of(guest, (number, emptiest)), guest))
        room.leave(mover, number)
        room.enter(mover, (number, emptiest))


def _arithmetic(order: int) -> tuple[Callable[[int, int], int], Callable[[int, int], int]]:
    """Multiplication and addition of the field of an order, or of the ring where there is none here."""
    polynomial = _IRREDUCIBLE.get(order)
    if polynomial is None:
        return (lambda one, other: one * other % order), (lambda one, other: (one + other) % order)
    return (lambda one, other: _product(one, other, polynomial, order)), (lambda one, other: one ^ other)


def _product(one: int, other: int, polynomial: int, order: int) -> int:
    result = 0
    while other:
        if other & 1:
            result ^= one
        one <<= 1
        if one & order:
            one ^= polynomial
        other >>= 1
    return result
