"""Reads for the public pages: columns instead of entities where many events are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, tuple_

from app.changes.models import Collection
from app.changes.rules import PAGES
from app.events.models import Event, EventLanguage, EventOrganisation, event_sector
from app.events.queries import conditions
from app.events.rules import LONGEST, Audience, Filter, Status
from app.kernel.dates import DatePrecision
from app.kernel.db import Base, db
from app.kernel.texts import Texts
from app.network.models import (
    Country,
    Organisation,
    OrganisationTypeRow,
    Person,
    Phase,
    Project,
    Region,
    Sector,
    ThematicGroup,
)
from app.practices.models import Practice, PracticeUse
from app.site.rules import Cursor, When
from app.venues.models import Venue

LINE = (
    Event.id,
    Event.slug,
    Event.kind,
    Event.format,
    Event.audience,
    Event.status,
    Event.title,
    Event.starts_at,
    Event.ends_at,
    Event.timezone,
    Event.date_precision,
    Event.country_code,
    Venue.name.label("venue_name"),
    Venue.city,
)
Line = Any  # a row with the columns of LINE


# asked for by every request: built once, of the table and not of the entity
_COLLECTION = Base.metadata.tables[Collection.__tablename__]
_VERSION = select(_COLLECTION.c.version).where(_COLLECTION.c.key == PAGES)


def pages_version() -> int:
    """How often what public pages show has changed; 0 before anything has."""
    return db.session.execute(_VERSION).scalar() or 0


def _is_on(when: When, now: datetime) -> list[Any]:
    # nothing lasts longer than LONGEST, so the start alone bounds what is read from the index
    horizon = now - LONGEST
    if when is When.UPCOMING:
        return [Event.on_lists, Event.starts_at >= horizon, Event.ends_at >= now]
    return [Event.on_lists, Event.starts_at < now, or_(Event.ends_at < now, Event.starts_at < horizon)]


def _lines() -> Any:
    return select(*LINE).outerjoin(Venue, Venue.id == Event.venue_id)


def page_of_events(
    filter: Filter, when: When, now: datetime, *, limit: int, after: Cursor | None, before: Cursor | None
) -> list[Line]:
    """Up to ``limit`` events in the order of the list, behind one cursor or in front of the other."""
    is_reading_on = (when is When.UPCOMING) is (before is None)
    query = _lines().where(*_is_on(when, now), *conditions(filter)).limit(limit)
    if edge := before or after:
        place = tuple_(Event.starts_at, Event.id)
        here = (edge.starts_at, edge.event_id)
        query = query.where(place > here if is_reading_on else place < here)
    if is_reading_on:
        query = query.order_by(Event.starts_at, Event.id)
    else:
        query = query.order_by(Event.starts_at.desc(), Event.id.desc())
    lines = list(db.session.execute(query))
    return lines[::-1] if before else lines


def events_inside(project_id: int, *, limit: int) -> Sequence[Line]:
    """The latest internal events of a project, and those by invitation that stand on no list, with their phase.

    Who may see which of them is for the permissions to say.
    """
    return db.session.execute(
        select(*LINE, Phase.number.label("phase_number"))
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(Phase, Phase.id == Event.phase_id)
        .where(
            Event.project_id == project_id,
            ~Event.on_lists,
            Event.audience.in_([Audience.INTERNAL, Audience.INVITED]),
            Event.status != Status.DRAFT,
        )
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(limit)
    ).all()


def count_events(filter: Filter, when: When, now: datetime, *, most: int) -> int:
    """How many there are, counting no further than ``most``."""
    some = select(Event.id).where(*_is_on(when, now), *conditions(filter)).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def events_between(filter: Filter, start: datetime, end: datetime, *, limit: int) -> Sequence[Line]:
    """Events with an exact day that last into a span of time."""
    return db.session.execute(
        _lines()
        .where(
            Event.on_lists,
            Event.starts_at >= start - LONGEST,
            Event.starts_at < end,
            Event.ends_at >= start,
            Event.date_precision == DatePrecision.DAY,
            *conditions(filter),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    ).all()


def events_on_map(filter: Filter, when: When, now: datetime, *, limit: int) -> Sequence[Line]:
    """Events with the coordinates of their venue; those without stand only in the list beside the map."""
    order = (Event.starts_at, Event.id) if when is When.UPCOMING else (Event.starts_at.desc(), Event.id.desc())
    return db.session.execute(
        select(*LINE, Venue.latitude, Venue.longitude)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .where(*_is_on(when, now), *conditions(filter))
        .order_by(*order)
        .limit(limit)
    ).all()


def sectors_of(event_ids: Iterable[int]) -> dict[int, list[Texts]]:
    rows = db.session.execute(
        select(event_sector.c.event_id, Sector.name)
        .join(Sector, Sector.id == event_sector.c.sector_id)
        .where(event_sector.c.event_id.in_(list(event_ids)))
        .order_by(Sector.position)
    )
    return _gathered(rows)


def languages_of(event_ids: Iterable[int]) -> dict[int, list[str]]:
    rows = db.session.execute(
        select(EventLanguage.event_id, EventLanguage.language)
        .where(EventLanguage.event_id.in_(list(event_ids)))
        .order_by(EventLanguage.position, EventLanguage.language)
    )
    return _gathered(rows)


def _gathered(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for event_id, value in rows:
        found[event_id].append(value)
    return found


def filter_values() -> dict[str, list[tuple[str, Texts]]]:
    """What can be chosen in the filter, by the name of its part; plain names have the same text in all languages."""
    return {
        "sector": _named(select(Sector.id, Sector.name).order_by(Sector.position)),
        "group": _named(select(ThematicGroup.slug, ThematicGroup.name).order_by(ThematicGroup.position)),
        "project": [
            (slug, Texts(en=acronym, it=acronym, de=acronym))
            for slug, acronym in db.session.execute(select(Project.slug, Project.acronym).order_by(Project.acronym))
        ],
        "phase": [
            (f"{slug}.{number}", Texts({lang: f"{acronym} · {words}" for lang, words in name.items()}))
            for slug, acronym, number, name in db.session.execute(
                select(Project.slug, Project.acronym, Phase.number, Phase.name)
                .join(Phase, Phase.project_id == Project.id)
                .order_by(Project.acronym, Phase.number)
            )
        ],
        "country": _named(select(Country.code, Country.name)),
        "place": [
            (city, Texts(en=city, it=city, de=city))
            for city in db.session.scalars(select(Venue.city).distinct().order_by(Venue.city))
        ],
        "language": [(code, Texts()) for code in db.session.scalars(select(EventLanguage.language).distinct())],
    }


def _named(query: Any) -> list[tuple[str, Texts]]:
    return [(code, name) for code, name in db.session.execute(query)]


def practices_at(event_id: int) -> Sequence[Any]:
    """Published practices with the acts upon them at an event: slug, title, act."""
    return db.session.execute(
        select(Practice.slug, Practice.title, PracticeUse.act)
        .join(PracticeUse, PracticeUse.practice_id == Practice.id)
        .where(PracticeUse.event_id == event_id, Practice.is_published)
        .order_by(Practice.slug)
    ).all()


def organisations_at(event_id: int) -> Sequence[Any]:
    """Organisations with their roles at an event, their primary type and where they come from."""
    return db.session.execute(
        select(
            EventOrganisation.role,
            EventOrganisation.unnamed_heads,
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.region_code,
            Organisation.country_code,
            OrganisationTypeRow.type,
        )
        .join(Organisation, Organisation.id == EventOrganisation.organisation_id)
        .outerjoin(
            OrganisationTypeRow,
            (OrganisationTypeRow.organisation_id == Organisation.id) & OrganisationTypeRow.is_primary,
        )
        .where(EventOrganisation.event_id == event_id)
        .order_by(EventOrganisation.id)
    ).all()


def met_at(organisation_id: int, *, most_events: int = 100) -> Sequence[Any]:
    """The other organisations with a part in the latest listed events of one, a row for each event; newest first.

    An event that was called off brought nobody together.
    """
    latest = (
        select(Event.id)
        .where(
            Event.on_lists,
            Event.status != Status.CALLED_OFF,
            Event.id.in_(
                select(EventOrganisation.event_id).where(EventOrganisation.organisation_id == organisation_id)
            ),
        )
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(most_events)
        .subquery()
    )
    pairs = (
        select(EventOrganisation.event_id, EventOrganisation.organisation_id)
        .join(latest, latest.c.id == EventOrganisation.event_id)
        .where(EventOrganisation.organisation_id != organisation_id)
        .distinct()
        .subquery()
    )
    return db.session.execute(
        select(
            Organisation.slug.label("organisation_slug"),
            Organisation.name.label("organisation_name"),
            Event.slug,
            Event.title,
            Event.starts_at,
            Event.ends_at,
            Event.timezone,
            Event.date_precision,
        )
        .join(pairs, pairs.c.organisation_id == Organisation.id)
        .join(Event, Event.id == pairs.c.event_id)
        .order_by(Event.starts_at.desc(), Event.id.desc(), Organisation.name, Organisation.id)
    ).all()


def editions(series_id: int) -> Sequence[Any]:
    """The listed events of a series, the first one first, with the region each was held in."""
    return db.session.execute(
        select(*LINE, Event.region_code, Event.edition_label, Region.name.label("region_name"))
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(Region, Region.code == Event.region_code)
        .where(Event.series_id == series_id, Event.on_lists)
        .order_by(Event.starts_at, Event.id)
    ).all()


def next_edition(series_id: int, now: datetime) -> str | None:
    """The slug of the first listed edition that is to take place and is not over."""
    return db.session.scalar(
        select(Event.slug)
        .where(Event.series_id == series_id, Event.on_lists, Event.status == Status.PUBLISHED, Event.ends_at >= now)
        .order_by(Event.starts_at, Event.id)
        .limit(1)
    )


def found_events(ids: Sequence[int]) -> Sequence[Line]:
    return db.session.execute(_lines().where(Event.id.in_(ids), Event.on_lists)).all()


def found_practices(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(Practice.id, Practice.slug, Practice.title, Practice.summary).where(
            Practice.id.in_(ids), Practice.is_published
        )
    ).all()


def found_organisations(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(
            Organisation.id, Organisation.slug, Organisation.name, Organisation.city, Country.name.label("country_name")
        )
        .join(Country, Country.code == Organisation.country_code)
        .where(Organisation.id.in_(ids))
    ).all()


def found_persons(ids: Sequence[int]) -> Sequence[Person]:
    """Only those who agreed to be named on public pages."""
    return db.session.scalars(select(Person).where(Person.id.in_(ids), Person.is_public)).all()


def found_projects(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(Project.id, Project.slug, Project.acronym, Project.title).where(Project.id.in_(ids))
    ).all()


def found_groups(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(ThematicGroup.id, ThematicGroup.slug, ThematicGroup.name).where(ThematicGroup.id.in_(ids))
    ).all()


def found_venues(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(select(Venue.id, Venue.slug, Venue.name, Venue.city).where(Venue.id.in_(ids))).all()


def listed_slugs(limit: int) -> Sequence[str]:
    """The listed events that were announced last."""
    return db.session.scalars(
        select(Event.slug).where(Event.on_lists).order_by(Event.starts_at.desc(), Event.id.desc()).limit(limit)
    ).all()
