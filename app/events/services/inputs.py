"""What may be written about an event, apart from its state and from who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from app.events import queries
from app.events.errors import UnknownChoice
from app.events.models import Event, EventLanguage
from app.events.rules import Audience, Format, Kind, SubFormat, check_span, rough_span
from app.kernel.dates import DatePrecision, RoughDate, zone
from app.kernel.texts import Texts

NO_TEXTS = Texts()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInput:
    """The words, dates, place and belongings of an event. Instants are aware; country and region follow the venue."""

    kind: Kind
    title: Texts
    starts_at: datetime
    ends_at: datetime
    timezone: str
    date_precision: DatePrecision = DatePrecision.DAY
    sub_format: SubFormat | None = None
    format: Format = Format.ON_SITE
    audience: Audience = Audience.PUBLIC
    listed: bool = True
    summary: Texts = NO_TEXTS
    description: Texts = NO_TEXTS
    cost_note: Texts = NO_TEXTS
    venue_id: int | None = None
    online_url: str | None = None
    country_code: str | None = None
    region_code: str | None = None
    project_id: int | None = None
    phase_id: int | None = None
    series_id: int | None = None
    edition_label: str | None = None
    contact_email: str | None = None
    languages: tuple[str, ...] = ()
    sector_ids: tuple[str, ...] = ()
    group_ids: tuple[int, ...] = ()


PLAIN = (
    "kind",
    "sub_format",
    "format",
    "audience",
    "listed",
    "title",
    "summary",
    "description",
    "cost_note",
    "timezone",
    "date_precision",
    "venue_id",
    "online_url",
    "project_id",
    "phase_id",
    "series_id",
    "edition_label",
    "contact_email",
)


def values_of(event: Event) -> EventInput:
    """What stands of an event, to compare with, to fill a form with, or to copy."""
    return EventInput(
        **{name: getattr(event, name) for name in PLAIN},
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        country_code=event.country_code,
        region_code=event.region_code,
        languages=tuple(spoken.language for spoken in event.languages),
        sector_ids=tuple(sector.id for sector in event.sectors),
        group_ids=tuple(group.id for group in event.groups),
    )


def fill_in(event: Event, values: EventInput) -> None:
    """Write values to a row. Raises EndsBeforeStart, TooLong, UnknownZone or UnknownChoice with their field."""
    zone(values.timezone)
    check_span(values.starts_at, values.ends_at, values.date_precision)
    for name in PLAIN:
        setattr(event, name, getattr(values, name))
    event.starts_at, event.ends_at = _span(values)
    _place(event, values)
    _belong(event, values)
    event.languages = _languages(event, values.languages)


def _span(values: EventInput) -> tuple[datetime, datetime]:
    """Of a month or a year only its bounds are kept, so that no day can be read out of it."""
    if values.date_precision is DatePrecision.DAY:
        return values.starts_at.astimezone(UTC), values.ends_at.astimezone(UTC)
    first = values.starts_at.astimezone(zone(values.timezone)).date().replace(day=1)
    if values.date_precision is DatePrecision.YEAR:
        first = first.replace(month=1)
    return rough_span(RoughDate(first, values.date_precision), values.timezone)


def _place(event: Event, values: EventInput) -> None:
    venue = queries.venue(values.venue_id) if values.venue_id else None
    if values.venue_id and venue is None:
        raise UnknownChoice(field="venue_id")
    event.venue = venue
    event.country_code = values.country_code or (venue.country_code if venue else None)
    event.region = queries.region(values.region_code) if values.region_code else (venue.region if venue else None)
    if event.region and event.region.country_code != event.country_code:
        raise UnknownChoice(field="region_code")


def _belong(event: Event, values: EventInput) -> None:
    event.project = queries.project(values.project_id) if values.project_id else None
    event.phase = queries.phase(values.phase_id) if values.phase_id else None
    event.series = queries.series_of_id(values.series_id) if values.series_id else None
    event.sectors = list(queries.sectors(values.sector_ids))
    event.groups = list(queries.groups(values.group_ids))
    found = {
        "project_id": event.project is not None or not values.project_id,
        "phase_id": not values.phase_id or (event.phase is not None and event.phase.project_id == values.project_id),
        "series_id": event.series is not None or not values.series_id,
        "sector_ids": len(event.sectors) == len(set(values.sector_ids)),
        "group_ids": len(event.groups) == len(set(values.group_ids)),
    }
    for field, is_known in found.items():
        if not is_known:
            raise UnknownChoice(field=field)


def _languages(event: Event, codes: tuple[str, ...]) -> list[EventLanguage]:
    standing = {spoken.language: spoken for spoken in event.languages}
    rows = [standing.get(code) or EventLanguage(language=code) for code in dict.fromkeys(codes)]
    for position, row in enumerate(rows):
        row.position = position
    return rows
