"""Look at a calendar, keep it, ask for it again, let it go.

A stranger's file is read before a transaction begins: that may take seconds, and nobody else who writes waits for it.
"""

from __future__ import annotations

import zlib
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from app.audit import services as audit
from app.freebusy import permissions, queries
from app.freebusy.errors import (
    CalendarNotFound,
    MayNotImport,
    NoCalendar,
    RoomsMissing,
    RoomsOfTwoVenues,
    TooManyCalendars,
    UnknownReference,
)
from app.freebusy.importing import ReadCalendar, read
from app.freebusy.models import CalendarDraft, ImportedCalendar, ImportedTimeRow
from app.freebusy.rules import (
    DRAFT_LIFE,
    MOST_CALENDARS,
    CalendarInput,
    FetchResult,
    ImportedTime,
    Source,
    Use,
    changes,
    next_try,
    window,
)
from app.kernel.dates import UnknownZone, zone
from app.kernel.db import db, table_of, transactional
from app.kernel.errors import Invalid
from app.network.actors import Actor

_AT_ONCE = 500


def read_source(source: Source, *, timezone: str, now: datetime) -> ReadCalendar:
    """What a file says of the time that is kept; raises NoCalendar."""
    since, until = window(now)
    return read(source.content, timezone=timezone, since=since, until=until)


def draft(values: CalendarInput, source: Source, *, actor: Actor, now: datetime, calendar_id: int | None = None) -> int:
    """Put a file where it can be looked at before it counts; ``calendar_id`` is the one that it would renew.

    Raises NoCalendar when nothing of it can be read, MayNotImport, RoomsMissing, RoomsOfTwoVenues, UnknownReference,
    TooManyCalendars, CalendarNotFound.
    """
    read_source(source, timezone=_acceptable(values, calendar_id, actor).timezone, now=now)
    return _put_draft(values, source, calendar_id, actor, now)


