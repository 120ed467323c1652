"""What a read-only server refuses, and what strangers try."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient

from tests.builders import make_event
from tests.caldav.dav import ALL, C, Dav
from tests.feeds.world import publish
from tests.personal.world import ADA, calendar_of, register

pytestmark = pytest.mark.usefixtures("database")
BOMB = "<!DOCTYPE x [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(9)) + "]>"
FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BAD_QUERY = (
    f"<c:calendar-query xmlns:c='{C[1:-1]}'><c:filter><c:comp-filter name='VCALENDAR'><c:comp-filter name='VEVENT'>"
    "<c:time-range start='yesterday'/></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
)
ASKING = '<d:propfind xmlns:d="DAV:"><d:prop><d:displayname>{}</d:displayname></d:prop></d:propfind>'


@pytest.mark.parametrize(
    ("method", "privilege"),
    [
        ("PUT", "write-content"),
        ("DELETE", "unbind"),
        ("MKCALENDAR", "bind"),
        ("MKCOL", "bind"),
        ("PROPPATCH", "write-properties"),
        ("MOVE", "unbind"),
        ("COPY", "bind"),
        ("LOCK", "write-content"),
    ],
)
def test_nothing_can_be_written_and_the_answer_says_what_it_would_need(
    client: FlaskClient, method: str, privilege: str
) -> None:
    (event,) = publish("Workshop")
    for dav in (Dav(client), Dav.of(client, calendar_of())):
        answer = dav.ask(method, f"{ALL}{event.uid}.ics", b"BEGIN:VCALENDAR")
        assert answer.status_code == 403
        assert f"<D:need-privileges><D:resource><D:href>{ALL}{event.uid}.ics</D:href>" in answer.text
        assert f"<D:privilege><D:{privilege}/></D:privilege>" in answer.text


@pytest.mark.parametrize(
    "body",
    [
        (BOMB + ASKING.format("&e8;")).encode(),
        (FILE + ASKING.format("&e;")).encode(),
        (FILE + ASKING.format("&e;")).encode("utf-16"),
        b'<!DOCTYPE d:propfind SYSTEM "http://127.0.0.1:9/x.dtd">' + ASKING.format("").encode(),
        b"<a>" * 10_000,
        b"<d:propfind xmlns:d='DAV:'>",
        b"\xff\xfe\x00garbage",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"<x:y/>",
    ],
    ids=["bomb", "external", "external in UTF-16", "outer DTD", "deep", "open", "garbage", "encoding", "prefix"],
)
def test_hostile_xml_is_refused_quickly(client: FlaskClient, body: bytes) -> None:
    began = time.perf_counter()
    answer = Dav(client).ask("PROPFIND", ALL, body, Depth="0")
    assert answer.status_code == 400
    assert b"root:" not in answer.data
    assert time.perf_counter() - began < 1


def test_ten_megabytes_are_not_read(client: FlaskClient) -> None:
    for method in ("PROPFIND", "REPORT", "PUT"):
        answer = Dav(client).ask(method, ALL, b" " * 10_000_000, Depth="0")
        assert answer.status_code in {403, 413}


@pytest.mark.parametrize("depth", ["infinity", "Infinity", "2", "", "1,noroot"])
def test_without_an_end_nothing_is_listed(client: FlaskClient, depth: str) -> None:
    answer = Dav(client).ask("PROPFIND", ALL, Depth=depth)
    assert answer.status_code == 403
    assert b"<D:propfind-finite-depth/>" in answer.data


def test_other_peoples_calendars_are_not_there(client: FlaskClient) -> None:
    event = make_event("Workshop")
    register(event.id, email="bruno@filo.example")
    mine, others = calendar_of(), calendar_of("bruno@filo.example")
    bruno = Dav.of(client, others, "bruno@filo.example")
    home = str(bruno.ask("PROPFIND", "/caldav/", Depth="0").text).partition("principals/")[2].partition("/")[0]
    for path in (f"principals/{home}/", f"homes/{home}/", f"homes/{home}/agenda/", f"homes/{home}/agenda/x.ics"):
        for method in ("PROPFIND", "GET"):
            assert Dav.of(client, mine).ask(method, f"/caldav/{path}", Depth="0").status_code == 404
            assert Dav(client).ask(method, f"/caldav/{path}", Depth="0").status_code == 401
            assert Dav(client, ADA, others.password).ask(method, f"/caldav/{path}", Depth="0").status_code == 401


def test_guessing_is_slowed_down_without_locking_the_owner_out(client: FlaskClient) -> None:
    opened = calendar_of()
    statuses = [Dav(client, ADA, f"wrong-{n}").ask("PROPFIND", "/caldav/", Depth="0").status_code for n in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    assert Dav.of(client, opened).ask("PROPFIND", "/caldav/", Depth="0").status_code == 207


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/caldav/", 401),
        ("/caldav/principals/x/", 401),
        ("/caldav/public/xx/", 404),
        ("/caldav/public/en/kind-unheard/", 404),
        ("/caldav/public/en/sector-nothing/", 404),
        ("/caldav/public/en/all/nothing.ics", 404),
        ("/caldav/public/en/all/../../homes/", 404),
        ("/caldav/public/en/all/%00.ics", 404),
        ("/caldav/nothing", 401),
    ],
)
def test_what_is_not_there(client: FlaskClient, path: str, status: int) -> None:
    assert Dav(client).ask("PROPFIND", path, Depth="0").status_code == status


@pytest.mark.parametrize(
    ("body", "condition"),
    [
        ("<d:version-tree xmlns:d='DAV:'/>", "supported-report"),
        (f"<c:calendar-query xmlns:c='{C[1:-1]}'/>", "valid-filter"),
        (
            BAD_QUERY,
            "valid-filter",
        ),
    ],
)
def test_reports_that_cannot_be_meant(client: FlaskClient, body: str, condition: str) -> None:
    answer = Dav(client).ask("REPORT", ALL, body, Depth="1")
    assert (answer.status_code, condition in answer.text) == (403, True)


def test_options_says_what_can_be_done_before_anybody_is_known(client: FlaskClient) -> None:
    answer = client.open("/caldav/", method="OPTIONS")
    assert answer.status_code == 200
    assert "calendar-access" in answer.headers["DAV"]
    assert answer.headers["Allow"] == "OPTIONS, GET, HEAD, PROPFIND, REPORT"
    assert "Set-Cookie" not in answer.headers
