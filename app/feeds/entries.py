"""What calendars show of an event: itself and, on request, the items of its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.agenda.models import AgendaItem
from app.agenda.reading import span_of
from app.agenda.rules import AgendaRole
from app.calendars import text
from app.calendars.entries import CalendarEntry, EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.events.calendar_entry import COLORS, calendar_entry, location_line, named, require_readable, titled, unique
from app.events.models import Event
from app.events.rules import Audience, Format, Status
from app.feeds.rules import is_public_item
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES
from app.venues.models import Venue

log = structlog.get_logger()

RENDERER = 2
"""Raised when this program would make other entries of the same events: the worker then makes them all anew."""

ON_STAGE = frozenset({AgendaRole.SPEAKER, AgendaRole.INVITED_EXPERT, AgendaRole.MODERATOR, AgendaRole.TABLE_HOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The VEVENT of an entry in one language."""

    uid: str
    lang: str
    is_session: bool
    is_cancelled: bool
    starts_at: datetime
    zones: str
    body: bytes


def public_entry(event: Event, lang: str) -> CalendarEntry:
    """The event in a public feed. The link to take part online is there for events that are open to everybody."""
    require_readable(event)
    return calendar_entry(event, lang, public_url=_public_url(), with_link=event.audience is Audience.PUBLIC)


def session_entry(event: Event, item: AgendaItem, lang: str) -> CalendarEntry:
    """A part of the event, related to it; raises NoSuchTime.

    A part in public feeds has a sequence of its own, which :mod:`app.feeds.sequences` raises when it looks
    otherwise there. Of others nobody keeps how they looked, so theirs grows with the event's.
    """
    require_readable(event, item.title, item.abstract)
    span = span_of(event)
    venue = None if event.format is Format.ONLINE else _venue(event, item)
    parts = _description(event, item, lang)
    is_watched = event.on_lists and is_public_item(item.audience)
    off = event.status in {Status.CALLED_OFF, Status.POSTPONED}
    with force_locale(lang):
        title = _("%(item)s – %(event)s", item=_title(item, lang), event=event.title.wording(lang).text)
        return CalendarEntry(
            uid=item.uid,
            sequence=item.sequence if is_watched else event.sequence + item.sequence,
            summary=titled(event.status, title),
            starts_at=span.instant(item.day, item.start_minute, item.timezone),
            ends_at=span.instant(item.day, item.end_minute, item.timezone),
            timezone=item.timezone or event.timezone,
            ends_timezone=item.leg.arrival_timezone if item.leg else None,
            in_utc=event.format is Format.ONLINE,
            created_at=item.created_at,
            changed_at=max(item.content_changed_at, event.content_changed_at),
            status=EntryStatus.CANCELLED if off else EntryStatus.CONFIRMED,
            description="\n\n".join(parts),
            description_html=text.html(parts) if len(parts) > 1 else "",
            url=_page(event),
            location=_location(item, venue, lang),
            location_title=venue.name.wording(lang).text if venue and not item.room else "",
            latitude=venue.latitude if venue and not item.leg else None,
            longitude=venue.longitude if venue and not item.leg else None,
            categories=(say(event.kind), *(sector.name.wording(lang).text for sector in event.sectors)),
            color=COLORS[event.kind],
            parent_uid=event.uid,
        )


def renderings(event: Event, items: Sequence[AgendaItem]) -> tuple[list[Rendering], frozenset[str]]:
    """Every public entry of an event in every language, and the sources of those that cannot be made: they are left
    out and logged."""
    shown = (None, *(item for item in items if is_public_item(item.audience)))
    made, missing = [], set()
    for lang in LANGUAGES:
        for item in shown:
            if one := _render(event, item, lang):
                made.append(one)
            else:
                missing.add(source_of(event, item))
    return made, frozenset(missing)


def source_of(event: Event, item: AgendaItem | None) -> str:
    """What an entry is of, for as long as that stands: "event:7", "item:3"."""
    return f"item:{item.id}" if item else f"event:{event.id}"


def _render(event: Event, item: AgendaItem | None, lang: str) -> Rendering | None:
    try:
        entry = session_entry(event, item, lang) if item else public_entry(event, lang)
        body = vevent(entry)
    except Exception:
        log.exception("entry_not_rendered", uid=item.uid if item else event.uid, lang=lang)
        return None
    return Rendering(
        uid=entry.uid,
        lang=lang,
        is_session=item is not None,
        is_cancelled=entry.is_cancelled,
        starts_at=entry.starts_at,
        zones=" ".join(sorted(zones_of(entry))),
        body=body,
    )


def _title(item: AgendaItem, lang: str) -> str:
    if title := item.title.wording(lang).text:
        return title
    if item.leg:
        return f"{item.leg.departs_from} → {item.leg.arrives_at}"
    return say(item.kind)


def _venue(event: Event, item: AgendaItem) -> Venue | None:
    """Where a part is. A stop is somewhere of its own, though it may not be known which house that is."""
    room = item.room.venue if item.room else None
    return (item.stop.venue or room) if item.stop else (room or event.venue)


def _location(item: AgendaItem, venue: Venue | None, lang: str) -> str:
    if item.leg:
        return item.leg.meeting_point or item.leg.departs_from
    if item.stop and venue is None:
        return ", ".join(unique([item.stop.host.name if item.stop.host else "", item.stop.gate or ""]))
    place = location_line(venue, lang) if venue else ""
    return f"{item.room.name}, {place}" if item.room and place else place


def _description(event: Event, item: AgendaItem, lang: str) -> list[str]:
    with force_locale(lang):
        return unique([_way(item), item.abstract.wording(lang).text, _people(item), _page(event)])


def _way(item: AgendaItem) -> str:
    return f"{say(item.leg.mode)}: {item.leg.departs_from} → {item.leg.arrives_at}" if item.leg else ""


def _people(item: AgendaItem) -> str:
    """Whose guest a stop is, and who speaks; never who takes part."""
    speakers = unique(named(part.person, part.organisation) for part in item.persons if part.role in ON_STAGE)
    lines = [
        _("Host: %(names)s", names=item.stop.host.name) if item.stop and item.stop.host else "",
        _("With: %(names)s", names=", ".join(speakers)) if speakers else "",
    ]
    return "\n".join(line for line in lines if line)


def _page(event: Event) -> str:
    return f"{_public_url()}/events/{event.slug}"


def _public_url() -> str:
    url: str = current_app.config["FILO"].public_url
    return url
