"""Keeps the entries of public calendars as their events are, and says what changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from app.agenda.models import AgendaItem, Stop
from app.changes import services as changes
from app.changes.models import ChangeKind
from app.events.models import Event
from app.events.queries import memberships
from app.events.rules import collection_keys
from app.feeds import queries
from app.feeds.entries import Rendering, renderings
from app.feeds.models import EntryCollections, FeedWindow, RenderedEntry
from app.feeds.rules import SEARCH, beginning_of, edge_on, stands_in_feeds
from app.kernel.db import db, transactional

_STAMPS = re.compile(rb"(?:DTSTAMP|LAST-MODIFIED)[:;][^\r]*\r\n")


@transactional
def refresh(event_id: int, *, now: datetime | None = None) -> None:
    """Make the entries of an event anew, write those that differ, and note what changed in every collection that
    they stand or stood in. Without ``now`` the change is as old as the event's last one."""
    event = queries.event_to_render(event_id)
    if event is None:
        return
    standing = queries.rendered(event_id)
    is_shown = stands_in_feeds(
        on_lists=event.on_lists, precision=event.date_precision, ends_at=event.ends_at, edge=queries.edge()
    )
    if not is_shown and not standing:
        return
    items = queries.items_to_render(event_id) if is_shown else []
    wanted = {(made.uid, made.lang): made for made in renderings(event, items)} if is_shown else {}
    stamp = now or max([event.content_changed_at, *(item.content_changed_at for item in items)])
    changed = _write(event, standing, wanted)
    _note(event, changed, is_shown=is_shown, now=stamp)


@transactional
def refresh_venue(venue_id: int, *, now: datetime) -> None:
    """Follow a venue that moved, or is called otherwise, to the events and stops there."""
    event_ids = queries.events_with_entries_at(venue_id)
    if not event_ids:
        return
    here = Event.id.in_(event_ids) & (Event.venue_id == venue_id)
    db.session.execute(
        update(Event).where(here).values(content_changed_at=now, sequence=Event.sequence + 1),
        execution_options={"synchronize_session": False},
    )
    stops = AgendaItem.stop.has(Stop.venue_id == venue_id) & AgendaItem.event_id.in_(event_ids)
    db.session.execute(
        update(AgendaItem).where(stops).values(content_changed_at=now, sequence=AgendaItem.sequence + 1),
        execution_options={"synchronize_session": False},
    )
    for event_id in event_ids:
        refresh(event_id, now=now)


@transactional
def refresh_sector(sector_id: str, *, now: datetime) -> None:
    """Follow a sector that is called otherwise to the entries that name it, and to its own calendar."""
    event_ids = queries.events_with_entries_in(sector_id)
    db.session.execute(
        update(Event).where(Event.id.in_(event_ids)).values(content_changed_at=now),
        execution_options={"synchronize_session": False},
    )
    for event_id in event_ids:
        refresh(event_id, now=now)
    collection_changed(f"sector:{sector_id}", now=now)


@transactional
def collection_changed(key: str, *, now: datetime) -> None:
    """A calendar carries the name of what it is of."""
    changes.touch({key, SEARCH}, now=now)


@transactional
def move_window(now: datetime) -> None:
    """Move the window's edge to KEPT before today (UTC) and drop what ended before it."""
    edge = edge_on(now.date())
    window = queries.lock_window()
    if window is None:
        db.session.add(FeedWindow(id=1, edge=edge))
    elif window.edge >= edge:
        return
    else:
        window.edge = edge
    db.session.flush()
    for event_id in queries.events_over_before(beginning_of(edge)):
        refresh(event_id, now=now)


@transactional
def search_changed(now: datetime) -> None:
    """Free text may match other events now."""
    changes.touch({SEARCH}, now=now)


def _write(
    event: Event, standing: Mapping[tuple[str, str], RenderedEntry], wanted: Mapping[tuple[str, str], Rendering]
) -> dict[str, ChangeKind]:
    """Write what differs; what changed, by uid."""
    changed: dict[str, ChangeKind] = {}
    for key, made in wanted.items():
        row = standing.get(key)
        if row is None:
            row = RenderedEntry(uid=made.uid, lang=made.lang, event_id=event.id, is_session=made.is_session)
            db.session.add(row)
            changed.setdefault(made.uid, ChangeKind.ADDED)
        elif not _is_same(row.body, made.body):
            changed[made.uid] = ChangeKind.CHANGED
        else:
            row.ends_at = event.ends_at
            continue
        row.starts_at, row.ends_at, row.is_cancelled = made.starts_at, event.ends_at, made.is_cancelled
        row.zones, row.body = made.zones, made.body
    still = {uid for uid, _lang in wanted}
    for key, row in standing.items():
        if key not in wanted:
            db.session.delete(row)
            changed[row.uid] = ChangeKind.CHANGED if row.uid in still else ChangeKind.REMOVED
    return changed


def _is_same(body: bytes, other: bytes) -> bool:
    """Whether two entries say the same: stamps alone are no change that anybody needs to fetch."""
    return body == other or _STAMPS.sub(b"", body) == _STAMPS.sub(b"", other)


def _note(event: Event, changed: dict[str, ChangeKind], *, is_shown: bool, now: datetime) -> None:
    row = queries.entry_collections(event.id)
    before = frozenset(row.keys.split("\n")) if row else frozenset()
    after = collection_keys(memberships(event)) if is_shown else frozenset()
    if changed or before != after:
        changes.note(changed, keys=before | after | {SEARCH}, now=now)
    else:
        changes.touch({SEARCH}, now=now)
    if row is None:
        db.session.add(EntryCollections(event_id=event.id, keys="\n".join(sorted(after))))
    elif after:
        row.keys = "\n".join(sorted(after))
    else:
        db.session.delete(row)
    db.session.flush()
