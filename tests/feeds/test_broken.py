"""Wrong in one, right in all: what cannot be shown is left out and told, and every other event stays."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from app.feeds import queries, services
from app.feeds.models import RenderedEntry
from app.kernel.db import db
from app.personal.models import CalendarToken
from tests.builders import NOW, make_event
from tests.caldav.dav import ALL, Dav, found_in
from tests.feeds.world import add_item, change, publish, shown
from tests.personal.world import calendar_of, look_again, register
from tests.personal.world import shown as shown_to_ada
from tests.signing_in import sign_in_administrator

pytestmark = pytest.mark.usefixtures("database")
EVENTS = '<c:comp-filter name="VEVENT"/>'
BROKEN = {
    "a zone that no longer exists": "timezone = 'Mars/Olympus'",
    "a title that is no list of languages": "title = '[1, 2]'",
    "a title of numbers": "title = '{\"en\": 5}'",
    "a summary that is a word": "summary = '\"word\"'",
    "a kind that nobody knows": "kind = 'banquet'",
    "a precision that nobody knows": "date_precision = 'hour'",
}


def put(event_id: int, values: str) -> None:
    """Straight into the database, past every check."""
    db.session.execute(text(f"UPDATE event SET {values} WHERE id = :id"), {"id": event_id})
    db.session.commit()
    db.session.expunge_all()


def version(client: FlaskClient) -> str:
    return str(client.get("/events.ics").headers["ETag"])


@pytest.mark.parametrize("values", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_left_out_and_told_until_it_can(client: FlaskClient, values: str) -> None:
    broken, sound = publish("Workshop", "Forum")
    broken_id, uid, other = broken.id, broken.uid, sound.uid
    good = dict(db.session.execute(text("SELECT * FROM event WHERE id = :id"), {"id": broken_id}).mappings().one())
    before = version(client)
    put(broken_id, values)
    services.refresh(broken_id, now=NOW)
    assert shown(client) == [other]
    assert version(client) != before
    assert list(found_in(Dav(client).query(ALL, EVENTS).data)) == [f"{ALL}{other}.ics"]
    assert client.get(f"/events/{sound.slug}.jcal").status_code == 200
    assert queries.missing_since() == {broken_id: NOW}

    services.look_after_missing(NOW + timedelta(hours=1))
    assert queries.missing_since() == {broken_id: NOW}

    name = values.partition(" = ")[0]
    db.session.execute(
        text(f"UPDATE event SET {name} = :good WHERE id = :id"), {"good": _plain(good[name]), "id": broken_id}
    )
    db.session.commit()
    services.look_after_missing(NOW + timedelta(hours=2))
    assert set(shown(client)) == {uid, other}
    assert queries.missing_since() == {}


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def test_saving_goes_on_and_mends(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    put(event.id, "timezone = 'Mars/Olympus'")
    change(event.id, sequence=1)
    assert shown(client) == []
    change(event.id, timezone="Europe/Rome")
    assert shown(client) == [event.uid]
    assert queries.missing_since() == {}


def test_a_part_that_cannot_be_shown_takes_nobody_along(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    part, other = add_item(event.id, "Keynote"), add_item(event.id, "Panel")
    db.session.execute(text("UPDATE agenda_item SET abstract = '7' WHERE id = :id"), {"id": part.id})
    db.session.commit()
    services.refresh(event.id, now=NOW)
    assert set(shown(client, "/events.ics?sessions=1")) == {event.uid, other.uid}
    assert [row.source for row in queries.missing_entries(event.id)] == [f"item:{part.id}"]


def test_a_zone_that_goes_with_an_update_of_its_data_is_noticed(client: FlaskClient, database: Session) -> None:
    lost, sound = publish("Workshop", "Forum")
    put(lost.id, "timezone = 'Mars/Olympus'")
    database.execute(update(RenderedEntry).where(RenderedEntry.event_id == lost.id).values(zones="Mars/Olympus"))
    database.commit()
    before = version(client)
    assert shown(client) == [sound.uid]
    services.look_after_missing(NOW)
    assert version(client) != before
    assert set(queries.missing_since()) == {lost.id}


def test_bytes_that_went_wrong_are_made_anew(client: FlaskClient, database: Session) -> None:
    event, other = publish("Workshop", "Forum")
    database.execute(update(RenderedEntry).where(RenderedEntry.event_id == event.id).values(body=b"\xffBEGIN:VEV"))
    database.commit()
    assert shown(client) == [other.uid]
    assert list(found_in(Dav(client).query(ALL, EVENTS).data)) == [f"{ALL}{other.uid}.ics"]
    services.look_after_missing(NOW)
    assert set(shown(client)) == {event.uid, other.uid}
    assert queries.missing_since() == {}


@pytest.mark.parametrize("values", list(BROKEN.values())[:5], ids=list(BROKEN)[:5])
def test_a_personal_calendar_leaves_out_the_one_and_keeps_the_rest(client: FlaskClient, values: str) -> None:
    broken, sound = make_event("Workshop"), make_event("Forum")
    register(broken.id)
    register(sound.id)
    broken_id, other = broken.id, sound.uid
    opened = calendar_of()
    put(broken_id, values)
    assert look_again(opened, NOW + timedelta(hours=1))
    assert set(shown_to_ada(client, opened)) == {other}
    assert queries.missing_since() == {broken_id: NOW + timedelta(hours=1)}
    token = db.session.get_one(CalendarToken, opened.token_id)
    agenda = f"/caldav/homes/{token.public_id}/agenda/"
    assert list(found_in(Dav.of(client, opened).query(agenda, EVENTS).data)) == [f"{agenda}{other}.ics"]


@pytest.mark.parametrize("values", list(BROKEN.values())[:4], ids=list(BROKEN)[:4])
def test_organisers_and_administrators_are_told(client: FlaskClient, values: str) -> None:
    (event,) = publish("Workshop")
    event_id, slug = event.id, event.slug
    put(event_id, values)
    services.refresh(event_id, now=NOW)
    sign_in_administrator(client)
    for page in ("/manage", f"/manage/events/{slug}", "/manage/feeds"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "missing in calendars" in answer.text
    assert client.get(f"/manage/events/{slug}/edit").status_code == 200
    assert client.get("/events").status_code == 200
