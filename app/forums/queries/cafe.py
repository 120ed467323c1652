from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums.errors import FormatNotFound, TableLinkNotFound
from app.forums.models import Cafe, CafeNote, CafeSeat, CafeTable
from app.forums.rules.cafe import Seating
from app.kernel.db import db, table_of

_seats, _tables, _cafes = table_of(CafeSeat), table_of(CafeTable), table_of(Cafe)
_WHOLE = (selectinload(Cafe.rounds), selectinload(Cafe.tables).joinedload(CafeTable.host))


def cafe(item_id: int) -> Cafe | None:
    """A café with rounds, tables and hosts; None before it is set up."""
    return db.session.scalar(select(Cafe).where(Cafe.item_id == item_id).options(*_WHOLE))


def hold_cafe(item_id: int) -> Cafe | None:
    """The same, held while it is changed."""
    return db.session.scalar(
        select(Cafe).where(Cafe.item_id == item_id).options(*_WHOLE).with_for_update(of=Cafe),
        execution_options={"populate_existing": True},
    )


def cafes_of(event_id: int) -> Sequence[Cafe]:
    """The cafés of an event in the order of its agenda, with everything but seats and notes."""
    return db.session.scalars(
        select(Cafe)
        .join(AgendaItem, AgendaItem.id == Cafe.item_id)
        .where(Cafe.event_id == event_id, AgendaItem.kind == ItemKind.WORLD_CAFE)
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
        .options(joinedload(Cafe.item), *_WHOLE)
    ).all()


