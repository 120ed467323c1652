from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.accounts.models import Account
from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.kernel.db import db
from app.meetings.errors import (
    BlockNotFound,
    MeetingNotFound,
    ProfileNotFound,
    RequestNotFound,
    SearchNotFound,
)
from app.meetings.models import (
    Meeting,
    MeetingBlock,
    MeetingProfile,
    MeetingRequest,
    MeetingSearch,
    MeetingSettings,
)
from app.meetings.rules import ACTIVE, UNDER_WAY, RequestState
from app.network.models import Person, Sector, Specialisation
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.rules import ItemStanding, Place

_FRESH = {"populate_existing": True}
_IN_TIME = (AgendaItem.day, AgendaItem.start_minute, AgendaItem.id)


def settings_of(event_id: int) -> MeetingSettings | None:
    return db.session.get(MeetingSettings, event_id)


def hold_settings(event_id: int) -> MeetingSettings | None:
    """The settings, locked: whoever changes the schedule of an event holds them."""
    query = select(MeetingSettings).where(MeetingSettings.event_id == event_id).with_for_update()
    return db.session.scalar(query, execution_options=_FRESH)


def block_items(event_id: int) -> Sequence[AgendaItem]:
    """The parts of the agenda in which people could meet, in the order of time."""
    query = select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.kind == ItemKind.B2B_BLOCK)
    return db.session.scalars(query.order_by(*_IN_TIME).options(joinedload(AgendaItem.room))).all()


def block_item(event_id: int, item_id: int) -> AgendaItem:
    """Raises BlockNotFound."""
    found = next((item for item in block_items(event_id) if item.id == item_id), None)
    if found is None:
        raise BlockNotFound(item=item_id)
    return found


def blocks(event_id: int) -> Sequence[MeetingBlock]:
    """The blocks of an event with their parts of the agenda, in the order of time."""
    query = (
        select(MeetingBlock)
        .join(AgendaItem, AgendaItem.id == MeetingBlock.item_id)
        .where(AgendaItem.event_id == event_id, AgendaItem.kind == ItemKind.B2B_BLOCK)
        .order_by(*_IN_TIME)
        .options(joinedload(MeetingBlock.item).joinedload(AgendaItem.room))
    )
    return db.session.scalars(query).all()


def block_of_item(item_id: int) -> MeetingBlock | None:
    return db.session.scalar(select(MeetingBlock).where(MeetingBlock.item_id == item_id))


def has_blocks(event_id: int) -> bool:
    """Whether people can meet at an event; asked for every participant's page."""
    query = select(MeetingBlock.id).join(AgendaItem, AgendaItem.id == MeetingBlock.item_id)
    return db.session.scalar(query.where(AgendaItem.event_id == event_id).limit(1)) is not None


def has_block_items(event_id: int) -> bool:
    """Whether the agenda has a part in which people could meet."""
    query = select(AgendaItem.id).where(AgendaItem.event_id == event_id, AgendaItem.kind == ItemKind.B2B_BLOCK)
    return db.session.scalar(query.limit(1)) is not None


def profile(registration_id: int) -> MeetingProfile | None:
    return db.session.get(MeetingProfile, registration_id)


def partaking(event_id: int, registration_id: int) -> MeetingProfile:
    """Somebody of this event who takes part and has a confirmed place; raises ProfileNotFound."""
    query = _partaking(event_id).where(MeetingProfile.registration_id == registration_id)
    found = db.session.scalar(query)
    if found is None:
        raise ProfileNotFound(registration=registration_id)
    return found


def profiles(event_id: int) -> Sequence[MeetingProfile]:
    """Everybody who takes part and has a confirmed place, in the order of names."""
    order = (Registration.family_name, Registration.given_name, Registration.id)
    return db.session.scalars(_partaking(event_id).order_by(*order)).all()


def _partaking(event_id: int) -> Any:
    return (
        select(MeetingProfile)
        .join(Registration, Registration.id == MeetingProfile.registration_id)
        .where(
            MeetingProfile.event_id == event_id,
            MeetingProfile.takes_part.is_(True),
            Registration.place == Place.CONFIRMED,
        )
        .options(joinedload(MeetingProfile.registration))
    )


def profiles_of(registration_ids: Collection[int]) -> Sequence[MeetingProfile]:
    return db.session.scalars(select(MeetingProfile).where(MeetingProfile.registration_id.in_(registration_ids))).all()


def erase_profile(registration_id: int) -> None:
    """What somebody said of themselves."""
    db.session.execute(delete(MeetingProfile).where(MeetingProfile.registration_id == registration_id))


def erase_requests_of(registration_id: int) -> None:
    """Every request from somebody or to them, whatever became of it."""
    mine = or_(MeetingRequest.from_id == registration_id, MeetingRequest.to_id == registration_id)
    db.session.execute(delete(MeetingRequest).where(mine))


def past_of(registration_id: int) -> Sequence[Meeting]:
    """The cancelled meetings of somebody."""
    mine = or_(Meeting.one_id == registration_id, Meeting.other_id == registration_id)
    return db.session.scalars(select(Meeting).where(mine, Meeting.cancelled_at.is_not(None))).all()


