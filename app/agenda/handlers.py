from __future__ import annotations

from app.agenda.services.copying import copy_agenda, lay_outline
from app.agenda.services.following import follow_venue
from app.events.facts import EventCreated
from app.events.queries import event as event_of
from app.events.rules import Part
from app.kernel.facts import on
from app.venues.facts import VenueChanged


@on(EventCreated)
def begin_agenda(fact: EventCreated) -> None:
    """A copy takes over the agenda of the edition it was made from; another event begins with its kind's outline."""
    if not fact.with_agenda:
        return
    now = event_of(fact.event_id).created_at
    if fact.copied_from:
        with_persons = Part.AGENDA_PERSONS in fact.parts
        copy_agenda(from_id=fact.copied_from, to_id=fact.event_id, with_persons=with_persons, now=now)
    else:
        lay_outline(event_of(fact.event_id), now=now)


@on(VenueChanged)
def move_with_venue(fact: VenueChanged) -> None:
    if fact.moves or fact.renamed_room_ids:
        moved_id = fact.venue_id if fact.moves else None
        follow_venue(moved_id=moved_id, room_ids=fact.renamed_room_ids, now=fact.at)
