"""Ask, accept, decline, take back, let expire."""

from __future__ import annotations

from datetime import datetime

from app.events.models import Event
from app.kernel.db import db, transactional
from app.mail.services import Letter, queue_all
from app.meetings import queries, rules
from app.meetings.errors import AskedAlready, RequestNotFound
from app.meetings.models import MeetingRequest
from app.meetings.posing import organisation_keys, wishes_of
from app.meetings.rules import BookingWindow, RequestState
from app.meetings.services.scheduling import call_off
from app.meetings.timing import slot_times, window_of
from app.registration import queries as registrations
from app.registration.models import Registration

REQUESTED, ACCEPTED = "meeting_requested", "meeting_accepted"
AT_ONCE = 500


@transactional
def ask(registration_id: int, *, whom: int, reason: str, now: datetime, tells: bool = True) -> RequestState:
    """Ask somebody for a meeting; who asks somebody who asked already accepts.

    ``whom`` is a registration of the same event. Raises NotOpen, ProfileNotFound, OwnOrganisation, ReasonMissing,
    AskedTooMany, AskedAlready.
    """
    event_id = registrations.event_id_of(registration_id)
    window = _open_window(event_id, now)
    asker, asked = (queries.partaking(event_id, one) for one in (registration_id, whom))
    keys = organisation_keys(event_id, [asker.registration, asked.registration])
    rules.check_ask(
        asker=wishes_of(asker, keys[registration_id]),
        asked=wishes_of(asked, keys[whom]),
        reason=reason,
        under_way=queries.count_asked(registration_id),
    )
    row = queries.request_between(registration_id, whom)
    if row is not None and row.state in {*rules.UNDER_WAY, RequestState.DECLINED}:
        raise AskedAlready(field="reason")
    back = queries.request_between(whom, registration_id)
    is_mutual = back is not None and back.state in rules.UNDER_WAY
    if row is None:
        row = MeetingRequest(event_id=event_id, from_id=registration_id, to_id=whom)
        db.session.add(row)
    row.reason, row.asked_at, row.expires_at = reason.strip(), now, rules.expires_at(now, window)
    row.state = RequestState.ACCEPTED if is_mutual else RequestState.OPEN
    row.answered_at = now if is_mutual else None
    db.session.flush()
    if back is not None and back.state is RequestState.OPEN:
        _accept(back, now=now, tells=tells)
    elif tells and not is_mutual:
        _tell(REQUESTED, row, asked.registration, now=now)
    return row.state


@transactional
def accept(registration_id: int, *, request_id: int, now: datetime, tells: bool = True) -> None:
    """Agree to meet. Raises RequestNotFound, NotOpen, AnsweredAlready."""
    request = _asked_of(registration_id, request_id, now)
    _accept(request, now=now, tells=tells)


@transactional
def decline(registration_id: int, *, request_id: int, now: datetime) -> None:
    """Say no; who asked sees it and gets no mail. Raises RequestNotFound, NotOpen, AnsweredAlready."""
    request = _asked_of(registration_id, request_id, now)
    request.state, request.answered_at = RequestState.DECLINED, now


@transactional
def take_back(registration_id: int, *, request_id: int, now: datetime) -> None:
    """Withdraw what one asked for, or what one of the two agreed to; a meeting that was planned of it is called off.

    Raises RequestNotFound, AnsweredAlready, HasBegun.
    """
    request = queries.hold_request(request_id)
    own = {request.from_id: rules.UNDER_WAY, request.to_id: {RequestState.ACCEPTED}}.get(registration_id)
    if own is None:
        raise RequestNotFound(request=request_id)
    rules.check_answerable(request.state, among=own)
    meeting = queries.meeting_between(request.from_id, request.to_id)
    if meeting is not None:
        call_off(registration_id, meeting_id=meeting.id, now=now)
    request.state, request.answered_at = RequestState.WITHDRAWN, now


@transactional
def expire_due(*, now: datetime) -> int:
    """Close what nobody answered in time; how many."""
    rows = queries.expired(now, most=AT_ONCE)
    for request in rows:
        request.state, request.answered_at = RequestState.EXPIRED, now
    return len(rows)


def _asked_of(registration_id: int, request_id: int, now: datetime) -> MeetingRequest:
    request = queries.hold_request(request_id)
    if request.to_id != registration_id:
        raise RequestNotFound(request=request_id)
    _open_window(request.event_id, now)
    state = RequestState.EXPIRED if request.expires_at <= now and request.state is RequestState.OPEN else request.state
    rules.check_answerable(state)
    return request


def _open_window(event_id: int, now: datetime) -> BookingWindow:
    event: Event = queries.event(event_id)
    window = window_of(queries.settings_of(event_id), slot_times(event, queries.blocks(event_id)))
    window.check_open(now)
    return window


def _accept(request: MeetingRequest, *, now: datetime, tells: bool) -> None:
    request.state, request.answered_at = RequestState.ACCEPTED, now
    if tells:
        _tell(ACCEPTED, request, registrations.registration(request.from_id), now=now)


def _tell(name: str, request: MeetingRequest, to: Registration, *, now: datetime) -> None:
    letter = Letter(
        name=name,
        recipient=to.email,
        locale=to.locale,
        about=f"registration:{to.id}",
        dedupe_key=f"{name}:{request.id}:{request.asked_at.isoformat()}",
        context={"request_id": request.id},
    )
    queue_all([letter], now=now)
