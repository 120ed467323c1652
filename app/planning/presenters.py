"""The board as its page shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.agenda import queries as agenda
from app.agenda.editor import Editor, Problem, day_choices, editor_of
from app.agenda.inputs import ItemInput
from app.agenda.models import AgendaItem
from app.agenda.presenters import ShownItem, on_the_line
from app.agenda.reading import input_of, span_of
from app.agenda.rules import Span
from app.events.models import Event
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.network.actors import Actor
from app.planning import queries
from app.planning.layout import MOST_LANES, Layout, Tile, layout_of, window
from app.planning.models import PlanStep
from app.planning.reading import Planned, plan_of
from app.planning.releases import Panel, panel_of
from app.planning.rules import Column
from app.planning.words import RoomName, step_words
from app.venues.models import Room

FEWEST_ROOMS = 4  # columns of a place with that many rooms, so that there is somewhere to move to
MOST_STEPS = 20  # of the history that is told
MOST_EMPTY_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An item on the board; its organisers see who is in it.

    ``start`` and ``minutes`` are its own wall clock's, ``begins`` is the minute of the day on the event's;
    ``is_pending``: not released yet.
    """

    key: str
    item_id: int
    item: ShownItem
    day: int
    start: int
    begins: int
    minutes: int
    column: str
    zone: str
    people: tuple[str, ...]
    problems: Sequence[Problem]
    is_pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBoard:
    """``layout`` None: too much runs side by side to be shown so; the items are a list then."""

    number: int
    heading: str
    layout: Layout | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An item without a time."""

    key: str
    item_id: int
    title: Wording
    kind_words: str
    minutes: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step of the history: what, who (empty: nobody with a name), when."""

    words: str
    who: str
    at: Any
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """``undo`` and ``redo`` are the words of what they would do, empty where there is nothing.

    ``is_by_room``: only rooms are columns, what has none is in the last one.
    """

    version: int
    is_by_room: bool
    collects: bool
    days: tuple[DayBoard, ...]
    waiting: tuple[Waiting, ...]
    columns: tuple[tuple[str, str], ...]
    day_choices: tuple[tuple[int, str], ...]
    editor: Editor
    undo: str
    redo: str
    history: tuple[Told, ...]
    pending: int
    panel: Panel

    @property
    def items(self) -> dict[str, Block]:
        return {block.key: block for day in self.days for block in day.blocks}

    def column_words(self, column: str) -> str:
        return dict(self.columns).get(column, column)


def board_of(event: Event, actor: Actor, *, by_room: bool = False) -> Board:
    """The plan of an event with what is the matter, in a fixed number of queries."""
    planned, span = plan_of(event), span_of(event)
    editor = editor_of(event, actor, rows=planned.rows)
    rooms = _rooms(event, planned)
    columns = _room_columns(planned, rooms) if by_room else _columns(planned, rooms)
    shown = {item.id: item for day in editor.days for item in day.items}
    column = Column.of_room if by_room else Column.of
    blocks = [
        _block(row, shown[row.id], planned, editor, column=column, begins=on_the_line(row, span)[0])
        for row in planned.rows
    ]
    steps = queries.latest_steps(event.id, MOST_STEPS)
    undo, redo = queries.step_to_undo(event.id), queries.step_to_redo(event.id)
    names = _room_names(rooms, [*steps, *(step for step in (undo, redo) if step)])
    return Board(
        version=planned.version,
        is_by_room=by_room,
        collects=planned.collects,
        days=_days(event, planned, blocks, columns, span),
        waiting=tuple(_waiting(row, column) for row in planned.waiting),
        columns=tuple(
            (str(column), column_name(column, rooms)) for column in [*columns, *_other_rooms(columns, rooms)]
        ),
        day_choices=tuple(day_choices(event, planned.rows)),
        editor=editor,
        undo=words_of_step(undo, span, names) if undo else "",
        redo=words_of_step(redo, span, names) if redo else "",
        history=told(steps, span, names),
        pending=len(planned.pending) if planned.collects else 0,
        panel=panel_of(event, planned, sum(one.is_error for told in editor.problems.values() for one in told)),
    )


def columns_of(event: Event, *, by_room: bool = False) -> list[Column]:
    """The columns of the board in their order."""
    planned = plan_of(event)
    rooms = _rooms(event, planned)
    return _room_columns(planned, rooms) if by_room else _columns(planned, rooms)


def words_of_step(step: PlanStep, span: Span, names: RoomName) -> str:
    """What a step did; of one that took another back, what that was."""
    return step_words(step.of_deed or step.deed, *_forward(step), span, names)


def told(steps: Sequence[PlanStep], span: Span, names: RoomName) -> tuple[Told, ...]:
    people = queries.names_of({step.account_id for step in steps if step.account_id})
    return tuple(
        Told(
            words=_with_mark(step, words_of_step(step, span, names)),
            who=people.get(step.account_id or 0, ""),
            at=step.at,
            is_undone=step.state == "undone",
        )
        for step in steps
    )


