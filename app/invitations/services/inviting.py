"""Inviting people, and taking an invitation back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from app.audit import services as audit
from app.events.models import Event
from app.events.services import manageable_event
from app.invitations import queries, rules
from app.invitations.errors import AlreadyInvited, AlreadyRegistered, InvitationNotFound, WrittenTooOften
from app.invitations.inputs import GuestInput
from app.invitations.models import Invitation
from app.invitations.neighbours import registered_keys
from app.invitations.rules import InvitationStatus
from app.kernel.db import db, hold_name, table_of, transactional
from app.kernel.ids import opaque_id
from app.mail.errors import UnusableAddress
from app.mail.queries import count_recent
from app.mail.rules import is_mailable, may_write
from app.mail.services import Letter, queue_all
from app.network.actors import Actor

_TABLE = table_of(Invitation)
# past the unit of work: a list enters fifty thousand
_INSERT = insert(_TABLE).returning(_TABLE.c.id, _TABLE.c.email_key)


@transactional
def invite(*, event_slug: str, guest: GuestInput, actor: Actor, now: datetime) -> int:
    """Invite one person and write to them; returns the invitation's id.

    Raises MayNotManage, NotInvitable in one of its kinds, DayIsFull, AlreadyInvited, AlreadyRegistered,
    WrittenTooOften, UnusableAddress.
    """
    event = manageable_event(event_slug, actor)
    check_invitable(event, now)
    if not is_mailable(guest.email.strip()):
        raise UnusableAddress(field="email")
    hold_inviting(event.id)
    rules.check_day(queries.invited_since(event.id, now - rules.A_DAY), is_administrator=actor.is_administrator)
    _check_new(event.id, guest.email_key, now)
    [invitation_id] = enter(event.id, [guest], invited_by=actor.account_id, now=now)
    audit.note("invited", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, people=1)
    return invitation_id


@transactional
def revoke(invitation_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Take an invitation back: its link opens nothing but a word about that. A place that was taken by it stays.

    Raises MayNotManage, InvitationNotFound.
    """
    event = manageable_event(event_slug, actor)
    invitation = queries.hold_invitation(invitation_id)
    if invitation.event_id != event.id:
        raise InvitationNotFound(invitation_id=invitation_id)
    invitation.status = InvitationStatus.REVOKED
    audit.note(
        "invitation_revoked",
        subject=f"event:{event.slug}",
        account_id=actor.account_id,
        now=now,
        invitation=invitation_id,
    )


def check_invitable(event: Event, now: datetime) -> None:
    """Raises NotInvitable in one of its kinds."""
    rules.check_invitable(event_status=event.status, audience=event.audience, ends_at=event.ends_at, now=now)


def hold_inviting(event_id: int) -> None:
    """One after the other invites to an event, so that nobody is invited twice and the day's limit holds."""
    hold_name(f"invitations:{event_id}")


def enter(event_id: int, guests: Sequence[GuestInput], *, invited_by: int | None, now: datetime) -> list[int]:
    """Write invitations down and queue their mails; the caller has made sure that each is new. Returns their ids."""
    rows = db.session.execute(_INSERT, [_values(event_id, guest, invited_by, now) for guest in guests]).all()
    ids = {key: invitation_id for invitation_id, key in rows}
    queue_all([_letter(guest, ids[guest.email_key]) for guest in guests], now=now)
    return [ids[guest.email_key] for guest in guests]


def _letter(guest: GuestInput, invitation_id: int) -> Letter:
    return Letter(
        name="invitation",
        recipient=guest.email,
        locale=guest.locale,
        about=f"invitation:{invitation_id}",
        dedupe_key=f"invitation:{invitation_id}",
        context={"invitation_id": invitation_id},
    )


def _check_new(event_id: int, email_key: str, now: datetime) -> None:
    if found := queries.live_invitation(event_id, email_key):
        raise AlreadyInvited(field="email", status=found.status)
    if registered_keys(event_id, [email_key]):
        raise AlreadyRegistered(field="email")
    if not may_write(count_recent(email_key, now - rules.A_DAY)):
        raise WrittenTooOften(field="email", retry_after=3600)


def _values(event_id: int, guest: GuestInput, invited_by: int | None, now: datetime) -> dict[str, object]:
    return {
        "event_id": event_id,
        "public_id": opaque_id(22),
        "link_version": 1,
        "email": guest.email.strip(),
        "email_key": guest.email_key,
        "given_name": guest.given_name,
        "family_name": guest.family_name,
        "organisation": guest.organisation,
        "organisation_id": guest.organisation_id,
        "locale": guest.locale,
        "role": guest.role,
        "note": guest.note or None,
        "status": InvitationStatus.PENDING,
        "skips_approval": guest.skips_approval,
        "invited_at": now,
        "invited_by": invited_by,
        "reminders": 0,
    }
