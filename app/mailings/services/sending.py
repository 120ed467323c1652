"""Schedule, start, send in batches, stop, finish, try again."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.jobs import services as jobs
from app.kernel.db import insert_unless_there, transactional
from app.kernel.ids import opaque_id
from app.mail import services as mail
from app.mail.queries import not_arriving
from app.mail.rules import address_key, is_mailable, message_id, reaches_nobody
from app.mailings import queries
from app.mailings.circles import Circle
from app.mailings.models import Mailing, MailingRecipient
from app.mailings.registry import Reader
from app.mailings.rules import (
    BATCH,
    Anchor,
    Kind,
    LeftOut,
    State,
    Verb,
    check_ahead,
    check_step,
    check_words,
    due_at,
    is_too_late,
    outcome,
)
from app.mailings.services.access import hold_for_change
from app.mailings.services.writing import Timing, TimingKind
from app.network.actors import Actor

TAKE_IN = "take_in_audience"


@transactional
def schedule(mailing_id: int, *, timing: Timing, actor: Actor, now: datetime) -> None:
    """Approve a draft: it goes out now or at its time. Raises NothingToSay, MomentPassed, EventNotAhead,
    NotInThisState."""
    mailing, circle = hold_for_change(mailing_id, actor)
    check_step(mailing.state, Verb.SCHEDULE)
    check_words(has_subject=bool(mailing.subject), has_body=bool(mailing.body))
    _set_time(mailing, circle, timing, now)
    mailing.state, mailing.why_code, mailing.is_proposal = State.SCHEDULED, None, False
    mailing.approved_by, mailing.approved_at = actor.account_id, now
    audit.note(
        "mailing_approved",
        subject=f"{circle.owner}:{circle.slug}",
        account_id=actor.account_id,
        now=now,
        mailing=mailing.id,
    )
    if timing.kind is TimingKind.NOW:
        _start(mailing, now)


@transactional
def start(mailing_id: int, *, now: datetime) -> None:
    """Begin what is due; anything that moved since it was found due waits on."""
    mailing = queries.lock_mailing(mailing_id)
    if mailing.state is not State.SCHEDULED or mailing.send_at is None or mailing.send_at > now:
        return
    clock = queries.circle_of(mailing).clock
    if is_too_late(mailing.anchor, clock, now):
        mailing.state, mailing.why_code, mailing.finished_at = State.CANCELLED, "mailings.too_late", now
        return
    _start(mailing, now)


@transactional
def take_in(mailing_id: int, *, after: int, now: datetime) -> None:
    """Write the next batch of the audience down and leave their mails to the worker; safe to run twice."""
    mailing = queries.lock_mailing(mailing_id)
    if mailing.state is not State.SENDING:
        return
    circle = queries.circle_of(mailing)
    readers = queries.audience_page(mailing, circle.id, after=after, limit=BATCH)
    keys = {address_key(reader.address) for reader in readers}
    away = set() if mailing.is_service else queries.unsubscribed(circle.scope, keys)
    lost = set(not_arriving(keys))
    for reader in readers:
        _write_down(mailing, reader, away=away, lost=lost, now=now)
    if len(readers) < BATCH:
        mailing.taken_in_at = now
    else:
        _go_on(mailing, after=readers[-1].key, now=now)


@transactional
def take_back(mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Make a draft again of what waits for its time. Raises NotInThisState."""
    mailing, _circle = hold_for_change(mailing_id, actor)
    check_step(mailing.state, Verb.TAKE_BACK)
    mailing.state, mailing.send_at, mailing.approved_by, mailing.approved_at = State.DRAFT, None, None, None