def changes_since(event: Event, version: int, *, but_of: int | None = None) -> tuple[Told, ...]:
    """What was changed after a version, the first change first; ``but_of``: an account that knows its own."""
    since = queries.steps_since(event.id, version)
    steps = [step for step in reversed(since) if but_of is None or step.account_id != but_of]
    return told(steps, span_of(event), _room_names({}, steps))


def column_name(column: Column, rooms: dict[int, Room]) -> str:
    if column.room_id:
        return rooms[column.room_id].name if column.room_id in rooms else str(_("A room that is gone"))
    return column.track or str(_("No room"))


def _forward(step: PlanStep) -> tuple[dict[str, Any], dict[str, Any]]:
    return (step.after, step.before) if step.deed == "undone" else (step.before, step.after)


def _with_mark(step: PlanStep, words: str) -> str:
    if step.deed == "undone":
        return str(_("Undone: %(what)s", what=words))
    return str(_("Done again: %(what)s", what=words)) if step.deed == "redone" else words


def _days(
    event: Event, planned: Planned, blocks: Sequence[Block], columns: Sequence[Column], span: Span
) -> tuple[DayBoard, ...]:
    choices = day_choices(event, planned.rows)
    has_items = {block.day for block in blocks}
    few = len(choices) <= MOST_EMPTY_DAYS and span.day_count is not None
    ends = {row.uid: on_the_line(row, span)[1] for row in planned.rows}
    shown = []
    for number, heading in choices:
        if not (few or number in has_items or (number == 0 and not has_items)):
            continue
        ours = tuple(block for block in blocks if block.day == number)
        opens, closes = window(span.hours, number, span.day_count or len(choices))
        tiles = [
            Tile(
                key=block.key,
                begins=block.begins,
                ends=ends[block.key],
                column=Column.parse(block.column),
            )
            for block in ours
        ]
        layout = layout_of(tiles, columns, opens=opens, closes=closes)
        shown.append(DayBoard(number=number, heading=heading, layout=layout, blocks=ours))
    return tuple(shown)


def _block(
    row: AgendaItem,
    item: ShownItem,
    planned: Planned,
    editor: Editor,
    *,
    column: Callable[[ItemInput], Column],
    begins: int,
) -> Block:
    return Block(
        key=row.uid,
        item_id=row.id,
        item=item,
        day=row.day,
        start=row.start_minute,
        begins=begins,
        minutes=row.end_minute - row.start_minute,
        column=str(column(input_of(row))),
        zone=row.timezone or "",
        people=tuple(dict.fromkeys(part.person.full_name for part in row.persons)),
        problems=editor.problems.get(row.id, ()),
        is_pending=planned.collects and row.uid in planned.overlaid,
    )


def _waiting(row: AgendaItem, column: Callable[[ItemInput], Column]) -> Waiting:
    return Waiting(
        key=row.uid,
        item_id=row.id,
        title=row.title.wording(language()),
        kind_words=say(row.kind),
        minutes=row.end_minute - row.start_minute,
        column=str(column(input_of(row))),
    )


def _rooms(event: Event, planned: Planned) -> dict[int, Room]:
    """The rooms where an item of this agenda is or can be."""
    rows = (*planned.rows, *planned.waiting)
    venues = {row.stop.venue_id for row in rows if row.stop and row.stop.venue_id}
    venues |= {row.room.venue_id for row in rows if row.room} | ({event.venue_id} if event.venue_id else set())
    return {room.id: room for room in agenda.rooms_of(venues)} if venues else {}


def _columns(planned: Planned, rooms: dict[int, Room]) -> list[Column]:
    """The rooms that are used and a few more, the tracks of what has no room, and at last neither."""
    rows = (*planned.rows, *planned.waiting)
    used = {row.room_id for row in rows if row.room_id}
    free = [room_id for room_id in rooms if room_id not in used]
    shown = used | set(free[: max(FEWEST_ROOMS - len(used), 0)])
    tracks = sorted({row.track for row in rows if row.track and not row.room_id})
    in_rooms = [Column(room_id=room_id) for room_id in rooms if room_id in shown]
    return [*in_rooms, *(Column(track=track) for track in tracks), Column()]


def _room_columns(planned: Planned, rooms: dict[int, Room]) -> list[Column]:
    """Every room, and at last none; of a very large place only those that are used and a few more."""
    shown = [Column(room_id=room_id) for room_id in rooms]
    if len(shown) >= MOST_LANES:
        shown = [column for column in _columns(planned, rooms) if column.room_id]
    return [*shown, Column(room_id=0)]


def _other_rooms(columns: Sequence[Column], rooms: dict[int, Room]) -> list[Column]:
    shown = {column.room_id for column in columns}
    return [Column(room_id=room_id) for room_id in rooms if room_id not in shown]


def _room_names(rooms: dict[int, Room], steps: Sequence[PlanStep]) -> RoomName:
    ids = {
        one["kept"]["room"]
        for step in steps
        for one in (*step.before.values(), *step.after.values())
        if one and one["kept"]["room"]
    }
    known = rooms | queries.rooms_by_id(ids - rooms.keys())
    return lambda room_id: known[room_id].name if room_id in known else str(_("A room that is gone"))
