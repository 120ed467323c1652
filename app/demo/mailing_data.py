"""A mailing that went out after a study visit, and one that waits for its day."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.events import queries as events
from app.mailings import services
from app.mailings.ready import THANK_YOU, WHAT_TO_BRING, Ready
from app.mailings.rules import Owner
from app.mailings.services import MailingInput, Timing, TimingKind
from app.network.actors import SYSTEM

SENT, SCHEDULED = "E5", "E3"


def load_mailings(key: str, event_id: int, now: datetime) -> None:
    event = events.event(event_id)
    if key == SENT:
        at = event.ends_at + timedelta(days=1)
        mailing_id = _write(event.slug, THANK_YOU, at)
        services.schedule(mailing_id, timing=Timing(kind=TimingKind.NOW), actor=SYSTEM, now=at)
    if key == SCHEDULED:
        mailing_id = _write(event.slug, WHAT_TO_BRING, now)
        timing = Timing(kind=TimingKind.BEFORE_START, minutes=WHAT_TO_BRING.minutes)
        services.schedule(mailing_id, timing=timing, actor=SYSTEM, now=now)


def _write(slug: str, text: Ready, now: datetime) -> int:
    values = MailingInput(subject=text.subject(), body=text.body(), audience=text.reached())
    return services.create(owner=Owner.EVENT, slug=slug, values=values, actor=SYSTEM, now=now)
