"""Keeps the entries of public calendars as their events are, and says what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import update

from app.agenda.models import AgendaItem
from app.changes import services as changes
from app.changes.models import ChangeKind
from app.events.models import Event
from app.events.queries import memberships
from app.events.rules import collection_keys
from app.feeds import queries
from app.feeds.entries import RENDERER, Rendering, renderings
from app.feeds.models import EntryCollections, FeedWindow, RenderedEntry
from app.feeds.rules import SEARCH, beginning_of, edge_on, says_the_same, stands_in_feeds
from app.feeds.sequences import follow, leavers
from app.kernel.db import db, transactional


@transactional
def refresh(event_id: int, *, now: datetime | None = None) -> None:
    """Make the entries of an event anew, write those that differ, and note what changed in every collection that
    they stand or stood in.

    ``now`` is when something changed that stands elsewhere (a venue, a name, this program): the entries that
    differ by it are as old as that. Without it the change is as old as the event's last one.
    """
    queries.hold([event_id])
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
    wanted = _made(event, items) if is_shown else {}
    if follow(event, items, standing, wanted, now=now):
        wanted = _made(event, items)
    _raise(leavers(standing, wanted))
    stamp = now or max([event.content_changed_at, *(item.content_changed_at for item in items)])
    changed = _write(event, standing, wanted)
    _note(event, changed, {uid for uid, _lang in wanted}, is_shown=is_shown, now=stamp)


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


def _made(event: Event, items: Sequence[AgendaItem]) -> dict[tuple[str, str], Rendering]:
    return {(made.uid, made.lang): made for made in renderings(event, items)}


def _raise(item_uids: set[str]) -> None:
    if item_uids:
        db.session.execute(
            update(AgendaItem).where(AgendaItem.uid.in_(item_uids)).values(sequence=AgendaItem.sequence + 1),
            execution_options={"synchronize_session": False},
        )


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
        elif not says_the_same(row.body, made.body):
            changed[made.uid] = ChangeKind.CHANGED
        else:
            row.ends_at, row.renderer = event.ends_at, RENDERER
            continue
        row.starts_at, row.ends_at, row.is_cancelled = made.starts_at, event.ends_at, made.is_cancelled
        row.zones, row.body, row.renderer = made.zones, made.body, RENDERER
    still = {uid for uid, _lang in wanted}
    for key, row in standing.items():
        if key not in wanted:
            db.session.delete(row)
            changed[row.uid] = ChangeKind.CHANGED if row.uid in still else ChangeKind.REMOVED
    return changed


def _note(event: Event, changed: dict[str, ChangeKind], uids: Iterable[str], *, is_shown: bool, now: datetime) -> None:
    row = queries.entry_collections(event.id)
    before = frozenset(row.keys.split("\n")) if row else frozenset()
    after = collection_keys(memberships(event)) if is_shown else frozenset()
    if before != after:  # who follows a list that an event enters or leaves is told of it, though it says the same
        changed = dict.fromkeys(uids, ChangeKind.CHANGED) | changed
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
