from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, bindparam, false, func, inspect, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.events.errors import EventNotFound, SeriesNotFound
from app.events.models import (
    Event,
    EventLanguage,
    EventOrganisation,
    EventPerson,
    EventSeries,
    EventStep,
    RegionalCopy,
    SeriesRegion,
    event_group,
    event_sector,
)
from app.events.rules import ORGANISING, Filter, Format, Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Affiliation, Organisation, Person, Phase, Project, Region, Sector, ThematicGroup
from app.search.queries import refs
from app.venues.models import Venue


def event_id(slug: str) -> int:
    """Raises EventNotFound."""
    found = db.session.scalar(select(Event.id).where(Event.slug == slug))
    if found is None:
        raise EventNotFound(slug=slug)
    return found


def event(event_id: int) -> Event:
    """The event with what its rules ask about; raises EventNotFound."""
    found = db.session.get(Event, event_id)
    if found is None:
        raise EventNotFound(event_id=event_id)
    return found


_PARTS = (
    selectinload(Event.sectors),
    selectinload(Event.organisations).joinedload(EventOrganisation.organisation),
    selectinload(Event.persons).options(joinedload(EventPerson.person), joinedload(EventPerson.organisation)),
)
_WHOLE = (
    joinedload(Event.venue).joinedload(Venue.country),
    joinedload(Event.region),
    joinedload(Event.series),
    joinedload(Event.phase),
    joinedload(Event.project).joinedload(Project.programme),
    selectinload(Event.groups),
    selectinload(Event.languages),
    *_PARTS,
)
FORM_NEEDS = (
    joinedload(Event.venue).joinedload(Venue.country),
    joinedload(Event.project).joinedload(Project.programme),
)
# every visit of an event begins with one of these: putting them together would take longer than running them
_WITH_VENUE = select(Event).where(Event.slug == bindparam("slug")).options(*FORM_NEEDS)
_FOR_PAGE = select(Event).where(Event.slug == bindparam("slug")).options(*_WHOLE)


def event_with_venue(slug: str) -> Event:
    """The event as its forms show it: with place and programme, and nothing else. Raises EventNotFound."""
    found = db.session.scalar(_WITH_VENUE, {"slug": slug})
    if found is None:
        raise EventNotFound(slug=slug)
    return found


def event_for_page(slug: str) -> Event:
    """The event with everything that its page shows, in a fixed number of queries; raises EventNotFound."""
    found = db.session.scalar(_FOR_PAGE, {"slug": slug})
    if found is None:
        raise EventNotFound(slug=slug)
    return found


def load_parts(event: Event) -> None:
    """Fetch, in a fixed number of queries, who has a part in an event that was loaded without them."""
    if {"organisations", "persons", "sectors"} & inspect(event).unloaded:
        db.session.scalar(select(Event).where(Event.id == event.id).options(*_PARTS))


def whole_event(event_id: int) -> Event:
    """As :func:`event_for_page`, by id; raises EventNotFound."""
    found = db.session.scalar(select(Event).where(Event.id == event_id).options(*_WHOLE))
    if found is None:
        raise EventNotFound(event_id=event_id)
    return found


def lock_event(event_id: int) -> Event:
    """Load an event and hold it, so that two who change it come one after the other; raises EventNotFound."""
    found = db.session.scalar(
        select(Event).where(Event.id == event_id).with_for_update(), execution_options={"populate_existing": True}
    )
    if found is None:
        raise EventNotFound(event_id=event_id)
    return found


