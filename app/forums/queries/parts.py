"""The parts of an agenda that have a format, and the people who take part in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums.errors import FormatNotFound
from app.kernel.db import db, table_of
from app.presence.queries import was_there
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.rules import ItemStanding, Place

FORMATS = frozenset(
    {
        ItemKind.WORLD_CAFE,
        ItemKind.FAIR,
        ItemKind.PITCH,
        ItemKind.PEER_REVIEW,
        ItemKind.WORKING_TABLE,
        ItemKind.NETWORKING,
    }
)
_items, _people, _seats, _places = map(table_of, (AgendaItem, Registration, Allotment, ItemPlace))


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody with a confirmed place, as lists show him or her."""

    id: int
    given_name: str
    family_name: str
    organisation: str

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def has_formats(event_id: int) -> bool:
    """Whether the agenda has a part with a format."""
    return bool(db.session.scalar(select(exists().where(_items.c.event_id == event_id, _items.c.kind.in_(FORMATS)))))


def formats_of(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Id, kind, title, day and minutes of the parts with a format, in the order of time."""
    return db.session.execute(
        select(_items.c.id, _items.c.kind, _items.c.title, _items.c.day, _items.c.start_minute, _items.c.end_minute)
        .where(_items.c.event_id == event_id, _items.c.kind.in_(FORMATS))
        .order_by(_items.c.day, _items.c.start_minute, _items.c.id)
    ).all()


def has_kind(event_id: int, kind: ItemKind) -> bool:
    return bool(db.session.scalar(select(exists().where(_items.c.event_id == event_id, _items.c.kind == kind))))


def days_of(event_id: int, kind: ItemKind) -> int:
    """On how many days of the event there are parts of a kind."""
    return len(
        db.session.scalars(
            select(_items.c.day).where(_items.c.event_id == event_id, _items.c.kind == kind).distinct()
        ).all()
    )


def part(event_id: int, item_id: int, kind: ItemKind) -> AgendaItem:
    """A part of the agenda with its event, room and people; raises FormatNotFound, also for another kind."""
    found = db.session.scalar(
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id, AgendaItem.id == item_id, AgendaItem.kind == kind)
        .options(
            joinedload(AgendaItem.event).joinedload(Event.venue),
            joinedload(AgendaItem.room),
            selectinload(AgendaItem.persons).options(
                joinedload(AgendaPerson.person), joinedload(AgendaPerson.organisation)
            ),
        )
    )
    if found is None:
        raise FormatNotFound(item_id=item_id)
    return found


def confirmed(event_id: int, only: Collection[int] | None = None) -> list[Participant]:
    """Everybody with a confirmed place, or some of them, in the order of names."""
    query = (
        select(_people.c.id, _people.c.given_name, _people.c.family_name, _people.c.organisation)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(
            _seats.c.event_id == event_id,
            _seats.c.kind == AllotmentKind.EVENT,
            _people.c.place == Place.CONFIRMED,
        )
        .order_by(_people.c.family_name, _people.c.given_name, _people.c.id)
    )
    if only is not None:
        query = query.where(_people.c.id.in_(only))
    return [
        Participant(id=row.id, given_name=row.given_name, family_name=row.family_name, organisation=row.organisation)
        for row in db.session.execute(query)
    ]


def taking_part(event_id: int, item_id: int, *, only_present: bool) -> list[Participant]:
    """Who is to be seated: with a confirmed place, and one at this part where it takes sign-ups; or also there."""
    people = confirmed(event_id)
    signed_up = _signed_up(item_id)
    if signed_up is not None:
        people = [one for one in people if one.id in signed_up]
    if only_present:
        there = was_there(event_id)
        people = [one for one in people if one.id in there]
    return people


def confirmed_with_addresses(event_id: int, addresses: Collection[str]) -> dict[str, int]:
    """Registrations with a confirmed place, by their address in small letters."""
    rows = db.session.execute(
        select(_people.c.email_key, _people.c.id)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(
            _seats.c.event_id == event_id,
            _seats.c.kind == AllotmentKind.EVENT,
            _people.c.place == Place.CONFIRMED,
            _people.c.email_key.in_(addresses),
        )
    )
    return {row.email_key: row.id for row in rows}


def _signed_up(item_id: int) -> frozenset[int] | None:
    """Who has a place at a part; None where it takes no sign-ups."""
    allotment_id = db.session.scalar(select(_seats.c.id).where(_seats.c.agenda_item_id == item_id))
    if allotment_id is None:
        return None
    return frozenset(
        db.session.scalars(
            select(_places.c.registration_id).where(
                _places.c.allotment_id == allotment_id, _places.c.standing == ItemStanding.SEATED
            )
        )
    )
