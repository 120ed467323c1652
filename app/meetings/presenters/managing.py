"""What organisers see: blocks, people, the grid of slots and tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.events.models import Event
from app.kernel.errors import Refusal
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.meetings import queries, rules
from app.meetings.models import MeetingSearch
from app.meetings.posing import pose
from app.meetings.presenters.words import day_of, name_of, said_topics, time_of, topic_words
from app.meetings.rules import Outcome, RequestState, SlotTime
from app.meetings.timing import slot_times
from app.registration.models import Registration
from app.registration.presenters.tables import when_of_item


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    one: str
    other: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    day: str
    time: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Slots downwards, tables across. ``tables``: those that anybody sits at, or that are a host's."""

    tables: tuple[int, ...]
    rows: tuple[GridRow, ...]

    @property
    def count(self) -> int:
        return sum(cell is not None for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBlock:
    """A part of the agenda in which people can meet; ``slot_minutes`` None where nobody has set it up."""

    item_id: int
    title: str
    when: str
    room: str
    slot_minutes: int | None
    tables: int | None
    slots: int
    is_beside_another: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """``tables``: how many are needed at once for all that was agreed, spare ones included."""

    people: int
    pairs: int
    open: int
    slots: int
    tables: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partaker:
    """Somebody as the organiser sees them."""

    id: int
    name: str
    organisation: str
    needs: tuple[str, ...]
    offers: tuple[str, ...]
    wanted: int
    meetings: int
    table: int | None
    is_absent: bool
    outcomes: tuple[str, ...]


def is_meant(person: Partaker, query: str) -> bool:
    """Whether a name, organisation or topic holds these letters."""
    said = (person.name, person.organisation, *person.needs, *person.offers)
    return query.casefold() in " ".join(said).casefold()


def shown_blocks(event: Event) -> list[ShownBlock]:
    """What the agenda offers, set up or not."""
    known = {one.item_id: one for one in queries.blocks(event.id)}
    slots = Counter(slot.block_id for slot in slot_times(event, list(known.values())))
    found = []
    for item in queries.block_items(event.id):
        block = known.get(item.id)
        possible = rules.slots_of(item.end_minute - item.start_minute, block.slot_minutes) if block else 0
        found.append(
            ShownBlock(
                item_id=item.id,
                title=item.title.wording(language()).text,
                when=when_of_item(event, item),
                room=item.room.name if item.room else "",
                slot_minutes=block.slot_minutes if block else None,
                tables=block.tables if block else None,
                slots=slots[block.id] if block else 0,
                is_beside_another=block is not None and slots[block.id] < possible,
            )
        )
    return found


def partakers(event: Event) -> list[Partaker]:
    """Everybody who takes part, for the organiser."""
    words = topic_words()
    meetings, wanted, outcomes = Counter[int](), Counter[int](), defaultdict[int, list[str]](list)
    for meeting in queries.meetings(event.id):
        for one in (meeting.one_id, meeting.other_id):
            meetings[one] += 1
            if outcome := meeting.outcome_of(one):
                outcomes[one].append(say(outcome))
    for request in queries.requests(event.id):
        if request.state is RequestState.ACCEPTED:
            wanted.update((request.from_id, request.to_id))
    return [
        Partaker(
            id=one.registration_id,
            name=name_of(one.registration),
            organisation=one.registration.organisation,
            needs=said_topics(one.needs, words),
            offers=said_topics(one.offers, words),
            wanted=wanted[one.registration_id],
            meetings=meetings[one.registration_id],
            table=one.table_number,
            is_absent=one.absent_at is not None,
            outcomes=tuple(outcomes[one.registration_id]),
        )
        for one in queries.profiles(event.id)
    ]


def told_grid(event: Event) -> Grid:
    """The schedule that people were told."""
    rows = [
        (one.block_id, one.slot_number, one.table_number, one.one_id, one.other_id)
        for one in queries.meetings(event.id)
    ]
    return _grid(event, rows, frozenset(rows))


def found_grid(event: Event, search: MeetingSearch) -> Grid:
    """What a search has found; what differs from what people were told is marked."""
    told = {
        (one.block_id, one.slot_number, one.table_number, one.one_id, one.other_id)
        for one in queries.meetings(event.id)
    }
    return _grid(event, [_row(row) for row in search.found], told)


def gap_words(search: MeetingSearch) -> str:
    """How near to what is possible at all."""
    if search.value >= search.bound:
        return _("No schedule can be better.")
    per_thousand = max(round(1000 * (search.bound - search.value) / search.bound), 1)
    return _("At most %(share)s %% better is possible at all.", share=f"{per_thousand / 10:.1f}")


def outcome_counts(event: Event) -> list[tuple[str, int]]:
    """What came of the meetings, of either side what says more."""
    order = (Outcome.LETTER, Outcome.FOLLOW_UP, Outcome.NOTHING)
    counted: Counter[Outcome] = Counter()
    for one in queries.meetings(event.id):
        said = {one.outcome_of_one, one.outcome_of_other}
        best = next((outcome for outcome in order if outcome in said), None)
        if best:
            counted[best] += 1
    return [(say(outcome), counted[outcome]) for outcome in order if counted[outcome]]


def _row(row: Sequence[int]) -> tuple[int, int, int, int, int]:
    return row[0], row[1], row[2], row[3], row[4]


def _grid(event: Event, rows: Iterable[tuple[int, int, int, int, int]], told: Collection[Any]) -> Grid:
    listed = list(rows)
    slots = slot_times(event, queries.blocks(event.id))
    people = {one.id: name_of(one) for one in _people(listed)}
    at = {(row[0], row[1], row[2]): row for row in listed}
    tables = tuple(sorted({row[2] for row in listed}))

    def cell(slot: SlotTime, table: int) -> Cell | None:
        row = at.get((slot.block_id, slot.number, table))
        if row is None:
            return None
        return Cell(one=people.get(row[3], ""), other=people.get(row[4], ""), is_new=row not in told)

    return Grid(
        tables=tables,
        rows=tuple(
            GridRow(day=day_of(slot, event), time=time_of(slot, event), cells=tuple(cell(slot, one) for one in tables))
            for slot in slots
        ),
    )


def _people(rows: Sequence[Sequence[int]]) -> Sequence[Registration]:
    return queries.people({one for row in rows for one in row[3:5]})


def figures(event: Event, now: datetime) -> Figures:
    """What there is to be scheduled."""
    counts = queries.request_counts(event.id)
    posed = pose(event, keeps=False, now=now).problem
    pairs, slots = len(posed.pairs), len(posed.slots)
    return Figures(
        people=len(posed.attendees),
        pairs=pairs,
        open=counts.get(RequestState.OPEN, 0),
        slots=slots,
        tables=rules.tables_needed(pairs, slots, posed.spare),
    )


def refusal_words(refusal: Refusal) -> str:
    return say(refusal.code, **refusal.details)
