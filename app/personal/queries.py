from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem, AgendaPerson, Stop
from app.events.models import Event, EventOrganisation, EventPerson
from app.events.rules import Status
from app.invitations.models import Invitation
from app.invitations.rules import InvitationStatus
from app.kernel.dates import DatePrecision
from app.kernel.db import db, table_of
from app.meetings.models import Meeting, MeetingBlock
from app.network.models import Person, Project
from app.personal.errors import CalendarNotFound
from app.personal.models import AgendaEntry, CalendarToken, FormerAddress
from app.personal.rules import AGENDA_DUTIES, DUTIES
from app.questions.models import Question, QuestionForm
from app.questions.rules import Purpose
from app.registration.models import Allotment, AllotmentKind, Answer, ItemPlace, Registration
from app.registration.rules import ItemStanding, Place
from app.venues.models import Room

_AT_ONCE = 500
_tokens, _people = table_of(CalendarToken), table_of(Registration)
_FRESH = {"populate_existing": True}
_LIVE = CalendarToken.revoked_at.is_(None)
_SERVED = (
    CalendarToken.id,
    CalendarToken.public_id,
    CalendarToken.email_key,
    CalendarToken.label,
    CalendarToken.language,
    CalendarToken.timezone,
    CalendarToken.version,
    CalendarToken.changed_at,
    CalendarToken.forgotten_version,
)
_FORMER = (FormerAddress.since.label("revoked_at"), *_SERVED)
_SERVED_NOW = (*_SERVED, CalendarToken.revoked_at)


def opened_by(secret_digest: str) -> Row[*tuple[Any, ...]] | None:
    """The calendar that an address opens, a revoked one too: all that a 304 needs."""
    return db.session.execute(select(*_SERVED_NOW).where(CalendarToken.secret_digest == secret_digest)).one_or_none()


def formerly_opened_by(secret_digest: str) -> Row[*tuple[Any, ...]] | None:
    """The calendar that an address opened before it got another one, with the moment from which it does not."""
    query = select(*_FORMER).join(FormerAddress, FormerAddress.token_id == CalendarToken.id)
    return db.session.execute(query.where(FormerAddress.secret_digest == secret_digest)).one_or_none()


def opened_by_password(password_digest: str) -> Row[*tuple[Any, ...]] | None:
    """The calendar that an app password opens."""
    query = select(*_SERVED).where(CalendarToken.password_digest == password_digest, _LIVE)
    return db.session.execute(query).one_or_none()


def token(token_id: int, *, lock: bool = False) -> CalendarToken | None:
    query = select(CalendarToken).where(CalendarToken.id == token_id)
    return db.session.scalar(query.with_for_update() if lock else query, execution_options=_FRESH)


def tokens(token_ids: Sequence[int]) -> dict[int, CalendarToken]:
    """Calendars by their ids, some hundreds at a time."""
    slices = (token_ids[place : place + _AT_ONCE] for place in range(0, len(token_ids), _AT_ONCE))
    rows = (db.session.scalars(select(CalendarToken).where(CalendarToken.id.in_(some))) for some in slices)
    return {row.id: row for some in rows for row in some}


def token_of(token_id: int, email_key: str, *, lock: bool = False) -> CalendarToken:
    """A calendar of just this person that still opens; raises CalendarNotFound."""
    found = token(token_id, lock=lock)
    if found is None or found.email_key != email_key or found.revoked_at:
        raise CalendarNotFound(calendar=token_id)
    return found


def tokens_of(email_key: str) -> Sequence[CalendarToken]:
    """Somebody's calendars that still open, the newest first."""
    query = select(CalendarToken).where(CalendarToken.email_key == email_key, _LIVE)
    return db.session.scalars(query.order_by(CalendarToken.id.desc())).all()


def withdrawn_of(email_key: str) -> Sequence[CalendarToken]:
    """Somebody's calendars that do not open any more and are still remembered."""
    query = select(CalendarToken).where(CalendarToken.email_key == email_key, ~_LIVE)
    return db.session.scalars(query.order_by(CalendarToken.id.desc())).all()


def count_live(email_key: str) -> int:
    query = select(func.count()).select_from(CalendarToken).where(CalendarToken.email_key == email_key, _LIVE)
    return db.session.scalar(query) or 0


def live_ids() -> Sequence[int]:
    """Every calendar that still opens."""
    return db.session.scalars(select(CalendarToken.id).where(_LIVE).order_by(CalendarToken.id)).all()


# put together once: they run under the lock that everybody waits for who registers
_OF_ADDRESSES = select(_tokens.c.id).where(
    _tokens.c.email_key.in_(bindparam("keys", expanding=True)), _tokens.c.revoked_at.is_(None)
)
_OF_REGISTRATIONS = select(_tokens.c.id).where(
    _tokens.c.email_key.in_(select(_people.c.email_key).where(_people.c.id.in_(bindparam("ids", expanding=True)))),
    _tokens.c.revoked_at.is_(None),
)


