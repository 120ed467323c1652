"""Mending what was typed, writing again, and forgetting in time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from app.kernel.db import db, hold_name, transactional
from app.mail.queries import count_recent
from app.mail.services import queue
from app.registration import queries, rules
from app.registration.errors import RegistrationNotFound, WrittenTooOften, WrongPlace
from app.registration.inputs import Correction
from app.registration.models import Registration
from app.registration.rules import LIVE

BATCH = 500


@transactional
def correct(registration_id: int, *, values: Correction) -> None:
    """Mend what a participant typed. Raises WrongPlace once the place is gone."""
    registration = db.session.get(Registration, registration_id, populate_existing=True, with_for_update=True)
    if registration is None:
        raise RegistrationNotFound(registration_id=registration_id)
    if registration.place not in LIVE:
        raise WrongPlace(place=registration.place)
    for name, value in asdict(values).items():
        setattr(registration, name, (value or None) if name in {"diet", "access", "message"} else value)
    registration.needs_erased_at = None


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
    """Forget diet and access of events that ended before; returns how many registrations were cleaned."""
    registrations = queries.with_needs_of_events_over_before(before, BATCH)
    for registration in registrations:
        registration.diet = registration.access = None
        registration.form_digest = ""  # of a short need it could be guessed
        registration.needs_erased_at = now
    return len(registrations)


def erasure_day(ends_at: datetime, retention_days: int) -> datetime:
    """When diet and access of an event are forgotten."""
    return ends_at + timedelta(days=retention_days)
