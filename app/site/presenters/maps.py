"""Events on the map: one pin a place, and the same as a list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.presenters import where_line
from app.events.rules import Format, Kind
from app.kernel.map_pins import OutlineMap, Pin, outline, pin
from app.site import queries
from app.site.presenters.dates import event_days
from app.site.presenters.lines import Details, EventLine, lines, next_change, town
from app.site.rules import Wanted

MOST_ON_MAP = 200
HUES = {Kind.CLUSTERS_WORKSHOP: "workshop", Kind.STUDY_VISIT: "visit", Kind.EXCHANGE_FORUM: "forum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What happens at one address; ``pin`` is None for what is nowhere."""

    anchor: str
    name: str
    pin: Pin | None
    events: list[EventLine]
    days: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    places: list[Place]
    outline: OutlineMap
    count: int
    is_cut: bool
    details: Details
    changes_at: datetime | None


def map_page(wanted: Wanted, now: datetime, language: str, *, empty: bool = False) -> MapPage:
    """Up to MOST_ON_MAP events by place, those with a place on the map first."""
    rows = [] if empty else queries.events_on_map(wanted.filter, wanted.when, now, limit=MOST_ON_MAP + 1)
    shown = rows[:MOST_ON_MAP]
    details = Details.of([row.id for row in shown])
    places = _places(shown, lines(shown, details, now, language), language)
    return MapPage(
        places=places,
        outline=outline([place.pin for place in places if place.pin], countries=_countries(shown)),
        count=len(shown),
        is_cut=len(rows) > MOST_ON_MAP,
        details=details,
        changes_at=next_change(shown, details.seats, now),
    )


def _countries(rows: Any) -> list[str]:
    return sorted({row.country_code for row in rows if row.country_code})


def _places(rows: Any, shown: list[EventLine], language: str) -> list[Place]:
    # venues at one address share a pin, so that none hides another
    at: dict[tuple[float, float] | None, list[Any]] = defaultdict(list)
    for row in rows:
        is_somewhere = row.latitude is not None and row.longitude is not None and row.format is not Format.ONLINE
        at[(round(row.latitude, 3), round(row.longitude, 3)) if is_somewhere else None].append(row)
    by_id = {line.id: line for line in shown}
    found = [_place(number, where, at[where], by_id, language) for number, where in enumerate(at, start=1)]
    return sorted(found, key=lambda place: place.pin is None)


def _place(
    number: int, where: tuple[float, float] | None, rows: list[Any], by_id: dict[int, EventLine], language: str
) -> Place:
    anchor, events = f"place-{number}", [by_id[row.id] for row in rows]
    days = {row.id: event_days(row) for row in rows}
    if where is None:
        return Place(anchor=anchor, name=_("Online, or place not known"), pin=None, events=events, days=days)
    names = [where_line(Format.ON_SITE, row.venue_name, town(row, language), None) for row in rows]
    name = " · ".join(dict.fromkeys(names))
    kinds = {line.kind for line in events}
    here = pin(
        *where,
        label=_label(name, events),
        url=events[0].url if len(events) == 1 else f"#{anchor}",
        kind=HUES[events[0].kind] if len(kinds) == 1 else "",
    )
    return Place(anchor=anchor, name=name, pin=replace(here, count=len(events)), events=events, days=days)


def _label(name: str, events: list[EventLine]) -> str:
    if len(events) == 1:
        return f"{events[0].title.text}, {name}"
    count = ngettext("%(num)d event", "%(num)d events", len(events))
    return f"{count}: {name}"
