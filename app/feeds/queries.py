from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem, AgendaPerson, Stop
from app.calendars.calendar import BEGIN
from app.events.models import Event, EventLanguage, EventOrganisation, EventPerson, EventSeries
from app.events.queries import conditions, phase_ids
from app.events.rules import LONGEST, Filter
from app.feeds.models import EntryCollections, FeedWindow, MissingEntry, RenderedEntry
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Country, Organisation, Phase, Project, Sector, ThematicGroup
from app.venues.models import Room, Venue

_FRESH = {"populate_existing": True}  # a verb may have set ids without the rows that they name


def hold(event_ids: Sequence[int]) -> None:
    """Hold events, in the order in which everybody holds several, before anything of them is read to be raised."""
    db.session.execute(select(Event.id).where(Event.id.in_(event_ids)).order_by(Event.id).with_for_update())


def event_to_render(event_id: int) -> Event | None:
    """The event with all that its entries and its collections are made of."""
    query = (
        select(Event)
        .where(Event.id == event_id)
        .options(
            joinedload(Event.venue),
            joinedload(Event.series),
            joinedload(Event.project).joinedload(Project.programme),
            selectinload(Event.sectors),
            selectinload(Event.groups),
            selectinload(Event.languages),
            selectinload(Event.organisations).joinedload(EventOrganisation.organisation),
            selectinload(Event.persons).options(joinedload(EventPerson.person), joinedload(EventPerson.organisation)),
        )
    )
    return db.session.scalar(query, execution_options=_FRESH)


def items_to_render(event_id: int) -> Sequence[AgendaItem]:
    query = (
        select(AgendaItem)
        .where(AgendaItem.event_id == event_id)
        .order_by(AgendaItem.id)
        .options(
            joinedload(AgendaItem.room).joinedload(Room.venue),
            joinedload(AgendaItem.stop).options(joinedload(Stop.venue), joinedload(Stop.host)),
            joinedload(AgendaItem.leg),
            selectinload(AgendaItem.persons).options(
                joinedload(AgendaPerson.person), joinedload(AgendaPerson.organisation)
            ),
        )
    )
    return db.session.scalars(query, execution_options=_FRESH).all()


def rendered(event_id: int) -> dict[tuple[str, str], RenderedEntry]:
    """What stands of an event, by uid and language."""
    rows = db.session.scalars(select(RenderedEntry).where(RenderedEntry.event_id == event_id), execution_options=_FRESH)
    return {(row.uid, row.lang): row for row in rows}


def last_change(event_id: int) -> datetime:
    """When an event last changed, though nothing else of it may be readable."""
    return db.session.scalars(select(Event.content_changed_at).where(Event.id == event_id)).one()


def missing_entries(event_id: int, *, token_id: int | None = None) -> Sequence[MissingEntry]:
    """What of an event could not be made, for the public calendars or for a personal one."""
    of_calendar = MissingEntry.token_id.is_not_distinct_from(token_id)
    query = select(MissingEntry).where(MissingEntry.event_id == event_id, of_calendar)
    return db.session.scalars(query.order_by(MissingEntry.id)).all()


def events_missing_in(token_id: int) -> Sequence[int]:
    """Events of which a personal calendar lacks something."""
    return db.session.scalars(select(MissingEntry.event_id).where(MissingEntry.token_id == token_id).distinct()).all()


def missing_since(event_ids: Collection[int] | None = None) -> dict[int, datetime]:
    """Which of some events, or of all, calendars cannot show in whole, and since when."""
    query = select(MissingEntry.event_id, func.min(MissingEntry.since)).group_by(MissingEntry.event_id)
    if event_ids is not None:
        query = query.where(MissingEntry.event_id.in_(event_ids))
    return {row[0]: row[1] for row in db.session.execute(query.order_by(MissingEntry.event_id))}


def missing_events() -> Sequence[Row[int, str, Texts, datetime]]:
    """Every event that calendars cannot show in whole: id, slug, title, and since when."""
    query = (
        select(Event.id, Event.slug, Event.title, func.min(MissingEntry.since).label("since"))
        .join(MissingEntry, MissingEntry.event_id == Event.id)
        .group_by(Event.id)
        .order_by(func.min(MissingEntry.since), Event.id)
    )
    return db.session.execute(query).all()


def events_with_missing_entries() -> Sequence[int]:
    query = select(MissingEntry.event_id).where(MissingEntry.token_id.is_(None)).distinct()
    return db.session.scalars(query.order_by(MissingEntry.event_id)).all()


def zones_in_use() -> Sequence[str]:
    """The names of zones that entries refer to, by blanks as they are stored."""
    return db.session.scalars(select(RenderedEntry.zones).distinct()).all()


def events_with_unsound_entries(zones: Collection[str]) -> Sequence[int]:
    """Events with entries that refer to some zones, or whose bytes are no VEVENT."""
    begins = func.substr(RenderedEntry.body, 1, len(BEGIN))
    query = select(RenderedEntry.event_id).where(or_(RenderedEntry.zones.in_(zones), begins != BEGIN)).distinct()
    return db.session.scalars(query.order_by(RenderedEntry.event_id)).all()


def entry_collections(event_id: int) -> EntryCollections | None:
    return db.session.get(EntryCollections, event_id, populate_existing=True)


def window() -> FeedWindow | None:
    return db.session.get(FeedWindow, 1, populate_existing=True)


def lock_window() -> FeedWindow | None:
    return db.session.get(FeedWindow, 1, populate_existing=True, with_for_update=True)


def edge() -> date | None:
    """The day from which feeds show entries; None before the first move of the window."""
    found = window()
    return found.edge if found else None


