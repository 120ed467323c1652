"""Comments beside the text, experts who are asked, and how long the parts of the form may be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.practices.errors import CommentEmpty, MayNotEdit, UnknownChoice
from app.practices.inputs import CommentInput
from app.practices.models import Practice, PracticeComment, PracticeExpert, PracticeLength
from app.practices.permissions import hands_of, is_editor, may_set_lengths
from app.practices.queries import reviewing
from app.practices.rules.form import LENGTHS, Part
from app.practices.rules.news import Happening
from app.practices.rules.states import Hand
from app.practices.services import telling
from app.practices.services.reading import reviewable


@transactional
def comment(*, practice_id: int, values: CommentInput, actor: Actor, now: datetime) -> PracticeComment:
    """Put a remark beside a part of the form; raises CommentEmpty, MayNotEdit or PracticeNotFound."""
    practice, parties = reviewable(practice_id, actor)
    if not values.text.strip():
        raise CommentEmpty(field="text")
    row = PracticeComment(
        practice_id=practice.id,
        part=values.part,
        quote=values.quote or None,
        text=values.text.strip(),
        version=practice.version,
        account_id=actor.account_id,
        by=actor.name[:254],
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    by_writer = Hand.WRITER in hands_of(actor, parties)
    telling.note(practice, Happening.ANSWERED if by_writer else Happening.COMMENTED, row.id, actor=actor, now=now)
    return row


@transactional
def settle(*, practice_id: int, comment_id: int, actor: Actor, now: datetime) -> None:
    """Mark a remark as dealt with, or open it again. Raises CommentNotFound, MayNotEdit or PracticeNotFound."""
    reviewable(practice_id, actor)
    row = reviewing.comment(practice_id, comment_id)
    is_open = row.settled_at is None
    row.settled_at, row.settled_by = (now, actor.name[:254]) if is_open else (None, None)


@transactional
def ask_expert(*, practice_id: int, person_id: int, actor: Actor, now: datetime) -> None:
    """Ask somebody for an opinion; asking twice is once. Raises UnknownChoice, MayNotEdit or PracticeNotFound."""
    practice = _edited(practice_id, actor)
    if reviewing.person(person_id) is None:
        raise UnknownChoice(field="person_id")
    if reviewing.expert(practice_id, person_id) is None:
        db.session.add(PracticeExpert(practice_id=practice_id, person_id=person_id, asked_at=now))
        telling.note(practice, Happening.ASKED, person_id, actor=actor, now=now)


@transactional
def release_expert(*, practice_id: int, person_id: int, actor: Actor) -> None:
    """Ask somebody no more; an opinion that was given stays."""
    _edited(practice_id, actor)
    if row := reviewing.expert(practice_id, person_id):
        db.session.delete(row)


@transactional
def set_lengths(*, project_id: int | None, lengths: Mapping[Part, int | None], actor: Actor) -> None:
    """Say how many characters the parts may have, in a project or everywhere; None goes back to the form's own.

    Raises MayNotEdit or UnknownChoice.
    """
    if project_id is not None and not reviewing.knows_project(project_id):
        raise UnknownChoice(field="project_id")
    if not may_set_lengths(actor, None if project_id is None else reviewing.lead_ids(project_id)):
        raise MayNotEdit
    known = {row.part: row for row in reviewing.length_rows(project_id)}
    for part, longest in lengths.items():
        row = known.get(part)
        if longest is None or (project_id is None and longest == LENGTHS[part]):
            if row:
                db.session.delete(row)
        elif row:
            row.longest = longest
        else:
            db.session.add(PracticeLength(project_id=project_id, part=part, longest=longest))


def _edited(practice_id: int, actor: Actor) -> Practice:
    practice, parties = reviewable(practice_id, actor)
    if not is_editor(actor, parties):
        raise MayNotEdit(slug=practice.slug)
    return practice
