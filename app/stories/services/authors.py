"""Who wrote, and whether they are named. The organisation always stands there; the name only by consent."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.network.models import Organisation
from app.stories.errors import NotComplete, NothingToAgreeTo, TooManyAuthors, UnknownChoice
from app.stories.inputs import AuthorInput
from app.stories.models import StoryAuthor, StoryConsent
from app.stories.queries import stories as queries
from app.stories.rules.writing import MOST_AUTHORS, ConsentKind, StoryState
from app.stories.services.access import hold_for_writing
from app.stories.services.writing import tell


@transactional
def add_author(*, story_id: int, values: AuthorInput, actor: Actor, now: datetime) -> StoryAuthor:
    """Name an organisation, and somebody of it. Raises UnknownChoice, TooManyAuthors, MayNotWrite, StoryNotFound.

    Without ``agreed`` the name waits until its owner agrees by the author's link, and nobody else sees it.
    """
    row = hold_for_writing(story_id, actor)
    if not queries.knows(Organisation, values.organisation_id):
        raise UnknownChoice(field="organisation_id")
    if queries.count_of(StoryAuthor, row.id) >= MOST_AUTHORS:
        raise TooManyAuthors(field="name", most=MOST_AUTHORS)
    author = StoryAuthor(
        public_id=opaque_id(),
        position=queries.last_position(StoryAuthor, row.id) + 1,
        organisation_id=values.organisation_id,
        name=values.name,
    )
    row.authors.append(author)
    db.session.flush()
    if values.name and values.agreed:
        _agree(author, now)
    tell(queries.story_for_page(row.slug))
    return author


@transactional
def remove_author(*, story_id: int, author_id: int, actor: Actor, now: datetime) -> None:
    """Strike an author out. What is published keeps one: raises NotComplete; AuthorNotFound, MayNotWrite."""
    row = hold_for_writing(story_id, actor)
    author = queries.author(story_id, author_id)
    if row.state is StoryState.PUBLISHED and queries.count_of(StoryAuthor, row.id) < 2:
        raise NotComplete
    _close(author.public_id, now)
    row.changed_at = now
    db.session.delete(author)
    db.session.flush()
    tell(queries.story_for_page(row.slug))


@transactional
def agree(public_id: str, *, now: datetime) -> None:
    """An author agrees to be named; who holds the author's link may say so. Raises NothingToAgreeTo, AuthorNotFound."""
    author = queries.author_with_public_id(public_id)
    if not author.name:
        raise NothingToAgreeTo
    if author.agreed_at is None:
        _agree(author, now)
        author.story.changed_at = now
        tell(queries.story_for_page(author.story.slug))


@transactional
def take_name_back(public_id: str, *, now: datetime) -> None:
    """An author is not named any more: the name is erased at once, the organisation stays. Raises AuthorNotFound."""
    author = queries.author_with_public_id(public_id)
    if author.name is None:
        return
    author.name = author.agreed_at = None
    author.story.changed_at = now  # so that those who follow the feed let the name go, too
    _close(public_id, now)
    audit.note("story.name_withdrawn", subject=f"story:{author.story.slug}", account_id=None, now=now)
    tell(queries.story_for_page(author.story.slug))


def _agree(author: StoryAuthor, now: datetime) -> None:
    author.agreed_at = now
    db.session.add(
        StoryConsent(
            story_id=author.story_id,
            kind=ConsentKind.NAME,
            ref=author.public_id,
            scope=f"author:{author.organisation_id}",
            given_at=now,
        )
    )


def _close(ref: str, now: datetime) -> None:
    for consent in queries.standing_consents(ref):
        consent.withdrawn_at = now
