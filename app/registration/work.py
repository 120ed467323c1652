"""What the worker does for registration."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.db import transactional
from app.mail.services import queue
from app.registration import queries
from app.registration.services.keeping import BATCH, erase_needs


@performs("tell_participants")
def tell_participants(event_id: int, letter: str, sequence: int) -> None:
    """Queue a letter to everybody who has or awaits a seat, in batches; running twice queues nothing twice."""
    ids = queries.live_registration_ids(event_id)
    for start in range(0, len(ids), BATCH):
        _queue_letters(ids[start : start + BATCH], letter, sequence, clock.now())


@recurs("erase_needs", every=timedelta(hours=6))
def erase(now: datetime) -> None:
    """Forget diet and access when the retention time after the event is over."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while erase_needs(before=before, now=now) == BATCH:
        pass


@transactional
def _queue_letters(registration_ids: list[int], letter: str, sequence: int, now: datetime) -> None:
    for registration in queries.registrations(registration_ids):
        queue(
            letter,
            recipient=registration.email,
            locale=registration.locale,
            about=f"registration:{registration.id}",
            dedupe_key=f"{letter}:{registration.id}:{sequence}",
            now=now,
            registration_id=registration.id,
            sequence=sequence,
        )
