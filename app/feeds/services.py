"""Keeps the entries of public calendars as their events are, and says what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from app.agenda.models import AgendaItem
from app.calendars.calendar import unknown_zones
from app.changes import services as changes
from app.changes.models import ChangeKind
from app.events.models import Event
from app.events.queries import memberships
from app.events.rules import collection_keys
from app.feeds import queries
from app.feeds.entries import RENDERER, Rendering, renderings
from app.feeds.models import EntryCollections, FeedWindow, MissingEntry, RenderedEntry
from app.feeds.rules import SEARCH, beginning_of, edge_on, says_the_same, stands_in_feeds
from app.feeds.sequences import Standing, follow, leavers
from app.kernel.db import db, transactional

log = structlog.get_logger()


@transactional
def refresh(event_id: int, *, now: datetime | None = None) -> None:
    """Make the entries of an event anew, write those that differ, and note what changed in every collection that
    they stand or stood in.

    ``now`` is when something changed that stands elsewhere (a venue, a name, this program): the entries that
    differ by it are as old as that. Without it the change is as old as the event's last one.
    """
    queries.hold([event_id])
    standing = queries.rendered(event_id)
    face = _face_of(event_id, standing, now=now)
    if face is None:
        return
    mark_missing(event_id, face.missing, now=face.changed_at)
    if not face.keys and not standing:
        return
    _raise(leavers(standing, face.wanted))
    changed = _write(event_id, standing, face)
    _note(event_id, changed, face)


def mark_missing(event_id: int, sources: Collection[str], *, now: datetime, token_id: int | None = None) -> None:
    """Keep in mind what an event's entries could not be made of, since when, and forget what can be made again.

    ``token_id``: in one personal calendar only.
    """
    standing = {row.source: row for row in queries.missing_entries(event_id, token_id=token_id)}
    for source in sorted(set(sources) - standing.keys()):
        db.session.add(MissingEntry(event_id=event_id, token_id=token_id, source=source, since=now))
    for source, row in standing.items():
        if source not in sources:
            db.session.delete(row)


@transactional
def look_after_missing(now: datetime) -> None:
    """Try again what could not be shown, and look at what stands in the way of a file: the data of time zones, or this
    program, may have changed."""
    unsound = queries.events_with_unsound_entries(unknown_zones(queries.zones_in_use()))
    _refresh(sorted({*queries.events_with_missing_entries(), *unsound}), now)


@transactional
def refresh_venue(venue_id: int, *, now: datetime) -> None:
    """Follow a venue that moved, or is called otherwise, to the events and stops there."""
    _refresh(queries.events_with_entries_at(venue_id), now)


@transactional
def refresh_sector(sector_id: str, *, now: datetime) -> None:
    """Follow a sector that is called otherwise to the entries that name it, and to its own calendar."""
    _refresh(queries.events_with_entries_in(sector_id), now)
    collection_changed(f"sector:{sector_id}", now=now)


@transactional
def refresh_named(*, person_id: int | None = None, organisation_id: int | None = None, now: datetime) -> None:
    """Follow a person or an organisation that is called otherwise, or no longer wants to be named."""
    _refresh(queries.events_with_entries_naming(person_id=person_id, organisation_id=organisation_id), now)
    search_changed(now)


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
    _refresh(queries.events_over_before(beginning_of(edge)), now)


@transactional
def search_changed(now: datetime) -> None:
    """Free text may match other events now."""
    changes.touch({SEARCH}, now=now)


def _refresh(event_ids: Sequence[int], now: datetime) -> None:
    """All are held first: who waits for the versions' counter must not keep an event that is still wanted here."""
    if event_ids:
        queries.hold(event_ids)
    for event_id in event_ids:
        refresh(event_id, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """How an event looks to calendars: its entries by uid and language, what could not be made, its collections."""

    wanted: Mapping[tuple[str, str], Rendering]
    missing: frozenset[str]
    keys: frozenset[str]
    changed_at: datetime
    ends_at: datetime

    @property
    def uids(self) -> set[str]:
        return {uid for uid, _lang in self.wanted}


def _face_of(event_id: int, standing: Standing, *, now: datetime | None) -> _Face | None:
    """None where there is no such event. What cannot even be read has no entries: saving goes on."""
    try:
        event = queries.event_to_render(event_id)
        return _made(event, standing, now=now) if event else None
    except DBAPIError:
        raise
    except Exception:
        log.exception("event_not_rendered", event_id=event_id)
        moment = now or queries.last_change(event_id)
        missing = frozenset({f"event:{event_id}"})
        return _Face(wanted={}, missing=missing, keys=frozenset(), changed_at=moment, ends_at=moment)


def _made(event: Event, standing: Standing, *, now: datetime | None) -> _Face:
    is_shown = stands_in_feeds(
        on_lists=event.on_lists, precision=event.date_precision, ends_at=event.ends_at, edge=queries.edge()
    )
    items = queries.items_to_render(event.id) if is_shown else []
    made, missing = renderings(event, items) if is_shown else ([], frozenset())
    if follow(event, items, standing, _by_key(made), now=now):
        made, missing = renderings(event, items)
    return _Face(
        wanted=_by_key(made),
        missing=missing,
        keys=collection_keys(memberships(event)) if is_shown else frozenset(),
        changed_at=now or max([event.content_changed_at, *(item.content_changed_at for item in items)]),
        ends_at=event.ends_at,
    )


def _by_key(made: Iterable[Rendering]) -> dict[tuple[str, str], Rendering]:
    return {(one.uid, one.lang): one for one in made}


def _raise(item_uids: set[str]) -> None:
    if item_uids:
        db.session.execute(
            update(AgendaItem).where(AgendaItem.uid.in_(item_uids)).values(sequence=AgendaItem.sequence + 1),
            execution_options={"synchronize_session": False},
        )


def _write(event_id: int, standing: Standing, face: _Face) -> dict[str, ChangeKind]:
    """Write what differs; what changed, by uid."""
    changed: dict[str, ChangeKind] = {}
    for key, made in face.wanted.items():
        row = standing.get(key)
        if row is None:
            row = RenderedEntry(uid=made.uid, lang=made.lang, event_id=event_id, is_session=made.is_session)
            db.session.add(row)
            changed.setdefault(made.uid, ChangeKind.ADDED)
        elif not says_the_same(row.body, made.body):
            changed[made.uid] = ChangeKind.CHANGED
        else:
            row.ends_at, row.renderer = face.ends_at, RENDERER
            continue
        row.starts_at, row.ends_at, row.is_cancelled = made.starts_at, face.ends_at, made.is_cancelled
        row.zones, row.body, row.renderer = made.zones, made.body, RENDERER
    for key, row in standing.items():
        if key not in face.wanted:
            db.session.delete(row)
            changed[row.uid] = ChangeKind.CHANGED if row.uid in face.uids else ChangeKind.REMOVED
    return changed


def _note(event_id: int, changed: dict[str, ChangeKind], face: _Face) -> None:
    row = queries.entry_collections(event_id)
    before = frozenset(row.keys.split("\n")) if row else frozenset()
    after, now = face.keys, face.changed_at
    if before != after:  # who follows a list that an event enters or leaves is told of it, though it says the same
        changed = dict.fromkeys(face.uids, ChangeKind.CHANGED) | changed
    if changed or before != after:
        changes.note(changed, keys=before | after | {SEARCH}, now=now)
    else:
        changes.touch({SEARCH}, now=now)
    if row is None:
        db.session.add(EntryCollections(event_id=event_id, keys="\n".join(sorted(after))))
    elif after:
        row.keys = "\n".join(sorted(after))
    else:
        db.session.delete(row)
    db.session.flush()
