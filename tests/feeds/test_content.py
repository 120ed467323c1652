"""What stands in public calendars, and what never does."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.agenda.models import Leg, Stop
from app.agenda.rules import TravelMode
from app.events.models import EventPerson
from app.events.rules import Audience, Format, Kind, PersonRole, Status
from app.feeds import services
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.rules import OrganisationType
from app.registration.models import Allotment, Registration
from app.registration.rules import Place
from tests.builders import NOW, make_event, make_person, make_venue
from tests.feeds.world import add_item, change, lines, make_sector, publish, shown, vevents
from tests.readers import read_by_all

APPROVED = Path(__file__).parent.parent / "approved" / "feed.ics"
LATER = NOW + timedelta(hours=1)
LONG_AGO = datetime(2026, 1, 7, tzinfo=UTC)  # no Last-Modified is later than the real clock


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT},
        {"listed": False},
        {"audience": Audience.INTERNAL},
        {"date_precision": DatePrecision.MONTH},
        {"date_precision": DatePrecision.YEAR},
    ],
)
def test_what_is_not_public_or_has_no_day_is_in_no_feed(client: FlaskClient, hidden: dict[str, Any]) -> None:
    (event,) = publish("Secret", **hidden)
    slug = event.slug
    assert shown(client) == []
    answer = client.get(f"/events/{slug}.ics")
    assert answer.status_code == (200 if "date_precision" in hidden else 404)  # what has a page may be waited for
    assert b"VEVENT" not in answer.data


@pytest.mark.parametrize("hides", [{"status": Status.DRAFT}, {"listed": False}, {"audience": Audience.INTERNAL}])
def test_what_is_hidden_again_leaves_and_the_feed_says_that_it_changed(
    client: FlaskClient, hides: dict[str, Any]
) -> None:
    (event,) = publish("Once public", content_changed_at=LONG_AGO)
    event_id, slug = event.id, event.slug
    add_item(event_id, "Keynote", content_changed_at=LONG_AGO)
    before = client.get("/events.ics?sessions=1")
    change(event_id, **hides)
    after = client.get("/events.ics?sessions=1", headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert after.status_code == 200
    assert b"VEVENT" not in after.data
    assert after.last_modified > before.last_modified
    assert after.headers["ETag"] != before.headers["ETag"]
    assert shown(client, f"/events/{slug}.ics") == []  # known to calendars: empty, so that they drop it


def test_an_event_by_invitation_stands_there_without_its_link(client: FlaskClient) -> None:
    publish("Visit", audience=Audience.INVITED, format=Format.HYBRID, online_url="https://meet.example/secret")
    answer = client.get("/events.ics")
    assert b"SUMMARY:Visit" in answer.data
    assert b"meet.example" not in answer.data


def test_nobody_is_named(client: FlaskClient) -> None:
    person = make_person("Waltraud", "Unverkennbar")
    (event,) = publish("Workshop", persons=[EventPerson(person=person, role=PersonRole.SPEAKER)])
    add_item(event.id, "Keynote")
    add_registration(event.id, "Waltraud", "Unverkennbar")
    for lang in ("en", "it", "de"):
        data = client.get(f"/events.ics?sessions=1&lang={lang}").data
        assert not any(word in data for word in (b"Unverkennbar", b"ATTENDEE", b"ORGANIZER", b"METHOD"))


def add_registration(event_id: int, given_name: str, family_name: str) -> None:
    allotment_id = db.session.scalar(select(Allotment.id).where(Allotment.event_id == event_id))
    words = ("public_id", "form_key", "form_digest", "email", "email_key", "organisation")
    db.session.add(
        Registration(
            **dict.fromkeys(words, "x"),
            allotment_id=allotment_id,
            place=Place.CONFIRMED,
            number=1,
            given_name=given_name,
            family_name=family_name,
            org_type=OrganisationType.COMPANY,
            country_code="IT",
            locale="it",
            privacy_accepted_at=NOW,
            created_at=NOW,
            placed_at=NOW,
        )
    )
    db.session.commit()


@pytest.mark.node
@pytest.mark.parametrize(("status", "prefix"), [(Status.CALLED_OFF, "Cancelled"), (Status.POSTPONED, "Postponed")])
def test_what_does_not_take_place_stays_and_says_so(client: FlaskClient, status: Status, prefix: str) -> None:
    (event,) = publish("Workshop")
    event_id, uid = event.id, event.uid
    add_item(event_id, "Keynote")
    change(event_id, status=status, sequence=1, content_changed_at=LATER)
    data = client.get("/events.ics?sessions=1").data
    seen = {entry.uid: entry for entry in read_by_all(data)}
    assert {entry.status for entry in seen.values()} == {"CANCELLED"}
    assert all(entry.summary.startswith(f"{prefix}: ") for entry in seen.values())
    assert all(entry.sequence == 1 for entry in seen.values())
    assert seen[uid].summary == f"{prefix}: Workshop"
    assert lines(data).count("TRANSP:TRANSPARENT") == 2


@pytest.mark.node
def test_three_readers_see_the_same(client: FlaskClient) -> None:
    rome, helsinki = make_venue(), make_venue("Tampere", country="FI", timezone="Europe/Helsinki")
    (visit,) = publish("Besuch, „schön“; mit \\ allem", venue=rome, kind=Kind.STUDY_VISIT)
    publish("Webinar", format=Format.ONLINE, online_url="https://meet.example/1", venue=helsinki, country_code="FI")
    publish("Forum", venue=helsinki, timezone="Europe/Helsinki", kind=Kind.EXCHANGE_FORUM)
    add_item(visit.id, "Stop", stop=Stop(venue=helsinki, protective_equipment=[]), timezone="Europe/Helsinki")
    seen = read_by_all(client.get("/events.ics?sessions=1").data)
    assert len(seen) == 4
    assert {entry.start for entry in seen} == {NOW + timedelta(days=10), NOW + timedelta(days=10, minutes=-30)}


@pytest.mark.node
def test_a_leg_ends_on_the_clocks_of_where_it_arrives(client: FlaskClient) -> None:
    (event,) = publish("Visit")
    leg = Leg(
        mode=TravelMode.PLANE, departs_from="Stuttgart", arrives_at="Helsinki", arrival_timezone="Europe/Helsinki"
    )
    add_item(event.id, "", leg=leg)
    data = client.get("/events.ics?sessions=1").data
    text = "\n".join(lines(data))
    assert "DTSTART;TZID=Europe/Rome:20270123T133000" in text
    assert "DTEND;TZID=Europe/Helsinki:20270123T160000" in text
    assert "SUMMARY:Stuttgart → Helsinki – Visit" in text
    assert text.count("BEGIN:VTIMEZONE") == 2
    assert len(read_by_all(data)) == 2


def test_sessions_come_on_request_related_to_their_event(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    event_id, uid = event.id, event.uid
    item_uid = add_item(event_id, "Keynote").uid
    add_item(event_id, "Committee", audience=Audience.INTERNAL)
    add_item(event_id, "Jury", audience=Audience.INVITED)
    assert shown(client) == [uid]
    data = client.get("/events.ics?sessions=1").data
    assert set(vevents(data)) == {uid, item_uid}
    assert f"RELATED-TO;RELTYPE=PARENT:{uid}" in lines(data)


def test_the_language_is_the_one_asked_for_and_no_header_changes_it(client: FlaskClient) -> None:
    publish("Workshop", title=Texts(en="Workshop", it="Laboratorio"))
    plain = client.get("/events.ics", headers={"Accept-Language": "it", "Cookie": "lang=it"})
    assert b"SUMMARY:Workshop" in plain.data
    italian, german = client.get("/events.ics?lang=it"), client.get("/events.ics?lang=de")
    assert b"SUMMARY:Laboratorio" in italian.data
    assert b"SUMMARY:Workshop" in german.data  # no German title: the fallback
    assert len({answer.headers["ETag"] for answer in (plain, italian, german)}) == 3
    assert client.get("/events.ics?lang=en").data == plain.data


def test_one_changed_event_renders_one_entry_anew(client: FlaskClient) -> None:
    events = publish(*(f"Workshop {number}" for number in range(5)))
    event_id, uid = events[2].id, events[2].uid
    before = vevents(client.get("/events.ics").data)
    change(event_id, title=Texts(en="Moved"), content_changed_at=LATER)
    after = vevents(client.get("/events.ics").data)
    assert {key for key in after if after[key] != before[key]} == {uid}
    assert b"LAST-MODIFIED:20270113T130000Z" in after[uid]


def test_a_save_that_no_calendar_shows_changes_nothing(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    event_id = event.id
    before = client.get("/events.ics")
    change(event_id, cost_note=Texts(en="Lunch 12 €"), content_changed_at=LATER)
    after = client.get("/events.ics")
    assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])


def test_leaving_a_sector_is_noticed_there(client: FlaskClient) -> None:
    sector = make_sector()
    (event,) = publish("Workshop", sectors=[sector])
    event_id = event.id
    before = client.get("/sectors/tourism/events.ics")
    assert b"VEVENT" in before.data
    change(event_id, sectors=[])
    after = client.get("/sectors/tourism/events.ics", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"VEVENT" not in after.data


def test_a_venue_that_moves_moves_its_entries(client: FlaskClient) -> None:
    venue = make_venue()
    (event,) = publish("Workshop", venue=venue)
    uid = event.uid
    (other,) = publish("Elsewhere")
    other_uid = other.uid
    before = vevents(client.get("/events.ics").data)
    venue.street = "Via Nuova 2"
    db.session.merge(venue)
    db.session.commit()
    services.refresh_venue(venue.id, now=LATER)
    after = vevents(client.get("/events.ics").data)
    assert b"Via Nuova 2" in after[uid]
    assert b"SEQUENCE:1" in after[uid]
    assert b"DTSTAMP:20270113T130000Z" in after[uid]
    assert after[other_uid] == before[other_uid]


def test_the_window_moves_by_a_stored_day_and_only_what_loses_entries_changes(client: FlaskClient) -> None:
    services.move_window(NOW)
    starts = NOW - timedelta(days=89)
    (old,) = publish("Old", starts_at=starts, status=Status.HELD)
    (off,) = publish("Off", starts_at=starts, status=Status.CALLED_OFF)
    (coming,) = publish("Coming", kind=Kind.STUDY_VISIT)
    old_uid, off_uid, coming_uid = old.uid, off.uid, coming.uid
    publish("Ancient", starts_at=NOW - timedelta(days=91), status=Status.HELD)
    assert set(shown(client)) == {old_uid, off_uid, coming_uid}
    visits = client.get("/events.ics?kind=study_visit")
    everything = client.get("/events.ics")
    services.move_window(NOW + timedelta(days=2))
    assert shown(client) == [coming_uid]
    again = client.get("/events.ics", headers={"If-Modified-Since": everything.headers["Last-Modified"]})
    assert again.status_code == 200
    same = client.get("/events.ics?kind=study_visit", headers={"If-None-Match": visits.headers["ETag"]})
    assert same.status_code == 304


def test_a_bad_entry_spoils_nothing(client: FlaskClient) -> None:
    (good,) = publish("Good")
    uid = good.uid
    (bad,) = publish("Bad")
    change(bad.id, timezone="Mars/Olympus")
    assert shown(client) == [uid]


def test_a_feed_reads_as_approved(client: FlaskClient) -> None:
    """APPROVE=1 in the environment writes it anew; look at the difference before it is committed."""
    venue = make_venue("ProM Facility", slug="prom-facility", street="Via Fortunato Zeni 8")
    (event,) = publish(
        "Smart Clusters",
        slug="smart-clusters-rovereto",
        uid="w7h2k9p4m3n8q5r6t2v7@filo.example",
        venue=venue,
        title=Texts(en="“Smart Clusters” per una “smart specialisation”", it="“Smart Clusters” in Trentino"),
        summary=Texts(en="Three local clusters, one table; what comes next?", it="Tre cluster, un tavolo"),
        sectors=[make_sector()],
    )
    change(event.id, sequence=2, content_changed_at=NOW)
    add_item(event.id, "Keynote", uid="k3y@filo.example")
    data = client.get("/events.ics?sessions=1").data
    if os.environ.get("APPROVE"):
        APPROVED.write_bytes(data)
    assert data.decode() == APPROVED.read_bytes().decode()


def test_an_event_that_was_never_told_of_is_in_no_feed(client: FlaskClient) -> None:
    make_event("Draft", status=Status.DRAFT)
    db.session.commit()
    assert shown(client) == []
