"""Write, publish, withdraw."""

from __future__ import annotations

from datetime import datetime
from itertools import chain, count

from app.audit import services as audit
from app.events.models import Event
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import digest, slugify
from app.kernel.texts import LANGUAGES, Texts
from app.network.actors import Actor
from app.network.models import Organisation, Project
from app.search import services as search
from app.search.facets import Facets
from app.stories.errors import EditedMeanwhile, MayNotWrite, TitleMissing, UnknownChoice
from app.stories.facts import StoryChanged
from app.stories.inputs import StoryInput
from app.stories.models import Story, StoryAuthor, StoryStep
from app.stories.permissions import may_write
from app.stories.queries import stories as queries
from app.stories.rules.video import video_of
from app.stories.rules.writing import StoryState, byline, check_complete, check_discard, check_step
from app.stories.services.access import hold_for_writing

RESERVED = frozenset({"new", "authors", "pictures"})
_TEXTS = ("title", "standfirst", "body", "language", "owner_id", "event_id", "project_id", "takes_comments")


@transactional
def add(
    *,
    values: StoryInput,
    actor: Actor,
    now: datetime,
    slug: str | None = None,
    demonstration: bool = False,
    form_key: str | None = None,
) -> Story:
    """Begin a write-up as a draft; the same form sent twice is one.

    Raises MayNotWrite, TitleMissing, UnknownChoice, NoVideo.
    """
    if form_key and (earlier := queries.story_of_form(form_key)):
        if not may_write(actor, earlier.owner_id):
            raise MayNotWrite(owner_id=earlier.owner_id)
        return earlier
    row = Story(created_at=now, state=StoryState.DRAFT, demonstration=demonstration)
    _write(row, values, actor, now)
    row.slug, row.form_key = slug or _free_slug(values), form_key or None
    db.session.add(row)
    db.session.flush()
    db.session.add(StoryStep(story_id=row.id, state=StoryState.DRAFT, at=now, account_id=actor.account_id))
    return row


@transactional
def edit(*, story_id: int, values: StoryInput, actor: Actor, now: datetime, revision: str | None = None) -> Story:
    """Change a write-up; what is published stays whole.

    ``revision``: what :func:`revision_of` said when the form was opened. Raises what :func:`add` raises, NotComplete,
    StoryNotFound, and EditedMeanwhile where somebody else has saved since.
    """
    row = hold_for_writing(story_id, actor)
    if revision is not None and revision != revision_of(row):
        raise EditedMeanwhile
    _write(row, values, actor, now)
    if row.state is StoryState.PUBLISHED:
        _check_whole(row)
    tell(row)
    return row


def revision_of(row: Story) -> str:
    """Names what stands in the form of a write-up."""
    stands = [getattr(row, name) for name in _TEXTS] + [row.video_url]
    bound = [[one.id for one in some] for some in (row.groups, row.practices)]
    return digest(repr([dict(one) if isinstance(one, Texts) else one for one in stands] + bound))[:24]


@transactional
def publish(*, story_id: int, actor: Actor, now: datetime) -> None:
    """Show a write-up to everybody. Raises NotComplete, WrongStep, MayNotWrite, StoryNotFound."""
    row = hold_for_writing(story_id, actor)
    check_step(row.state, StoryState.PUBLISHED)
    _check_whole(row)
    row.published_at = row.published_at or now
    _turn(row, StoryState.PUBLISHED, actor, now)


@transactional
def withdraw(*, story_id: int, actor: Actor, now: datetime) -> None:
    """Take a write-up back from everybody. Raises WrongStep, MayNotWrite, StoryNotFound."""
    row = hold_for_writing(story_id, actor)
    check_step(row.state, StoryState.WITHDRAWN)
    _turn(row, StoryState.WITHDRAWN, actor, now)


@transactional
def discard(*, story_id: int, actor: Actor, now: datetime) -> None:
    """Delete a draft that nobody ever read. Raises WrongStep for any other, MayNotWrite, StoryNotFound."""
    row = hold_for_writing(story_id, actor)
    check_discard(row.state)
    audit.note("story.discarded", subject=f"story:{row.slug}", account_id=actor.account_id, now=now)
    db.session.delete(row)


@transactional
def tell(row: Story) -> None:
    """Put the search document anew, and say that pages read otherwise; only what is published can be found."""
    db.session.flush()
    record(StoryChanged(story_id=row.id))
    reindex(row)


@transactional
def reindex(row: Story) -> None:
    """Put the search document anew; only what is published can be found."""
    if row.state is not StoryState.PUBLISHED:
        search.forget("story", row.id)
        return
    authors = [byline(one.organisation.name, one.name, agreed=one.agreed_at is not None) for one in row.authors]
    texts = [*row.standfirst.all_words(), *row.body.all_words(), row.owner.name, *authors]
    facets = Facets(languages=(row.language,), years=(row.published_at.year,) if row.published_at else ())
    search.index("story", row.id, names=row.title.all_words(), texts=texts, facets=facets)


def _turn(row: Story, state: StoryState, actor: Actor, now: datetime) -> None:
    row.state, row.changed_at = state, now
    db.session.add(StoryStep(story_id=row.id, state=state, at=now, account_id=actor.account_id))
    audit.note(f"story.{state}", subject=f"story:{row.slug}", account_id=actor.account_id, now=now)
    tell(row)


def _check_whole(row: Story) -> None:
    check_complete(
        title=row.language in row.title,
        standfirst=row.language in row.standfirst,
        body=row.language in row.body,
        authors=queries.count_of(StoryAuthor, row.id),
    )


def _write(row: Story, values: StoryInput, actor: Actor, now: datetime) -> None:
    if not may_write(actor, values.owner_id):
        raise MayNotWrite(owner_id=values.owner_id)
    _check(values)
    for name in _TEXTS:
        setattr(row, name, getattr(values, name))
    row.video_url = video_of(values.video_url).url if values.video_url else None
    row.groups, row.practices = queries.groups(values.group_ids), queries.practices(values.practice_ids)
    row.changed_at = now


def _check(values: StoryInput) -> None:
    if values.language not in LANGUAGES:
        raise UnknownChoice(field="language")
    if values.language not in values.title:
        raise TitleMissing(field=f"title_{values.language}")
    is_known = {
        "owner_id": queries.knows(Organisation, values.owner_id),
        "event_id": not values.event_id or queries.knows(Event, values.event_id),
        "project_id": not values.project_id or queries.knows(Project, values.project_id),
    }
    for field, known in is_known.items():
        if not known:
            raise UnknownChoice(field=field)


def _free_slug(values: StoryInput) -> str:
    plain = slugify(values.title[values.language], longest=70) or "story"
    candidates = chain([plain], (f"{plain}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.slug_is_taken(slug))