def versions_of(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Item and version of every café of an event: what its harvest depends on."""
    query = select(_cafes.c.item_id, _cafes.c.version).where(_cafes.c.event_id == event_id)
    return db.session.execute(query.order_by(_cafes.c.item_id)).all()


def table_with(public_id: str) -> CafeTable:
    """A table with its café and event; raises TableLinkNotFound."""
    found = db.session.scalar(
        select(CafeTable)
        .where(CafeTable.public_id == public_id)
        .options(
            joinedload(CafeTable.host),
            joinedload(CafeTable.cafe).options(
                joinedload(Cafe.item).joinedload(AgendaItem.event).joinedload(Event.venue), selectinload(Cafe.rounds)
            ),
        )
    )
    if found is None:
        raise TableLinkNotFound(public_id=public_id)
    return found


def table_of_cafe(item_id: int, table_id: int) -> CafeTable:
    """Raises FormatNotFound."""
    found = db.session.scalar(select(CafeTable).where(CafeTable.item_id == item_id, CafeTable.id == table_id))
    if found is None:
        raise FormatNotFound(table_id=table_id)
    return found


def seating(cafe: Cafe) -> Seating:
    """The plan as it stands, by the places of the tables among those of the café."""
    places = {table.id: place for place, table in enumerate(cafe.tables)}
    rounds: list[dict[int, int]] = [{} for _one in cafe.rounds]
    for row in db.session.execute(
        select(_seats.c.registration_id, _seats.c.round, _seats.c.table_id).where(_seats.c.item_id == cafe.item_id)
    ):
        rounds[row.round - 1][row.registration_id] = places[row.table_id]
    return Seating(len(cafe.tables), tuple(rounds))


def seats_of(item_id: int, registration_id: int) -> dict[int, int]:
    """The table of one guest by round: its id."""
    rows = db.session.execute(
        select(_seats.c.round, _seats.c.table_id)
        .where(_seats.c.item_id == item_id, _seats.c.registration_id == registration_id)
        .order_by(_seats.c.round)
    )
    return {row.round: row.table_id for row in rows}


def own_seats(event_id: int, registration_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Item, round and number of the table, in every café of an event; hosts in round 0."""
    guests = (
        select(_seats.c.item_id, _seats.c.round, _tables.c.number)
        .join(_tables, _tables.c.id == _seats.c.table_id)
        .join(_cafes, _cafes.c.item_id == _seats.c.item_id)
        .where(_seats.c.registration_id == registration_id, _cafes.c.event_id == event_id)
    )
    hosts = (
        select(_tables.c.item_id, literal(0), _tables.c.number)
        .join(_cafes, _cafes.c.item_id == _tables.c.item_id)
        .where(_tables.c.host_id == registration_id, _cafes.c.event_id == event_id)
    )
    return sorted(db.session.execute(guests.union_all(hosts)).all(), key=lambda row: (row[0], row[1]))


def notes_of(item_id: int) -> Sequence[CafeNote]:
    """Everything that was noted in a café, in the order of rounds, tables and time."""
    return db.session.scalars(
        select(CafeNote)
        .join(CafeTable)
        .where(CafeTable.item_id == item_id)
        .order_by(CafeNote.round, CafeTable.number, CafeNote.id)
        .options(joinedload(CafeNote.table))
    ).all()


def notes_at_events(event_ids: Collection[int]) -> Sequence[tuple[int, CafeNote]]:
    """Everything that was noted in cafés of these events, each with its event, in the order of rounds and tables."""
    rows = db.session.execute(
        select(Cafe.event_id, CafeNote)
        .join(CafeTable, CafeTable.id == CafeNote.table_id)
        .join(Cafe, Cafe.item_id == CafeTable.item_id)
        .where(Cafe.event_id.in_(event_ids))
        .order_by(Cafe.event_id, Cafe.item_id, CafeNote.round, CafeTable.number, CafeNote.id)
        .options(joinedload(CafeNote.table))
    )
    return [(row[0], row[1]) for row in rows]


def note_counts(item_ids: Collection[int]) -> dict[int, int]:
    """How many notes some cafés have, those without any too."""
    query = (
        select(_cafes.c.item_id, func.count(CafeNote.id))
        .outerjoin(_tables, _tables.c.item_id == _cafes.c.item_id)
        .outerjoin(CafeNote, CafeNote.table_id == _tables.c.id)
        .where(_cafes.c.item_id.in_(item_ids))
        .group_by(_cafes.c.item_id)
        .order_by(_cafes.c.item_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def latest_notes(item_id: int, most: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Tag, text and number of the table of the newest notes of a café, the last one first."""
    return db.session.execute(
        select(CafeNote.tag, CafeNote.text, CafeTable.number)
        .join(CafeTable, CafeTable.id == CafeNote.table_id)
        .where(CafeTable.item_id == item_id)
        .order_by(CafeNote.id.desc())
        .limit(most)
    ).all()


def notes_at(table_id: int) -> Sequence[CafeNote]:
    """What was noted at a table, the newest round last."""
    return db.session.scalars(
        select(CafeNote).where(CafeNote.table_id == table_id).order_by(CafeNote.round, CafeNote.id)
    ).all()


def notes_by(registration_id: int) -> Sequence[CafeNote]:
    """What a guest noted."""
    return db.session.scalars(
        select(CafeNote).where(CafeNote.registration_id == registration_id).order_by(CafeNote.id)
    ).all()


def count_notes(table_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(CafeNote).where(CafeNote.table_id == table_id)) or 0


def same_note(table_id: int, number: int, text: str, registration_id: int | None) -> CafeNote | None:
    """What the same person wrote there already: a second tap."""
    return db.session.scalar(
        select(CafeNote)
        .where(
            CafeNote.table_id == table_id,
            CafeNote.round == number,
            CafeNote.text == text,
            CafeNote.registration_id.is_not_distinct_from(registration_id),
        )
        .limit(1)
    )


def note(item_id: int, note_id: int) -> CafeNote:
    """Raises FormatNotFound."""
    found = db.session.scalar(
        select(CafeNote).join(CafeTable).where(CafeTable.item_id == item_id, CafeNote.id == note_id)
    )
    if found is None:
        raise FormatNotFound(note_id=note_id)
    return found


def has_notes_beyond(item_id: int, *, rounds: int, tables: int) -> bool:
    """Whether something was noted in a later round, or at a table with a higher number."""
    query = select(CafeNote.id).join(CafeTable).where(CafeTable.item_id == item_id)
    return db.session.scalar(query.where(or_(CafeNote.round > rounds, CafeTable.number > tables)).limit(1)) is not None
