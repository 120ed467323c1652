"""What the worker does for registration."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.db import transactional
from app.mail.services import Letter, queue_all
from app.registration import queries
from app.registration.services import leaving, offers, seats
from app.registration.services.keeping import BATCH, erase_needs

TIME_TO_VERIFY = timedelta(hours=48)


@performs("tell_participants")
def tell_participants(event_id: int, letter: str, sequence: int) -> None:
    """Queue a letter to everybody who has or awaits a seat, in batches; running twice queues nothing twice."""
    ids = queries.live_registration_ids(event_id)
    for start in range(0, len(ids), BATCH):
        _queue_letters(ids[start : start + BATCH], letter, sequence, clock.now())


@performs("move_up")
def move_up(event_id: int) -> None:
    """Go on where one transaction stopped letting the queue up."""
    offers.go_on(event_id, now=clock.now())


@performs("expire_offer")
def expire_offer(registration_id: int) -> None:
    """Pass a seat on that was offered and not taken in time."""
    offers.expire(registration_id, now=clock.now())


@recurs("release_quotas", every=timedelta(minutes=1))
def release_quotas(now: datetime) -> None:
    """Give seats that quotas kept to the common pool on their day."""
    for event_id in queries.quotas_to_release(now):
        seats.release_due(event_id, now=now)


@recurs("lapse_unverified", every=timedelta(minutes=15))
def lapse_unverified(now: datetime) -> None:
    """End registrations of addresses that did not prove themselves within two days."""
    for registration_id in queries.unverified_since(now - TIME_TO_VERIFY, BATCH):
        leaving.lapse(registration_id, now=now)


@recurs("erase_needs", every=timedelta(hours=6))
def erase(now: datetime) -> None:
    """Forget diet and access when the retention time after the event is over."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while erase_needs(before=before, now=now) == BATCH:
        pass


@transactional
def _queue_letters(registration_ids: list[int], letter: str, sequence: int, now: datetime) -> None:
    queue_all(
        [
            Letter(
                name=letter,
                recipient=registration.email,
                locale=registration.locale,
                about=f"registration:{registration.id}",
                dedupe_key=f"{letter}:{registration.id}:{sequence}",
                context={"registration_id": registration.id, "sequence": sequence},
            )
            for registration in queries.registrations(registration_ids)
        ],
        now=now,
    )
