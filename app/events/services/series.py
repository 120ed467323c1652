"""Series of events, one edition a region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, count

from app.audit import services as audit
from app.events import queries
from app.events.errors import MayNotManage, UnknownChoice
from app.events.models import EventSeries, SeriesRegion
from app.events.permissions import may_create
from app.events.rules import Kind
from app.kernel.db import db, transactional
from app.kernel.ids import slugify
from app.kernel.texts import Texts
from app.network.actors import Actor


@transactional
def create_series(
    *,
    title: Texts,
    kind: Kind,
    actor: Actor,
    now: datetime,
    project_id: int | None = None,
    region_codes: Iterable[str] = (),
) -> int:
    """Make a series, with the regions in which editions are planned; gives its id.

    Raises MayNotManage, UnknownChoice.
    """
    if not may_create(actor):
        raise MayNotManage
    series = EventSeries(slug=_free_slug(title, kind), title=title, kind=kind, project_id=project_id)
    db.session.add(series)
    db.session.flush()
    _plan(series, region_codes)
    audit.note("series_created", subject=f"series:{series.slug}", account_id=actor.account_id, now=now)
    return series.id


@transactional
def plan_regions(slug: str, *, region_codes: Iterable[str], actor: Actor, now: datetime) -> None:
    """Say in which regions editions are meant to be held. Raises SeriesNotFound, MayNotManage, UnknownChoice."""
    if not actor.is_administrator:
        raise MayNotManage
    series = queries.series(slug)
    _plan(series, region_codes)
    audit.note("series_planned", subject=f"series:{series.slug}", account_id=actor.account_id, now=now)


def _plan(series: EventSeries, region_codes: Iterable[str]) -> None:
    standing = {planned.region_code: planned for planned in series.regions}
    codes = list(dict.fromkeys(region_codes))
    if any(queries.region(code) is None for code in codes):
        raise UnknownChoice(field="region_codes")
    series.regions = [standing.get(code) or SeriesRegion(region_code=code) for code in codes]


def _free_slug(title: Texts, kind: Kind) -> str:
    base = slugify(title.wording("en").text) or slugify(kind.replace("_", " "))
    candidates = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in candidates if not queries.series_slug_is_taken(slug))
