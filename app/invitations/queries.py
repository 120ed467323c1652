from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.events import queries as events
from app.events.models import Event
from app.events.rules import Status
from app.invitations.errors import CodeNotFound, InvitationNotFound, ListNotFound
from app.invitations.models import Invitation, InvitationList, InvitationListLine, InvitationSettings, PassCode
from app.invitations.rules import MOST_REMINDERS, InvitationStatus, LineState
from app.kernel.db import db, table_of
from app.mail.models import Message, MessageState
from app.network.models import Affiliation, Organisation, Person, ProjectRoleRow
from app.network.rules import ProjectRole

ERASED = "@erased.invalid"
ListedPerson = Row[int, str, str, str, str, str, str]
_WITH_EVENT = joinedload(Invitation.event).options(*events.FORM_NEEDS)
# a list asks for these once a batch: built once, of the tables
_invited, _messages, _lines = table_of(Invitation), table_of(Message), table_of(InvitationListLine)
_INVITED_KEYS = select(_invited.c.email_key).where(
    _invited.c.event_id == bindparam("event_id"),
    _invited.c.status != InvitationStatus.REVOKED,
    _invited.c.email_key.in_(bindparam("keys", expanding=True)),
)
_RECENT = (
    select(_messages.c.recipient_key, func.count())
    .where(
        _messages.c.recipient_key.in_(bindparam("keys", expanding=True)),
        _messages.c.queued_at >= bindparam("since"),
        _messages.c.state != MessageState.DROPPED,
    )
    .group_by(_messages.c.recipient_key)
)
_LISTED_KEYS = select(_lines.c.email_key).where(
    _lines.c.list_id == bindparam("list_id"),
    _lines.c.state != LineState.WRONG,
    _lines.c.email_key.in_(bindparam("keys", expanding=True)),
)


def invitation_with_public_id(public_id: str) -> Invitation:
    """The invitation with its event, the event's place and its organisers; raises InvitationNotFound."""
    found = db.session.scalar(select(Invitation).where(Invitation.public_id == public_id).options(_WITH_EVENT))
    if found is None:
        raise InvitationNotFound(public_id=public_id)
    return found


def invitation_for_mail(invitation_id: int) -> Invitation | None:
    return db.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id).options(_WITH_EVENT),
        execution_options={"populate_existing": True},
    )


def hold_invitation(invitation_id: int) -> Invitation:
    """The invitation, locked; raises InvitationNotFound."""
    found = db.session.get(Invitation, invitation_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise InvitationNotFound(invitation_id=invitation_id)
    return found


def live_invitation(event_id: int, email_key: str) -> Invitation | None:
    """The invitation of an address that was not taken back."""
    return db.session.scalar(
        select(Invitation).where(
            Invitation.event_id == event_id,
            Invitation.email_key == email_key,
            Invitation.status != InvitationStatus.REVOKED,
        )
    )


def invitation_of_registration(event_id: int, registration_id: int) -> Invitation | None:
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.event_id == event_id, Invitation.registration_id == registration_id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    )


def invited_keys(event_id: int, keys: Collection[str]) -> set[str]:
    """Those of the address keys that have a live invitation."""
    return set(db.session.scalars(_INVITED_KEYS, {"event_id": event_id, "keys": list(keys)}))


def ever_invited_keys(event_id: int) -> set[str]:
    """Everybody who was ever invited, even where it was taken back."""
    return set(db.session.scalars(select(Invitation.email_key).where(Invitation.event_id == event_id)))


def invited_by_hand(event_id: int) -> Sequence[Invitation]:
    """Whom organisers invited, and did not uninvite; without observers and people whose names are erased."""
    query = select(Invitation).where(
        Invitation.event_id == event_id,
        Invitation.status != InvitationStatus.REVOKED,
        Invitation.invited_by.is_not(None),
        ~Invitation.email_key.endswith(ERASED),
    )
    return db.session.scalars(query.order_by(Invitation.id)).all()


