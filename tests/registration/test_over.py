"""What can no longer be done once an event is called off or over, and what the pages say instead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Status
from app.kernel.db import db
from app.mail.models import Message
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.registration import links
from app.registration.errors import EventCalledOff, EventPast
from app.registration.inputs import Heir
from app.registration.models import Registration
from app.registration.rules import Place
from app.registration.services import deciding, handing_over, item_places, joining
from tests.builders import make_event, make_organisation
from tests.forms import send
from tests.registration.asking import table
from tests.registration.helpers import person
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC)
SOON = NOW + timedelta(days=10)
LONG_AGO = NOW - timedelta(days=30)
WAITS = {Place.WAITLISTED, Place.PENDING, Place.OFFERED}


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Own")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_event(organiser=organiser, starts_at=SOON, capacity=1)


def join(event: Event, name: str) -> Registration:
    key = f"form-of-{name}-{'x' * 12}"
    return joining.join(event_id=event.id, person=person(name), form_key=key, now=datetime.now(UTC))


def call_off(event: Event) -> None:
    event.status = Status.CALLED_OFF
    db.session.commit()


def end(event: Event) -> None:
    event.starts_at, event.ends_at = LONG_AGO, LONG_AGO + timedelta(hours=4)
    db.session.commit()


def own(registration: Registration) -> str:
    return f"/registrations/{links.token(registration)}"


def test_nobody_gets_a_place_at_what_was_called_off(client: FlaskClient, organiser: Organisation, event: Event) -> None:
    first, waiting = join(event, "ada"), join(event, "eva")
    table_id = table(event, "Needs")
    call_off(event)
    db.session.query(Message).delete()
    db.session.commit()
    how = {"event_slug": event.slug, "actor": SYSTEM, "now": NOW}
    with pytest.raises(EventCalledOff):
        deciding.promote_by_hand(waiting.id, reason="Speaker", **how)
    with pytest.raises(EventCalledOff):
        deciding.put_forward(waiting.id, reason="Speaker", **how)
    with pytest.raises(EventCalledOff):
        joining.add(person=person("ida"), **how)
    to = Heir(given_name="Ida", family_name="Esempio", email="ida@company.example", locale="en")
    with pytest.raises(EventCalledOff):
        handing_over.hand_over(first.id, to=to, now=NOW)
    for by_hand in (False, True):
        with pytest.raises(EventCalledOff):
            item_places.choose(first.id, item_ids={table_id}, by_hand=by_hand, now=NOW)
    assert db.session.scalars(select(Message)).all() == []
    sign_in_manager(client, organiser, "organiser@filo.example")
    typed = {
        "given_name": "Ida",
        "family_name": "Esempio",
        "email": "ida@company.example",
        "organisation": "Typed Ltd",
        "org_type": "company",
        "country": "IT",
    }
    page = f"/manage/events/{event.slug}/participants"
    answer = send(client, f"{page}/add", typed, to=page)
    assert (answer.status_code, "Typed Ltd" in answer.text) == (409, True)


def test_who_is_entered_afterwards_for_the_record_is_not_told_to_come(event: Event) -> None:
    end(event)
    entered = joining.add(event_slug=event.slug, person=person("ida"), actor=SYSTEM, now=NOW)
    assert entered.place is Place.CONFIRMED
    assert db.session.scalars(select(Message)).all() == []


def test_where_people_sat_stays_as_it_was_once_the_event_is_over(client: FlaskClient, event: Event) -> None:
    registration = join(event, "ada")
    table_id = table(event, "Needs")
    item_places.choose(registration.id, item_ids={table_id}, now=NOW)
    end(event)
    with pytest.raises(EventPast):
        item_places.choose(registration.id, item_ids=set(), now=NOW)
    address = f"{own(registration)}/tables"
    assert client.get(address).status_code == 409
    item_places.choose(registration.id, item_ids=set(), by_hand=True, now=NOW)


@pytest.mark.parametrize("place", sorted({*WAITS, Place.CONFIRMED}))
@pytest.mark.parametrize(("finish", "words"), [(call_off, "This event was called off"), (end, "This event is over")])
def test_ones_own_page_promises_nothing_that_will_not_come(
    client: FlaskClient, event: Event, place: Place, finish: object, words: str
) -> None:
    registration = db.session.get_one(Registration, join(event, "ada").id, populate_existing=True)
    registration.place = place
    registration.offer_expires_at = SOON if place is Place.OFFERED else None
    db.session.commit()
    finish(event)  # type: ignore[operator]
    page = client.get(own(registration)).text
    assert f"<h1>{words}</h1>" in page
    for gone in (
        "You have a place",
        "Add to my calendar",
        "At the door",
        "Hand my place over",
        "As soon as a place is free",
        "Give my place back",
        "Leave the waiting list",
        "Take the place",
        "You need not do anything",
    ):
        assert gone not in page, gone
    assert client.get(f"{own(registration)}/hand-over").status_code == 409


def test_an_offer_is_declined_by_one_button(client: FlaskClient, event: Event) -> None:
    registration = db.session.get_one(Registration, join(event, "ada").id, populate_existing=True)
    registration.place, registration.offer_expires_at = Place.OFFERED, SOON
    db.session.commit()
    page = client.get(own(registration)).text
    assert "Decline it" in page
    assert "Give my place back" not in page
