"""People with a part in an event: they are written to without being registered.

Where somebody said, for one event, to be written to otherwise, a higher room knows: see :func:`written_to_by`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.agenda.models import AgendaItem, AgendaPerson
from app.events import queries as events
from app.events.models import Event, EventPerson
from app.kernel.db import db
from app.mail.rules import address_key
from app.network.models import Person


@dataclass(frozen=True, slots=True)
class PartHolder:
    """Somebody with a part and an address: of the event, else of the account, else the one that the network knows."""

    person_id: int
    name: str
    address: str
    locale: str

    @property
    def key(self) -> str:
        return address_key(self.address)


AddressesOf = Callable[[int], Mapping[int, tuple[str, str]]]
"""By person the address and the language in which an event writes to them."""
_addresses: list[AddressesOf] = []


def written_to_by(addresses: AddressesOf) -> None:
    """Let a higher room say how an event writes to people; the last one that says so does."""
    _addresses[:] = [addresses]


def part_holders(event_id: int) -> list[PartHolder]:
    """Everybody with a part in an event or in its agenda."""
    of_event = select(EventPerson.person_id).where(EventPerson.event_id == event_id)
    of_agenda = (
        select(AgendaPerson.person_id)
        .join(AgendaItem, AgendaItem.id == AgendaPerson.item_id)
        .where(AgendaItem.event_id == event_id)
    )
    return _holders(Person.id.in_(of_event.union(of_agenda)), [event_id])


def part_holders_at(item_ids: Collection[int]) -> dict[int, list[PartHolder]]:
    """Those with a part in some items of one agenda, by item."""
    parts = db.session.execute(
        select(AgendaPerson.item_id, AgendaPerson.person_id, AgendaItem.event_id)
        .join(AgendaItem, AgendaItem.id == AgendaPerson.item_id)
        .where(AgendaPerson.item_id.in_(list(item_ids)))
        .distinct()
    ).all()
    people, event_ids = {part.person_id for part in parts}, {part.event_id for part in parts}
    known = {one.person_id: one for one in _holders(Person.id.in_(people), sorted(event_ids))}
    found: dict[int, list[PartHolder]] = {}
    for part in parts:
        if part.person_id in known:
            found.setdefault(part.item_id, []).append(known[part.person_id])
    return found


def part_holder(person_id: int, event_id: int) -> PartHolder | None:
    """One of them, as the mails of an event address him or her."""
    return next(iter(_holders(Person.id == person_id, [event_id])), None)


def event_of_part(event_id: int) -> Event | None:
    """An event with what a mail says of it."""
    return db.session.scalar(select(Event).where(Event.id == event_id).options(*events.FORM_NEEDS))


def event_id_of_item(item_id: int) -> int | None:
    """The event of an item; None once that was removed."""
    return db.session.scalar(select(AgendaItem.event_id).where(AgendaItem.id == item_id))


def items_of_part(person_id: int, item_ids: Collection[int]) -> Sequence[AgendaItem]:
    """Those of some items in which somebody still has a part, in their order."""
    theirs = select(AgendaPerson.item_id).where(AgendaPerson.person_id == person_id)
    return db.session.scalars(
        select(AgendaItem)
        .where(AgendaItem.id.in_(list(item_ids)), AgendaItem.id.in_(theirs))
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)
        .options(joinedload(AgendaItem.room))
    ).all()


def _holders(who: ColumnElement[bool], event_ids: Collection[int]) -> list[PartHolder]:
    told: dict[int, tuple[str, str]] = {}
    for event_id in event_ids if _addresses else ():
        told |= _addresses[0](event_id)
    found = []
    for row in db.session.execute(_addressed().where(who).order_by(Person.id)):
        address, locale = told.get(row.id, (row.address, row.locale))
        if address:
            found.append(PartHolder(row.id, f"{row.given_name} {row.family_name}", address, locale))
    return found


def _addressed() -> Select[int, str, str, str | None, str]:
    return select(
        Person.id,
        Person.given_name,
        Person.family_name,
        func.coalesce(Account.email, Person.email).label("address"),
        func.coalesce(Account.locale, literal("en")).label("locale"),
    ).join(Account, and_(Account.id == Person.account_id, Account.disabled_at.is_(None)), isouter=True)
