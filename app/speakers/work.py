"""What the worker does for speakers."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.jobs.worker import recurs
from app.speakers import queries
from app.speakers.services import erase_needs
from app.speakers.services.asking import remind_for_deadline
from app.speakers.services.keeping import BATCH


@recurs("speakers.remind_silent", every=timedelta(minutes=15))
def remind(now: datetime) -> None:
    """Write once, so many days before the deadline, to those who have not answered."""
    ids = [row.event_id for row in queries.settings_with_deadline(now)]
    for event in queries.coming_events(ids, now):
        remind_for_deadline(event.id, now=now)


@recurs("speakers.erase_needs", every=timedelta(hours=6))
def erase(now: datetime) -> None:
    """Forget travel, diet, access and absences when the retention time after the event is over."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while erase_needs(before=before, now=now) == BATCH:
        pass
