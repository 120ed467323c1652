"""An event that gives seats again lets its queue up at once, without anybody opening a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.events import queries as events
from app.events import services
from app.events.models import Event
from app.events.rules import Status
from app.network.actors import SYSTEM
from app.registration import queries
from app.registration.inputs import SeatsInput
from app.registration.rules import Place
from app.registration.services import leaving, seats
from tests.builders import NOW, make_event, make_venue
from tests.registration.helpers import join

LATER = timedelta(days=7)


def edit(event: Event, **changes: Any) -> None:
    values = replace(services.values_of(event), **changes)
    services.edit(event.id, values=values, revision=event.revision, actor=SYSTEM, now=_moment(event))


def _moment(event: Event) -> Any:
    return event.starts_at + timedelta(minutes=2)


def end_later(event: Event) -> None:
    edit(event, starts_at=event.starts_at + LATER, ends_at=event.ends_at + LATER)


def close_later(event: Event) -> None:
    closes_at = event.ends_at - timedelta(minutes=5)
    values = SeatsInput(capacity=1, closes_at=closes_at)
    seats.change_seats(event_slug=event.slug, values=values, actor=SYSTEM, now=_moment(event))


@pytest.mark.parametrize("reopen", [end_later, close_later])
def test_a_deadline_that_moves_offers_the_seat_to_the_next(database: Session, reopen: Any) -> None:
    event = make_event(capacity=1, policy={"offer_hours": 24}, venue=make_venue())
    ada, max_ = join(event.id, "ada"), join(event.id, "max")
    leaving.withdraw(ada.id, now=event.starts_at + timedelta(minutes=1))
    assert queries.registration(max_.id).place is Place.WAITLISTED  # no time is left to answer
    reopen(events.event(event.id))
    assert queries.registration(max_.id).place is Place.OFFERED


def test_an_event_that_takes_place_after_all_gives_the_seat_to_the_next(database: Session) -> None:
    event = make_event(capacity=1, venue=make_venue())
    ada, max_ = join(event.id, "ada"), join(event.id, "max")
    row = events.event(event.id)
    row.status = Status.HELD
    database.commit()
    leaving.withdraw(ada.id, now=NOW)
    assert queries.registration(max_.id).place is Place.WAITLISTED
    row.status = Status.POSTPONED
    database.commit()
    services.publish(event.id, actor=SYSTEM, now=NOW)
    assert queries.registration(max_.id).place is Place.CONFIRMED