def invited_since(event_id: int, since: datetime) -> int:
    """How many people an event has invited since then, whatever became of it; by right does not count."""
    query = select(func.count()).where(
        Invitation.event_id == event_id, Invitation.invited_at > since, Invitation.invited_by.is_not(None)
    )
    return db.session.scalar(query) or 0


def first_invited_since(event_id: int, since: datetime) -> datetime | None:
    return db.session.scalar(
        select(func.min(Invitation.invited_at)).where(
            Invitation.event_id == event_id, Invitation.invited_at > since, Invitation.invited_by.is_not(None)
        )
    )


def recent_mails(keys: Collection[str], since: datetime) -> dict[str, int]:
    """How many mails each address got since then; addresses without any are left out."""
    rows = db.session.execute(_RECENT, {"keys": list(keys), "since": since}).all()
    return {row[0]: row[1] for row in rows}


def invitations(
    event_id: int, *, status: InvitationStatus | None, limit: int, before: int | None = None
) -> Sequence[Invitation]:
    """The newest first; ``before`` is the id to go on from."""
    query = select(Invitation).where(Invitation.event_id == event_id).order_by(Invitation.id.desc()).limit(limit)
    if status:
        query = query.where(Invitation.status == status)
    if before:
        query = query.where(Invitation.id < before)
    return db.session.scalars(query).all()


def counts_by_status(event_id: int) -> dict[InvitationStatus, int]:
    rows = db.session.execute(
        select(Invitation.status, func.count()).where(Invitation.event_id == event_id).group_by(Invitation.status)
    )
    return {row[0]: row[1] for row in rows}


def silent(event_id: int, *, written_before: datetime, limit: int) -> Sequence[Invitation]:
    """Who has not answered and may be reminded, locked."""
    return db.session.scalars(
        select(Invitation)
        .where(*_silent(event_id, written_before))
        .order_by(Invitation.id)
        .limit(limit)
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).all()


def count_silent(event_id: int, *, written_before: datetime) -> int:
    return db.session.scalar(select(func.count()).where(*_silent(event_id, written_before))) or 0


def _silent(event_id: int, written_before: datetime) -> list[ColumnElement[bool]]:
    return [
        Invitation.event_id == event_id,
        Invitation.status == InvitationStatus.PENDING,
        Invitation.reminders < MOST_REMINDERS,
        func.coalesce(Invitation.reminded_at, Invitation.invited_at) <= written_before,
    ]


def settings_of(event_id: int) -> InvitationSettings | None:
    return db.session.get(InvitationSettings, event_id)


def events_that_remind(now: datetime) -> Sequence[tuple[Event, InvitationSettings]]:
    """Published events to come that remind those who are silent."""
    rows = db.session.execute(
        select(Event, InvitationSettings)
        .join(InvitationSettings, InvitationSettings.event_id == Event.id)
        .where(
            Event.status == Status.PUBLISHED,
            Event.ends_at > now,
            InvitationSettings.remind_days_before.is_not(None),
        )
    )
    return [(row[0], row[1]) for row in rows]


def list_of(event_id: int, list_id: int) -> InvitationList:
    """A list of just this event; raises ListNotFound."""
    found = db.session.scalar(
        select(InvitationList).where(InvitationList.id == list_id, InvitationList.event_id == event_id)
    )
    if found is None:
        raise ListNotFound(list_id=list_id)
    return found


