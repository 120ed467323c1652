"""A venue's bookings, imported as a file, and a site that shows an organisation's calendar in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app.demo.ids import DemoIds
from app.embedding import services as embedding
from app.events import queries as events
from app.freebusy.rules import CalendarInput, Source, Use
from app.freebusy.services import importing
from app.network.actors import SYSTEM
from app.venues import queries as venues

EVENT, VENUE, ROOM, ORGANISER = "E3", "v02", "Sala Zigherane", "o05"
SHOWN_ON = (("hub-innovazione-trentino", "https://www.cluster.example"),)
# days after the event, from, until, what: the room is free while the event needs it
BOOKINGS = (
    (0, "1500", "1800", "Prove del coro"),
    (1, "0900", "1300", "Assemblea dei soci"),
    (7, "1500", "1800", "Prove del coro"),
)


def load_calendars(key: str, event_id: int, ids: DemoIds, now: datetime) -> None:
    """The bookings of the hall in which a coming workshop takes place."""
    if key != EVENT:
        return
    (room,) = [room for room in venues.rooms(ids.venues[VENUE]) if room.name == ROOM]
    values = CalendarInput(
        organisation_id=ids.network.organisations[ORGANISER],
        name="Prenotazioni di Sala Zigherane",
        use=Use.ROOMS,
        timezone=room.venue.timezone,
        room_ids=(room.id,),
    )
    file = _file(events.event(event_id).starts_at.date(), room.venue.timezone)
    draft_id = importing.draft(values, Source(content=file), actor=SYSTEM, now=now)
    importing.confirm(draft_id, actor=SYSTEM, now=now)


def load_sites(now: datetime) -> None:
    for organisation, site in SHOWN_ON:
        embedding.allow_sites(organisation, typed=[site], actor=SYSTEM, now=now)


def _file(day: date, timezone: str) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Progetto Manifattura//Sale//IT"]
    return "\r\n".join([*head, *_lines(day, timezone), "END:VCALENDAR", ""]).encode()


def _lines(day: date, timezone: str) -> Iterator[str]:
    for number, (after, begins, ends, title) in enumerate(BOOKINGS, 1):
        at = day + timedelta(days=after)
        yield "BEGIN:VEVENT"
        yield f"UID:prenotazione-{number}@progettomanifattura.example"
        yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
        yield f"DTSTART;TZID={timezone}:{at:%Y%m%d}T{begins}00"
        yield f"DTEND;TZID={timezone}:{at:%Y%m%d}T{ends}00"
        yield f"SUMMARY:{title}"
        yield "END:VEVENT"
