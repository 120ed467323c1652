"""A series with its editions by region, and the regions that have none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from app.events.models import EventSeries
from app.events.rules import Filter, Kind
from app.feeds.presenters import Subscription, subscription
from app.kernel.texts import Wording
from app.network.models import Programme
from app.site import queries
from app.site.presenters.lines import Details, EventLine, event_line


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLine:
    """A region and its editions; none yet where the list is empty. ``name`` is None for editions without a region."""

    name: Wording | None
    editions: list[tuple[str, EventLine]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    slug: str
    kind: Kind
    title: Wording
    project: tuple[str, str] | None
    programme: Programme | None
    regions: list[RegionLine]
    last: EventLine | None  # the latest one that was held, or would have been
    next_url: str  # leads to the next edition, whichever that is
    subscription: Subscription


def series_page(series: EventSeries, now: datetime, language: str) -> SeriesPage:
    """Every region that the series is meant for, or that had an edition."""
    rows = queries.editions(series.id)
    details = Details.of([row.id for row in rows])
    names = {planned.region_code: planned.region.name for planned in series.regions}
    names |= {row.region_code: row.region_name for row in rows if row.region_code}
    editions: dict[str | None, list[tuple[str, EventLine]]] = {code: [] for code in names}
    last: EventLine | None = None
    for row in rows:
        line = event_line(row, details, now, language)
        last = line if line.is_over else last
        editions.setdefault(row.region_code, []).append((row.edition_label or "", line))
    title = series.title.wording(language)
    return SeriesPage(
        slug=series.slug,
        kind=series.kind,
        title=title,
        project=(f"/projects/{series.project.slug}", series.project.acronym) if series.project else None,
        programme=series.project.programme if series.project else None,
        regions=[
            RegionLine(name=names[code].wording(language) if code else None, editions=lines)
            for code, lines in editions.items()
        ],
        last=last,
        next_url=f"{current_app.config['FILO'].public_url}/series/{series.slug}/next",
        subscription=subscription(Filter(series=series.slug), name=_("%(name)s: events", name=title.text)),
    )
