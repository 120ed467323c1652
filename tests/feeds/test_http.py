"""Feeds as HTTP: addresses, headers, what is answered without a body, and how little is read for it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event
from werkzeug.test import Client

from app.feeds.addresses import read_address
from app.feeds.shim import Feeds
from app.feeds.versions import Moments
from app.kernel.db import db
from app.network.models import Project, ThematicGroup
from tests.builders import make_organisation, make_venue
from tests.feeds.world import make_sector, publish, shown, uids

LONG_AGO = datetime(2026, 1, 7, 9, 30, tzinfo=UTC)
HTTP_DATE = "Wed, 07 Jan 2026 09:30:00 GMT"


@pytest.fixture
def etag(client: FlaskClient) -> str:
    """Of a feed with one event, that changed on HTTP_DATE."""
    publish("Workshop", content_changed_at=LONG_AGO)
    return str(client.get("/events.ics").headers["ETag"])


def test_every_header_that_calendars_look_at(client: FlaskClient, etag: str) -> None:
    answer = client.get("/events.ics")
    assert dict(answer.headers) == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'inline; filename="filo.ics"',
        "Content-Language": "en",
        "Content-Length": str(len(answer.data)),
        "ETag": etag,
        "Last-Modified": HTTP_DATE,
        "Cache-Control": "public, max-age=300",
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    assert etag.startswith('W/"')


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"If-None-Match": "{etag}"}, 304),
        ({"If-None-Match": "{strong}"}, 304),  # weak comparison
        ({"If-None-Match": 'W/"other", {etag} , "third"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": "{bare}"}, 200),  # a tag without quotes is none
        ({"If-None-Match": '"other"', "If-Modified-Since": HTTP_DATE}, 200),  # the tag wins
        ({"If-None-Match": "{etag}", "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": HTTP_DATE}, 304),
        ({"If-Modified-Since": "Wed, 07 Jan 2026 09:30:01 GMT"}, 304),
        ({"If-Modified-Since": "Wed, 07 Jan 2026 09:29:59 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_the_client_has_is_not_sent_again(
    client: FlaskClient, etag: str, method: str, headers: dict[str, str], status: int
) -> None:
    strong = etag.removeprefix("W/")
    given = {name: value.format(etag=etag, strong=strong, bare=strong.strip('"')) for name, value in headers.items()}
    answer = client.open("/events.ics", method=method, headers=given)
    assert answer.status_code == status
    assert answer.headers["ETag"] == etag
    assert answer.headers["Last-Modified"] == HTTP_DATE
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in answer.headers
    assert bool(answer.data) is (status == 200 and method == "GET")
    assert ("Content-Length" in answer.headers) is (status == 200)


def test_head_says_what_get_would(client: FlaskClient, etag: str) -> None:
    assert dict(client.head("/events.ics").headers) == dict(client.get("/events.ics").headers)


@pytest.mark.parametrize(
    ("asked", "zipped"),
    [
        ("", False),
        ("gzip", True),
        ("br, gzip;q=0.8", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("*", False),
        ("deflate, br", False),
    ],
)
def test_gzip_only_for_who_asks(client: FlaskClient, etag: str, asked: str, zipped: bool) -> None:
    plain = client.get("/events.ics").data
    answer = client.get("/events.ics", headers={"Accept-Encoding": asked} if asked else {})
    assert (answer.headers.get("Content-Encoding") == "gzip") is zipped
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert answer.headers["ETag"] == etag
    assert (gzip.decompress(answer.data) if zipped else answer.data) == plain


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_feeds_are_only_read(client: FlaskClient, method: str) -> None:
    answer = client.open("/events.ics", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_browsers_of_other_sites_may_ask_first(client: FlaskClient) -> None:
    answer = client.options("/events.ics", headers={"Origin": "https://x.example"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.data == b""


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/events.ics?kind=study_visit", 200),
        ("/events.ics?kind=&q=&sector=", 200),  # an empty form
        ("/events.ics?q=caf%C3%A9+%26+more", 200),
        ("/events.ics?sessions=0", 200),
        ("/events.ics?kind=xyz", 400),
        ("/events.ics?sector=xyz", 400),
        ("/events.ics?group=xyz", 400),
        ("/events.ics?project=xyz", 400),
        ("/events.ics?country=XX", 400),
        ("/events.ics?place=Atlantis", 400),
        ("/events.ics?language=tlh", 400),
        ("/events.ics?q=tourism&sector=xyz", 400),
        ("/events.ics?lang=fr", 400),
        ("/events.ics?sessions=2", 400),
        ("/events.ics?utm_source=mail", 400),
        ("/events.ics?view=month", 400),
        ("/events.ics?kind=study_visit&kind=study_visit", 400),
        ("/events.ics?lang=it&lang=de", 400),
        ("/events.ics?kind=study_visit&", 400),
        ("/events.ics?Kind=study_visit", 400),
        ("/events.ics?organisation=hit", 400),
        ("/events.ics?q=%FF", 400),
        ("/events.ics?q=%00", 400),
        ("/events.ics?q=a%0D%0AX-Header:1", 400),
        ("/events.ics?q=" + "x" * 201, 400),
        ("/events.ics?q=" + "x" * 3000, 400),
        ("/venues/xyz/events.ics", 404),
        ("/organisations/xyz/events.ics", 404),
        ("/groups/xyz/events.ics", 404),
        ("/projects/xyz/events.ics", 404),
        ("/sectors/xyz/events.ics", 404),
        ("/series/xyz/events.ics", 404),
        ("/events/xyz.ics", 404),
        ("/events/xyz.ics?kind=study_visit", 400),
        ("/planets/xyz/events.ics", 404),
        ("/venues/-/events.ics", 404),
        ("/venues/..%2F..%2Fetc/events.ics", 404),
    ],
)
@pytest.mark.parametrize("tag", ["", "*"])
def test_addresses_that_are_no_feeds_are_refused(client: FlaskClient, address: str, status: int, tag: str) -> None:
    publish("Workshop")
    answer = client.get(address, headers={"If-None-Match": tag} if tag else {})
    assert answer.status_code in ({status, 304} if tag and status == 200 else {status})
    if status == 400:
        assert answer.mimetype == "text/plain"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_refused_address_leaves_no_key_behind(client: FlaskClient) -> None:
    known = read_address.cache_info().currsize
    for number in range(20):
        assert client.get(f"/events.ics?utm={number}").status_code == 400
    assert read_address.cache_info().currsize == known


def test_another_spelling_is_the_same_feed() -> None:
    first = read_address("/events.ics", "kind=study_visit&q=Caf%C3%A9&lang=en", "en")
    other = read_address("/events.ics", "q=caf%c3%a9&sector=&kind=study%5Fvisit", "en")
    assert first == other
    assert first
    assert first.address == "/events.ics?kind=study_visit&q=cafe"


def test_every_collection_has_its_address(client: FlaskClient) -> None:
    venue, organiser, sector = make_venue("ProM"), make_organisation("Habitech"), make_sector()
    project = Project(slug="alps", acronym="S3-4Alp", title={}, objectives={})
    group = ThematicGroup(slug="tourism-group", name={"en": "Tourism"}, position=1, project=project)
    db.session.add_all([project, group])
    (event,) = publish("Workshop", venue=venue, organiser=organiser, sectors=[sector], project=project, groups=[group])
    uid, slug, venue_slug, organiser_slug = event.uid, event.slug, venue.slug, organiser.slug
    publish("Other")
    names = {
        f"/events/{slug}.ics": "Workshop",
        f"/venues/{venue_slug}/events.ics": "ProM",
        f"/organisations/{organiser_slug}/events.ics": "Habitech",
        "/sectors/tourism/events.ics": "Tourism",
        "/projects/alps/events.ics": "S3-4Alp",
        "/groups/tourism-group/events.ics": "Tourism",
        "/events.ics?sector=tourism&kind=clusters_workshop": "Clusters workshops · Tourism",
    }
    for address, name in names.items():
        data = client.get(address).data
        assert uids(data) == [uid], address
        assert f"NAME:Filò – {name}\r\n" in data.decode(), address
    assert len(shown(client)) == 2


def test_the_host_is_checked_here_too(client: FlaskClient) -> None:
    assert client.get("/events.ics", headers={"Host": "evil.example"}).status_code == 400


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            statements.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)


def test_a_304_costs_one_query_and_a_feed_the_same_few_however_long_it_is(client: FlaskClient) -> None:
    sector = make_sector()
    publish("Workshop", sectors=[sector], content_changed_at=LONG_AGO)
    address = "/events.ics?sector=tourism&kind=clusters_workshop"
    with counted() as for_one:
        tag = client.get(address).headers["ETag"]
    with counted() as for_nothing:
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    publish(*(f"Workshop {number}" for number in range(29)), sectors=[db.session.merge(sector)])
    with counted() as for_thirty:
        assert len(shown(client, address)) == 30
    assert len(for_nothing) == 1
    assert len(for_one) == len(for_thirty) <= 6


def test_what_was_joined_is_kept_until_the_version_rises(app: Flask, client: FlaskClient) -> None:
    feeds = Feeds(app)
    reader = Client(feeds.answer)
    publish("Workshop")
    first = reader.get("/events.ics").data
    with counted() as statements:
        assert reader.get("/events.ics").data == first
    assert len(statements) == 1
    publish("Another")
    assert len(uids(reader.get("/events.ics").data)) == 2


def test_within_a_moment_the_same_304_is_not_looked_up_twice(
    app: Flask, client: FlaskClient, etag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds = Feeds(app)
    monkeypatch.setattr(feeds, "_moments", Moments(seconds=60))
    reader = Client(feeds.answer)
    known = {"If-None-Match": etag}
    first = reader.get("/events.ics", headers=known)
    with counted() as statements:
        again = reader.get("/events.ics", headers=known)
        assert reader.post("/events.ics", headers=known).status_code == 405
    assert (statements, again.status_code) == ([], 304)
    assert list(again.headers) == list(first.headers)
    assert reader.get("/events.ics", headers={"If-None-Match": '"other"'}).status_code == 200
    assert reader.get("/events.ics?sessions=1", headers=known).status_code == 200
    assert reader.get("/events.ics", headers={"If-Modified-Since": HTTP_DATE}).status_code == 304


def test_what_is_kept_is_bounded(app: Flask, client: FlaskClient) -> None:
    publish("Workshop")
    feeds = Feeds(app, kept_bytes=20_000)
    reader = Client(feeds.answer)
    for number in range(50):
        assert reader.get(f"/events.ics?q=work+{number}").status_code == 200
    assert 0 < feeds._shelf._weight <= 20_000