@transactional
def _put_draft(values: CalendarInput, source: Source, calendar_id: int | None, actor: Actor, now: datetime) -> int:
    values = _acceptable(values, calendar_id, actor)
    row = CalendarDraft(
        organisation_id=values.organisation_id,
        calendar_id=calendar_id,
        wanted=asdict(values),
        content=zlib.compress(source.content),
        etag=source.etag,
        last_modified=source.last_modified,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def confirm(draft_id: int, *, actor: Actor, now: datetime) -> int:
    """Keep just the file that was looked at, once; from then on it counts.

    Raises DraftNotFound, CalendarNotFound, MayNotImport.
    """
    row = queries.draft(draft_id)
    _check_may(actor, row.organisation_id)
    found = read_source(source_of(row), timezone=input_of(row).timezone, now=now)
    return _confirm(draft_id, found, actor, now)


@transactional
def _confirm(draft_id: int, found: ReadCalendar, actor: Actor, now: datetime) -> int:
    row = queries.draft(draft_id, lock=True)
    values, source = input_of(row), source_of(row)
    calendar = queries.calendar(row.calendar_id, lock=True) if row.calendar_id else _new(values, actor, now)
    calendar.name, calendar.use, calendar.address = values.name, values.use, values.address or None
    calendar.timezone = values.timezone
    calendar.region_code, calendar.group_id = values.region_code, values.group_id
    calendar.rooms = list(queries.rooms(values.room_ids))
    _take_in(calendar, source, found, now)
    calendar.result = FetchResult.READ if calendar.address else FetchResult.UPLOADED
    db.session.delete(row)
    audit.note(
        "calendar.imported",
        subject=f"calendar:{calendar.id}",
        account_id=actor.account_id,
        now=now,
        organisation=calendar.organisation_id,
    )
    return calendar.id


@transactional
def discard(draft_id: int, *, actor: Actor) -> None:
    """Forget a file that somebody only looked at. Raises DraftNotFound, MayNotImport."""
    row = queries.draft(draft_id)
    _check_may(actor, row.organisation_id)
    db.session.delete(row)


@transactional
def remove(calendar_id: int, *, actor: Actor, now: datetime) -> None:
    """Let a calendar go with all its times. Raises CalendarNotFound, MayNotImport."""
    row = queries.calendar(calendar_id, lock=True)
    _check_may(actor, row.organisation_id)
    audit.note(
        "calendar.removed",
        subject=f"calendar:{calendar_id}",
        account_id=actor.account_id,
        now=now,
        organisation=row.organisation_id,
    )
    db.session.execute(delete(ImportedTimeRow).where(ImportedTimeRow.calendar_id == calendar_id))
    db.session.delete(row)


def renew(calendar_id: int, source: Source | None, *, tried_at: datetime, now: datetime) -> None:
    """Take in what a calendar's address gave; None: the same as before, or a file that was uploaded.

    The times are read again in any case: as time goes on, recurring events are followed further. A file that is no
    calendar changes nothing and counts as a failure. ``tried_at``: the last look when this one began; whatever was
    kept since then is newer, and stays. Raises CalendarNotFound.
    """
    row = queries.calendar(calendar_id)
    try:
        found = read_source(source or source_of(row), timezone=row.timezone, now=now)
    except NoCalendar as refusal:
        note_failure(calendar_id, refusal, tried_at=tried_at, now=now)
    else:
        _renew(calendar_id, source, found, tried_at, now)


@transactional
def _renew(calendar_id: int, source: Source | None, found: ReadCalendar, tried_at: datetime, now: datetime) -> None:
    row = queries.calendar(calendar_id, lock=True)
    if row.tried_at != tried_at:
        return
    _take_in(row, source or source_of(row), found, now)
    if row.address:
        row.result = FetchResult.READ if source else FetchResult.SAME


@transactional
def note_failure(calendar_id: int, refusal: Invalid, *, tried_at: datetime, now: datetime) -> None:
    """An address gave nothing: what stands stays, and it is asked again after a growing pause."""
    row = queries.calendar(calendar_id, lock=True)
    if row.tried_at == tried_at:
        _fail(row, refusal, now)


@transactional
def forget_drafts(now: datetime) -> None:
    """Files that nobody kept are forgotten after a day."""
    db.session.execute(delete(CalendarDraft).where(CalendarDraft.created_at < now - DRAFT_LIFE))


def input_of(row: CalendarDraft) -> CalendarInput:
    """What was said of the calendar of a draft."""
    given: dict[str, Any] = dict(row.wanted)
    return CalendarInput(**given | {"use": Use(given["use"]), "room_ids": tuple(given["room_ids"])})


def source_of(row: CalendarDraft | ImportedCalendar) -> Source:
    """The file of a draft or of a calendar."""
    return Source(content=zlib.decompress(row.content), etag=row.etag, last_modified=row.last_modified)


def _check_may(actor: Actor, organisation_id: int) -> None:
    if not permissions.may_import_for(actor, organisation_id):
        raise MayNotImport


def _acceptable(values: CalendarInput, calendar_id: int | None, actor: Actor) -> CalendarInput:
    """As it can be kept, for one more calendar or in place of one; raises as :func:`draft` says."""
    _check_may(actor, values.organisation_id)
    if calendar_id is None:
        if queries.count_calendars(values.organisation_id) >= MOST_CALENDARS:
            raise TooManyCalendars
    elif queries.calendar(calendar_id).organisation_id != values.organisation_id:
        raise CalendarNotFound(calendar=calendar_id)
    return _checked(values)


def _checked(values: CalendarInput) -> CalendarInput:
    """As it can be kept: a calendar of rooms has the zone of their venue."""
    if values.use is Use.PARTNER:
        if values.region_code and queries.region(values.region_code) is None:
            raise UnknownReference(field="region_code")
        if values.group_id and queries.group(values.group_id) is None:
            raise UnknownReference(field="group_id")
        try:
            zone(values.timezone)
        except UnknownZone as error:
            raise UnknownReference(field="timezone") from error
        return CalendarInput(**asdict(values) | {"room_ids": ()})
    rooms = queries.rooms(values.room_ids)
    if not rooms:
        raise RoomsMissing(field="room_ids")
    if len(rooms) != len(set(values.room_ids)):
        raise UnknownReference(field="room_ids")
    if len({room.venue_id for room in rooms}) > 1:
        raise RoomsOfTwoVenues(field="room_ids")
    return CalendarInput(
        **asdict(values) | {"timezone": rooms[0].venue.timezone, "region_code": None, "group_id": None}
    )


def _new(values: CalendarInput, actor: Actor, now: datetime) -> ImportedCalendar:
    if queries.count_calendars(values.organisation_id) >= MOST_CALENDARS:
        raise TooManyCalendars
    row = ImportedCalendar(
        organisation_id=values.organisation_id,
        account_id=actor.account_id,
        created_at=now,
        changed_at=now,
        name=values.name,
        use=values.use,
        timezone=values.timezone,
        content=b"",
        tried_at=now,
        result=FetchResult.UPLOADED,
        next_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _take_in(row: ImportedCalendar, source: Source, found: ReadCalendar, now: datetime) -> None:
    if _write_times(row.id, found, now):
        row.changed_at = now
    row.content = zlib.compress(source.content)
    row.etag, row.last_modified = source.etag, source.last_modified
    row.problem_count = sum(not each.is_read_anyway for each in found.problems) + found.untold
    row.failures, row.failure, row.tried_at = 0, None, now
    row.next_at = next_try(now, 0 if row.address else 5)
    db.session.flush()


def _write_times(calendar_id: int, found: ReadCalendar, now: datetime) -> bool:
    """Make the rows those of a file; says whether that changed anything that is still to come."""
    standing = queries.times(calendar_id)
    given = {time.key: time for time in found.times}
    differs = changes(standing, found.times, now=now)
    for keys in _in_parts([key for key in standing if key not in given]):
        db.session.execute(
            delete(ImportedTimeRow).where(ImportedTimeRow.calendar_id == calendar_id, ImportedTimeRow.key.in_(keys))
        )
    for _before, time in differs.changed:
        db.session.execute(
            update(ImportedTimeRow)
            .where(ImportedTimeRow.calendar_id == calendar_id, ImportedTimeRow.key == time.key)
            .values(**_columns(time))
        )
    if differs.new:
        rows = [{"calendar_id": calendar_id, "key": time.key, **_columns(time)} for time in differs.new]
        db.session.execute(insert(table_of(ImportedTimeRow)), rows)
    return bool(differs)


def _columns(time: ImportedTime) -> dict[str, Any]:
    return {
        "begins_at": time.begins,
        "ends_at": time.ends,
        "all_day": time.all_day,
        "title": time.title,
        "standing": time.standing,
    }


def _in_parts(keys: list[str]) -> list[list[str]]:
    return [keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE)]


def _fail(row: ImportedCalendar, refusal: Invalid, now: datetime) -> None:
    row.failures += 1
    row.result, row.tried_at = FetchResult.FAILED, now
    row.failure, row.failure_details = refusal.code[:60], refusal.details
    row.next_at = next_try(now, row.failures)
