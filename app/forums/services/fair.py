"""Put up stands, and note who is interested."""

from __future__ import annotations

from datetime import datetime

from app.agenda.rules import ItemKind
from app.audit import services as audit
from app.events.services import manageable_event
from app.forums import times
from app.forums.errors import FairOver, NotAParticipant, PracticeUnknown, StandTwice
from app.forums.models import FairStand, StandInterest
from app.forums.queries import fair as queries
from app.forums.queries import parts
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import opaque_id
from app.network.actors import Actor
from app.practices import queries as practices
from app.practices.facts import InterestEnded, InterestShown


@transactional
def add_stand(*, event_slug: str, item_id: int, practice_id: int, place: str = "", actor: Actor, now: datetime) -> int:
    """Give a published practice a stand; gives its id.

    Raises MayNotManage, FormatNotFound, PracticeUnknown, StandTwice.
    """
    event = manageable_event(event_slug, actor)
    parts.part(event.id, item_id, ItemKind.FAIR)
    if practice_id not in {row.id for row in practices.choices()}:
        raise PracticeUnknown(field="practice")
    stands = queries.stands_of(item_id)
    if practice_id in {one.practice_id for one in stands}:
        raise StandTwice(field="practice")
    row = FairStand(
        item_id=item_id,
        event_id=event.id,
        number=max((one.number for one in stands), default=0) + 1,
        practice_id=practice_id,
        code=opaque_id(10),
        place=place,
    )
    db.session.add(row)
    db.session.flush()
    _note("fair.stand_added", event.id, actor, now, stand=row.id)
    return row.id


@transactional
def remove_stand(stand_id: int, *, event_slug: str, item_id: int, actor: Actor, now: datetime) -> None:
    """Take a stand down, with the taps at it. Raises MayNotManage, FormatNotFound."""
    event = manageable_event(event_slug, actor)
    parts.part(event.id, item_id, ItemKind.FAIR)
    db.session.delete(queries.stand(item_id, stand_id))
    _note("fair.stand_removed", event.id, actor, now, stand=stand_id)


@transactional
def tap(
    registration_id: int, *, stand_id: int, item_id: int, is_interested: bool, now: datetime, is_known: bool = True
) -> None:
    """Note that a participant is interested in what a stand shows, or no more; saying it twice is no error.

    Where the registration names an organisation of the network, that organisation is interested in the practice, as
    long as somebody of it is at any fair. ``is_known``: whether the participant has proved to be the one, by the
    personal page; who only typed an address speaks for no organisation.

    Raises FormatNotFound, NotAParticipant, FairOver from the end of the event on.
    """
    row = queries.stand(item_id, stand_id)
    if not parts.confirmed(row.event_id, [registration_id]):
        raise NotAParticipant(registration_id=registration_id)
    if is_interested and times.is_event_over(queries.part_of(row).event, now):
        raise FairOver
    kept = queries.interest(stand_id, registration_id)
    if is_interested and kept is None:
        db.session.add(StandInterest(stand_id=stand_id, registration_id=registration_id, at=now))
    elif kept is not None and not is_interested:
        db.session.delete(kept)
    if is_known:
        _speak_for_organisation(registration_id, row.practice_id, is_interested=is_interested, now=now)


def _speak_for_organisation(registration_id: int, practice_id: int, *, is_interested: bool, now: datetime) -> None:
    db.session.flush()
    person = queries.member(registration_id)
    if person is None:
        return
    if is_interested:
        record(
            InterestShown(
                practice_id=practice_id,
                organisation_id=person.organisation_id,
                email=person.email,
                locale=person.locale,
                at=now,
            )
        )
    elif not queries.is_interested(person.organisation_id, practice_id):
        record(InterestEnded(practice_id=practice_id, organisation_id=person.organisation_id, at=now))


def _note(action: str, event_id: int, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(action, subject=f"event:{event_id}", account_id=actor.account_id, now=now, **details)
