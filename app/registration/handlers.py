"""What registration does when something happens to an event or to a place."""

from __future__ import annotations

from app.events import queries as events
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.events.rules import Status
from app.jobs import services as jobs
from app.kernel.facts import on
from app.mail.services import Letter, queue_all
from app.registration import queries
from app.registration.errors import PeopleAreRegistered
from app.registration.facts import PlaceChange, PlacesChanged
from app.registration.rules import Place, Verb
from app.registration.services.seats import provide_seats

_CONFIRMED, _WAITLISTED = "registration_confirmed", "registration_waitlisted"
# None: the verb moves nothing that anybody need be told of
_LETTERS: dict[tuple[Verb, Place], str | None] = {
    (Verb.JOIN, Place.UNVERIFIED): "registration_unverified",
    (Verb.JOIN, Place.PENDING): "registration_pending",
    (Verb.JOIN, Place.CONFIRMED): _CONFIRMED,
    (Verb.JOIN, Place.WAITLISTED): _WAITLISTED,
    (Verb.ADD, Place.CONFIRMED): _CONFIRMED,
    (Verb.ADD, Place.WAITLISTED): _WAITLISTED,
    (Verb.WALK_IN, Place.CONFIRMED): None,  # the person stands at the door
    (Verb.VERIFY, Place.PENDING): "registration_pending",
    (Verb.VERIFY, Place.CONFIRMED): _CONFIRMED,
    (Verb.VERIFY, Place.WAITLISTED): _WAITLISTED,
    (Verb.LAPSE, Place.WITHDRAWN): None,  # an address that never answered gets no second mail
    (Verb.APPROVE, Place.CONFIRMED): _CONFIRMED,
    (Verb.APPROVE, Place.WAITLISTED): _WAITLISTED,
    (Verb.REJECT, Place.REJECTED): "registration_rejected",
    (Verb.PROMOTE, Place.CONFIRMED): "registration_promoted",
    (Verb.PROMOTE_BY_HAND, Place.CONFIRMED): "registration_promoted",
    (Verb.OFFER, Place.OFFERED): "registration_offered",
    (Verb.ACCEPT, Place.CONFIRMED): _CONFIRMED,
    (Verb.DECLINE, Place.WITHDRAWN): "registration_withdrawn",
    (Verb.EXPIRE, Place.OFFER_EXPIRED): "registration_offer_expired",
    (Verb.PRIORITISE, Place.WAITLISTED): None,
    (Verb.HAND_OVER, Place.CONFIRMED): _CONFIRMED,
    (Verb.WITHDRAW, Place.WITHDRAWN): "registration_withdrawn",
    (Verb.REMOVE, Place.CANCELLED_BY_ORGANISER): "registration_removed",
}


@on(EventCreated)
def provide(fact: EventCreated) -> None:
    provide_seats(fact.event_id, like_event=fact.copied_from)


@on(PlacesChanged)
def tell_participants(fact: PlacesChanged) -> None:
    letters = [(change, _LETTERS.get((change.verb, change.place))) for change in fact.changes]
    queue_all([_letter(change, name) for change, name in letters if name], now=fact.at)


def _letter(change: PlaceChange, name: str) -> Letter:
    return Letter(
        name=name,
        recipient=change.email,
        locale=change.locale,
        about=f"registration:{change.registration_id}",
        dedupe_key=f"registration:{change.registration_id}:{change.place}:{change.invitation_sequence}",
        context={"registration_id": change.registration_id},
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
