"""Study visits, and whatever else lasts for days: a bar over the days, and the parts on their own clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.agenda.models import Leg, Stop
from app.agenda.rules import TravelMode
from app.calendars import invitations
from app.demo.event_data import EVENTS
from app.demo.queries import demonstration_events
from app.demo.services import load
from app.events.calendar_entry import calendar_entry
from app.events.models import Event
from app.events.rules import Format, Kind, takes_days
from app.kernel.db import db
from tests.builders import NOW, make_organisation, make_venue
from tests.feeds.world import add_item, lines, publish, vevents
from tests.readers import read_by_all

START = datetime(2027, 5, 11, 7, tzinfo=UTC)  # nine in Rome
END = datetime(2027, 5, 13, 15, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "zone", "is_bar"),
    [
        ("2027-05-11 07:00", "2027-05-11 15:00", "Europe/Rome", False),
        ("2027-05-11 07:00", "2027-05-12 15:00", "Europe/Rome", True),
        ("2027-05-11 12:00", "2027-05-12 10:00", "Europe/Rome", True),
        ("2027-05-11 18:00", "2027-05-12 00:30", "Europe/Rome", False),  # an evening
        ("2027-05-10 22:00", "2027-05-11 22:00", "Europe/Rome", False),  # from midnight to midnight
        ("2027-05-10 22:00", "2027-05-12 22:00", "Europe/Rome", True),
        ("2027-05-11 01:00", "2027-05-11 23:00", "Europe/Rome", True),
        ("2027-05-11 01:00", "2027-05-11 23:00", "UTC", False),
    ],
)
def test_what_touches_several_days_is_a_bar_and_an_evening_is_not(
    starts: str, ends: str, zone: str, is_bar: bool
) -> None:
    assert takes_days(at(starts), at(ends), zone) is is_bar


@pytest.mark.node
def test_a_workshop_of_three_days_is_a_bar_and_not_72_busy_hours(client: FlaskClient) -> None:
    (event,) = publish("Workshop", starts_at=START, ends_at=END)
    publish("Morning", starts_at=END)
    add_item(event.id, "Keynote", day=1, start_minute=9 * 60, end_minute=10 * 60)
    event_id = event.id
    bar, morning = read_by_all(client.get("/events.ics").data)
    assert (bar.start, bar.end) == (date(2027, 5, 11), date(2027, 5, 14))
    assert (morning.start, morning.end) == (END, at("2027-05-13 19:00"))
    data = client.get(f"/events/{db.session.get_one(Event, event_id).slug}.ics?sessions=1").data
    parts = {entry.summary: entry for entry in read_by_all(data)}
    assert parts["Keynote – Workshop"].start == at("2027-05-12 07:00")
    text = lines(data)
    assert text.count("TRANSP:TRANSPARENT") == 2
    assert "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE" in text
    assert f"RELATED-TO;RELTYPE=PARENT:{bar.uid}" in text
    (words,) = [line for line in text if line.startswith("DESCRIPTION:11")]
    assert "from 09:00\\, until 17:00 on the last day (Rome time)" in words


@pytest.mark.node
def test_an_online_event_of_several_days_is_a_bar_in_its_own_zone(client: FlaskClient) -> None:
    publish("Sprint", starts_at=START, ends_at=END, format=Format.ONLINE, timezone="Pacific/Auckland")
    (bar,) = read_by_all(client.get("/events.ics").data)
    assert (bar.start, bar.end) == (date(2027, 5, 11), date(2027, 5, 15))


@pytest.mark.node
def test_the_visit_of_the_demonstration_is_right_on_both_sides_of_the_clock_change(client: FlaskClient) -> None:
    """E6 begins on the Thursday before clocks go forward and is evaluated on the Monday after."""
    load(NOW)
    visit = db.session.get_one(Event, demonstration_events({"E6": EVENTS["E6"].title})["E6"])
    night = Leg(
        mode=TravelMode.TRAIN, departs_from="Augsburg", arrives_at="Helsinki", arrival_timezone="Europe/Helsinki"
    )
    add_item(visit.id, "Night train", day=2, start_minute=22 * 60, end_minute=33 * 60, leg=night)
    slug = visit.slug
    data = client.get(f"/events/{slug}.ics?sessions=1").data
    seen = {entry.summary.partition(" – ")[0]: entry for entry in read_by_all(data)}
    times = {name: (entry.start, entry.end) for name, entry in seen.items()}
    assert times == {
        "Industry 4.0 in Bavaria": (date(2027, 3, 25), date(2027, 3, 30)),
        "Technologiezentrum Augsburg": (at("2027-03-25 13:00"), at("2027-03-25 15:30")),
        "Coach to the first company": (at("2027-03-26 07:15"), at("2027-03-26 07:45")),
        "A robot builder": (at("2027-03-26 08:00"), at("2027-03-26 10:30")),
        "Lunch": (at("2027-03-26 10:45"), at("2027-03-26 11:45")),
        "A maker of sensors": (at("2027-03-26 12:00"), at("2027-03-26 13:45")),
        "Learning diary": (at("2027-03-26 14:00"), at("2027-03-26 15:00")),
        "Night train": (at("2027-03-27 21:00"), at("2027-03-28 07:00")),  # ten hours, eleven on the clocks
        "Debrief, online": (at("2027-03-29 07:00"), at("2027-03-29 08:30")),
    }
    text = lines(data)
    assert "DTSTART;TZID=Europe/Berlin:20270327T220000" in text
    assert "DTEND;TZID=Europe/Helsinki:20270328T100000" in text
    assert seen["A robot builder"].location == "Tor 2"
    assert seen["Coach to the first company"].location == "Technologiezentrum"
    assert seen["Technologiezentrum Augsburg"].location.count("Technologiezentrum Augsburg") == 1


@pytest.mark.node
@pytest.mark.parametrize(
    ("minutes", "starts", "ends"),
    [
        ((90, 150), "2027-10-30 23:30", "2027-10-31 00:30"),
        ((150, 210), "2027-10-31 00:30", "2027-10-31 02:30"),  # the first of the two, and an hour that comes back
        ((180, 240), "2027-10-31 02:00", "2027-10-31 03:00"),
        ((-60, 200), "2027-10-30 21:00", "2027-10-31 02:20"),
    ],
)
def test_an_hour_that_happens_twice_is_right_in_every_parser(
    client: FlaskClient, minutes: tuple[int, int], starts: str, ends: str
) -> None:
    (visit,) = publish("Night shift", starts_at=at("2027-10-30 12:00"), ends_at=at("2027-10-31 12:00"))
    add_item(visit.id, "Visit", day=1, start_minute=minutes[0], end_minute=minutes[1])
    part = next(entry for entry in read_by_all(client.get("/events.ics?sessions=1").data) if "Visit" in entry.summary)
    assert (part.start, part.end) == (at(starts), at(ends))


@pytest.mark.node
def test_stops_and_legs_lie_end_to_end_in_three_zones(client: FlaskClient) -> None:
    host = make_organisation("Saimaa Works")
    helsinki = make_venue("Harbour", country="FI", timezone="Europe/Helsinki", city="Helsinki")
    (visit,) = publish("Visit", starts_at=START, ends_at=END, kind=Kind.STUDY_VISIT)
    plane = Leg(mode=TravelMode.PLANE, departs_from="Rome", arrives_at="Helsinki", arrival_timezone="Europe/Helsinki")
    back = Leg(mode=TravelMode.PLANE, departs_from="Helsinki", arrives_at="London", arrival_timezone="Europe/London")
    there = {"timezone": "Europe/Helsinki", "day": 1}
    add_item(visit.id, "Out", day=1, start_minute=540, end_minute=720, leg=plane)
    add_item(visit.id, "Harbour", **there, start_minute=780, end_minute=900, stop=stop(venue=helsinki))
    add_item(visit.id, "Works", **there, start_minute=900, end_minute=960, stop=stop(host=host, gate="Gate 3"))
    add_item(visit.id, "Back", **there, start_minute=960, end_minute=1140, leg=back)
    data = client.get("/events.ics?sessions=1").data
    parts = [entry for entry in read_by_all(data) if isinstance(entry.start, datetime)]
    assert [entry.summary.partition(" – ")[0] for entry in parts] == ["Out", "Harbour", "Works", "Back"]
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert [entry.location for entry in parts] == [
        "Rome",
        "Harbour, Via Esempio 1, 38068 Helsinki",
        "Saimaa Works, Gate 3",
        "Helsinki",
    ]
    assert data.count(b"BEGIN:VTIMEZONE") == 3
    assert "DTEND;TZID=Europe/London:20270512T170000" in lines(data)


def stop(**values: object) -> Stop:
    return Stop(protective_equipment=[], **values)


def test_the_mailed_invitation_and_the_feed_are_the_same_entry(app: Flask, client: FlaskClient) -> None:
    (event,) = publish("Workshop", starts_at=START, ends_at=END, sequence=3)
    with app.test_request_context():
        entry = calendar_entry(event, "en", public_url="http://localhost")
        mail = invitations.request(entry, "o@filo.example", "Filò", "ada@filo.example", "Ada")
    names = ("UID", "DTSTART", "DTEND", "SEQUENCE", "DTSTAMP", "LOCATION", "TRANSP", "DESCRIPTION", "X-ALT-DESC")
    assert of(mail, names) == of(client.get("/events.ics").data, names)
    assert "DTSTART;VALUE=DATE:20270511" in lines(mail)


def of(data: bytes, names: Iterable[str]) -> list[str]:
    (body,) = vevents(data).values()
    return [line for line in lines(body) if line.startswith(tuple(names))]
