"""The gallery: pictures that were made anew, with their credit and the word of those who are in them."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.files import services as files
from app.files.rules import Accepted
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.stories.errors import TooManyPictures
from app.stories.facts import StoryChanged
from app.stories.inputs import PictureInput
from app.stories.models import StoryConsent, StoryPicture
from app.stories.queries import stories as queries
from app.stories.rules.writing import MOST_PICTURES, ConsentKind, check_picture
from app.stories.services.access import hold_for_writing


@transactional
def add_picture(
    *, story_id: int, accepted: Accepted, values: PictureInput, actor: Actor, now: datetime
) -> StoryPicture:
    """Add a picture that was accepted. Raises CreditMissing, PermissionMissing, TooManyPictures, MayNotWrite."""
    row = hold_for_writing(story_id, actor)
    check_picture(credit=values.credit, shows_people=values.shows_people, permission_by=values.permission_by)
    if queries.count_of(StoryPicture, row.id) >= MOST_PICTURES:
        raise TooManyPictures(field="file", most=MOST_PICTURES)
    picture = StoryPicture(
        public_id=opaque_id(),
        story_id=row.id,
        file=files.keep(accepted, now=now),
        position=queries.last_position(StoryPicture, row.id) + 1,
        caption=values.caption,
        credit=values.credit,
        shows_people=values.shows_people,
    )
    db.session.add(picture)
    db.session.flush()
    if values.shows_people:
        db.session.add(
            StoryConsent(
                story_id=row.id,
                kind=ConsentKind.PICTURE,
                ref=picture.public_id,
                scope=values.permission_by,
                given_at=now,
            )
        )
    record(StoryChanged(story_id=row.id))
    return picture


@transactional
def remove_picture(*, story_id: int, picture_id: int, actor: Actor, now: datetime) -> None:
    """Take a picture away at once, whether a consent was withdrawn or not; its content is swept, the log stays.

    Raises PictureNotFound, MayNotWrite, StoryNotFound.
    """
    row = hold_for_writing(story_id, actor)
    picture = queries.picture(story_id, picture_id)
    for consent in queries.standing_consents(picture.public_id):
        consent.withdrawn_at = now
    audit.note(
        "story.picture_removed",
        subject=f"story:{row.slug}",
        account_id=actor.account_id,
        now=now,
        picture=picture.public_id,
    )
    row.changed_at = now
    db.session.delete(picture)
    record(StoryChanged(story_id=row.id))
