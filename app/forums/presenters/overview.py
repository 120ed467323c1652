"""All formats of an event, with where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.agenda.rules import ItemKind, clock
from app.events.models import Event
from app.forums.queries import parts
from app.kernel.date_words import day_with_weekday, local_day
from app.kernel.dates import DatePrecision
from app.kernel.i18n import language
from app.kernel.phrases import say

# where the organiser's page of a kind is; {item} is its id
PAGES = {
    ItemKind.WORLD_CAFE: "cafe/{item}",
    ItemKind.PITCH: "pitches/{item}",
    ItemKind.FAIR: "fair/{item}",
    ItemKind.WORKING_TABLE: "tables/{item}",
    ItemKind.PEER_REVIEW: "review",
    ItemKind.NETWORKING: "contacts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part of the agenda with a format."""

    kind: ItemKind
    kind_words: str
    title: str
    when: str
    path: str


def parts_of(event: Event, now: datetime) -> list[PartView]:
    """The parts with a format in the order of time."""
    lang = language()
    return [
        PartView(
            kind=row.kind,
            kind_words=say(row.kind),
            title=row.title.wording(lang).text or say(row.kind),
            when=_when(event, row.day, row.start_minute, row.end_minute),
            path=PAGES[row.kind].format(item=row.id),
        )
        for row in parts.formats_of(event.id)
    ]


def _when(event: Event, day: int, start: int, end: int) -> str:
    times = _("%(start)s – %(end)s", start=clock(start), end=clock(end))
    if event.date_precision is not DatePrecision.DAY:
        return times
    on = day_with_weekday(local_day(event.starts_at, event.timezone) + timedelta(days=day))
    return _("%(day)s, %(times)s", day=on, times=times)
