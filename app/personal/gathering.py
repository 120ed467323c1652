"""What concerns one person: places, chosen tables, duties, deadlines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from app.agenda.models import AgendaItem
from app.calendars.entries import EntryStatus
from app.events.models import Event
from app.meetings.models import Meeting
from app.personal import queries
from app.personal.models import CalendarToken
from app.personal.rules import KEPT, Part, status_of
from app.registration.rules import Place

T = TypeVar("T")
log = structlog.get_logger()


class Deadline(StrEnum):
    """By when something is to be done."""

    OFFER = "offer"
    FORM = "form"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing that a person's calendar shows of an event; ``source`` names it for as long as it stands.

    ``mailed`` is how often the person was mailed an invitation to it: what the calendar shows is not older.
    """

    source: str
    event_id: int
    status: EntryStatus = EntryStatus.CONFIRMED
    since: datetime | None = None
    mailed: int = 0
    item_id: int | None = None
    meeting_id: int | None = None
    deadline: Deadline | None = None
    until: datetime | None = None
    title: Any = None

    def cancelled(self) -> Concern:
        return replace(self, status=EntryStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Concerns by their source, and the rows that they are shown by; sources of which those cannot even be read."""

    concerns: Mapping[str, Concern]
    events: Mapping[int, Event]
    items: Mapping[int, AgendaItem] = field(default_factory=dict)
    meetings: Mapping[int, Meeting] = field(default_factory=dict)
    own_ids: frozenset[int] = frozenset()  # the owner's registrations
    unreadable: frozenset[str] = frozenset()


def gather(token: CalendarToken, *, still: Collection[tuple[str, int]], now: datetime) -> Gathered:
    """What concerns the owner now, narrowed to what the calendar shows, in a fixed number of queries.

    ``still``: sources and events of what stands in the calendar and may have to be shown as cancelled.
    """
    parts = frozenset(token.parts)
    registrations = queries.registrations(token.email_key)
    concerns = {one.source: one for one in _concerns(token, parts, registrations, now)}
    for source, event_id in still:
        kind, _colon, number = source.partition(":")
        if source not in concerns and _is_shown(kind, parts):
            item_id = int(number) if kind == "item" else None
            meeting_id = int(number) if kind == "meeting" else None
            gone = Concern(source=source, event_id=event_id, item_id=item_id, meeting_id=meeting_id)
            concerns[source] = gone.cancelled()
    events, lost_events = _readable(
        lambda ids: queries.events_to_show(ids, ending_after=now - KEPT), {one.event_id for one in concerns.values()}
    )
    items, lost_items = _readable(queries.items_to_show, {one.item_id for one in concerns.values() if one.item_id})
    meetings, lost_meetings = _readable(
        queries.meetings_to_show, {one.meeting_id for one in concerns.values() if one.meeting_id}
    )
    unreadable = {
        source
        for source, one in concerns.items()
        if one.event_id in lost_events or one.item_id in lost_items or one.meeting_id in lost_meetings
    }
    own_ids = frozenset(row.id for row in registrations)
    return Gathered(concerns, events, items, meetings, own_ids, frozenset(unreadable))


def _readable(load: Callable[[Collection[int]], dict[int, T]], ids: Collection[int]) -> tuple[dict[int, T], set[int]]:
    """Rows by their ids, and the ids of those that cannot be read: one must not keep the others away."""
    try:
        return load(ids), set()
    except DBAPIError:
        raise
    except Exception:
        found: dict[int, T] = {}
        lost = set()
        for one in ids:
            try:
                found |= load([one])
            except DBAPIError:
                raise
            except Exception:
                log.exception("personal_entry_not_read", id=one)
                lost.add(one)
        return found, lost


def _is_shown(kind: str, parts: frozenset[str]) -> bool:
    if kind == "event":
        return bool(parts & {Part.PLACES, Part.DUTIES})
    if kind == "meeting":
        return Part.TABLES in parts
    return kind == "item" and bool(parts & {Part.TABLES, Part.DUTIES})


def _concerns(
    token: CalendarToken, parts: frozenset[str], registrations: Collection[Any], now: datetime
) -> Iterator[Concern]:
    """Later ones of the same source win: whoever has a duty is expected, registered or not."""
    if Part.PLACES in parts:
        yield from _places(registrations, now)
    confirmed = {row.id for row in registrations if row.place is Place.CONFIRMED}
    if Part.TABLES in parts and confirmed:
        yield from _tables(confirmed)
        yield from _meetings(confirmed)
    if Part.DUTIES in parts and token.account_id:
        yield from _duties(token.account_id)
    if Part.DEADLINES in parts:
        yield from _offers(registrations)
        yield from _forms(confirmed)
        yield from _closings(token.email_key, {row.event_id for row in registrations})


def _places(registrations: Collection[Any], now: datetime) -> Iterator[Concern]:
    for row in registrations:
        status = status_of(row.place)
        if status is None or (status is EntryStatus.CANCELLED and row.placed_at < now - KEPT):
            continue
        yield Concern(
            source=f"event:{row.event_id}",
            event_id=row.event_id,
            status=status,
            since=row.placed_at,
            mailed=row.invitation_sequence,
        )


def _tables(confirmed: Collection[int]) -> Iterator[Concern]:
    places = queries.seated_items(confirmed)
    events = queries.events_of_items([row.agenda_item_id for row in places])
    for row in places:
        yield Concern(
            source=f"item:{row.agenda_item_id}",
            event_id=events[row.agenda_item_id],
            item_id=row.agenda_item_id,
            since=row.placed_at,
        )


def _meetings(confirmed: Collection[int]) -> Iterator[Concern]:
    for row in queries.meetings_of(confirmed):
        yield Concern(source=f"meeting:{row.id}", event_id=row.event_id, meeting_id=row.id, since=row.changed_at)


def _duties(account_id: int) -> Iterator[Concern]:
    for row in queries.duties(account_id):
        if row.item_id is None:
            yield Concern(source=f"event:{row.event_id}", event_id=row.event_id)
        else:
            yield Concern(source=f"item:{row.item_id}", event_id=row.event_id, item_id=row.item_id)


def _offers(registrations: Collection[Any]) -> Iterator[Concern]:
    for row in registrations:
        if row.place is Place.OFFERED and row.offer_expires_at:
            yield Concern(
                source=f"offer:{row.id}",
                event_id=row.event_id,
                since=row.placed_at,
                deadline=Deadline.OFFER,
                until=row.offer_expires_at,
            )


def _forms(confirmed: Collection[int]) -> Iterator[Concern]:
    for row in queries.open_forms(confirmed) if confirmed else ():
        yield Concern(
            source=f"form:{row.id}",
            event_id=row.event_id,
            deadline=Deadline.FORM,
            until=row.closes_at,
            title=row.title,
        )


def _closings(email_key: str, registered: Collection[int]) -> Iterator[Concern]:
    for row in queries.open_invitations(email_key):
        if row.event_id not in registered:
            yield Concern(
                source=f"closing:{row.event_id}",
                event_id=row.event_id,
                since=row.invited_at,
                deadline=Deadline.CLOSING,
                until=row.closes_at,
            )
