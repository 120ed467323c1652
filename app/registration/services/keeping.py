"""Mending what was typed, writing again, and forgetting in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from app.files.rules import Accepted
from app.kernel.db import hold_name, transactional
from app.mail.queries import count_recent
from app.mail.services import queue
from app.questions.rules import Asked
from app.registration import queries, rules
from app.registration.errors import WrittenTooOften, WrongPlace
from app.registration.inputs import Correction, GivenAnswer
from app.registration.rules import LIVE
from app.registration.services.answering import put_answers

BATCH = 500


@transactional
def correct(
    registration_id: int,
    *,
    values: Correction,
    answers: Mapping[int, GivenAnswer] | None = None,
    limited: Sequence[Asked] = (),
    uploads: Sequence[Accepted] = (),
    link_version: int | None = None,
    now: datetime,
) -> None:
    """Mend what a participant typed, and answered when joining; ``limited``: questions whose choices have seats.

    Raises WrongPlace once the place is gone, RegistrationNotFound when it was handed over and ``link_version`` is of
    the link before, ChangesClosed after the event's deadline, and ChoiceFull.
    """
    event_id = queries.event_id_of(registration_id)
    queries.hold_seats(event_id)  # a place that is handed over meanwhile takes nothing along of the former person
    registration = queries.hold_registration(registration_id, link_version=link_version)
    if registration.place not in LIVE:
        raise WrongPlace(place=registration.place)
    rules.check_changes(queries.changes_close_at(event_id), now)
    if answers is not None:
        put_answers(registration, answers, limited=limited, uploads=uploads, now=now)
    for name, value in asdict(values).items():
        setattr(registration, name, (value or None) if name in {"diet", "access", "message"} else value)
    registration.needs_erased_at = None


@transactional
def accept_privacy(registration_id: int, *, link_version: int, now: datetime) -> None:
    """Somebody who got the place from a colleague has read how data is used. Raises RegistrationNotFound."""
    queries.hold_registration(registration_id, link_version=link_version).privacy_accepted_at = now


@transactional
def write_again(registration_id: int, *, within_limit: bool, now: datetime) -> None:
    """Mail the link to somebody whose address was typed once more: at most once an hour.

    Raises WrittenTooOften where a day's limit is kept and reached.
    """
    registration = queries.registration(registration_id)
    if within_limit:
        hold_name(registration.email_key)
        if not rules.may_write_again(count_recent(registration.email_key, now - rules.A_DAY)):
            raise WrittenTooOften(retry_after=3600)
    queue(
        "registration_known",
        recipient=registration.email,
        locale=registration.locale,
        about=f"registration:{registration.id}",
        dedupe_key=f"registration_known:{registration.id}:{now:%Y%m%d%H}",
        now=now,
        registration_id=registration.id,
    )


@transactional
def erase_needs(*, before: datetime, now: datetime) -> int:
    """Forget diet, access and message of events that ended before; returns how many registrations were cleaned."""
    registrations = queries.with_needs_of_events_over_before(before, BATCH)
    for registration in registrations:
        registration.diet = registration.access = registration.message = None
        registration.form_digest = ""  # of a short need it could be guessed
        registration.needs_erased_at = now
    return len(registrations)


def erasure_day(ends_at: datetime, retention_days: int) -> datetime:
    """When diet, access and message of an event are forgotten."""
    return ends_at + timedelta(days=retention_days)
