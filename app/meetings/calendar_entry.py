"""A one-to-one meeting as its two people's own calendars show it; it stands in no other."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.calendars.calendar import head_of, join, plain_calendar
from app.calendars.entries import CalendarEntry, EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.events.calendar_entry import COLORS, location_line, require_readable, titled
from app.events.models import Event
from app.events.rules import Status
from app.meetings.models import Meeting
from app.meetings.presenters.words import name_of
from app.meetings.timing import hours_of


def meeting_entry(event: Event, meeting: Meeting, registration_id: int, lang: str) -> CalendarEntry | None:
    """The entry for one of the two; None where the hours of its block are not known."""
    hours = hours_of(event, meeting)
    if hours is None:
        return None
    item, partner = meeting.block.item, meeting.partner_of(registration_id)
    require_readable(event, item.title)
    with force_locale(lang):
        table = _("Table %(table)s", table=meeting.table_number)
        room = item.room.name if item.room else ""
        where = location_line(event.venue, lang) if event.venue else ""
        is_off = event.status in {Status.CALLED_OFF, Status.POSTPONED}
        is_cancelled = meeting.cancelled_at is not None
        title = _("Meeting with %(name)s (%(organisation)s)", name=name_of(partner), organisation=partner.organisation)
        if is_cancelled and not is_off:
            title = _("Cancelled: %(title)s", title=title)
        page = f"{current_app.config['FILO'].public_url}/events/{event.slug}"
        return CalendarEntry(
            uid=meeting.uid,
            sequence=event.sequence + item.sequence + meeting.sequence,
            summary=titled(event.status, title),
            starts_at=hours[0],
            ends_at=hours[1],
            timezone=item.timezone or event.timezone,
            created_at=meeting.created_at,
            changed_at=max(meeting.changed_at, item.content_changed_at, event.content_changed_at),
            status=EntryStatus.CANCELLED if is_off or is_cancelled else EntryStatus.CONFIRMED,
            description="\n\n".join([table, event.title.wording(lang).text, page]),
            url=page,
            location=", ".join(part for part in (table, room, where) if part),
            color=COLORS[event.kind],
            parent_uid=event.uid,
        )


def meetings_file(event: Event, meetings: Iterable[Meeting], registration_id: int, lang: str) -> bytes | None:
    """The meetings of one person as a file to attach; cancelled ones among them go out of a calendar that knew them.

    None where there is nothing to put into a calendar.
    """
    found = [meeting_entry(event, one, registration_id, lang) for one in meetings]
    entries = [one for one in found if one]
    if not entries:
        return None
    zones = {zone for one in entries for zone in zones_of(one)}
    return join(head_of(plain_calendar(lang)), zones, map(vevent, entries))
