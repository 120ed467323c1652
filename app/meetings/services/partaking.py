"""Who takes part, and who does not any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app.kernel.db import db, transactional
from app.meetings import queries, rules
from app.meetings.errors import NoBlocks, NoPlace
from app.meetings.inputs import ProfileInput
from app.meetings.models import MeetingProfile
from app.meetings.rules import RequestState
from app.meetings.services.scheduling import cancel_meetings_of
from app.registration import queries as registrations
from app.registration.rules import Place


@transactional
def take_part(registration_id: int, *, values: ProfileInput, now: datetime) -> None:
    """Stand in the directory with what one looks for and offers, or mend it.

    Raises NoBlocks, NoPlace, NothingToTell.
    """
    registration = registrations.registration(registration_id)
    event_id = registration.allotment.event_id
    if not queries.has_blocks(event_id):
        raise NoBlocks
    if registration.place is not Place.CONFIRMED:
        raise NoPlace
    rules.check_wishes(values.needs, values.offers)
    row = queries.profile(registration_id)
    if row is None:
        row = MeetingProfile(registration_id=registration_id, event_id=event_id)
        db.session.add(row)
    row.needs, row.offers, row.about = list(values.needs), list(values.offers), values.about
    row.away, row.may_be_arranged = list(values.away), values.may_be_arranged
    row.takes_part, row.changed_at = True, now


@transactional
def stop_taking_part(registration_id: int, *, now: datetime) -> None:
    """Leave the directory: requests are withdrawn, coming meetings cancelled, those who wait for one are told."""
    if queries.profile(registration_id) is not None:
        leave(registrations.event_id_of(registration_id), [registration_id], now=now)


@transactional
def forget_partaking(event_id: int, registration_id: int, *, now: datetime) -> None:
    """The place has another person now, who has agreed to nothing yet and may begin anew.

    What the former one wrote goes, coming meetings are cancelled, those who wait for one are told.
    """
    leave(event_id, [registration_id], now=now)
    queries.erase_requests_of(registration_id)
    queries.erase_profile(registration_id)
    for meeting in queries.past_of(registration_id):
        meeting.is_called_off = False


@transactional
def leave(event_id: int, registration_ids: Collection[int], *, now: datetime) -> None:
    """These people take no part any more, by their own wish or because they lost their place."""
    there = [one for one in queries.profiles_of(registration_ids) if one.takes_part]
    if not there:
        return
    ids = {one.registration_id for one in there}
    for profile in there:
        profile.takes_part, profile.table_number, profile.changed_at = False, None, now
    for request in queries.under_way_with(ids):
        request.state, request.answered_at = RequestState.WITHDRAWN, now
    cancel_meetings_of(event_id, ids, now=now)
