"""Take a practice a step further; every step is a row."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import FormNotFilled, MayNotEdit, PracticeNotFound, SummaryMissing, UnknownChoice
from app.practices.facts import PracticeMoved
from app.practices.inputs import StepInput
from app.practices.models import Practice, PracticeChange
from app.practices.permissions import hands_of, may_review
from app.practices.rules.form import Fault, Part, faults_of, lengths_of
from app.practices.rules.news import Happening, told_of
from app.practices.rules.states import PUBLIC, Step, move_of
from app.practices.services import telling
from app.practices.services.reading import tell

NO_WORDS = StepInput()


@transactional
def take_step(
    *, practice_id: int, step: Step, values: StepInput = NO_WORDS, actor: Actor, now: datetime
) -> PracticeChange:
    """Move a practice as the table says, and keep who did it, why and by which criteria.

    Raises PracticeNotFound or MayNotEdit for who has no part in it, NotNow, NotYourStep, ReasonMissing,
    CriteriaMissing, FormNotFilled, UnknownChoice, and SummaryMissing for what would be published without one.
    """
    row = queries.practice(practice_id)
    parties = queries.parties_of(row)
    if not may_review(actor, parties):
        raise MayNotEdit(slug=row.slug) if row.is_published else PracticeNotFound(practice_id=practice_id)
    move = move_of(row.state, step, hands_of(actor, parties), reason=values.reason, criteria=values.criteria)
    if move.to in PUBLIC and not row.summary:
        raise SummaryMissing
    if move.whole and (faults := what_is_missing(row)):
        raise FormNotFilled(faults=faults)
    if values.organisation_id and not queries.knows_owner(values.organisation_id):
        raise UnknownChoice(field="organisation_id")
    change = PracticeChange(
        practice_id=row.id,
        at=now,
        step=step,
        before=row.state,
        after=move.to,
        reason=values.reason.strip(),
        criteria=values.criteria.strip(),
        account_id=actor.account_id,
        by=actor.name[:254],
        organisation_id=values.organisation_id,
    )
    db.session.add(change)
    was_published = row.is_published
    row.state, row.is_published, row.changed_at = move.to, move.to in PUBLIC, now
    db.session.flush()
    if row.is_published != was_published:
        action = "practice.published" if row.is_published else "practice.taken_back"
        audit.note(action, subject=f"practice:{row.slug}", account_id=actor.account_id, now=now)
        tell(row)
    if told_of(Happening.MOVED, step):
        telling.note(row, Happening.MOVED, change.id, actor=actor, now=now)
    record(PracticeMoved(practice_id=row.id, change_id=change.id))
    return change


@transactional
def publish(*, practice_id: int, actor: Actor, now: datetime) -> None:
    """Show a practice to everybody; nothing happens to one that is shown. Raises what :func:`take_step` raises."""
    if not _checked(practice_id, actor).is_published:
        take_step(practice_id=practice_id, step=Step.PUBLISH, actor=actor, now=now)


@transactional
def take_back(*, practice_id: int, actor: Actor, now: datetime) -> None:
    """Hide a practice: it lies before its editor again, its journey is kept. Raises as :func:`take_step` does."""
    if _checked(practice_id, actor).is_published:
        take_step(practice_id=practice_id, step=Step.TAKE_BACK, actor=actor, now=now)


def what_is_missing(row: Practice) -> list[Fault]:
    """What keeps a practice from being submitted, by the lengths of its project."""
    parts = {part: getattr(row, part) for part in Part}
    return faults_of(parts, lengths_of(*queries.lengths(row.project_id)))


def _checked(practice_id: int, actor: Actor) -> Practice:
    row = queries.practice(practice_id)
    if not may_review(actor, queries.parties_of(row)):
        raise MayNotEdit(slug=row.slug) if row.is_published else PracticeNotFound(practice_id=practice_id)
    return row
