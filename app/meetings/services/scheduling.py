"""The schedule becomes what people are told: new meetings, moved ones, cancelled ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import new_uid
from app.mail.services import Letter, queue_all
from app.meetings import queries, rules
from app.meetings.facts import MeetingsChanged
from app.meetings.models import Meeting
from app.meetings.rules import Outcome, RequestState
from app.meetings.timing import hours_of
from app.registration import queries as registrations
from app.registration.rules import Place

SCHEDULE = "meeting_schedule"
Row = Sequence[int]  # block, slot, table, two people


@transactional
def note_outcome(registration_id: int, *, meeting_id: int, outcome: Outcome, now: datetime) -> None:
    """What came of a meeting, as one side sees it. Raises MeetingNotFound, NotHeldYet."""
    meeting = queries.meeting_of(registration_id, meeting_id)
    hours = hours_of(queries.event(meeting.event_id), meeting)
    if hours:
        rules.check_held(hours[0], now)
    if registration_id == meeting.one_id:
        meeting.outcome_of_one = outcome
    else:
        meeting.outcome_of_other = outcome


@transactional
def call_off(registration_id: int, *, meeting_id: int, now: datetime) -> None:
    """One of the two cannot come: the meeting is cancelled and the other one told; they are not brought together again.

    Raises MeetingNotFound, HasBegun.
    """
    meeting = queries.meeting_of(registration_id, meeting_id)
    event = queries.event(meeting.event_id)
    queries.hold_settings(event.id)
    hours = hours_of(event, meeting)
    if hours:
        rules.check_coming(hours[0], now)
    for request in queries.requests_between(meeting.one_id, meeting.other_id):
        request.state, request.answered_at = RequestState.WITHDRAWN, now
    meeting.cancelled_at = meeting.changed_at = now
    meeting.is_called_off = True
    meeting.sequence += 1
    concerned = frozenset({meeting.one_id, meeting.other_id})
    record(MeetingsChanged(event_id=event.id, registration_ids=concerned, at=now))
    tell(event.id, concerned - {registration_id}, now=now)


def put_schedule(event_id: int, rows: Iterable[Row], *, now: datetime) -> frozenset[int]:
    """Let these meetings take place and no others; who is concerned by a change. The settings are held."""
    wanted = {(row[3], row[4]): (row[0], row[1], row[2]) for row in rows}
    known = {(one.one_id, one.other_id): one for one in queries.meetings_with_past(event_id)}
    changed = {ids for ids, place in wanted.items() if ids not in known or _place(known[ids]) != place}
    gone = {ids for ids, one in known.items() if ids not in wanted and one.cancelled_at is None}
    for ids in changed & known.keys() | gone:  # the tables are free before others take them
        known[ids].cancelled_at = known[ids].cancelled_at or now
        known[ids].changed_at = now
        known[ids].sequence += 1
    db.session.flush()
    for ids in sorted(changed):
        meeting = known.get(ids) or _new_meeting(event_id, ids, now)
        meeting.block_id, meeting.slot_number, meeting.table_number = wanted[ids]
        meeting.cancelled_at = None
    db.session.flush()
    return frozenset(one for ids in changed | gone for one in ids)


def cancel_meetings_of(event_id: int, registration_ids: Collection[int], *, now: datetime) -> None:
    """The coming meetings of people who left; those whom they would have met are told."""
    event = queries.event(event_id)
    concerned: set[int] = set()
    queries.hold_settings(event_id)
    for meeting in queries.meetings_of(registration_ids):
        hours = hours_of(event, meeting)
        if hours is None or hours[0] > now:
            meeting.cancelled_at = meeting.changed_at = now
            meeting.sequence += 1
            concerned |= {meeting.one_id, meeting.other_id}
    if concerned:
        record(MeetingsChanged(event_id=event_id, registration_ids=frozenset(concerned), at=now))
        tell(event_id, concerned - set(registration_ids), now=now)


def give_up_block(event_id: int, item_id: int, *, now: datetime) -> None:
    """A part of the agenda goes, and its meetings with it; those who would have met are told."""
    people = queries.who_meets_in([item_id])
    if people:
        record(MeetingsChanged(event_id=event_id, registration_ids=frozenset(people), at=now))
        tell(event_id, people, now=now)


def tell(event_id: int, registration_ids: Collection[int], *, now: datetime) -> None:
    """Write to these people how their schedule stands."""
    absent = {one.registration_id for one in queries.profiles_of(registration_ids) if one.absent_at}
    people = registrations.registrations(sorted(set(registration_ids) - absent))
    queue_all(
        [
            Letter(
                name=SCHEDULE,
                recipient=one.email,
                locale=one.locale,
                about=f"registration:{one.id}",
                dedupe_key=f"{SCHEDULE}:{event_id}:{one.id}:{now.isoformat()}",
                context={"registration_id": one.id},
            )
            for one in people
            if one.place is Place.CONFIRMED
        ],
        now=now,
    )


def _place(meeting: Meeting) -> tuple[int, int, int] | None:
    if meeting.cancelled_at is not None:
        return None
    return meeting.block_id, meeting.slot_number, meeting.table_number


def _new_meeting(event_id: int, ids: tuple[int, int], now: datetime) -> Meeting:
    meeting = Meeting(
        event_id=event_id, one_id=ids[0], other_id=ids[1], uid=new_uid(), sequence=0, created_at=now, changed_at=now
    )
    db.session.add(meeting)
    return meeting
