"""Write, change and delete drafts, and try them on oneself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.mail.queries import count_recent
from app.mail.rules import address_key
from app.mail.services import queue
from app.mailings import registry
from app.mailings.circles import Circle
from app.mailings.errors import NotReachable, TooManyTests
from app.mailings.models import Mailing
from app.mailings.rules import (
    TESTS_A_DAY,
    Audience,
    Kind,
    Narrowing,
    Owner,
    State,
    Verb,
    check_narrowing,
    check_step,
    check_words,
)
from app.mailings.services.access import hold_for_change, writable_circle
from app.network.actors import Actor


class TimingKind(StrEnum):
    NOW = "now"
    AT = "at"
    BEFORE_START = "before_start"
    AFTER_END = "after_end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a mailing goes out: at an instant, or so many minutes from the start or the end of its event."""

    kind: TimingKind
    at: datetime | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingInput:
    subject: Texts
    body: Texts
    audience: Audience
    narrowing: Narrowing = field(default_factory=Narrowing)
    is_service: bool = True


@transactional
def create(*, owner: Owner, slug: str, values: MailingInput, actor: Actor, now: datetime) -> int:
    """Keep a draft and give its id. Raises MayNotWrite or MayNotManage, NotReachable."""
    circle = writable_circle(owner, slug, actor)
    mailing = Mailing(kind=Kind.ONE_OFF, created_by=actor.account_id, created_at=now, **{circle.column: circle.id})
    _fill(mailing, circle, values)
    db.session.add(mailing)
    db.session.flush()
    _note("mailing_written", mailing, circle, actor=actor, now=now)
    return mailing.id


@transactional
def edit(mailing_id: int, *, values: MailingInput, actor: Actor, now: datetime) -> None:
    """Change a draft; a proposal that somebody edits becomes theirs. Raises NotInThisState, NotReachable."""
    mailing, circle = hold_for_change(mailing_id, actor)
    check_step(mailing.state, Verb.EDIT)
    _fill(mailing, circle, values)
    if mailing.is_proposal:
        mailing.is_proposal, mailing.created_by = False, actor.account_id
    _note("mailing_edited", mailing, circle, actor=actor, now=now)


@transactional
def delete(mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away, or what was called off before anybody got it. Raises NotInThisState."""
    mailing, circle = hold_for_change(mailing_id, actor)
    check_step(mailing.state, Verb.DELETE if mailing.started_at is None else Verb.EDIT)
    _note("mailing_deleted", mailing, circle, actor=actor, now=now)
    db.session.delete(mailing)


@transactional
def queue_test(mailing_id: int, *, as_key: int, locale: str, actor: Actor, now: datetime) -> None:
    """Send the draft to oneself as one of its readers would get it. Raises NothingToSay, TooManyTests."""
    mailing, _circle = hold_for_change(mailing_id, actor)
    check_words(has_subject=bool(mailing.subject), has_body=bool(mailing.body))
    sent = count_recent(address_key(actor.email), now - timedelta(days=1), name="mailing_test")
    if sent >= TESTS_A_DAY:
        raise TooManyTests
    queue(
        "mailing_test",
        recipient=actor.email,
        locale=locale,
        about=f"mailing:{mailing.id}",
        dedupe_key=f"mailing-test:{mailing.id}:{actor.account_id}:{now.isoformat()}",
        now=now,
        mailing_id=mailing.id,
        as_key=as_key,
    )


def _fill(mailing: Mailing, circle: Circle, values: MailingInput) -> None:
    if values.audience not in registry.audiences_of(circle.owner):
        raise NotReachable(field="audience")
    check_narrowing(values.narrowing, circle.owner, has_registrations=registry.has_registrations(values.audience))
    mailing.subject, mailing.body = values.subject, values.body
    mailing.audience, mailing.narrowing = values.audience, values.narrowing.stored()
    mailing.is_service = values.is_service
    mailing.state = mailing.state or State.DRAFT


def _note(action: str, mailing: Mailing, circle: Circle, *, actor: Actor, now: datetime) -> None:
    audit.note(
        action, subject=f"{circle.owner}:{circle.slug}", account_id=actor.account_id, now=now, mailing=mailing.id
    )
