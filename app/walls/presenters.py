"""What the page on a phone and the screen in a room show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.agenda import queries as agenda
from app.agenda.models import AgendaItem
from app.agenda.presenters import ShownItem, agenda_of
from app.agenda.rules import ItemKind
from app.agenda.screens import Panel, Source
from app.events.models import Event
from app.events.presenters import When, place_line, when, zone_words
from app.events.rules import Audience
from app.kernel.date_words import day_with_weekday
from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.venues.models import Venue
from app.walls import queries
from app.walls.rules import MOST_LATER, Standing, State
from app.walls.timetable import Timetable

MOST_NOW, MOST_NEXT = 6, 4
LINES = {1: (8,), 2: (4, 3)}  # of the panels, by how many there are: nobody scrolls a screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item with where it is; ``venue`` is empty where that is the event's own."""

    item: ShownItem
    place: str
    venue: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """``more``: how many are left out."""

    shown: tuple[Entry, ...]
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """``next_day`` is empty while what comes next is today; ``room`` is empty for all rooms."""

    slug: str
    state: State
    is_draft: bool
    title: Wording
    hue: str
    when: When
    place: str
    venue_url: str
    zone: str
    zone_words: str
    reason: str
    now: Entries
    next: Entries
    later: Entries
    next_day: str
    is_planned: bool
    room: str
    panels: Sequence[Panel]


def view_of(
    event: Event,
    timetable: Timetable,
    standing: Standing,
    *,
    room_id: int | None = None,
    sources: Sequence[Source] = (),
    today: str,
    now: datetime,
) -> View:
    """In a fixed number of queries, however long the agenda is. ``today``: the event's day, in ISO 8601."""
    wanted = {*standing.now[:MOST_NOW], *standing.next[:MOST_NEXT], *standing.later[:MOST_LATER]}
    rows = [row for row in agenda.items(event.id) if row.id in wanted] if wanted else []
    shown = agenda_of(event, language=language(), shows_internal=event.audience is Audience.INTERNAL, items=rows)
    entries = _entries(event, rows, (item for day in shown.days for item in day.items))
    next_on = standing.next_on
    return View(
        slug=event.slug,
        state=standing.state,
        is_draft=event.status == "draft",
        title=event.title.wording(language()),
        hue=shown.hue,
        when=when(event),
        place=place_line(event),
        venue_url=f"/venues/{event.venue.slug}" if event.venue else "",
        zone=event.timezone,
        zone_words=zone_words(event.timezone),
        reason=event.status_reason or "",
        now=_those(standing.now, entries, MOST_NOW),
        next=_those(standing.next, entries, MOST_NEXT),
        later=_those(standing.later, entries, MOST_LATER),
        next_day=day_with_weekday(next_on) if next_on and next_on.isoformat() != today else "",
        is_planned=bool(timetable.slots),
        room=queries.room_names({room_id}).get(room_id, "") if room_id else "",
        panels=_panels(sources, standing.begun, timetable.kinds, now),
    )


def _those(ids: Sequence[int], entries: Mapping[int, Entry], most: int) -> Entries:
    found = tuple(entries[one] for one in ids[:most] if one in entries)
    return Entries(shown=found, more=max(0, len(ids) - most))


def _entries(event: Event, rows: Sequence[AgendaItem], items: Iterable[ShownItem]) -> dict[int, Entry]:
    by_id = {row.id: row for row in rows}
    elsewhere = queries.venues({row.room.venue_id for row in rows if row.room and row.room.venue_id != event.venue_id})
    return {item.id: _entry(by_id[item.id], item, elsewhere) for item in items}


def _entry(row: AgendaItem, item: ShownItem, elsewhere: Mapping[int, Venue]) -> Entry:
    if item.stop and item.stop.venue:
        return Entry(item=item, place=item.place, venue=item.stop.venue.words, address=item.stop.address)
    venue = elsewhere.get(row.room.venue_id) if row.room else None
    if venue is None:
        return Entry(item=item, place=item.place, venue="", address="")
    address = ", ".join(part for part in (venue.street, venue.city) if part)
    return Entry(item=item, place=item.place, venue=venue.name.wording(language()).text, address=address)


def _panels(
    sources: Sequence[Source], begun: Sequence[int], kinds: Mapping[int, ItemKind], now: datetime
) -> Sequence[Panel]:
    """Of what has begun today, the latest first; each source is asked about items of its own kind."""
    found: dict[int, Panel] = {}
    for source in sources:
        if own := [item_id for item_id in begun if kinds[item_id] is source.kind]:
            found |= {panel.item_id: panel for panel in source.panels(own, now)}
    latest = [found[item_id] for item_id in begun if item_id in found][: max(LINES)]
    return [_cut(panel, most) for panel, most in zip(latest, LINES.get(len(latest), ()), strict=True)]


def _cut(panel: Panel, most: int) -> Panel:
    left_out = max(0, len(panel.lines) - most)
    return replace(panel, lines=panel.lines[:most], more=panel.more + left_out)
