from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, or_, select

from app.caldav.rules import LIST_PARTS
from app.caldav.vevents import Entry
from app.calendars.calendar import is_sound
from app.changes.models import Change, Collection
from app.changes.rules import stored_key
from app.events.models import Event
from app.events.queries import conditions
from app.events.rules import Filter
from app.feeds.models import RenderedEntry
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Project, Sector, ThematicGroup
from app.personal.models import AgendaEntry

_A_DAY = timedelta(days=1)  # whole days float, so they are asked for a little wider
_MOST_AT_ONCE = 500


def collections_of_lists() -> Sequence[Row[str, int, datetime]]:
    """Key, version and last change of every public list that has, or had, events."""
    parts = [Collection.key.startswith(f"{part}:", autoescape=True) for part in LIST_PARTS]
    query = select(Collection.key, Collection.version, Collection.changed_at)
    return db.session.execute(query.where(or_(Collection.key == "all", *parts)).order_by(Collection.key)).all()


def names_of_lists() -> Mapping[str, Texts | str]:
    """What lists are called, by their key; kinds have words of their own."""
    sectors = db.session.execute(select(Sector.id, Sector.name)).all()
    groups = db.session.execute(select(ThematicGroup.slug, ThematicGroup.name)).all()
    projects = db.session.execute(select(Project.slug, Project.acronym)).all()
    return {
        **{f"sector:{row.id}": row.name for row in sectors},
        **{f"group:{row.slug}": row.name for row in groups},
        **{f"project:{row.slug}": row.acronym for row in projects},
    }


def entries_of_list(
    filter: Filter,
    lang: str,
    *,
    uids: Some[str] | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[Entry]:
    """Events of a list, narrowed to some uids or to about a time."""
    query = (
        select(
            RenderedEntry.uid,
            RenderedEntry.zones,
            RenderedEntry.body,
            RenderedEntry.starts_at,
            RenderedEntry.ends_at,
        )
        .join(Event, Event.id == RenderedEntry.event_id)
        .where(RenderedEntry.lang == lang, RenderedEntry.is_session.is_(False), Event.on_lists, *conditions(filter))
        .order_by(RenderedEntry.starts_at, RenderedEntry.uid)
    )
    if start:
        query = query.where(RenderedEntry.ends_at > start - _A_DAY)
    if end:
        query = query.where(RenderedEntry.starts_at < end + _A_DAY)
    return _entries(query, RenderedEntry.uid, uids)


def changed_in(key: str, since: int) -> Sequence[str]:
    """Uids that were added to a collection, changed in it or left it after a version, each once."""
    query = select(Change.uid, Change.collections).where(Change.version > since).order_by(Change.id)
    name = stored_key(key)
    return list(dict.fromkeys(row.uid for row in db.session.execute(query) if name in row.collections))


def sessions_among(uids: Some[str]) -> set[str]:
    """Those of the uids that are parts of an agenda: they are entries of feeds that ask for them only."""
    query = select(RenderedEntry.uid).where(RenderedEntry.uid.in_(uids), RenderedEntry.is_session)
    return set(db.session.scalars(query))


def entries_of_agenda(
    token_id: int, *, uids: Some[str] | None = None, start: datetime | None = None, end: datetime | None = None
) -> list[Entry]:
    """What a personal calendar shows, narrowed likewise."""
    query = (
        select(AgendaEntry.uid, AgendaEntry.zones, AgendaEntry.body, AgendaEntry.starts_at, AgendaEntry.ends_at)
        .where(AgendaEntry.token_id == token_id, AgendaEntry.removed_at.is_(None))
        .order_by(AgendaEntry.starts_at, AgendaEntry.uid)
    )
    if start:
        query = query.where(AgendaEntry.ends_at > start - _A_DAY)
    if end:
        query = query.where(AgendaEntry.starts_at < end + _A_DAY)
    return _entries(query, AgendaEntry.uid, uids)


def changed_in_agenda(token_id: int, since: int) -> Sequence[str]:
    """Uids that came, changed or left after a version."""
    query = select(AgendaEntry.uid).where(AgendaEntry.token_id == token_id, AgendaEntry.version > since)
    return db.session.scalars(query.order_by(AgendaEntry.version, AgendaEntry.uid)).all()


def _entries(query: Select[str, str, bytes, datetime, datetime], column: object, uids: Some[str] | None) -> list[Entry]:
    if uids is None:
        return [Entry(*row) for row in db.session.execute(query) if is_sound(row.zones, row.body)]
    wanted = sorted(uids)  # databases take only so many values at once
    slices = (wanted[place : place + _MOST_AT_ONCE] for place in range(0, len(wanted), _MOST_AT_ONCE))
    rows = (row for some in slices for row in db.session.execute(query.where(column.in_(some))))  # type: ignore[attr-defined]
    return [Entry(*row) for row in rows if is_sound(row.zones, row.body)]