def conditions(filter: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks of an event. Lists and feeds both use this, so that one shows what the other does."""
    return [_ASKS[part](value) for part, value in filter.parts().items()]


def phase_ids(code: str) -> Select[int]:
    """The phase that a filter names as ``<project slug>.<number>``, as a subquery."""
    slug, _dot, number = code.rpartition(".")
    is_it = Phase.number == int(number) if number.isascii() and number.isdigit() and len(number) < 4 else false()
    return select(Phase.id).join(Project, Project.id == Phase.project_id).where(Project.slug == slug, is_it)


def _within(ids: Select[int]) -> ColumnElement[bool]:
    # a set of ids and not EXISTS: for a rare value EXISTS would walk through every event there is
    return Event.id.in_(ids)


_ASKS: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "kind": lambda kind: Event.kind == kind,
    "country": lambda code: Event.country_code == code,
    "sector": lambda id: _within(select(event_sector.c.event_id).where(event_sector.c.sector_id == id)),
    "group": lambda slug: _within(select(event_group.c.event_id).join(ThematicGroup).where(ThematicGroup.slug == slug)),
    "project": lambda slug: Event.project_id.in_(select(Project.id).where(Project.slug == slug)),
    "phase": lambda code: Event.phase_id.in_(phase_ids(code)),
    "place": lambda city: Event.venue_id.in_(select(Venue.id).where(Venue.city == city)),
    "language": lambda code: _within(select(EventLanguage.event_id).where(EventLanguage.language == code)),
    "q": lambda words: _within(refs("event", words)),
    "venue": lambda slug: Event.venue_id.in_(select(Venue.id).where(Venue.slug == slug)),
    "organisation": lambda slug: _within(
        select(EventOrganisation.event_id).join(Organisation).where(Organisation.slug == slug)
    ),
    "series": lambda slug: Event.series_id.in_(select(EventSeries.id).where(EventSeries.slug == slug)),
    "event": lambda slug: Event.slug == slug,
}


def memberships(event: Event) -> dict[str, list[str]]:
    """The values under which an event is found, by the names of the filter's parts."""
    return {
        "event": [event.slug],
        "kind": [event.kind],
        "country": [event.country_code or ""],
        "sector": [sector.id for sector in event.sectors],
        "group": [group.slug for group in event.groups],
        "project": [event.project.slug] if event.project else [],
        "phase": [f"{event.project.slug}.{event.phase.number}"] if event.project and event.phase else [],
        "place": [event.venue.city] if event.venue else [],
        "venue": [event.venue.slug] if event.venue else [],
        "language": [spoken.language for spoken in event.languages],
        "organisation": [part.organisation.slug for part in event.organisations],
        "series": [event.series.slug] if event.series else [],
    }


def over_but_not_held(now: datetime) -> Sequence[int]:
    """Published events whose end has passed."""
    return db.session.scalars(
        select(Event.id).where(Event.status == Status.PUBLISHED, Event.ends_at <= now).order_by(Event.id)
    ).all()


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(Event.id).where(Event.slug == slug)) is not None


def series_slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(EventSeries.id).where(EventSeries.slug == slug)) is not None


def steps(event_id: int) -> Sequence[EventStep]:
    """The life of an event so far, oldest first."""
    return db.session.scalars(select(EventStep).where(EventStep.event_id == event_id).order_by(EventStep.id)).all()


def venue(venue_id: int) -> Venue | None:
    return db.session.get(Venue, venue_id)


def region(code: str) -> Region | None:
    return db.session.get(Region, code)


def project(project_id: int) -> Project | None:
    return db.session.get(Project, project_id)


def phase(phase_id: int) -> Phase | None:
    return db.session.get(Phase, phase_id)


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def present_organisation(person_id: int) -> int | None:
    """Where a person works now; the latest where there are several."""
    return db.session.scalar(
        select(Affiliation.organisation_id)
        .where(Affiliation.person_id == person_id, Affiliation.until.is_(None))
        .order_by(Affiliation.since.desc().nulls_last(), Affiliation.id.desc())
        .limit(1)
    )


def sectors(ids: Iterable[str]) -> Sequence[Sector]:
    return db.session.scalars(select(Sector).where(Sector.id.in_(ids)).order_by(Sector.position)).all()


def groups(ids: Iterable[int]) -> Sequence[ThematicGroup]:
    return db.session.scalars(
        select(ThematicGroup).where(ThematicGroup.id.in_(ids)).order_by(ThematicGroup.position)
    ).all()


def series_of_id(series_id: int) -> EventSeries | None:
    return db.session.get(EventSeries, series_id)


