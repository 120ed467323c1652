"""Keep what participants write, from whichever device, and forget it in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.agenda.models import AgendaItem
from app.diaries.errors import StopGone, TooManyChanges
from app.diaries.inputs import FieldChange
from app.diaries.models import DiaryLine, DiaryVersion
from app.diaries.queries import lines as queries
from app.diaries.rules.merging import Standing, Version, take
from app.diaries.rules.windows import DiaryState, arrives_in_time, check_writable
from app.diaries.standing import standing_of
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.registration import queries as registrations

MOST_AT_ONCE = 100
KEPT, GONE, LATE = "kept", "gone", "late"


@transactional
def save(
    registration_id: int,
    *,
    changes: Sequence[FieldChange],
    link_version: int,
    retention_days: int,
    now: datetime,
) -> dict[str, str]:
    """Take changes of fields, in any order and as often as they are sent; what became of each, by its name.

    ``kept``; ``gone``: its stop is not on the agenda; ``late``: written after the diary had closed. ``link_version``:
    of the link by which somebody writes. Raises RegistrationNotFound, TooManyChanges, NotOpenYet, DiaryClosed,
    DiaryCalledOff, DiaryWithoutPlace.
    """
    if len(changes) > MOST_AT_ONCE:
        raise TooManyChanges(most=MOST_AT_ONCE)
    event_id = registrations.event_id_of(registration_id)
    registration = registrations.hold_registration(registration_id, link_version=link_version)
    found = standing_of(registration, retention_days=retention_days, now=now)
    in_time = [one for one in changes if arrives_in_time(found.window, one.change.version.written_at, now)]
    if found.state is not DiaryState.CLOSED or not in_time or found.is_erased(now):
        check_writable(found.state)
        in_time = list(changes)
    stops = queries.stops_of(event_id)
    outcomes = {one.change.version.id: LATE for one in changes}
    for one in in_time:
        item = stops.get(one.item_id)
        outcomes[one.change.version.id] = KEPT if item else GONE
        if item:
            _take(event_id, registration_id, item, one)
    return outcomes


def check_kept(outcomes: dict[str, str]) -> None:
    """Raises StopGone where a form was sent for a stop that is not there any more."""
    if GONE in outcomes.values():
        raise StopGone


@transactional
def forget_diary(registration_id: int) -> None:
    """Erase somebody's diary: the place has another person now."""
    queries.erase_of(registration_id)


def standing_of_line(line: DiaryLine) -> Standing:
    """The versions of a field; needs them."""
    return Standing(
        {
            row.name: Version(
                id=row.name,
                text=row.text,
                is_shared=row.is_shared,
                is_named=row.is_named,
                written_at=row.written_at,
            )
            for row in line.versions
            if row.text is not None and row.written_at is not None
        },
        frozenset(row.name for row in line.versions if row.is_seen),
        frozenset(row.name for row in line.versions if row.is_dropped),
    )


def title_of(item: AgendaItem) -> Texts:
    """What a stop is called: by its title, or else by its host."""
    host = item.stop.host if item.stop else None
    return item.title or (Texts(en=host.name) if host else Texts())


def _take(event_id: int, registration_id: int, item: AgendaItem, one: FieldChange) -> None:
    line = queries.line_at(registration_id, item.id, one.prompt)
    if line is None:
        line = DiaryLine(event_id=event_id, registration_id=registration_id, item_id=item.id, prompt=one.prompt)
        db.session.add(line)
    after = take(standing_of_line(line), one.change)
    line.stop_title = title_of(item)
    _write(line, after)
    db.session.flush()


def _write(line: DiaryLine, after: Standing) -> None:
    rows = {row.name: row for row in line.versions}
    for name in {*after.versions, *after.seen, *after.dropped}:
        if name not in rows:
            rows[name] = DiaryVersion(name=name)
            line.versions.append(rows[name])
        row, version = rows[name], after.versions.get(name)
        row.is_seen, row.is_dropped = name in after.seen, name in after.dropped
        row.text = version.text if version else None
        row.is_shared = bool(version and version.is_shared)
        row.is_named = bool(version and version.is_named)
        row.written_at = version.written_at if version else None
    truth = after.truth
    if truth:
        line.text, line.written_at = truth.text.strip(), truth.written_at
    line.is_shared, line.is_named = after.is_shared, after.is_named
