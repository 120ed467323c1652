"""What registration does when something happens to an event or to a place."""

from __future__ import annotations

from app.events import queries as events
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.events.rules import Status
from app.jobs import services as jobs
from app.kernel.facts import on
from app.mail.services import queue
from app.registration import queries
from app.registration.errors import PeopleAreRegistered
from app.registration.facts import PlaceChanged
from app.registration.rules import Place, Verb
from app.registration.services.seats import provide_seats

_LETTERS = {
    (Verb.JOIN, Place.CONFIRMED): "registration_confirmed",
    (Verb.ADD, Place.CONFIRMED): "registration_confirmed",
    (Verb.JOIN, Place.WAITLISTED): "registration_waitlisted",
    (Verb.ADD, Place.WAITLISTED): "registration_waitlisted",
    (Verb.PROMOTE, Place.CONFIRMED): "registration_promoted",
    (Verb.PROMOTE_BY_HAND, Place.CONFIRMED): "registration_promoted",
    (Verb.WITHDRAW, Place.WITHDRAWN): "registration_withdrawn",
    (Verb.REMOVE, Place.CANCELLED_BY_ORGANISER): "registration_removed",
}


@on(EventCreated)
def provide(fact: EventCreated) -> None:
    provide_seats(fact.event_id, like_event=fact.copied_from)


@on(PlaceChanged)
def tell_participant(fact: PlaceChanged) -> None:
    queue(
        _LETTERS[fact.verb, fact.place],
        recipient=fact.email,
        locale=fact.locale,
        about=f"registration:{fact.registration_id}",
        dedupe_key=f"registration:{fact.registration_id}:{fact.place}:{fact.invitation_sequence}",
        now=fact.at,
        registration_id=fact.registration_id,
    )


@on(EventChanged)
def tell_of_change(fact: EventChanged) -> None:
    if fact.tells_participants:
        _tell_everybody(fact.event_id, "event_changed")


@on(EventStepTaken)
def keep_published(fact: EventStepTaken) -> None:
    """Refuse to make an event vanish behind the backs of those who are registered; raises PeopleAreRegistered."""
    if fact.after is Status.DRAFT and (people := queries.count_live(fact.event_id)):
        raise PeopleAreRegistered(people=people)


@on(EventStepTaken)
def tell_of_step(fact: EventStepTaken) -> None:
    if fact.after is Status.CALLED_OFF:
        _tell_everybody(fact.event_id, "event_called_off")
    elif fact.after is Status.POSTPONED:
        _tell_everybody(fact.event_id, "event_postponed")
    elif (fact.before, fact.after) == (Status.POSTPONED, Status.PUBLISHED):
        _tell_everybody(fact.event_id, "event_changed")


def _tell_everybody(event_id: int, letter: str) -> None:
    event = events.event(event_id)
    jobs.put(
        "tell_participants",
        dedupe_key=f"tell:{event_id}:{letter}:{event.sequence}",
        run_at=event.content_changed_at,
        event_id=event_id,
        letter=letter,
        sequence=event.sequence,
    )