def series(slug: str) -> EventSeries:
    """The series with its planned regions; raises SeriesNotFound."""
    found = db.session.scalar(
        select(EventSeries)
        .where(EventSeries.slug == slug)
        .options(
            joinedload(EventSeries.project).joinedload(Project.programme),
            selectinload(EventSeries.regions).joinedload(SeriesRegion.region),
        )
    )
    if found is None:
        raise SeriesNotFound(slug=slug)
    return found


def organisers_of_series(series_id: int) -> frozenset[int]:
    """The organisers and co-organisers of all editions, drafts included."""
    return frozenset(
        db.session.scalars(
            select(EventOrganisation.organisation_id)
            .join(Event, Event.id == EventOrganisation.event_id)
            .where(Event.series_id == series_id, EventOrganisation.role.in_(ORGANISING))
        )
    )


def managed_series(organiser_ids: frozenset[int] | None) -> Sequence[Row[str, Texts, int]]:
    """Slug, title and number of editions of the series that managers of these organisations edit; None: of all."""
    query = (
        select(EventSeries.slug, EventSeries.title, func.count(Event.id).label("editions"))
        .outerjoin(Event, Event.series_id == EventSeries.id)
        .group_by(EventSeries.id)
        .order_by(EventSeries.slug)
    )
    if organiser_ids is not None:
        own = managed(organiser_ids).with_only_columns(Event.series_id).where(Event.series_id.is_not(None))
        query = query.having(or_(EventSeries.id.in_(own), func.count(Event.id) == 0))
    return db.session.execute(query).all()


def editions_managed(series_id: int, organiser_ids: frozenset[int] | None) -> Sequence[Event]:
    """Editions in whatever state that managers of these organisations manage, newest first; None: all."""
    return db.session.scalars(
        managed(organiser_ids)
        .where(Event.series_id == series_id)
        .options(joinedload(Event.venue).joinedload(Venue.country))
        .order_by(Event.starts_at.desc(), Event.id.desc())
    ).all()


def edition_ids(series_id: int) -> Sequence[int]:
    """Every edition, whatever its state."""
    return db.session.scalars(select(Event.id).where(Event.series_id == series_id).order_by(Event.id)).all()


def editions(series_id: int) -> Sequence[Event]:
    """The editions of a series that stand on lists, oldest first."""
    return db.session.scalars(
        select(Event)
        .where(Event.series_id == series_id, Event.on_lists)
        .options(joinedload(Event.region), joinedload(Event.venue))
        .order_by(Event.starts_at, Event.id)
    ).all()


def template_of(event_id: int) -> Event | None:
    """The event that a regional copy was made from; None for any other event."""
    query = select(Event).join(RegionalCopy, RegionalCopy.template_id == Event.id)
    return db.session.scalar(query.where(RegionalCopy.event_id == event_id))


