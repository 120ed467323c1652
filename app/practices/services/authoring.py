"""Authors with their organisations, and whether they agree to be named."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import AuthorNotFound, AuthorTwice, UnknownChoice
from app.practices.inputs import AuthorInput
from app.practices.models import PracticeAuthor
from app.practices.queries import reviewing
from app.practices.services.reading import editable


@transactional
def add_author(*, practice_id: int, values: AuthorInput, actor: Actor, now: datetime) -> PracticeAuthor:
    """Name an author; unless the consent is there already, only the organisation is shown.

    Raises AuthorTwice, UnknownChoice, MayNotEdit or PracticeNotFound.
    """
    practice = editable(practice_id, actor)
    if reviewing.person(values.person_id) is None:
        raise UnknownChoice(field="person_id")
    if not queries.knows_owner(values.organisation_id):
        raise UnknownChoice(field="organisation_id")
    if any(author.person_id == values.person_id for author in practice.authors):
        raise AuthorTwice(field="person_id")
    row = PracticeAuthor(
        public_id=opaque_id(),
        practice_id=practice.id,
        person_id=values.person_id,
        organisation_id=values.organisation_id,
        position=len(practice.authors) + 1,
        agreed_at=now if values.agreed or actor.person_id == values.person_id else None,
    )
    practice.authors.append(row)
    db.session.flush()
    return row


@transactional
def remove_author(*, practice_id: int, author_id: int, actor: Actor) -> None:
    """Raises AuthorNotFound, MayNotEdit or PracticeNotFound."""
    practice = editable(practice_id, actor)
    practice.authors.remove(reviewing.author(practice.id, author_id))


@transactional
def agree(*, public_id: str, now: datetime) -> None:
    """The author agrees to be named; whoever calls has checked the personal link. Raises AuthorNotFound."""
    row = _author(public_id)
    row.agreed_at, row.withdrawn_at = now, None
    _note(row, "practice.author_agreed", now)


@transactional
def withdraw(*, public_id: str, now: datetime) -> None:
    """The author does not want to be named any more: from now on only the organisation is. Raises AuthorNotFound."""
    row = _author(public_id)
    row.withdrawn_at = now
    _note(row, "practice.author_withdrew", now)


def _author(public_id: str) -> PracticeAuthor:
    row = reviewing.author_by_link(public_id)
    if row is None:
        raise AuthorNotFound
    return row


def _note(row: PracticeAuthor, action: str, now: datetime) -> None:
    audit.note(action, subject=f"practice:{row.practice.slug}", account_id=None, now=now, author=row.public_id)
