"""Prepare a peer review, begin it, write findings down and follow them up."""

from __future__ import annotations

from datetime import datetime

from app.agenda.queries import organisation_choices
from app.agenda.rules import ItemKind
from app.audit import services as audit
from app.events.models import Event
from app.events.services import manageable_event
from app.forums.errors import FormatNotFound, ReviewNotBegun, UnknownChoice
from app.forums.inputs import FindingInput, ReviewerInput, TodoInput
from app.forums.models import PeerReview, Reviewer, ReviewFinding, ReviewTodo
from app.forums.queries import parts
from app.forums.queries import review as queries
from app.forums.rules import review as rules
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.network.queries import country_choices


@transactional
def prepare(*, event_slug: str, host_id: int | None, question: str, actor: Actor, now: datetime) -> None:
    """Say who is reviewed and what is asked of the peers; the host has a part in the event.

    Raises MayNotManage, FormatNotFound, UnknownChoice; ReviewIncomplete where a review that has begun would lack it.
    """
    event, review = _held(event_slug, actor)
    if host_id is not None and host_id not in {key for key, _name in organisation_choices(event.id, ())}:
        raise UnknownChoice(field="host")
    review.host_id, review.question = host_id, question
    db.session.flush()
    _check_begun(event.id)
    _note("review.prepared", event, actor, now, host=host_id)


@transactional
def add_reviewer(*, event_slug: str, values: ReviewerInput, actor: Actor, now: datetime) -> int:
    """Name a peer; gives the id. Raises MayNotManage, FormatNotFound, UnknownChoice for a country."""
    event, review = _held(event_slug, actor)
    if values.country_code not in {one.id for one in country_choices()}:
        raise UnknownChoice(field="country")
    row = Reviewer(
        event_id=event.id, name=values.name, organisation=values.organisation, country_code=values.country_code
    )
    review.reviewers.append(row)
    db.session.flush()
    _note("review.peer_added", event, actor, now, peer=row.id)
    return row.id


@transactional
def remove_reviewer(reviewer_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Raises MayNotManage, FormatNotFound; ReviewIncomplete where a review that has begun would lack a country."""
    event, review = _held(event_slug, actor)
    review.reviewers.remove(queries.reviewer(event.id, reviewer_id))
    db.session.flush()
    _check_begun(event.id)
    _note("review.peer_removed", event, actor, now, peer=reviewer_id)


@transactional
def begin(*, event_slug: str, actor: Actor, now: datetime) -> None:
    """Findings are taken from now on. Raises MayNotManage, FormatNotFound, ReviewIncomplete, which names what lacks."""
    event, review = _held(event_slug, actor)
    rules.check_complete(frame_of(review))
    review.begun_at = review.begun_at or now
    _note("review.begun", event, actor, now)


@transactional
def add_finding(*, event_slug: str, values: FindingInput, actor: Actor, now: datetime) -> int:
    """Write down what peers found; gives the id. Raises MayNotManage, FormatNotFound, ReviewNotBegun."""
    event, review = _held(event_slug, actor)
    if review.begun_at is None:
        raise ReviewNotBegun
    row = ReviewFinding(event_id=event.id, kind=values.kind, text=values.text, created_at=now)
    review.findings.append(row)
    db.session.flush()
    _note("review.finding_added", event, actor, now, finding=row.id)
    return row.id


@transactional
def remove_finding(finding_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """Strike a finding out, with what was to be done about it. Raises MayNotManage, FormatNotFound."""
    event, review = _held(event_slug, actor)
    review.findings.remove(queries.finding(event.id, finding_id))
    _note("review.finding_removed", event, actor, now, finding=finding_id)


@transactional
def add_todo(finding_id: int, *, event_slug: str, values: TodoInput, actor: Actor, now: datetime) -> int:
    """Say what is to be done about a finding, by whom and until when; gives the id.

    Raises MayNotManage, FormatNotFound.
    """
    event, _review = _held(event_slug, actor)
    row = ReviewTodo(finding_id=queries.finding(event.id, finding_id).id)
    _write(row, values, now)
    db.session.add(row)
    db.session.flush()
    _note("review.todo_added", event, actor, now, todo=row.id)
    return row.id


@transactional
def change_todo(todo_id: int, *, event_slug: str, values: TodoInput, actor: Actor, now: datetime) -> None:
    """Mend it, or say where it stands. Raises MayNotManage, FormatNotFound."""
    event, _review = _held(event_slug, actor)
    _write(queries.todo(event.id, todo_id), values, now)
    _note("review.todo_changed", event, actor, now, todo=todo_id, state=str(values.state))


def frame_of(review: PeerReview) -> rules.Frame:
    """What the rules ask about a review."""
    return rules.Frame(
        host_country=review.host.country_code if review.host else None,
        peer_countries=frozenset(one.country_code for one in review.reviewers),
        days=parts.days_of(review.event_id, ItemKind.PEER_REVIEW),
    )


def _held(event_slug: str, actor: Actor) -> tuple[Event, PeerReview]:
    """The event and its review, made at first use; only where the agenda has a peer review."""
    event = manageable_event(event_slug, actor)
    if not parts.has_kind(event.id, ItemKind.PEER_REVIEW):
        raise FormatNotFound(event_id=event.id)
    review = queries.review_of(event.id)
    if review is None:
        review = PeerReview(event_id=event.id, question="")
        db.session.add(review)
        db.session.flush()
    return event, review


def _check_begun(event_id: int) -> None:
    review = queries.review_of(event_id)
    if review is not None and review.begun_at is not None:
        rules.check_complete(frame_of(review))


def _write(row: ReviewTodo, values: TodoInput, now: datetime) -> None:
    row.text, row.owner, row.due, row.state = values.text, values.owner, values.due, values.state
    row.changed_at = now


def _note(action: str, event: Event, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(action, subject=f"event:{event.id}", account_id=actor.account_id, now=now, **details)
