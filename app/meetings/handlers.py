"""What meetings do when somebody loses a place or hands it over, and when a block moves."""

from __future__ import annotations

from app.agenda.facts import AgendaChanged, ItemTakenOff
from app.kernel import clock
from app.kernel.facts import on
from app.meetings import queries
from app.meetings.services import partaking, scheduling
from app.registration.facts import PlacesChanged, SeatHandedOver
from app.registration.rules import Place


@on(PlacesChanged)
def follow_places(fact: PlacesChanged) -> None:
    left = [
        one.registration_id
        for one in fact.changes
        if one.before is Place.CONFIRMED and one.place is not Place.CONFIRMED
    ]
    if left:
        partaking.leave(fact.event_id, left, now=fact.at)


@on(SeatHandedOver)
def follow_hand_over(fact: SeatHandedOver) -> None:
    partaking.forget_partaking(fact.event_id, fact.registration_id, now=fact.at)


@on(AgendaChanged)
def tell_of_moved_blocks(fact: AgendaChanged) -> None:
    if fact.tells and fact.moved_ids:
        people = queries.who_meets_in(fact.moved_ids)
        if people:
            scheduling.tell(fact.event_id, people, now=clock.now())  # of what changed in an agenda, facts carry no time


@on(ItemTakenOff)
def give_up_block(fact: ItemTakenOff) -> None:
    scheduling.give_up_block(fact.event_id, fact.item_id, now=fact.at)
