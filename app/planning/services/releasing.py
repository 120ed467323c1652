"""Releasing what was planned: frozen, named, and told to those whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.agenda import queries as agenda
from app.agenda.frozen import Frozen
from app.agenda.models import AgendaItem
from app.agenda.reading import read_agenda, span_of
from app.agenda.rules import Trouble
from app.agenda.services.putting import keep_reason, put
from app.agenda.services.writing import tell
from app.audit import services as audit
from app.events import queries as events
from app.events.models import Event
from app.events.rules import Status
from app.events.services.access import hold_for_change
from app.jobs import services as jobs
from app.kernel.db import db, transactional
from app.network.actors import Actor
from app.planning import queries
from app.planning.differences import Difference, differences
from app.planning.errors import (
    ChangesWait,
    ErrorsStand,
    NothingToRelease,
    Overtaken,
    ReleasedBefore,
    WarningsUnexplained,
)
from app.planning.freezing import content_of, digest_of, frozen_rows, items_in
from app.planning.models import Release
from app.planning.reading import Planned, plan_of
from app.planning.rules import StepState
from app.planning.services.carrying import hold_plan, valid_reasons, wanted_of

Open = list[tuple[AgendaItem, Any]]


@transactional
def release(
    *, event_id: int, name: str, note: str = "", reason: str = "", version: int, actor: Actor, now: datetime
) -> int:
    """Make what is planned the agenda that everybody sees, and keep it frozen; gives the number of the release.

    From then on changes are collected until the next one. Calendars, people who signed up and speakers hear of what
    moved, nobody else. ``reason``: why the warnings that nobody accepted yet are all right. Raises Overtaken when
    somebody changed the plan since ``version``, ErrorsStand, WarningsUnexplained, NothingToRelease, MayNotManage.
    """
    event = hold_for_change(event_id, actor)
    planned, before = plan_of(event), queries.latest_release(event_id)
    if planned.version != version:
        raise Overtaken(version=planned.version, since=version)
    unexplained = _judged(event, planned, reason)
    stood = items_in(before.content) if before else frozen_rows(list(planned.valid.values()))
    if before and not differences(stood, frozen_rows(planned.rows), span_of(event)):
        raise NothingToRelease
    given = [(row.uid, code, reason.strip()) for row, code in unexplained]
    _apply(event, planned, actor=actor, now=now)
    _keep_reasons(event, given, actor, now)
    made = Release(event_id=event_id, number=before.number + 1 if before else 1, name=name, note=note, at=now)
    made.account_id = actor.account_id
    _freeze(event, made, stood)
    hold_plan(event_id).collects = True
    queries.let_pass(event_id, StepState.DONE, StepState.UNDONE)
    _tell_speakers(event, made, now)
    audit.note(
        "agenda.released",
        subject=f"event:{event.slug}",
        account_id=actor.account_id,
        now=now,
        number=made.number,
        digest=made.digest,
    )
    return made.number


@transactional
def collect(*, event_id: int, actor: Actor) -> None:
    """From now on changes wait for the next release; raises MayNotManage."""
    hold_for_change(event_id, actor)
    hold_plan(event_id).collects = True


@transactional
def show_at_once(*, event_id: int, actor: Actor) -> None:
    """Changes are seen at once again; raises ReleasedBefore, ChangesWait, MayNotManage."""
    event = hold_for_change(event_id, actor)
    if queries.count_releases(event_id):
        raise ReleasedBefore
    if plan_of(event).pending:
        raise ChangesWait
    hold_plan(event_id).collects = False


@transactional
def mark_of_the_day(event_id: int) -> None:
    """Mark the release that was valid when the event ended; an event without releases has none."""
    event = events.event(event_id)
    valid = next((one for one in queries.releases(event_id) if one.at <= event.ends_at), None)
    if valid:
        valid.is_of_the_day = True


def open_warnings(event: Event, planned: Planned) -> Open:
    """Warnings that nobody has accepted, with their items, in the order of the items; no errors."""
    reasons = valid_reasons(event.id, planned)
    rows = {row.id: row for row in planned.rows}
    found = {
        (one.item_id, one.trouble): None
        for one in read_agenda(event, planned.rows)
        if not one.is_error and (one.item_id, one.trouble) not in reasons
    }
    return [(rows[item_id], code) for item_id, code in found]


def _judged(event: Event, planned: Planned, reason: str) -> Open:
    errors = sum(found.is_error for found in read_agenda(event, planned.rows))
    if errors:
        raise ErrorsStand(count=errors)
    unexplained = open_warnings(event, planned)
    if unexplained and not reason.strip():
        raise WarningsUnexplained(field="reason")
    return unexplained


def _apply(event: Event, planned: Planned, *, actor: Actor, now: datetime) -> None:
    """All changes in one go: SEQUENCE rises on what moved, the agenda is told of once."""
    after = {uid: planned.held.get(uid) for uid in planned.pending}
    if after:
        known = queries.former_sequences(event.id, after.keys() - planned.valid.keys())
        sequences = {uid: sequence + 1 for uid, sequence in known.items()}
        put(event, wanted_of(after), actor=actor, now=now, sequences=sequences, tells_holders=False)
    else:
        tell(event, moves=False)
    for row in queries.plan_items(event.id):
        if row.kept is None or not row.waits:
            db.session.delete(row)
        row.base = None
    db.session.flush()


def _keep_reasons(event: Event, given: Sequence[tuple[str, Any, str]], actor: Actor, now: datetime) -> None:
    """Why warnings were accepted while it was planned, and why the last ones are all right: now of the items."""
    ids = {item.uid: item.id for item in agenda.items(event.id)}
    for one in queries.reasons(event.id):
        if one.uid in ids:
            keep_reason(ids[one.uid], Trouble(one.warning), one.reason, account_id=one.account_id, now=one.at)
        db.session.delete(one)
    for uid, warning, reason in given:
        keep_reason(ids[uid], warning, reason, account_id=actor.account_id, now=now)


def _freeze(event: Event, made: Release, stood: Sequence[Frozen]) -> None:
    db.session.flush()
    db.session.expire_all()  # rooms, hosts and people as they are referred to now
    made.content = content_of(event, agenda.items(event.id))
    made.digest = digest_of(made.content)
    made.changes = differences(stood, items_in(made.content), span_of(event))
    db.session.add(made)
    db.session.flush()


def _tell_speakers(event: Event, made: Release, now: datetime) -> None:
    moved = {one["uid"] for one in made.changes if one["what"] == Difference.MOVED}
    if moved and event.status is Status.PUBLISHED:
        jobs.put(
            "tell_moved_speakers",
            dedupe_key=f"tell_moved_speakers:{made.id}",
            run_at=now,
            release_id=made.id,
            item_ids=sorted(item.id for item in agenda.items(event.id) if item.uid in moved),
        )
