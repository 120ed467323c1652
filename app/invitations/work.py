"""What the worker does for invitations."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from app.invitations import queries, rules
from app.invitations.errors import ListNotFound
from app.invitations.neighbours import closing_of
from app.invitations.reading import sheet_of
from app.invitations.services import keeping, lists, reminding
from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.db import db


@performs(lists.READ)
def read_list(list_id: int) -> None:
    """Check a long list in parts; after a break it goes on where it stopped."""
    found = queries.content_of(list_id)
    db.session.rollback()
    if found is None:
        return  # read already, or thrown away
    content, pasted, start = found
    sheet = sheet_of(content, pasted=pasted)
    try:
        for first in range(start, len(sheet.rows), lists.BATCH):
            lists.note_lines(list_id, first, sheet.entries(first, first + lists.BATCH))
    except ListNotFound:
        return  # thrown away meanwhile


@performs(lists.SEND)
def send_list(list_id: int) -> None:
    try:
        while lists.send_batch(list_id, now=clock.now()):
            pass
    except ListNotFound:
        return


@performs(reminding.REMIND)
def remind(event_id: int) -> None:
    now = clock.now()
    while reminding.remind_batch(event_id, now=now) == reminding.BATCH:
        pass


@recurs("invitations.remind_silent", every=timedelta(minutes=15))
def remind_silent(now: datetime) -> None:
    """Begin the reminders that are due so many days before registration closes."""
    due = [
        (event.id, closing_of(event))
        for event, settings in queries.events_that_remind(now)
        if rules.reminder_is_due(
            closing_of(event), settings.remind_days_before, reminded_for=settings.reminded_for, now=now
        )
    ]
    for event_id, closes_at in due:
        reminding.begin_reminding(event_id, closes_at=closes_at, now=now)


@recurs("invitations.forget", every=timedelta(hours=6))
def forget(now: datetime) -> None:
    """Forget who was invited when the retention time after the event is over."""
    before = now - timedelta(days=current_app.config["FILO"].retention_days)
    while keeping.forget_people(before=before) == keeping.BATCH:
        pass
    keeping.forget_lists(now=now)