def ids_of_addresses(keys: Collection[str]) -> Sequence[int]:
    """Calendars of people with these address keys."""
    return db.session.scalars(_OF_ADDRESSES, {"keys": list(keys)}).all()


def ids_of_registrations(registration_ids: Collection[int]) -> Sequence[int]:
    """Calendars of those who hold these registrations."""
    return db.session.scalars(_OF_REGISTRATIONS, {"ids": list(registration_ids)}).all()


def ids_of_event(event_id: int) -> Sequence[int]:
    """Calendars in which an event stands, or may have to: by registration, invitation or duty."""
    registered = (
        select(Registration.email_key)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id)
    )
    invited = select(Invitation.email_key).where(Invitation.event_id == event_id)
    at_event = select(EventPerson.person_id).where(EventPerson.event_id == event_id)
    on_agenda = select(AgendaPerson.person_id).join(AgendaItem).where(AgendaItem.event_id == event_id)
    on_duty = select(Person.account_id).where(or_(Person.id.in_(at_event), Person.id.in_(on_agenda)))
    standing = exists().where(AgendaEntry.token_id == CalendarToken.id, AgendaEntry.event_id == event_id)
    query = select(CalendarToken.id).where(
        _LIVE,
        or_(
            CalendarToken.email_key.in_(registered),
            CalendarToken.email_key.in_(invited),
            CalendarToken.account_id.in_(on_duty),
            standing,
        ),
    )
    return db.session.scalars(query.order_by(CalendarToken.id)).all()


def ids_of_person(person_id: int) -> Sequence[int]:
    """Calendars of the account that belongs to a person."""
    account = select(Person.account_id).where(Person.id == person_id)
    return db.session.scalars(select(CalendarToken.id).where(CalendarToken.account_id.in_(account), _LIVE)).all()


def entries(token_id: int) -> dict[str, AgendaEntry]:
    """All that stands or stood in a calendar, by what it is of."""
    rows = db.session.scalars(select(AgendaEntry).where(AgendaEntry.token_id == token_id), execution_options=_FRESH)
    return {row.source: row for row in rows}


def shown(token_id: int) -> Sequence[Row[str, str, bytes]]:
    """Uid, zones and bytes of what a calendar shows, in its order, in one query."""
    return db.session.execute(
        select(AgendaEntry.uid, AgendaEntry.zones, AgendaEntry.body)
        .where(AgendaEntry.token_id == token_id, AgendaEntry.removed_at.is_(None))
        .order_by(AgendaEntry.starts_at, AgendaEntry.uid)
    ).all()


def registrations(email_key: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Somebody's latest registration at each event."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Registration.id,
            Registration.place,
            Registration.placed_at,
            Registration.offer_expires_at,
            Registration.invitation_sequence,
            Allotment.event_id,
        )
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Registration.email_key == email_key, Allotment.kind == AllotmentKind.EVENT)
        .order_by(Registration.id)
    )
    return list({row.event_id: row for row in db.session.execute(query)}.values())


def seated_items(registration_ids: Collection[int]) -> Sequence[Row[int | None, datetime]]:
    """Parts of the agenda at which registrations have a place, and since when."""
    query = (
        select(Allotment.agenda_item_id, ItemPlace.placed_at)
        .join(Allotment, Allotment.id == ItemPlace.allotment_id)
        .where(
            ItemPlace.registration_id.in_(registration_ids),
            ItemPlace.standing == ItemStanding.SEATED,
            Allotment.agenda_item_id.is_not(None),
        )
    )
    return db.session.execute(query).all()


def meetings_of(registration_ids: Collection[int]) -> Sequence[Row[int, int, datetime]]:
    """The one-to-one meetings of these people that take place, with their events."""
    ids = list(registration_ids)
    return db.session.execute(
        select(Meeting.id, Meeting.event_id, Meeting.changed_at).where(
            or_(Meeting.one_id.in_(ids), Meeting.other_id.in_(ids)), Meeting.cancelled_at.is_(None)
        )
    ).all()


def meetings_to_show(meeting_ids: Collection[int]) -> dict[int, Meeting]:
    """Meetings with all that an entry is made of, cancelled ones too."""
    query = (
        select(Meeting)
        .where(Meeting.id.in_(meeting_ids))
        .options(
            joinedload(Meeting.one),
            joinedload(Meeting.other),
            joinedload(Meeting.block).joinedload(MeetingBlock.item).joinedload(AgendaItem.room),
        )
    )
    return {one.id: one for one in db.session.scalars(query, execution_options=_FRESH)}


