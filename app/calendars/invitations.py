"""Calendar entries by mail: iMIP (RFC 6047) with the methods of iTIP (RFC 5546)."""

from __future__ import annotations

from dataclasses import replace

from icalendar import Event, vCalAddress

from app.calendars import text
from app.calendars.calendar import head_of, join, plain_calendar
from app.calendars.entries import CalendarEntry, EntryStatus
from app.calendars.vevent import component, zones_of


def request(
    entry: CalendarEntry,
    organizer_email: str,
    organizer_name: str,
    attendee_email: str,
    attendee_name: str,
    *,
    accepted: bool = True,
    answers_are_read: bool = False,
) -> bytes:
    """The file that puts an entry into one person's calendar, or changes it there.

    It is the feed's entry, same uid, sequence and stamp. Whoever has a place is busy then; whoever waits
    (``accepted=False``) is tentative and stays free. Days as a bar leave everybody free: nobody is busy all
    night. ``answers_are_read``: whoever has a place can change the answer in the calendar, and the organizer's
    address hears of it. The mail's part must say ``method=REQUEST``.
    """
    event = component(replace(entry, transparent=entry.all_day or not accepted))
    _add_organizer(event, organizer_email, organizer_name)
    partstat = "ACCEPTED" if accepted else "TENTATIVE"
    rsvp = "TRUE" if accepted and answers_are_read else "FALSE"
    _add_attendee(event, attendee_email, attendee_name, PARTSTAT=partstat, RSVP=rsvp)
    return _file("REQUEST", entry, event)


def cancel(
    entry: CalendarEntry, organizer_email: str, organizer_name: str, attendee_email: str, attendee_name: str
) -> bytes:
    """The file that takes an entry out of one person's calendar. The mail's part must say ``method=CANCEL``.

    The caller raises the entry's sequence above that of the request, or calendars ignore it.
    """
    event = component(replace(entry, status=EntryStatus.CANCELLED))
    _add_organizer(event, organizer_email, organizer_name)
    _add_attendee(event, attendee_email, attendee_name)
    return _file("CANCEL", entry, event)


def _add_organizer(event: Event, email: str, name: str) -> None:
    event.add("organizer", _address(email, name))


def _add_attendee(event: Event, email: str, name: str, **parameters: str) -> None:
    whole = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", **parameters}
    event.add("attendee", _address(email, name), parameters=whole)


def _address(email: str, name: str) -> vCalAddress:
    """A plain ``mailto:``, the name beside it. Addresses in other scripts stay as they are written."""
    address = vCalAddress(f"mailto:{''.join(text.line(email).split())}")
    if common_name := text.parameter(name):
        address.params["CN"] = common_name
    return address


def _file(method: str, entry: CalendarEntry, event: Event) -> bytes:
    calendar = plain_calendar("en")
    calendar.add("method", method)
    return join(head_of(calendar), zones_of(entry), [event.to_ical()])
