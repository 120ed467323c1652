"""What registration does when something happens to an event or to a place."""

from __future__ import annotations

from typing import Any

from app.agenda.facts import AgendaChanged, ItemTakenOff
from app.events import queries as events
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.events.rules import Part, Status
from app.invitations import services as invitations
from app.jobs import services as jobs
from app.kernel.facts import on
from app.mail.services import Letter, queue, queue_all
from app.registration import queries
from app.registration.errors import PeopleAreRegistered
from app.registration.facts import ItemPlacesChanged, PlaceChange, PlacesChanged, SeatHandedOver
from app.registration.models import Registration
from app.registration.queries import parts
from app.registration.queries.parts import PartHolder
from app.registration.rules import Place, Verb
from app.registration.services import item_places, offers
from app.registration.services.copying import copy_seats
from app.registration.services.seats import provide_seats

_LEAVING = frozenset({Verb.WITHDRAW, Verb.DECLINE, Verb.LAPSE})
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
    """A copy has the seats of its source where that was asked; the agenda of both stands by then."""
    if fact.copied_from and Part.SEATS in fact.parts:
        copy_seats(from_id=fact.copied_from, to_id=fact.event_id, now=events.event(fact.event_id).created_at)
    else:
        provide_seats(fact.event_id)


@on(PlacesChanged)
def tell_participants(fact: PlacesChanged) -> None:
    changes = [change for change in fact.changes if change.verb is not Verb.ADD or not _is_over(fact)]
    letters = [(change, _LETTERS.get((change.verb, change.place))) for change in changes]
    queue_all([_letter(change, name) for change, name in letters if name], now=fact.at)


def _is_over(fact: PlacesChanged) -> bool:
    """Whoever is entered afterwards, for the record, is not invited to come."""
    return events.event(fact.event_id).ends_at <= fact.at


@on(PlacesChanged)
def take_the_yes_back(fact: PlacesChanged) -> None:
    """Who came by invitation and gave the place back has declined."""
    for change in fact.changes:
        if change.verb in _LEAVING:
            invitations.mark_left(fact.event_id, change.registration_id, now=fact.at)


@on(SeatHandedOver)
def tell_the_former(fact: SeatHandedOver) -> None:
    queue(
        "registration_handed_over",
        recipient=fact.former_email,
        locale=fact.former_locale,
        about=f"registration:{fact.registration_id}",
        dedupe_key=f"registration_handed_over:{fact.registration_id}:{fact.invitation_sequence}",
        now=fact.at,
        registration_id=fact.registration_id,
        former_name=fact.former_name,
        email=fact.former_email,
        replaced_by=fact.replaced_by,
        invitation_sequence=fact.invitation_sequence,
    )


@on(ItemPlacesChanged)
def tell_who_rose(fact: ItemPlacesChanged) -> None:
    """Who had waited for a part of the agenda and has a place there now."""
    if fact.risen_ids:
        people = queries.registrations(sorted(fact.risen_ids))
        queue_all([items_letter(one, "given", fact.at.isoformat()) for one in people], now=fact.at)


@on(AgendaChanged)
def tell_of_moved_items(fact: AgendaChanged) -> None:
    """A part of the agenda has another time or room: those who signed up for it and those with a part in it
    are told, and nobody else."""
    if not fact.tells or not fact.moved_ids:
        return
    moved_at = queries.last_change_of(fact.moved_ids)
    jobs.put(
        "tell_of_moved_items",
        dedupe_key=f"tell_of_moved_items:{fact.event_id}:{min(fact.moved_ids)}:{moved_at.isoformat()}",
        run_at=moved_at,
        item_ids=sorted(fact.moved_ids),
        at=moved_at.isoformat(),
        tells_holders=fact.tells_holders,
    )


@on(AgendaChanged)
def keep_within_rooms(fact: AgendaChanged) -> None:
    item_places.fit_rooms(fact.event_id)


@on(ItemTakenOff)
def end_places_there(fact: ItemTakenOff) -> None:
    """The places at a part of the agenda end with it. Who had or awaited one is told, and who had a part in it."""
    title = queries.title_of_item(fact.item_id)
    holders = parts.part_holders_at([fact.item_id]).get(fact.item_id, [])
    people = item_places.end_places(fact.event_id, fact.item_id, now=fact.at)
    event = events.event(fact.event_id)
    if event.status is not Status.PUBLISHED or event.ends_at <= fact.at:
        return
    key, written = str(fact.item_id), {one.email_key for one in people}
    letters = [items_letter(one, "removed", key, title=title.wording(one.locale).text) for one in people]
    letters += [
        part_letter(one, event.id, "item_removed", key, title=title.wording(one.locale).text)
        for one in holders
        if one.key not in written
    ]
    queue_all(letters, now=fact.at)


def items_letter(registration: Registration, why: str, key: str, **more: str) -> Letter:
    """A letter about somebody's parts of the agenda; ``why``: "given", "moved", or "removed" with its ``title``."""
    return Letter(
        name="registration_items_changed",
        recipient=registration.email,
        locale=registration.locale,
        about=f"registration:{registration.id}",
        dedupe_key=f"registration_items_changed:{registration.id}:{why}:{key}",
        context={"registration_id": registration.id, "why": why, **more},
    )


def part_letter(holder: PartHolder, event_id: int, why: str, key: str, **context: Any) -> Letter:
    """``why``: "moved", "postponed", "called_off", or "item_moved" with item_ids, "item_removed" with its title."""
    return Letter(
        name="part_changed",
        recipient=holder.address,
        locale=holder.locale,
        about=f"event:{event_id}",
        dedupe_key=f"part_changed:{event_id}:{holder.person_id}:{why}:{key}",
        context={"event_id": event_id, "person_id": holder.person_id, "why": why, **context},
    )


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
    queries.hold_seats(fact.event_id)  # nobody comes in between the look and the step
    if fact.after is Status.DRAFT and (people := queries.count_live(fact.event_id)):
        raise PeopleAreRegistered(people=people)


@on(EventChanged)
def let_the_queue_up(fact: EventChanged) -> None:
    """An event that ends later may have seats for those who wait: they get them at once."""
    _let_up(fact.event_id)


@on(EventStepTaken)
def let_the_queue_up_after(fact: EventStepTaken) -> None:
    """So may one that takes place after all."""
    _let_up(fact.event_id)


def _let_up(event_id: int) -> None:
    offers.go_on(event_id, now=events.event(event_id).content_changed_at)


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