def who_has_table(event_id: int, table: int) -> int | None:
    query = select(MeetingProfile.registration_id).where(MeetingProfile.event_id == event_id)
    return db.session.scalar(query.where(MeetingProfile.table_number == table))


def requests(event_id: int) -> Sequence[MeetingRequest]:
    """Every request of an event."""
    return db.session.scalars(select(MeetingRequest).where(MeetingRequest.event_id == event_id)).all()


def requests_of(registration_id: int) -> Sequence[MeetingRequest]:
    """What somebody asked and was asked, the newest first, with both people."""
    query = (
        select(MeetingRequest)
        .where(or_(MeetingRequest.from_id == registration_id, MeetingRequest.to_id == registration_id))
        .order_by(MeetingRequest.asked_at.desc(), MeetingRequest.id.desc())
        .options(joinedload(MeetingRequest.asker), joinedload(MeetingRequest.asked))
    )
    return db.session.scalars(query).all()


def request_counts(event_id: int) -> dict[RequestState, int]:
    query = select(MeetingRequest.state, func.count()).where(MeetingRequest.event_id == event_id)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(MeetingRequest.state))}


def hold_request(request_id: int) -> MeetingRequest:
    """A request, locked; raises RequestNotFound."""
    query = select(MeetingRequest).where(MeetingRequest.id == request_id).with_for_update()
    found = db.session.scalar(query, execution_options=_FRESH)
    if found is None:
        raise RequestNotFound(request=request_id)
    return found


def request_for_mail(request_id: int) -> MeetingRequest | None:
    query = select(MeetingRequest).where(MeetingRequest.id == request_id)
    query = query.options(joinedload(MeetingRequest.asker), joinedload(MeetingRequest.asked))
    return db.session.scalar(query, execution_options=_FRESH)


def request_between(from_id: int, to_id: int) -> MeetingRequest | None:
    query = select(MeetingRequest).where(MeetingRequest.from_id == from_id, MeetingRequest.to_id == to_id)
    return db.session.scalar(query.with_for_update(), execution_options=_FRESH)


def requests_between(one_id: int, other_id: int) -> Sequence[MeetingRequest]:
    """What two people asked each other, in either direction, locked."""
    ids = (one_id, other_id)
    query = select(MeetingRequest).where(MeetingRequest.from_id.in_(ids), MeetingRequest.to_id.in_(ids))
    return db.session.scalars(query.with_for_update(), execution_options=_FRESH).all()


def meeting_between(one_id: int, other_id: int) -> Meeting | None:
    """The meeting of two people that takes place."""
    ids = sorted((one_id, other_id))
    query = select(Meeting).where(Meeting.one_id == ids[0], Meeting.other_id == ids[1], Meeting.cancelled_at.is_(None))
    return db.session.scalar(query)


def called_off(event_id: int) -> set[tuple[int, int]]:
    """Pairs of which one called a meeting off."""
    query = select(Meeting.one_id, Meeting.other_id).where(Meeting.event_id == event_id, Meeting.is_called_off)
    return {(row[0], row[1]) for row in db.session.execute(query)}


def count_asked(registration_id: int) -> int:
    """How many requests of somebody are under way."""
    query = select(func.count()).select_from(MeetingRequest)
    return (
        db.session.scalar(query.where(MeetingRequest.from_id == registration_id, MeetingRequest.state.in_(UNDER_WAY)))
        or 0
    )


def expired(now: datetime, *, most: int) -> Sequence[MeetingRequest]:
    """Requests that nobody answered in time."""
    query = select(MeetingRequest).where(MeetingRequest.state == RequestState.OPEN, MeetingRequest.expires_at <= now)
    return db.session.scalars(query.order_by(MeetingRequest.id).limit(most).with_for_update(skip_locked=True)).all()


def under_way_with(registration_ids: Collection[int]) -> Sequence[MeetingRequest]:
    """Open and accepted requests of or to these people."""
    ids = list(registration_ids)
    query = select(MeetingRequest).where(MeetingRequest.state.in_(UNDER_WAY))
    return db.session.scalars(
        query.where(or_(MeetingRequest.from_id.in_(ids), MeetingRequest.to_id.in_(ids))).with_for_update()
    ).all()


def _whole_meeting() -> tuple[ORMOption, ...]:
    return (
        joinedload(Meeting.one),
        joinedload(Meeting.other),
        joinedload(Meeting.block).joinedload(MeetingBlock.item).joinedload(AgendaItem.room),
    )


def meetings(event_id: int) -> Sequence[Meeting]:
    """The schedule of an event: slots in their order within a block, then tables."""
    query = select(Meeting).where(Meeting.event_id == event_id, Meeting.cancelled_at.is_(None))
    order = (Meeting.block_id, Meeting.slot_number, Meeting.table_number)
    return db.session.scalars(query.order_by(*order).options(*_whole_meeting())).all()