def duties(account_id: int) -> Sequence[Row[int, int | None]]:
    """What the person of an account does: events, and items of agendas, in one query."""
    of_account = Person.account_id == account_id
    at_events = (
        select(EventPerson.event_id, AgendaItem.id.label("item_id"))
        .join(Person, Person.id == EventPerson.person_id)
        .outerjoin(AgendaItem, AgendaItem.id < 0)
        .where(of_account, EventPerson.role.in_(DUTIES))
    )
    on_agendas = (
        select(AgendaItem.event_id, AgendaItem.id.label("item_id"))
        .join(AgendaPerson, AgendaPerson.item_id == AgendaItem.id)
        .join(Person, Person.id == AgendaPerson.person_id)
        .where(of_account, AgendaPerson.role.in_(AGENDA_DUTIES))
    )
    return db.session.execute(at_events.union_all(on_agendas)).all()


def open_forms(registration_ids: Collection[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Forms with a deadline that confirmed people have not answered yet."""
    answered = exists().where(
        Answer.registration_id == Registration.id,
        Answer.question_id == Question.id,
        Question.form_id == QuestionForm.id,
    )
    query: Select[*tuple[Any, ...]] = (
        select(QuestionForm.id, QuestionForm.event_id, QuestionForm.title, QuestionForm.closes_at)
        .join(Allotment, and_(Allotment.event_id == QuestionForm.event_id, Allotment.kind == AllotmentKind.EVENT))
        .join(Registration, Registration.allotment_id == Allotment.id)
        .where(
            Registration.id.in_(registration_ids),
            Registration.place == Place.CONFIRMED,
            QuestionForm.purpose == Purpose.FOLLOW_UP,
            QuestionForm.closes_at.is_not(None),
            ~answered,
        )
    )
    return db.session.execute(query).all()


def open_invitations(email_key: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Events to which somebody is invited and has not answered, and when registration closes there."""
    query: Select[*tuple[Any, ...]] = (
        select(Invitation.id, Invitation.event_id, Invitation.invited_at, Allotment.closes_at)
        .join(Allotment, and_(Allotment.event_id == Invitation.event_id, Allotment.kind == AllotmentKind.EVENT))
        .where(Invitation.email_key == email_key, Invitation.status == InvitationStatus.PENDING)
    )
    return db.session.execute(query).all()


def events_to_show(event_ids: Collection[int], *, ending_after: datetime) -> dict[int, Event]:
    """Events that calendars may show, with all that an entry is made of."""
    query = (
        select(Event)
        .where(
            Event.id.in_(event_ids),
            Event.status != Status.DRAFT,
            Event.date_precision == DatePrecision.DAY,
            Event.ends_at > ending_after,
        )
        .options(
            joinedload(Event.venue),
            joinedload(Event.project).joinedload(Project.programme),
            selectinload(Event.sectors),
            selectinload(Event.organisations).joinedload(EventOrganisation.organisation),
            selectinload(Event.persons).options(joinedload(EventPerson.person), joinedload(EventPerson.organisation)),
        )
    )
    return {event.id: event for event in db.session.scalars(query, execution_options=_FRESH)}


def items_to_show(item_ids: Collection[int]) -> dict[int, AgendaItem]:
    query = (
        select(AgendaItem)
        .where(AgendaItem.id.in_(item_ids))
        .options(
            joinedload(AgendaItem.room).joinedload(Room.venue),
            joinedload(AgendaItem.stop).options(joinedload(Stop.venue), joinedload(Stop.host)),
            joinedload(AgendaItem.leg),
            selectinload(AgendaItem.persons).options(
                joinedload(AgendaPerson.person), joinedload(AgendaPerson.organisation)
            ),
        )
    )
    return {item.id: item for item in db.session.scalars(query, execution_options=_FRESH)}


def events_of_items(item_ids: Collection[int]) -> dict[int, int]:
    """The event of each part of an agenda."""
    rows = db.session.execute(select(AgendaItem.id, AgendaItem.event_id).where(AgendaItem.id.in_(item_ids)))
    return {row.id: row.event_id for row in rows}


def entries_removed_before(moment: datetime, *, most: int) -> Sequence[AgendaEntry]:
    """What left so long ago that nobody who asks what changed needs to be told any more."""
    query = select(AgendaEntry).where(AgendaEntry.removed_at < moment).order_by(AgendaEntry.id).limit(most)
    return db.session.scalars(query).all()


def former_addresses_before(moment: datetime) -> Sequence[FormerAddress]:
    return db.session.scalars(select(FormerAddress).where(FormerAddress.since < moment)).all()


def revoked_before(moment: datetime) -> Sequence[CalendarToken]:
    return db.session.scalars(select(CalendarToken).where(CalendarToken.revoked_at < moment)).all()
