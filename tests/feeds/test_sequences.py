"""SEQUENCE rises once, on just the entries whose time, place or state changed; and entries follow an upgrade."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.agenda.models import Stop
from app.events.models import Event
from app.events.rules import Audience, Status
from app.feeds import services, work
from app.feeds.entries import RENDERER
from app.feeds.models import RenderedEntry
from app.kernel.db import db
from app.kernel.texts import Texts
from tests.builders import NOW, make_venue
from tests.feeds.world import add_item, change, lines, publish, vevents
from tests.query_counter import counted_queries
from tests.readers import read_with_vobject

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def event_id(client: FlaskClient) -> int:
    """A visit of two days with a welcome at its venue, and a stop at another."""
    (event,) = publish("Visit", ends_at=NOW + timedelta(days=11), sequence=4)
    event_id = event.id
    add_item(event_id, "Welcome", sequence=2)
    add_item(event_id, "Stop", start_minute=900, end_minute=960, stop=Stop(venue=make_venue(), protective_equipment=[]))
    return event_id


def sequences(client: FlaskClient) -> dict[str, int]:
    """Of every entry by the first word of its title, the state left out."""
    seen = read_with_vobject(client.get("/events.ics?sessions=1").data)
    return {entry.summary.removeprefix("Cancelled: ").split()[0]: entry.sequence for entry in seen}


def test_parts_go_on_from_where_their_event_is(client: FlaskClient, event_id: int) -> None:
    assert sequences(client) == {"Visit": 4, "Welcome": 6, "Stop": 4}


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"title": Texts(en="Visit again")}, {"Visit": 4, "Welcome": 6, "Stop": 4}),
        ({"summary": Texts(en="Words")}, {"Visit": 4, "Welcome": 6, "Stop": 4}),
        ({"ends_at": NOW + timedelta(days=11, hours=1)}, {"Visit": 4, "Welcome": 6, "Stop": 4}),  # the same days
        ({"ends_at": NOW + timedelta(days=12), "sequence": 5}, {"Visit": 5, "Welcome": 6, "Stop": 4}),
        ({"ends_at": NOW + timedelta(days=12)}, {"Visit": 5, "Welcome": 6, "Stop": 4}),
        ({"ends_at": NOW + timedelta(days=10, hours=4)}, {"Visit": 5, "Welcome": 6, "Stop": 4}),  # timed now
        ({"starts_at": NOW + timedelta(days=9), "sequence": 5}, {"Visit": 5, "Welcome": 7, "Stop": 5}),
        ({"venue": None}, {"Visit": 5, "Welcome": 7, "Stop": 4}),
        ({"status": Status.CALLED_OFF, "sequence": 5}, {"Visit": 5, "Welcome": 7, "Stop": 5}),
    ],
)
def test_just_what_moved_is_raised_and_once(
    client: FlaskClient, event_id: int, changes: dict[str, Any], after: dict[str, int]
) -> None:
    change(event_id, content_changed_at=LATER, **changes)
    assert sequences(client) == after
    change(event_id, content_changed_at=LATER + timedelta(hours=1))
    assert sequences(client) == after


def test_a_venue_that_is_called_otherwise_raises_what_is_there_and_rules_of_the_house_nothing(
    client: FlaskClient, event_id: int
) -> None:
    venue = db.session.get_one(Event, event_id).venue
    assert venue
    before = sequences(client)
    services.refresh_venue(venue.id, now=LATER)
    assert sequences(client) == before
    db.session.merge(venue).name = Texts(en="Palace")
    db.session.commit()
    services.refresh_venue(venue.id, now=LATER)
    assert sequences(client) == {**before, "Visit": 5, "Welcome": 7}
    stamps = [line for line in lines(client.get("/events.ics").data) if line.startswith("DTSTAMP")]
    assert stamps == ["DTSTAMP:20270113T130000Z"]


def test_what_was_hidden_comes_back_with_a_higher_number(client: FlaskClient, event_id: int) -> None:
    before = sequences(client)
    change(event_id, listed=False)
    assert sequences(client) == {}
    change(event_id, listed=True, starts_at=NOW + timedelta(days=9), sequence=5)
    after = sequences(client)
    assert all(after[name] > before[name] for name in before)


def test_a_part_that_becomes_public_was_never_older(client: FlaskClient, event_id: int) -> None:
    add_item(event_id, "Jury", audience=Audience.INTERNAL, sequence=1)
    assert "Jury" not in sequences(client)


def test_after_an_upgrade_the_worker_makes_entries_anew_and_only_what_differs_changes(client: FlaskClient) -> None:
    (visit,) = publish("Visit", ends_at=NOW + timedelta(days=11), sequence=4)
    (morning,) = publish("Morning")
    visit_uid, morning_uid = visit.uid, morning.uid
    as_before(visit_uid)
    before = vevents(client.get("/events.ics").data)
    work.render_again(LATER)
    after = vevents(client.get("/events.ics").data)
    assert after[morning_uid] == before[morning_uid]
    assert b"DTSTART;VALUE=DATE:20270123" in after[visit_uid]
    assert b"SEQUENCE:5\r\n" in after[visit_uid]  # the form of its time is another
    assert b"LAST-MODIFIED:20270113T130000Z" in after[visit_uid]
    with counted_queries() as statements:
        work.render_again(LATER)
    assert len(statements) == 1


def as_before(visit_uid: str) -> None:
    """What the program before this one had written: two days as 24 busy hours."""
    forms = {
        b"DTSTART;VALUE=DATE:20270123": b"DTSTART;TZID=Europe/Rome:20270123T130000",
        b"DTEND;VALUE=DATE:20270125": b"DTEND;TZID=Europe/Rome:20270124T130000",
    }
    db.session.execute(update(RenderedEntry).values(renderer=RENDERER - 1))
    for row in db.session.query(RenderedEntry).filter_by(uid=visit_uid):
        for form, before in forms.items():
            assert form in row.body
            row.body = row.body.replace(form, before)
        row.zones = "Europe/Rome"
    db.session.commit()
