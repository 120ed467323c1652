"""What other rooms' facts do to personal calendars."""

from __future__ import annotations

from app.agenda.facts import AgendaChanged
from app.events.facts import EventChanged, EventStepTaken
from app.fetches.facts import CalendarsFetched
from app.kernel import clock
from app.kernel.facts import on, once
from app.mail.rules import address_key
from app.meetings.facts import MeetingsChanged
from app.network.facts import PersonChanged
from app.personal import queries, services
from app.questions.facts import QuestionsChanged
from app.registration.facts import ItemPlacesChanged, PlacesChanged, SeatHandedOver


@on(CalendarsFetched)
def follow_fetches(fact: CalendarsFetched) -> None:
    services.note_uses(fact.uses)


@on(PlacesChanged)
def follow_places(fact: PlacesChanged) -> None:
    keys = {address_key(change.email) for change in fact.changes}
    services.put_refreshes(queries.ids_of_addresses(keys), now=fact.at)


@on(SeatHandedOver)
def follow_hand_over(fact: SeatHandedOver) -> None:
    ids = {*queries.ids_of_addresses({address_key(fact.former_email)})}
    services.put_refreshes(ids | {*queries.ids_of_registrations({fact.registration_id})}, now=fact.at)


@on(ItemPlacesChanged)
def follow_tables(fact: ItemPlacesChanged) -> None:
    services.put_refreshes(queries.ids_of_registrations(fact.registration_ids), now=fact.at)


@on(MeetingsChanged)
def follow_meetings(fact: MeetingsChanged) -> None:
    services.put_refreshes(queries.ids_of_registrations(fact.registration_ids), now=fact.at)


@once(EventChanged, EventStepTaken, AgendaChanged, QuestionsChanged, by="event_id")
def follow_event(event_id: int) -> None:
    # of what changed in an event, facts carry no time
    services.put_refreshes(queries.ids_of_event(event_id), now=clock.now())


@on(PersonChanged)
def follow_person(fact: PersonChanged) -> None:
    services.put_refreshes(queries.ids_of_person(fact.person_id), now=clock.now())
