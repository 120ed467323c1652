"""The steps of an event's life: publish, take back, postpone, call off, hold, archive."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events import queries
from app.events.facts import EventStepTaken
from app.events.models import Event, EventStep
from app.events.rules import Readiness, Status, check_complete, check_over, check_reason, check_step
from app.events.services.access import hold_for_change
from app.events.services.keeping import face_of, note_change, reindex
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor


def readiness(event: Event) -> Readiness:
    """What the rules of publishing ask about the event; needs the project with its programme."""
    programme = event.project.programme if event.project else None
    return Readiness(
        has_title=bool(event.title),
        has_dates=True,  # a draft without dates cannot be stored
        has_venue=event.venue_id is not None,
        has_link=bool(event.online_url),
        has_organiser=bool(event.organisations),
        format=event.format,
        is_funded=programme is not None,
        has_funding_sentence=programme is not None and bool(programme.funding_sentence),
    )


@transactional
def publish(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Show the event, the first time or again; raises NotYetComplete with what is missing, WrongStep."""
    event = hold_for_change(event_id, actor)
    check_step(event.status, Status.PUBLISHED)
    check_complete(readiness(event))
    if copy := queries.regional_copy(event_id):
        copy.follows_questions = False  # what people read and answer stays as it is
    _take(event, Status.PUBLISHED, actor=actor, now=now)


@transactional
def take_back(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Make a published event a draft again; calendars drop it. Raises WrongStep."""
    event = hold_for_change(event_id, actor)
    check_step(event.status, Status.DRAFT)
    _take(event, Status.DRAFT, actor=actor, now=now)


@transactional
def postpone(event_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Say that it will be later. It keeps its old date until it is edited and published again.

    Raises ReasonMissing, WrongStep.
    """
    _take_with_reason(event_id, Status.POSTPONED, reason=reason, actor=actor, now=now)


@transactional
def call_off(event_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Say that it will not be, for good. Raises ReasonMissing, WrongStep."""
    _take_with_reason(event_id, Status.CALLED_OFF, reason=reason, actor=actor, now=now)


@transactional
def hold(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Mark an event that has ended as held; raises NotOverYet, WrongStep."""
    event = hold_for_change(event_id, actor)
    check_step(event.status, Status.HELD)
    check_over(event.ends_at, now)
    _take(event, Status.HELD, actor=actor, now=now)


@transactional
def archive(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Close the file of an event; nothing is edited any more. Raises WrongStep."""
    event = hold_for_change(event_id, actor)
    check_step(event.status, Status.ARCHIVED)
    _take(event, Status.ARCHIVED, actor=actor, now=now)


def _take_with_reason(event_id: int, becomes: Status, *, reason: str, actor: Actor, now: datetime) -> None:
    event = hold_for_change(event_id, actor)
    check_step(event.status, becomes)
    check_reason(becomes, reason)
    _take(event, becomes, actor=actor, now=now, reason=reason.strip())


def _take(event: Event, becomes: Status, *, actor: Actor, now: datetime, reason: str | None = None) -> None:
    before, face = event.status, face_of(event)
    event.status = becomes
    if becomes is not Status.ARCHIVED:
        event.status_reason = reason
    note_change(event, face, now=now)
    reindex(event.id)
    db.session.add(EventStep(event_id=event.id, status=becomes, at=now, account_id=actor.account_id, reason=reason))
    audit.note(
        f"event_{becomes}", subject=f"event:{event.slug}", account_id=actor.account_id, now=now, reason=reason or ""
    )
    record(EventStepTaken(event_id=event.id, before=before, after=becomes))