def regional_copies(template_id: int) -> Sequence[tuple[Event, Organisation, RegionalCopy]]:
    """The copies that were made from a template, with who runs each, in the order of time."""
    rows = db.session.execute(
        select(Event, Organisation, RegionalCopy)
        .join(RegionalCopy, RegionalCopy.event_id == Event.id)
        .join(Organisation, Organisation.id == RegionalCopy.partner_id)
        .where(RegionalCopy.template_id == template_id)
        .options(*FORM_NEEDS, joinedload(Event.region))
        .order_by(Event.starts_at, Event.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def regional_copy(event_id: int) -> RegionalCopy | None:
    return db.session.get(RegionalCopy, event_id)


def follows_questions(event_id: int) -> bool:
    """Whether it is a regional copy that takes over what its template asks."""
    copy = regional_copy(event_id)
    return copy is not None and copy.follows_questions


def count_following(template_id: int) -> int:
    """How many regional copies take over what a template asks."""
    query = select(func.count()).where(RegionalCopy.template_id == template_id, RegionalCopy.follows_questions)
    return db.session.scalar(query) or 0


def following_copies(template_id: int) -> Sequence[Event]:
    """Regional copies of a template that were never published, locked: they take over what it asks."""
    query = (
        select(Event)
        .join(RegionalCopy, RegionalCopy.event_id == Event.id)
        .where(RegionalCopy.template_id == template_id, RegionalCopy.follows_questions)
    )
    held = query.order_by(Event.id).with_for_update(of=Event)  # nobody publishes one meanwhile
    return db.session.scalars(held, execution_options={"populate_existing": True}).all()


def at_venue(venue_id: int) -> Sequence[int]:
    """Every event at a venue, whatever its state."""
    return db.session.scalars(select(Event.id).where(Event.venue_id == venue_id).order_by(Event.id)).all()


def coming_at_venue(venue_id: int, now: datetime) -> Sequence[Event]:
    """Events that were ever out, are not over and lead people to a venue, locked in the order of their ids."""
    query = select(Event).where(
        Event.venue_id == venue_id,
        Event.status.in_((Status.PUBLISHED, Status.POSTPONED, Status.CALLED_OFF)),
        Event.format != Format.ONLINE,
        Event.ends_at > now,
    )
    return db.session.scalars(
        query.order_by(Event.id).with_for_update(of=Event), execution_options={"populate_existing": True}
    ).all()


def of_organisation(organisation_id: int) -> Sequence[int]:
    """Every event in which an organisation has a part, whatever its state."""
    return db.session.scalars(
        select(EventOrganisation.event_id)
        .where(EventOrganisation.organisation_id == organisation_id)
        .distinct()
        .order_by(EventOrganisation.event_id)
    ).all()


def of_person(person_id: int) -> Sequence[int]:
    """Every event in which a person has a part, whatever its state."""
    return db.session.scalars(
        select(EventPerson.event_id).where(EventPerson.person_id == person_id).distinct().order_by(EventPerson.event_id)
    ).all()


def in_sector(sector_id: str) -> Sequence[int]:
    """Every event of a sector, whatever its state."""
    return db.session.scalars(
        select(event_sector.c.event_id).where(event_sector.c.sector_id == sector_id).order_by(event_sector.c.event_id)
    ).all()


def of_project(project_id: int) -> Sequence[int]:
    """Every event of a project, whatever its state."""
    return db.session.scalars(select(Event.id).where(Event.project_id == project_id).order_by(Event.id)).all()


def managed(organiser_ids: frozenset[int] | None) -> Select[Event]:
    """Events that managers of these organisations manage; None means every event."""
    query = select(Event)
    if organiser_ids is None:
        return query
    return query.where(
        Event.id.in_(
            select(EventOrganisation.event_id).where(
                EventOrganisation.organisation_id.in_(organiser_ids), EventOrganisation.role.in_(ORGANISING)
            )
        )
    )


def latest_managed(organiser_ids: frozenset[int] | None, *, limit: int = 200) -> Sequence[Event]:
    """What a new edition may be a copy of, newest first."""
    query = managed(organiser_ids).order_by(Event.starts_at.desc(), Event.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def venue_choices() -> Sequence[Row[int, Texts, str, str]]:
    return db.session.execute(
        select(Venue.id, Venue.name, Venue.city, Venue.timezone).order_by(Venue.city, Venue.id)
    ).all()


def project_choices() -> Sequence[Row[int, str]]:
    return db.session.execute(select(Project.id, Project.acronym).order_by(Project.acronym)).all()


def phase_choices() -> Sequence[Row[int, str, Texts]]:
    return db.session.execute(
        select(Phase.id, Project.acronym, Phase.name)
        .join(Project, Phase.project_id == Project.id)
        .order_by(Project.acronym, Phase.number)
    ).all()


def group_choices() -> Sequence[Row[int, Texts]]:
    return db.session.execute(
        select(ThematicGroup.id, ThematicGroup.name).order_by(ThematicGroup.project_id, ThematicGroup.position)
    ).all()


def series_choices() -> Sequence[Row[int, Texts]]:
    return db.session.execute(select(EventSeries.id, EventSeries.title).order_by(EventSeries.slug)).all()


def person_choices() -> Sequence[Row[int, str, str]]:
    return db.session.execute(
        select(Person.id, Person.given_name, Person.family_name).order_by(Person.family_name, Person.given_name)
    ).all()
