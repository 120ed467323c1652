from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.events.models import Event
from app.kernel.db import db
from app.network.models import Organisation, Person, Project, ThematicGroup
from app.practices.models import Practice
from app.search.queries import refs
from app.stories.errors import AuthorNotFound, PictureNotFound, StoryNotFound
from app.stories.models import (
    Story,
    StoryAuthor,
    StoryConsent,
    StoryPicture,
    story_group,
    story_practice,
)
from app.stories.rules.writing import StoryFilter, StoryState

PUBLISHED = Story.state == StoryState.PUBLISHED


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list, and how many there are in all."""

    rows: Sequence[Story]
    total: int


def story(story_id: int) -> Story:
    """Raises StoryNotFound."""
    found = db.session.get(Story, story_id, populate_existing=True)
    if found is None:
        raise StoryNotFound(story_id=story_id)
    return found


def hold_story(story_id: int) -> Story:
    """The same, locked until the end of the verb."""
    found = db.session.get(Story, story_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise StoryNotFound(story_id=story_id)
    return found


def story_for_page(slug: str) -> Story:
    """A write-up with all that its page shows, in a fixed number of queries; raises StoryNotFound."""
    query = (
        select(Story)
        .where(Story.slug == slug)
        .options(
            joinedload(Story.owner),
            joinedload(Story.event),
            joinedload(Story.project).joinedload(Project.programme),
            selectinload(Story.groups),
            selectinload(Story.practices),
            selectinload(Story.authors).joinedload(StoryAuthor.organisation),
            selectinload(Story.pictures).joinedload(StoryPicture.file),
            selectinload(Story.steps),
        )
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(query)
    if found is None:
        raise StoryNotFound(slug=slug)
    return found


def published(wanted: StoryFilter, *, offset: int, limit: int) -> Found:
    """What everybody reads, the newest first, with authors."""
    tests = [PUBLISHED, *_conditions(wanted)]
    total = db.session.scalar(select(func.count()).select_from(Story).where(*tests)) or 0
    return Found(db.session.scalars(_newest(tests).offset(offset).limit(limit)).all(), total)


def latest(limit: int) -> Sequence[Story]:
    """The newest, with authors and bodies, for readers of feeds."""
    return db.session.scalars(_newest([PUBLISHED]).limit(limit)).all()


def of_event(event_id: int, limit: int) -> Sequence[Story]:
    return _few(Story.event_id == event_id, limit)


def of_project(project_id: int, limit: int) -> Sequence[Story]:
    return _few(Story.project_id == project_id, limit)


def of_group(group_id: int, limit: int) -> Sequence[Story]:
    return _few(Story.id.in_(_in_group(group_id)), limit)


def of_practice(practice_id: int, limit: int) -> Sequence[Story]:
    linked = select(story_practice.c.story_id).where(story_practice.c.practice_id == practice_id)
    return _few(Story.id.in_(linked), limit)


def of_organisation(organisation_id: int, limit: int) -> Sequence[Story]:
    """Those that it wrote or had written, as owner or as the organisation of an author."""
    written = select(StoryAuthor.story_id).where(StoryAuthor.organisation_id == organisation_id)
    return _few(or_(Story.owner_id == organisation_id, Story.id.in_(written)), limit)


def written_by(owner_ids: frozenset[int] | None) -> Sequence[Story]:
    """Write-ups of these owners, or of all; what changed last first."""
    query = select(Story).options(joinedload(Story.owner), joinedload(Story.event))
    if owner_ids is not None:
        query = query.where(Story.owner_id.in_(owner_ids))
    return db.session.scalars(query.order_by(Story.changed_at.desc(), Story.id)).all()


def author(story_id: int, author_id: int) -> StoryAuthor:
    """Raises AuthorNotFound for another write-up's."""
    query = select(StoryAuthor).where(StoryAuthor.story_id == story_id, StoryAuthor.id == author_id)
    found = db.session.scalar(query.options(joinedload(StoryAuthor.organisation)))
    if found is None:
        raise AuthorNotFound(author_id=author_id)
    return found


def author_with_public_id(public_id: str) -> StoryAuthor:
    """Raises AuthorNotFound."""
    query = select(StoryAuthor).where(StoryAuthor.public_id == public_id)
    found = db.session.scalar(
        query.options(joinedload(StoryAuthor.organisation), joinedload(StoryAuthor.story)).execution_options(
            populate_existing=True
        )
    )
    if found is None:
        raise AuthorNotFound(public_id=public_id)
    return found


