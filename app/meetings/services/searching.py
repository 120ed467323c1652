"""A search for a schedule: asked for, watched, stopped, used."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.jobs import services as jobs
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.meetings import queries, rules
from app.meetings.errors import NoBlocks, NobodyToMeet, NumberOutOfRange, ScheduleOutdated, SearchRunning
from app.meetings.facts import MeetingsChanged
from app.meetings.models import MeetingSearch
from app.meetings.posing import Posed, pose
from app.meetings.rules import SearchState
from app.meetings.schedule import Progress, Solved, broken_rules
from app.meetings.services.scheduling import put_schedule, tell
from app.network.actors import Actor

SEARCH = "meetings.search"


@transactional
def begin(*, event_slug: str, seconds: int, keeps: bool, actor: Actor, now: datetime) -> int:
    """Let the worker look for a schedule; the id of the search.

    Raises MayNotManage, NumberOutOfRange, NoBlocks, NobodyToMeet, SearchRunning.
    """
    event = manageable_event(event_slug, actor)
    if seconds not in rules.SEARCH_SECONDS:
        raise NumberOutOfRange(field="seconds", least=min(rules.SEARCH_SECONDS), most=max(rules.SEARCH_SECONDS))
    queries.hold_settings(event.id)
    _bury_lost(event.id, now)
    if queries.active_search(event.id):
        raise SearchRunning
    posed = pose(event, keeps=keeps, now=now)
    if not posed.slots:
        raise NoBlocks
    if not posed.problem.pairs:
        raise NobodyToMeet
    row = MeetingSearch(event_id=event.id, seconds=seconds, keeps=keeps, asked_at=now, heard_at=now, found=[])
    db.session.add(row)
    db.session.flush()
    jobs.put(SEARCH, dedupe_key=f"{SEARCH}:{row.id}", run_at=now, search_id=row.id)
    audit.note(
        "meetings.search_begun", subject=f"event:{event.id}", account_id=actor.account_id, now=now, search=row.id
    )
    return row.id


@transactional
def stop(search_id: int, *, event_slug: str, actor: Actor, now: datetime) -> None:
    """End a search early; what it has found until then stays. Raises MayNotManage, SearchNotFound."""
    event = manageable_event(event_slug, actor)
    row = queries.search_of(event.id, search_id)
    if row.state in rules.ACTIVE:
        row.is_stopped = True
    _bury_lost(event.id, now)


@transactional
def start(search_id: int, *, now: datetime) -> tuple[Posed, int] | None:
    """The problem of a search that the worker takes up, and its seconds; None where nothing is to be done any more."""
    row = queries.search(search_id, lock=True)
    if row is None or row.state not in rules.ACTIVE:
        return None
    row.state, row.heard_at = SearchState.RUNNING, now
    return pose(queries.event(row.event_id), keeps=row.keeps, now=now), row.seconds


@transactional
def hear(search_id: int, *, progress: Progress, now: datetime) -> bool:
    """Note how far a search is; whether it shall end."""
    row = queries.search(search_id, lock=True)
    if row is None:
        return True
    row.heard_at, row.spent = now, round(progress.seconds, 1)
    row.value, row.bound, row.meetings = progress.value, progress.bound, progress.meetings
    return row.is_stopped


@transactional
def finish(search_id: int, *, posed: Posed, solved: Solved, now: datetime) -> None:
    """Keep what a search has found, until it is used or another one is begun."""
    row = queries.search(search_id, lock=True)
    if row is None:
        return
    row.state, row.heard_at, row.spent = SearchState.DONE, now, round(solved.seconds, 1)
    row.value, row.bound, row.meetings = solved.value, solved.bound, len(solved.meetings)
    row.greedy_value, row.is_stopped = solved.greedy_value, solved.is_stopped
    row.found = posed.written(solved.meetings)


@transactional
def fail(search_id: int, *, reason: str, now: datetime) -> None:
    row = queries.search(search_id, lock=True)
    if row is not None and row.state in rules.ACTIVE:
        row.state, row.heard_at, row.failure = SearchState.FAILED, now, reason[:500]


@transactional
def use(search_id: int, *, event_slug: str, actor: Actor, now: datetime) -> int:
    """Tell those concerned the schedule that a search has found; how many they are.

    Raises MayNotManage, SearchNotFound, and ScheduleOutdated where it breaks a rule by now.
    """
    event = manageable_event(event_slug, actor)
    settings = queries.hold_settings(event.id)
    row = queries.search_of(event.id, search_id)
    posed = pose(event, keeps=True, now=now)
    meetings = posed.read(row.found)
    if (
        row.state is not SearchState.DONE
        or settings is None
        or len(meetings) != len(row.found)
        or broken_rules(posed.problem, meetings).total
    ):
        raise ScheduleOutdated
    concerned = put_schedule(event.id, row.found, now=now)
    row.used_at = row.used_at or now
    settings.edition += 1
    audit.note(
        "meetings.schedule_used",
        subject=f"event:{event.id}",
        account_id=actor.account_id,
        now=now,
        search=search_id,
        concerned=len(concerned),
    )
    if concerned:
        record(MeetingsChanged(event_id=event.id, registration_ids=concerned, at=now))
        tell(event.id, concerned, now=now)
    return len(concerned)


def _bury_lost(event_id: int, now: datetime) -> None:
    """A search whose worker fell over keeps nobody from beginning another one."""
    row = queries.active_search(event_id)
    if row is not None and row.heard_at < now - rules.LOST_AFTER:
        row.state, row.failure = SearchState.FAILED, "lost"
        db.session.flush()
