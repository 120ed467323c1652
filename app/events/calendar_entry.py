"""An event as a calendar shows it: the same in feeds, in mails and as a single file."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from app.calendars.calendar import calendar_head, join
from app.calendars.entries import CalendarEntry, Conference, EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.events.models import Event
from app.events.rules import Format, Kind, Status
from app.kernel.phrases import say
from app.venues.models import Venue

# the names that CSS has nearest to the hues of the kinds (RFC 7986, 5.9)
COLORS = {Kind.CLUSTERS_WORKSHOP: "sienna", Kind.STUDY_VISIT: "seagreen", Kind.EXCHANGE_FORUM: "slateblue"}
_NOT_TAKING_PLACE = frozenset({Status.CALLED_OFF, Status.POSTPONED})


def calendar_entry(event: Event, lang: str, *, public_url: str, with_link: bool = True) -> CalendarEntry:
    """The entry of an event with an exact day, in one language; ``with_link``: with the link to take part online.

    On-site and hybrid events hang on the clocks of their zone, purely online ones are written in UTC.
    Called off and postponed ones stay as cancelled entries whose title says so.
    """
    with force_locale(lang):
        url = f"{public_url}/events/{event.slug}"
        is_online = event.format is Format.ONLINE
        venue = None if is_online else event.venue
        return CalendarEntry(
            uid=event.uid,
            sequence=event.sequence,
            summary=titled(event.status, event.title.wording(lang).text),
            starts_at=event.starts_at,
            ends_at=max(event.ends_at, event.starts_at + timedelta(minutes=1)),
            timezone=event.timezone,
            in_utc=is_online,
            created_at=event.created_at,
            changed_at=event.content_changed_at,
            status=EntryStatus.CANCELLED if event.status in _NOT_TAKING_PLACE else EntryStatus.CONFIRMED,
            description=_description(event, lang, url, with_link=with_link),
            url=url,
            location=location_line(venue, lang) if venue else "",
            location_title=venue.name.wording(lang).text if venue else "",
            latitude=venue.latitude if venue else None,
            longitude=venue.longitude if venue else None,
            categories=(say(event.kind), *(sector.name.wording(lang).text for sector in event.sectors)),
            conference=Conference(event.online_url, _("Join online")) if event.online_url and with_link else None,
            color=COLORS[event.kind],
        )


def calendar_file(event: Event, lang: str, *, public_url: str) -> bytes:
    """A whole file with this one event, to be downloaded."""
    entry = calendar_entry(event, lang, public_url=public_url)
    return join(calendar_head(entry.summary, "", lang), zones_of(entry), [vevent(entry)])


def titled(status: Status, title: str) -> str:
    """The title as a calendar shows it, in the language in force: some hide the state, so the title says it."""
    if status is Status.CALLED_OFF:
        return _("Cancelled: %(title)s", title=title)
    if status is Status.POSTPONED:
        return _("Postponed: %(title)s", title=title)
    return title


def location_line(venue: Venue, lang: str) -> str:
    """``Name, street, postcode city``: one line, as calendars fold others oddly."""
    town = " ".join(part for part in (venue.postcode, venue.city) if part)
    return ", ".join(part for part in (venue.name.wording(lang).text, venue.street, town) if part)


def _description(event: Event, lang: str, url: str, *, with_link: bool) -> str:
    parts = [
        event.status_reason if event.status in _NOT_TAKING_PLACE else "",
        event.summary.wording(lang).text,
        (event.online_url or "") if with_link else "",
        url,
        _funding(event, lang),
    ]
    return "\n\n".join(part for part in parts if part)


def _funding(event: Event, lang: str) -> str:
    programme = event.project.programme if event.project else None
    return programme.funding_sentence.wording(lang).text if programme else ""