def picture(story_id: int, picture_id: int) -> StoryPicture:
    """Raises PictureNotFound for another write-up's."""
    query = select(StoryPicture).where(StoryPicture.story_id == story_id, StoryPicture.id == picture_id)
    found = db.session.scalar(query)
    if found is None:
        raise PictureNotFound(picture_id=picture_id)
    return found


def picture_with_public_id(public_id: str) -> StoryPicture:
    """Raises PictureNotFound."""
    query = select(StoryPicture).where(StoryPicture.public_id == public_id)
    found = db.session.scalar(query.options(joinedload(StoryPicture.file), joinedload(StoryPicture.story)))
    if found is None:
        raise PictureNotFound(public_id=public_id)
    return found


def last_position(table: type[StoryAuthor] | type[StoryPicture], story_id: int) -> int:
    return db.session.scalar(select(func.max(table.position)).where(table.story_id == story_id)) or 0


def count_of(table: type[StoryAuthor] | type[StoryPicture], story_id: int) -> int:
    return db.session.scalar(select(func.count()).where(table.story_id == story_id)) or 0


def consents(story_id: int) -> Sequence[StoryConsent]:
    """The log of a write-up, oldest first."""
    query = select(StoryConsent).where(StoryConsent.story_id == story_id).order_by(StoryConsent.id)
    return db.session.scalars(query).all()


def standing_consents(ref: str) -> Sequence[StoryConsent]:
    """Those of an author or picture that nobody has withdrawn."""
    query = select(StoryConsent).where(StoryConsent.ref == ref, StoryConsent.withdrawn_at.is_(None))
    return db.session.scalars(query).all()


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """Who is behind these accounts: the person, or the address of an account that is nobody's yet."""
    query = select(Account.id, Account.email, Person).outerjoin(Person, Person.account_id == Account.id)
    rows = db.session.execute(query.where(Account.id.in_(account_ids)))
    return {account_id: person.full_name if person else email for account_id, email, person in rows}


def story_of_form(form_key: str) -> Story | None:
    return db.session.scalar(select(Story).where(Story.form_key == form_key))


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(Story.id).where(Story.slug == slug)) is not None


def knows(table: type[Organisation] | type[Event] | type[Project], id: int) -> bool:
    return db.session.get(table, id) is not None


def listed_event(slug: str) -> Event | None:
    query = select(Event).where(Event.slug == slug, Event.on_lists).options(selectinload(Event.groups))
    return db.session.scalar(query)


def groups(ids: Iterable[int]) -> list[ThematicGroup]:
    query = select(ThematicGroup).where(ThematicGroup.id.in_(list(ids)))
    return list(db.session.scalars(query.order_by(ThematicGroup.position)))


def practices(ids: Iterable[int]) -> list[Practice]:
    return list(db.session.scalars(select(Practice).where(Practice.id.in_(list(ids))).order_by(Practice.id)))


def event_choices(limit: int) -> Sequence[Any]:
    """Id, title and start of events that stand on lists, the latest first."""
    query = select(Event.id, Event.title, Event.starts_at).where(Event.on_lists)
    return db.session.execute(query.order_by(Event.starts_at.desc()).limit(limit)).all()


def project_choices() -> Sequence[Any]:
    return db.session.execute(select(Project.id, Project.acronym).order_by(Project.acronym)).all()


def group_choices() -> Sequence[Any]:
    return db.session.execute(
        select(ThematicGroup.id, ThematicGroup.slug, ThematicGroup.name).order_by(ThematicGroup.position)
    ).all()


def practice_choices() -> Sequence[Any]:
    return db.session.execute(select(Practice.id, Practice.title).order_by(Practice.id)).all()


def _in_group(group_id: int) -> Select[Any]:
    return select(story_group.c.story_id).where(story_group.c.group_id == group_id)


def _conditions(wanted: StoryFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.project:
        tests.append(Story.project_id.in_(select(Project.id).where(Project.slug == wanted.project)))
    if wanted.group:
        tests.append(
            Story.id.in_(
                select(story_group.c.story_id)
                .join(ThematicGroup, ThematicGroup.id == story_group.c.group_id)
                .where(ThematicGroup.slug == wanted.group)
            )
        )
    if wanted.q:
        tests.append(Story.id.in_(refs("story", wanted.q)))
    return tests


def _newest(tests: Iterable[ColumnElement[bool]]) -> Select[Story]:
    return (
        select(Story)
        .where(*tests)
        .options(selectinload(Story.authors).joinedload(StoryAuthor.organisation), joinedload(Story.owner))
        .order_by(Story.published_at.desc(), Story.id.desc())
    )


def _few(test: ColumnElement[bool], limit: int) -> Sequence[Story]:
    return db.session.scalars(_newest([PUBLISHED, test]).limit(limit)).all()
