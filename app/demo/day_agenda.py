"""An agenda around the present moment: what is on, what comes next and where is on show the minute it is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.agenda import services
from app.agenda.inputs import ItemInput
from app.agenda.queries import rooms_of
from app.agenda.reading import span_of
from app.agenda.rules import ItemKind, Slot
from app.events.models import Event
from app.kernel.dates import zone
from app.kernel.texts import LANGUAGES, Texts
from app.network.actors import SYSTEM

K = ItemKind
# minutes before or after now, which of the rooms (None: in none), kind, and the title in three languages
ITEMS: Sequence[tuple[int, int, int | None, ItemKind, tuple[str, str, str]]] = (
    (-90, -60, 0, K.WELCOME, ("Welcome", "Saluti", "Begrüßung")),
    (-55, 20, 0, K.PRACTICE_PRESENTATION, ("Selected practices", "Le pratiche selezionate", "Ausgewählte Praktiken")),
    (-40, 20, 1, K.WORKING_TABLE, ("Table Energy", "Tavolo Energia", "Tisch Energie")),
    (-40, 20, 2, K.WORKING_TABLE, ("Table Mobility", "Tavolo Mobilità", "Tisch Mobilität")),
    (20, 40, None, K.BREAK, ("Coffee", "Caffè", "Kaffee")),
    (45, 105, 0, K.NEEDS_SESSION, ("What clusters need", "Che cosa serve ai cluster", "Was Cluster brauchen")),
    (105, 125, 0, K.CLOSING, ("Conclusions", "Conclusioni", "Abschluss")),
)


def lay_agenda(event: Event, *, now: datetime, then: datetime) -> None:
    """Put on the agenda what falls inside the event; ``then``: when it would have been planned."""
    rooms = [room.id for room in rooms_of({event.venue_id})] if event.venue_id else []
    local = now.astimezone(zone(event.timezone))
    present = (local.hour * 60 + local.minute) // 5 * 5
    first, last = span_of(event).hours
    for begins, ends, room, kind, title in ITEMS:
        starts, stops = present + begins, present + ends
        if first <= starts and stops <= last:
            values = ItemInput(
                slot=Slot(day=0, start_minute=starts, end_minute=stops),
                kind=kind,
                title=Texts(dict(zip(LANGUAGES, title, strict=True))),
                room_id=rooms[room] if room is not None and room < len(rooms) else None,
            )
            services.add_item(event_id=event.id, values=values, actor=SYSTEM, now=then)