@transactional
def stop(mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Send no more of it: mails that still wait are dropped, those that left cannot be fetched back."""
    mailing, circle = hold_for_change(mailing_id, actor)
    check_step(mailing.state, Verb.STOP)
    mailing.state, mailing.why_code, mailing.finished_at = State.CANCELLED, "mailings.stopped", now
    audit.note(
        "mailing_stopped",
        subject=f"{circle.owner}:{circle.slug}",
        account_id=actor.account_id,
        now=now,
        mailing=mailing.id,
    )


@transactional
def finish(mailing_id: int, *, now: datetime) -> None:
    """Close a mailing of which nothing waits any more."""
    mailing = queries.lock_mailing(mailing_id)
    progress = queries.progress([mailing_id])[mailing_id]
    if mailing.state is not State.SENDING or mailing.taken_in_at is None or progress.queued:
        return
    mailing.state = outcome(sent=progress.sent + progress.bounced, failed=progress.failed)
    mailing.finished_at = now


@transactional
def retry(mailing_id: int, *, actor: Actor, now: datetime) -> int:
    """Send once more what could not be sent, each with its old Message-ID; says how many. Raises NotInThisState."""
    mailing, _circle = hold_for_change(mailing_id, actor)
    check_step(mailing.state, Verb.RETRY)
    failed = queries.failed_messages(mailing_id)
    for each in failed:
        mail.try_again(each, now=now)
    if failed or mailing.taken_in_at is None:
        mailing.state, mailing.why_code, mailing.finished_at = State.SENDING, None, None
    if mailing.taken_in_at is None:  # the audience was never taken in whole
        _go_on(mailing, after=-1, now=now, again=now.isoformat())
    return len(failed)


@transactional
def give_up(mailing_id: int, *, now: datetime) -> None:
    """The audience could not be read; an organiser looks."""
    mailing = queries.lock_mailing(mailing_id)
    if mailing.state is State.SENDING:
        mailing.state, mailing.why_code, mailing.finished_at = State.FAILED, "mailings.broke_off", now


def _set_time(mailing: Mailing, circle: Circle, timing: Timing, now: datetime) -> None:
    mailing.kind, mailing.anchor, mailing.minutes = Kind.ONE_OFF, None, None
    if timing.kind is TimingKind.NOW:
        mailing.send_at = now
        return
    if timing.kind is TimingKind.AT:
        mailing.send_at = timing.at
    else:
        mailing.kind, mailing.anchor, mailing.minutes = Kind.REMINDER, Anchor(timing.kind), timing.minutes
        mailing.send_at = due_at(mailing.anchor, timing.minutes, circle.clock) if circle.clock else None
    check_ahead(mailing.send_at, now)


def _start(mailing: Mailing, now: datetime) -> None:
    mailing.state, mailing.started_at = State.SENDING, now
    _go_on(mailing, after=-1, now=now)


def _go_on(mailing: Mailing, *, after: int, now: datetime, again: str = "") -> None:
    jobs.put(
        TAKE_IN,
        dedupe_key=f"mailing:{mailing.id}:{after}:{again or mailing.started_at}",
        run_at=now,
        mailing_id=mailing.id,
        after=after,
    )


def _write_down(mailing: Mailing, reader: Reader, *, away: set[str], lost: set[str], now: datetime) -> None:
    key = address_key(reader.address)
    reason = _reason_to_leave_out(reader, key, away, lost)
    dedupe_key = f"mailing:{mailing.id}:{key}"
    public_id = opaque_id()
    is_new = insert_unless_there(
        MailingRecipient,
        public_id=public_id,
        mailing_id=mailing.id,
        address=reader.address.strip()[:254],
        address_key=key[:254],
        locale=reader.locale,
        given_name=reader.given_name,
        full_name=reader.full_name,
        organisation=reader.organisation,
        registration_id=reader.registration_id,
        message_id=None if reason else message_id(dedupe_key),
        left_out=reason,
    )
    if is_new and not reason:
        mail.queue(
            "mailing",
            recipient=reader.address,
            locale=reader.locale,
            about=f"mailing:{mailing.id}",
            dedupe_key=dedupe_key,
            now=now,
            reader=public_id,
        )


def _reason_to_leave_out(reader: Reader, key: str, away: set[str], lost: set[str]) -> LeftOut | None:
    if not is_mailable(reader.address.strip()) or reaches_nobody(reader.address):
        return LeftOut.UNUSABLE
    if key in lost:
        return LeftOut.DOES_NOT_ARRIVE
    return LeftOut.UNSUBSCRIBED if key in away else None
