"""Mending what was typed, writing again, and forgetting in time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from app.kernel.db import db, transactional
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
def write_again(registration_id: int, *, now: datetime) -> None:
    """Mail the link to somebody whose address was typed once more: at most once an hour."""
    registration = queries.registration(registration_id)
    queue(
        "registration_known",
        recipient=registration.email,
        locale=registration.locale,
        about=f"registration:{registration.id}",
        dedupe_key=f"registration_known:{registration.id}:{now:%Y%m%d%H}",
        now=now,
        registration_id=registration.id,
    )


def check_address_not_flooded(email_key: str, *, now: datetime) -> None:
    """Refuse to set off more mails to one address than a day allows; raises WrittenTooOften."""
    if not rules.may_write_again(count_recent(email_key, now - rules.A_DAY)):
        raise WrittenTooOften(retry_after=3600)


@transactional
def erase_needs(*, before: datetime, now: datetime) -> int:
    """Forget diet and access of events that ended before; returns how many registrations were cleaned."""
    registrations = queries.with_needs_of_events_over_before(before, BATCH)
    for registration in registrations:
        registration.diet = registration.access = None
        registration.needs_erased_at = now
    return len(registrations)


def erasure_day(ends_at: datetime, retention_days: int) -> datetime:
    """When diet and access of an event are forgotten."""
    return ends_at + timedelta(days=retention_days)
