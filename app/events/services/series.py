"""Series of events, one edition a region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, count

from app.audit import services as audit
from app.events import queries
from app.events.errors import MayNotManage, SeriesTitleMissing, UnknownChoice
from app.events.facts import SeriesChanged
from app.events.models import EventSeries, SeriesRegion
from app.events.permissions import may_create, may_edit_series
from app.events.rules import Kind
from app.events.services.keeping import reindex
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import slugify
from app.kernel.texts import Texts
from app.network.actors import Actor

RESERVED = frozenset({"new"})  # a part of addresses that stands where a slug may stand


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

    Raises MayNotManage, SeriesTitleMissing, UnknownChoice.
    """
    if not may_create(actor):
        raise MayNotManage
    _check(title, project_id)
    series = new_series(title, kind, project_id=project_id)
    _plan(series, region_codes)
    audit.note("series_created", subject=f"series:{series.slug}", account_id=actor.account_id, now=now)
    return series.id


@transactional
def edit_series(
    slug: str,
    *,
    title: Texts,
    actor: Actor,
    now: datetime,
    project_id: int | None = None,
    region_codes: Iterable[str] = (),
) -> None:
    """Call a series otherwise, or plan it for other regions; its kind and its address stay.

    Raises SeriesNotFound, MayNotManage, SeriesTitleMissing, UnknownChoice.
    """
    series = editable_series(slug, actor)
    _check(title, project_id)
    was = series.title
    series.title, series.project_id = title, project_id
    _plan(series, region_codes)
    db.session.flush()
    if title != was:
        for event_id in queries.edition_ids(series.id):
            reindex(event_id)
    record(SeriesChanged(slug=slug))
    audit.note("series_edited", subject=f"series:{slug}", account_id=actor.account_id, now=now)


def editable_series(slug: str, actor: Actor) -> EventSeries:
    """Raises SeriesNotFound, MayNotManage."""
    series = queries.series(slug)
    if not may_edit_series(actor, queries.organisers_of_series(series.id)):
        raise MayNotManage
    return series


@transactional
def plan_regions(slug: str, *, region_codes: Iterable[str], actor: Actor, now: datetime) -> None:
    """Say in which regions editions are meant to be held. Raises SeriesNotFound, MayNotManage, UnknownChoice."""
    if not actor.is_administrator:
        raise MayNotManage
    series = queries.series(slug)
    _plan(series, region_codes)
    audit.note("series_planned", subject=f"series:{series.slug}", account_id=actor.account_id, now=now)


def new_series(title: Texts, kind: Kind, *, project_id: int | None) -> EventSeries:
    series = EventSeries(slug=_free_slug(title, kind), title=title, kind=kind, project_id=project_id)
    db.session.add(series)
    db.session.flush()
    return series


def _check(title: Texts, project_id: int | None) -> None:
    if not any(words.strip() for words in title.values()):
        raise SeriesTitleMissing(field="title_en")
    if project_id is not None and queries.project(project_id) is None:
        raise UnknownChoice(field="project_id")


def _plan(series: EventSeries, region_codes: Iterable[str]) -> None:
    standing = {planned.region_code: planned for planned in series.regions}
    codes = list(dict.fromkeys(region_codes))
    if any(queries.region(code) is None for code in codes):
        raise UnknownChoice(field="region_codes")
    series.regions = [standing.get(code) or SeriesRegion(region_code=code) for code in codes]


def _free_slug(title: Texts, kind: Kind) -> str:
    base = slugify(title.wording("en").text) or slugify(kind.replace("_", " "))
    candidates = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.series_slug_is_taken(slug))