def events_over_before(moment: datetime) -> Sequence[int]:
    """Events with entries that ended before a moment."""
    query = select(RenderedEntry.event_id).where(RenderedEntry.ends_at < moment).distinct()
    return db.session.scalars(query.order_by(RenderedEntry.event_id)).all()


def events_with_entries_at(venue_id: int) -> Sequence[int]:
    """Events in feeds that are held at a venue, or stop there."""
    stops = select(AgendaItem.event_id).join(Stop, Stop.item_id == AgendaItem.id).where(Stop.venue_id == venue_id)
    query = select(Event.id).where(
        or_(Event.venue_id == venue_id, Event.id.in_(stops)),
        exists().where(RenderedEntry.event_id == Event.id),
    )
    return db.session.scalars(query.order_by(Event.id)).all()


def events_with_entries_in(sector_id: str) -> Sequence[int]:
    """Events in feeds that belong to a sector."""
    query = select(Event.id).where(
        Event.sectors.any(Sector.id == sector_id), exists().where(RenderedEntry.event_id == Event.id)
    )
    return db.session.scalars(query.order_by(Event.id)).all()


def events_with_entries_naming(*, person_id: int | None = None, organisation_id: int | None = None) -> Sequence[int]:
    """Events in feeds whose entries may name a person, or an organisation."""
    if person_id:
        at_event = select(EventPerson.event_id).where(EventPerson.person_id == person_id)
        on_agenda = select(AgendaItem.event_id).join(AgendaPerson).where(AgendaPerson.person_id == person_id)
        named = at_event.union(on_agenda)
    else:
        partaking = select(EventOrganisation.event_id).where(EventOrganisation.organisation_id == organisation_id)
        then = select(EventPerson.event_id).where(EventPerson.organisation_id == organisation_id)
        speaking = select(AgendaItem.event_id).join(AgendaPerson).where(AgendaPerson.organisation_id == organisation_id)
        hosting = select(AgendaItem.event_id).join(Stop).where(Stop.host_id == organisation_id)
        named = partaking.union(then, speaking, hosting)
    query = select(Event.id).where(Event.id.in_(named), exists().where(RenderedEntry.event_id == Event.id))
    return db.session.scalars(query.order_by(Event.id)).all()


def events_rendered_before(renderer: int, *, most: int) -> Sequence[int]:
    """Events with entries that an older renderer made."""
    query = select(RenderedEntry.event_id).where(RenderedEntry.renderer < renderer).distinct()
    return db.session.scalars(query.order_by(RenderedEntry.event_id).limit(most)).all()


def events_to_render() -> Sequence[int]:
    """Every event that stands in feeds, or should."""
    shown = select(RenderedEntry.event_id)
    return db.session.scalars(select(Event.id).where(or_(Event.on_lists, Event.id.in_(shown))).order_by(Event.id)).all()


def entries(filter: Filter, lang: str, *, sessions: bool) -> Sequence[Row[str, str, bytes]]:
    """Uid, zones and bytes of what a feed shows, in its order, in one query."""
    columns = (RenderedEntry.uid, RenderedEntry.zones, RenderedEntry.body)
    return db.session.execute(_entries(filter, lang, sessions, *columns)).all()


def coming(filter: Filter, lang: str, now: datetime, *, sessions: bool, limit: int) -> Sequence[Row[Any]]:
    """The entries of a feed that come next or go on, as it holds them: bytes, zone of the event, its kind and slug.

    Of parts of the agenda only those that have not begun; what was called off stands there as in calendars.
    """
    comes = and_(RenderedEntry.starts_at >= now - LONGEST, RenderedEntry.ends_at >= now)
    if sessions:
        comes = or_(RenderedEntry.starts_at >= now, and_(RenderedEntry.is_session.is_(False), comes))
    return db.session.execute(
        _entries(filter, lang, sessions, RenderedEntry.body, Event.timezone, Event.kind, Event.slug)
        .where(comes)
        .limit(limit)
    ).all()


def _entries(filter: Filter, lang: str, sessions: bool, *columns: Any) -> Select[Any]:
    """What a feed shows, in its order."""
    query = (
        select(*columns)
        .join(Event, Event.id == RenderedEntry.event_id)
        .where(RenderedEntry.lang == lang, Event.on_lists, *conditions(filter))
        .order_by(RenderedEntry.starts_at, RenderedEntry.uid)
    )
    return query if sessions else query.where(RenderedEntry.is_session.is_(False))


def names(filter: Filter) -> dict[str, Any]:
    """What the parts of a filter are called, by part, in one query; empty where there is no such thing.

    Names are Texts, or plain text where a thing has one name only. The kind and the free text are not looked up.
    """
    parts = [(name, _name(name, value)) for name, value in filter.parts().items() if name not in {"kind", "q"}]
    if not parts:
        return {}
    row = db.session.execute(select(*(query.scalar_subquery().label(f"of_{name}") for name, query in parts))).one()
    return {name: value for (name, _query), value in zip(parts, row, strict=True)}


def _name(part: str, value: str) -> Select[Any]:
    queries: dict[str, Select[Any]] = {
        "sector": select(Sector.name).where(Sector.id == value),
        "group": select(ThematicGroup.name).where(ThematicGroup.slug == value),
        "project": select(Project.acronym).where(Project.slug == value),
        "phase": select(Phase.name).where(Phase.id.in_(phase_ids(value))),
        "country": select(Country.name).where(Country.code == value),
        "place": select(Venue.city).where(Venue.city == value).limit(1),
        "language": select(EventLanguage.language).where(EventLanguage.language == value).limit(1),
        "venue": select(Venue.name).where(Venue.slug == value),
        "organisation": select(Organisation.name).where(Organisation.slug == value),
        "series": select(EventSeries.title).where(EventSeries.slug == value),
        "event": select(Event.title).where(Event.slug == value, Event.on_lists),
    }
    return queries[part]