def hold_list(list_id: int) -> InvitationList:
    """The list, locked; raises ListNotFound."""
    found = db.session.get(InvitationList, list_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise ListNotFound(list_id=list_id)
    return found


def content_of(list_id: int) -> tuple[bytes, bool, int] | None:
    """What was uploaded or pasted, whether pasted, and how much of it is read; None once all of it is."""
    row = db.session.execute(
        select(InvitationList.content, InvitationList.pasted, InvitationList.lines_read).where(
            InvitationList.id == list_id
        )
    ).one_or_none()
    return (row[0], row[1], row[2]) if row and row[0] is not None else None


def open_lists(event_id: int) -> Sequence[InvitationList]:
    return db.session.scalars(
        select(InvitationList).where(InvitationList.event_id == event_id).order_by(InvitationList.id.desc()).limit(5)
    ).all()


def listed_keys(list_id: int, keys: Collection[str]) -> set[str]:
    """Those of the address keys that stand on a list already."""
    return set(db.session.scalars(_LISTED_KEYS, {"list_id": list_id, "keys": list(keys)}))


def counts_of_lines(list_id: int) -> dict[LineState, int]:
    rows = db.session.execute(
        select(InvitationListLine.state, func.count())
        .where(InvitationListLine.list_id == list_id)
        .group_by(InvitationListLine.state)
    )
    return {row[0]: row[1] for row in rows}


def lines_in(list_id: int, states: Collection[LineState], *, limit: int) -> Sequence[InvitationListLine]:
    return db.session.scalars(
        select(InvitationListLine)
        .where(InvitationListLine.list_id == list_id, InvitationListLine.state.in_(states))
        .order_by(InvitationListLine.line, InvitationListLine.id)
        .limit(limit)
    ).all()


def new_lines(list_id: int, limit: int) -> Sequence[ListedPerson]:
    """The next people of a list to invite."""
    return db.session.execute(
        select(
            _lines.c.id,
            _lines.c.email,
            _lines.c.email_key,
            _lines.c.given_name,
            _lines.c.family_name,
            _lines.c.organisation,
            _lines.c.locale,
        )
        .where(_lines.c.list_id == list_id, _lines.c.state == LineState.NEW)
        .order_by(_lines.c.line, _lines.c.id)
        .limit(limit)
    ).all()


def codes(event_id: int) -> Sequence[PassCode]:
    return db.session.scalars(select(PassCode).where(PassCode.event_id == event_id).order_by(PassCode.id)).all()


def code(event_id: int, code: str) -> PassCode | None:
    return db.session.scalar(select(PassCode).where(PassCode.event_id == event_id, PassCode.code == code))


def code_of_event(event_id: int, code_id: int) -> PassCode:
    """Raises CodeNotFound."""
    found = db.session.scalar(select(PassCode).where(PassCode.event_id == event_id, PassCode.id == code_id))
    if found is None:
        raise CodeNotFound(code_id=code_id)
    return found


def observing(project_id: int) -> Sequence[ProjectRoleRow]:
    """The observers of a project with the unit that acts for them."""
    return db.session.scalars(
        select(ProjectRoleRow)
        .where(ProjectRoleRow.project_id == project_id, ProjectRoleRow.role == ProjectRole.OBSERVER)
        .options(joinedload(ProjectRoleRow.organisation), joinedload(ProjectRoleRow.acting_unit))
        .order_by(ProjectRoleRow.id)
    ).all()


def managers_of(organisation_ids: Collection[int]) -> Sequence[Row[int, Person, str | None, str | None]]:
    """Who manages organisations now: the organisation's id, the person, the account's address and language."""
    return db.session.execute(
        select(Affiliation.organisation_id, Person, Account.email, Account.locale)
        .join(Person, Person.id == Affiliation.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(
            Affiliation.organisation_id.in_(organisation_ids),
            Affiliation.is_manager.is_(True),
            Affiliation.until.is_(None),
            or_(Account.id.is_(None), Account.disabled_at.is_(None)),
        )
        .order_by(Affiliation.id)
    ).all()


def organisers_of(event_id: int) -> Sequence[Organisation]:
    """Who invites: the organisers that the event names, in their order."""
    event = events.event(event_id)
    return [part.organisation for part in event.organisations if part.role == "organiser"]


def of_events_over_before(before: datetime, erased: str, limit: int) -> Sequence[Invitation]:
    """Invitations that still name people though their event ended before."""
    return db.session.scalars(
        select(Invitation)
        .join(Event, Event.id == Invitation.event_id)
        .where(Event.ends_at < before, ~Invitation.email_key.endswith(erased))
        .order_by(Invitation.id)
        .limit(limit)
    ).all()
