"""An organiser imports a calendar, and others fetch when a room is busy."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import icalendar
import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.accounts.models import SignedInSession
from app.freebusy import queries, work
from app.freebusy.services import opening
from app.kernel import clock
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.web.request_log import without_secrets
from tests.builders import make_event, make_organisation, make_room, make_venue
from tests.forms import hidden_values
from tests.freebusy.files import NOW, booking, calendar, event
from tests.freebusy.scenes import keep, put_item, rooms_input
from tests.freebusy.test_fetching import answer, internet
from tests.signing_in import sign_in_manager


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def sign_in(client: FlaskClient, organisation: Organisation, email: str = "owner@x.example") -> None:
    sign_in_manager(client, organisation, email)
    db.session.execute(update(SignedInSession).values(created_at=NOW, ends_at=NOW + timedelta(days=1)))
    db.session.commit()


def send(client: FlaskClient, path: str, form: str = "", **values: object) -> TestResponse:
    page = client.get(form or path).text
    return client.post(path, data={"csrf_token": hidden_values(page)["csrf_token"], **values})


def wanted(room_id: int, organisation_id: int, **values: object) -> dict[str, object]:
    plain = {"name": "Hall", "organisation_id": organisation_id, "use": "rooms", "room_ids": room_id}
    return {**plain, "timezone": "Europe/Rome", **values}


def test_a_file_is_uploaded_looked_at_and_kept(client: FlaskClient) -> None:
    venue = make_venue()
    room = make_room(venue)
    sign_in(client, venue.operator)
    bad = event("2", "DTSTART:tomorrow", "DURATION:PT1H")
    good = event("1", "DTSTART:20270123T130000", "DURATION:PT2H", "SUMMARY:Choir <b>")
    content = io.BytesIO(calendar(*good, *bad))
    values = wanted(room.id, venue.operator_id, file=(content, "hall.ics"))
    to_preview = send(client, "/manage/calendars/new", **values)
    assert to_preview.status_code == 303
    page = client.get(to_preview.location).text
    assert "Choir &lt;b&gt;" in page
    assert "Line 11" in page
    assert "“tomorrow” in DTSTART is no date or time" in page
    assert "they are read on the clocks of Europe/Rome" in page
    kept = send(client, to_preview.location)
    assert "Choir &lt;b&gt;" in client.get(kept.location).text
    second_tap = send(client, to_preview.location, "/manage/calendars/new")
    assert second_tap.location == "/manage/calendars"
    assert "This preview is over." in client.get(second_tap.location).text
    overview = client.get("/manage/calendars").text
    assert "1 line of it could not be read." in overview
    again = send(client, f"{kept.location}/renewal", kept.location, file=(io.BytesIO(booking()), "hall.ics"))
    assert again.status_code == 303
    assert send(client, f"{again.location}/removal", again.location).location == "/manage/calendars"
    assert send(client, f"{kept.location}/removal", kept.location).status_code == 303
    assert client.get(kept.location).status_code == 404


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Choose a file or paste an address."),
        ({"address": "http://169.254.169.254/"}, "leads into a private network"),
        ({"address": "ftp://x.example/"}, "This is no address of a calendar."),
        ({"address": "http://feed.example/"}, "This is a web page, not a calendar"),
        ({"file": (b"", "hall.ics")}, "The file is empty."),
        ({"file": (b"PK", "hall.zip")}, "This is no calendar"),
        ({"file": (booking(), "hall.ics"), "room_ids": ""}, "Choose the rooms whose bookings these are."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    app: Flask, client: FlaskClient, values: dict[str, object], told: str
) -> None:
    venue = make_venue()
    room = make_room(venue)
    sign_in(client, venue.operator)
    if isinstance(file := values.get("file"), tuple):
        values = {**values, "file": (io.BytesIO(file[0]), file[1])}
    with internet(answer(b"<!doctype html><html>")) as found:
        app.extensions[work.NETWORK] = found.network
        try:
            page = send(client, "/manage/calendars/new", **{**wanted(room.id, venue.operator_id), **values})
        finally:
            del app.extensions[work.NETWORK]
    assert page.status_code == 422
    assert told in page.text
    assert 'value="Hall"' in page.text


def test_an_address_is_fetched_and_kept_with_what_the_server_gave(app: Flask, client: FlaskClient) -> None:
    venue = make_venue()
    room = make_room(venue)
    sign_in(client, venue.operator)
    with internet(answer(booking(), "200 OK", 'ETag: "7"')) as found:
        app.extensions[work.NETWORK] = found.network
        try:
            values = wanted(room.id, venue.operator_id, address="http://feed.example/secret.ics")
            to_preview = send(client, "/manage/calendars/new", **values)
            kept = send(client, to_preview.location)
            page = client.get(kept.location).text
            assert send(client, f"{kept.location}/renewal", kept.location).status_code == 303
        finally:
            del app.extensions[work.NETWORK]
    assert "next look on 13 January 2027, 14:00" in page
    (row,) = queries.calendars(None)
    assert row.etag == '"7"'
    overview = client.get("/manage/calendars").text
    assert "feed.example" in overview
    assert "secret.ics" not in overview


def test_a_secret_address_tells_when_a_room_is_busy_and_never_why(client: FlaskClient) -> None:
    venue = make_venue()
    room = make_room(venue)
    keep(rooms_input(venue.operator, room))
    draft = make_event("Secret plan", venue=venue, status="draft")
    put_item(draft, room, 16 * 60, 17 * 60)
    sign_in(client, venue.operator)
    opened = send(client, f"/manage/calendars/rooms/{room.id}/address", "/manage/calendars")
    path = re.search(r"/free-busy/[^\"]+", opened.text)
    assert path
    assert opened.headers["Cache-Control"] == "no-store"
    client.get("/sign-out")
    fetched = client.get(path[0])
    (part,) = icalendar.Calendar.from_ical(fetched.data).walk("VFREEBUSY")
    assert "FREEBUSY;FBTYPE=BUSY:20270123T120000Z/20270123T140000Z" in fetched.text
    assert "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270123T150000Z/20270123T160000Z" in fetched.text.replace("\r\n ", "")
    assert part["dtstamp"].dt <= NOW
    assert len(vobject.readOne(fetched.text).vfreebusy.contents["freebusy"]) == 2
    assert "Choir" not in fetched.text
    assert "Secret" not in fetched.text
    assert client.get(path[0], headers={"If-None-Match": fetched.headers["ETag"]}).status_code == 304
    assert without_secrets(path[0]) == "/free-busy/…"
    opening.close_room(room.id, actor=SYSTEM)
    assert client.get(path[0]).status_code == 404


def test_the_form_of_an_item_names_who_and_what_is_busy_then(client: FlaskClient) -> None:
    venue, organiser = make_venue(), make_organisation("Organiser")
    room, free = make_room(venue), make_room(venue, "Room 2")
    keep(rooms_input(venue.operator, room))
    planned = make_event("Workshop", venue=venue, organiser=organiser)
    sign_in(client, organiser)
    page = client.get(f"/manage/events/{planned.slug}/agenda/items/new").text
    busy = page[page.index("Busy then") :]
    assert "23 January 2027, 13:00–15:00" in busy
    assert "Choir" not in busy
    assert free.name not in busy
