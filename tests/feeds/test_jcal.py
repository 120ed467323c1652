"""The calendar of an event as JSON."""

from __future__ import annotations

import json

import icalendar
import pytest
from flask.testing import FlaskClient

from app.agenda.models import Leg
from app.agenda.rules import TravelMode
from app.events.rules import Audience, Format, Status
from tests.builders import NOW
from tests.feeds.world import add_item, change, publish
from tests.readers import read_with_icalendar

NASTY = "Müller, „Söhne“; A\\B: <br>\n“ò”"


@pytest.fixture
def slug(client: FlaskClient) -> str:
    (event,) = publish(NASTY, format=Format.HYBRID, online_url="https://meet.example/1?a=1,2;b", slug="muller")
    add_item(event.id, "Keynote")
    leg = Leg(
        mode=TravelMode.PLANE, departs_from="Stuttgart", arrives_at="Helsinki", arrival_timezone="Europe/Helsinki"
    )
    add_item(event.id, "Out", leg=leg)
    return "muller"


def test_it_says_what_the_file_says_and_comes_back(client: FlaskClient, slug: str) -> None:
    answer = client.get(f"/events/{slug}.jcal?sessions=1")
    assert (answer.status_code, answer.mimetype) == (200, "application/calendar+json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    data = client.get(f"/events/{slug}.ics?sessions=1").data
    back = icalendar.Calendar.from_jcal(answer.get_data(as_text=True))
    assert read_with_icalendar(back.to_ical()) == read_with_icalendar(data)
    written = icalendar.Calendar.from_ical(data)
    for one, other in zip(back.walk("VEVENT"), written.walk("VEVENT"), strict=True):
        assert {name: str(value) for name, value in one.items()} == {name: str(value) for name, value in other.items()}


def test_it_is_jcal_as_rfc_7265_has_it(client: FlaskClient, slug: str) -> None:
    kind, properties, parts = json.loads(client.get(f"/events/{slug}.jcal").data)
    assert kind == "vcalendar"
    assert ["version", {}, "text", "2.0"] in properties
    assert [part[0] for part in parts] == ["vtimezone", "vevent"]
    event = {name: (given, of_type, value) for name, given, of_type, value, *_more in parts[1][1]}
    assert event["dtstart"] == ({"tzid": "Europe/Rome"}, "date-time", "2027-01-23T13:00:00")
    assert event["conference"][1:] == ("uri", "https://meet.example/1?a=1,2;b")
    assert event["geo"][1:] == ("float", [45.89, 11.03])


def test_what_the_client_has_is_not_sent_again(client: FlaskClient, slug: str) -> None:
    first = client.get(f"/events/{slug}.jcal")
    again = client.get(f"/events/{slug}.jcal", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["ETag"] != client.get(f"/events/{slug}.ics").headers["ETag"]
    assert first.headers["ETag"] != client.get(f"/events/{slug}.jcal?lang=it").headers["ETag"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/events/xyz.jcal", 404),
        ("/events/muller.jcal?lang=fr", 400),
        ("/events/muller.jcal?kind=study_visit", 400),
        ("/events/%C3%A9.jcal", 404),
    ],
)
def test_other_addresses_are_refused(client: FlaskClient, slug: str, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@pytest.mark.parametrize("hidden", [{"status": Status.DRAFT}, {"audience": Audience.INTERNAL}, {"listed": False}])
def test_what_is_not_public_was_never_there(client: FlaskClient, hidden: dict[str, object]) -> None:
    publish("Secret", slug="secret", **hidden)
    assert client.get("/events/secret.jcal").status_code == 404


def test_an_event_that_left_is_an_empty_calendar(client: FlaskClient) -> None:
    (event,) = publish("Once", slug="once")
    change(event.id, listed=False, content_changed_at=NOW)
    answer = client.get("/events/once.jcal")
    assert (answer.status_code, b"vevent" in answer.data) == (200, False)
