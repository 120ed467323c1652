"""Whoever may write finds a write-up; others learn nothing of it."""

from __future__ import annotations

from app.network.actors import Actor
from app.stories.errors import MayNotWrite
from app.stories.models import Story
from app.stories.permissions import may_write
from app.stories.queries import stories as queries


def hold_for_writing(story_id: int, actor: Actor) -> Story:
    """A write-up that the actor may change, locked. Raises StoryNotFound, MayNotWrite."""
    row = queries.hold_story(story_id)
    if not may_write(actor, row.owner_id):
        raise MayNotWrite(slug=row.slug)
    return row


def writable(slug: str, actor: Actor) -> Story:
    """The same to look at, with everything that its pages show."""
    row = queries.story_for_page(slug)
    if not may_write(actor, row.owner_id):
        raise MayNotWrite(slug=slug)
    return row
