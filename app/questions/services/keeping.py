"""What every verb of this room does before and after."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.events.errors import NoLongerEdited
from app.events.models import Event
from app.events.rules import Status
from app.events.services.access import hold_for_change
from app.kernel.facts import record
from app.network.actors import Actor
from app.questions.facts import QuestionsChanged
from app.questions.models import QuestionForm


def open_event(event_id: int, actor: Actor) -> Event:
    """The event, locked, for somebody who manages it; raises EventNotFound, MayNotManage, NoLongerEdited."""
    event = hold_for_change(event_id, actor)
    if event.status is Status.ARCHIVED:
        raise NoLongerEdited
    return event


def tell(event: Event, form: QuestionForm, action: str, *, actor: Actor, now: datetime, **details: object) -> None:
    """Write it into the log, and tell other rooms."""
    subject = f"event:{event.slug}"
    audit.note(f"questions.{action}", subject=subject, account_id=actor.account_id, now=now, form=form.id, **details)
    record(QuestionsChanged(event_id=event.id, form_id=form.id, at=now, is_new=action == "form_added"))
