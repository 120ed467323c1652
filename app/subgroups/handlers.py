"""What groups do when somebody gets or loses a place, and when a stop changes."""

from __future__ import annotations

from app.agenda.facts import AgendaChanged
from app.kernel.facts import on
from app.registration.facts import PlacesChanged
from app.registration.rules import Place
from app.subgroups import services


@on(PlacesChanged)
def follow_places(fact: PlacesChanged) -> None:
    came = [
        one.registration_id
        for one in fact.changes
        if one.place is Place.CONFIRMED and one.before is not Place.CONFIRMED
    ]
    left = [
        one.registration_id
        for one in fact.changes
        if one.before is Place.CONFIRMED and one.place is not Place.CONFIRMED
    ]
    if came or left:
        services.follow(fact.event_id, came=came, left=left, now=fact.at)


@on(AgendaChanged)
def heed_limits(fact: AgendaChanged) -> None:
    services.heed_limits(fact.event_id)
