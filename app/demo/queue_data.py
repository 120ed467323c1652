"""The study visit with approval and offers: every place that a registration can have is on show."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.demo import people
from app.demo.accounts import somebody
from app.demo.queries import people_with_place
from app.events import queries as events
from app.registration.inputs import Application
from app.registration.rules import Place
from app.registration.services import deciding, joining, leaving, offers

EVENT = "E6"
ASKING, QUEUEING = range(701, 706), range(706, 709)


def load_queue(key: str, event_id: int, now: datetime) -> None:
    """Fill the visit up: two are approved, one is rejected, two wait for an answer, three queue for a seat."""
    if key != EVENT:
        return
    slug, organiser = events.event(event_id).slug, somebody("expert@filo.example")
    asking = _join(event_id, ASKING, asks=True, now=now - timedelta(days=9))
    deciding.approve(asking[:2], event_slug=slug, actor=organiser, now=now - timedelta(days=8))
    reason = "The companies let in people from industry and clusters only."
    deciding.reject(asking[2:3], event_slug=slug, reason=reason, actor=organiser, now=now - timedelta(days=8))
    queueing = _join(event_id, QUEUEING, asks=False, now=now - timedelta(days=7))
    _let_offers_run(event_id, queueing[0], now)


def _let_offers_run(event_id: int, first: int, now: datetime) -> None:
    """A seat comes free: the first does not answer in time, so that it is offered to the second now."""
    leaver = people_with_place(event_id, Place.CONFIRMED)[0]
    leaving.withdraw(leaver, now=now - timedelta(days=5))
    offers.expire(first, now=now - timedelta(days=1))


def _join(event_id: int, numbers: range, *, asks: bool, now: datetime) -> list[int]:
    applications = [
        Application(
            person=people.participant(number),
            form_key=f"demonstration-{event_id}-{number:06}",
            skips_approval=not asks,
            is_verified=True,
        )
        for number in numbers
    ]
    joining.admit(event_id, applications, now=now)
    return people_with_place(event_id, Place.PENDING if asks else Place.WAITLISTED)