def meetings_with_past(event_id: int) -> Sequence[Meeting]:
    """Every pair that has or had a meeting."""
    return db.session.scalars(
        select(Meeting).where(Meeting.event_id == event_id).options(joinedload(Meeting.block)),
        execution_options=_FRESH,
    ).all()


def meetings_of(registration_ids: Collection[int], *, cancelled_since: datetime | None = None) -> Sequence[Meeting]:
    """The meetings of these people; those that were cancelled since then too, where it is given."""
    ids = list(registration_ids)
    stands = Meeting.cancelled_at.is_(None)
    query = (
        select(Meeting)
        .where(
            or_(Meeting.one_id.in_(ids), Meeting.other_id.in_(ids)),
            or_(stands, Meeting.cancelled_at >= cancelled_since) if cancelled_since else stands,
        )
        .order_by(Meeting.block_id, Meeting.slot_number)
        .options(*_whole_meeting())
    )
    return db.session.scalars(query).all()


def meeting_of(registration_id: int, meeting_id: int) -> Meeting:
    """A meeting of this person that takes place; raises MeetingNotFound."""
    found = next((one for one in meetings_of([registration_id]) if one.id == meeting_id), None)
    if found is None:
        raise MeetingNotFound(meeting=meeting_id)
    return found


def who_meets_in(item_ids: Collection[int]) -> set[int]:
    """The people who meet in these parts of the agenda."""
    query = (
        select(Meeting.one_id, Meeting.other_id)
        .join(MeetingBlock, MeetingBlock.id == Meeting.block_id)
        .where(MeetingBlock.item_id.in_(item_ids), Meeting.cancelled_at.is_(None))
    )
    return {one for row in db.session.execute(query) for one in row}


def duties(event_id: int) -> list[tuple[int, int]]:
    """Registrations of an event, and the parts of its agenda in which the person has a duty or a seat."""
    registered = (
        select(Registration.id.label("id"), Registration.email_key.label("key"))
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.place == Place.CONFIRMED,
        )
        .subquery()
    )
    on_agenda = (
        select(registered.c.id, AgendaPerson.item_id)
        .select_from(AgendaPerson)
        .join(AgendaItem, AgendaItem.id == AgendaPerson.item_id)
        .join(Person, Person.id == AgendaPerson.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .join(registered, or_(registered.c.key == func.lower(Person.email), registered.c.key == Account.email_key))
        .where(AgendaItem.event_id == event_id)
    )
    seated = (
        select(registered.c.id, Allotment.agenda_item_id)
        .select_from(ItemPlace)
        .join(registered, registered.c.id == ItemPlace.registration_id)
        .join(Allotment, Allotment.id == ItemPlace.allotment_id)
        .where(ItemPlace.standing == ItemStanding.SEATED, Allotment.agenda_item_id.is_not(None))
    )
    rows = db.session.execute(on_agenda.union(seated))
    return [(row[0], row[1]) for row in rows]


def items_of(item_ids: Collection[int]) -> Sequence[AgendaItem]:
    return db.session.scalars(select(AgendaItem).where(AgendaItem.id.in_(item_ids))).all()


def people(registration_ids: Collection[int]) -> Sequence[Registration]:
    """Registrations by their ids, whatever became of them."""
    return db.session.scalars(select(Registration).where(Registration.id.in_(registration_ids))).all()


def search(search_id: int, *, lock: bool = False) -> MeetingSearch | None:
    query = select(MeetingSearch).where(MeetingSearch.id == search_id)
    return db.session.scalar(query.with_for_update() if lock else query, execution_options=_FRESH)


def search_of(event_id: int, search_id: int) -> MeetingSearch:
    """A search of this event, locked; raises SearchNotFound."""
    found = search(search_id, lock=True)
    if found is None or found.event_id != event_id:
        raise SearchNotFound(search=search_id)
    return found


def latest_search(event_id: int) -> MeetingSearch | None:
    query = select(MeetingSearch).where(MeetingSearch.event_id == event_id).order_by(MeetingSearch.id.desc()).limit(1)
    return db.session.scalar(query, execution_options=_FRESH)


def active_search(event_id: int) -> MeetingSearch | None:
    query = select(MeetingSearch).where(MeetingSearch.event_id == event_id, MeetingSearch.state.in_(ACTIVE))
    return db.session.scalar(query, execution_options=_FRESH)


def event(event_id: int) -> Event:
    return db.session.get_one(Event, event_id)


def sectors() -> Sequence[Sector]:
    return db.session.scalars(select(Sector).order_by(Sector.position)).all()


def specialisations_of(sector_ids: Collection[str]) -> Sequence[Specialisation]:
    """The specialisations of some sectors; all of them where none is named."""
    query = select(Specialisation).order_by(Specialisation.sector_id, Specialisation.id)
    if sector_ids:
        query = query.where(Specialisation.sector_id.in_(sector_ids))
    return db.session.scalars(query).all()


def known_organisations(event_id: int) -> Sequence[Row[str, int | None]]:
    """What people typed as their organisation and which one that is, where the network knows it."""
    return db.session.execute(
        select(Registration.organisation, Registration.organisation_id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Registration.organisation_id.is_not(None))
        .distinct()
    ).all()
