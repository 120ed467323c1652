"""The requests that phones and mail programs send, one after the other, as tests/caldav/requests has them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.fetches.rules import Family, client_of
from app.personal.models import CalendarToken
from tests.builders import make_event
from tests.caldav.dav import C, D, Dav, found_in, hrefs, token_in
from tests.personal.world import calendar_of, register

pytestmark = pytest.mark.usefixtures("database")
FOLDER = Path(__file__).parent / "requests"
PROGRAMS = {
    "apple-macos": Family.APPLE_MACOS,
    "apple-ios": Family.APPLE_IOS,
    "davx5": Family.DAVX5,
    "thunderbird": Family.THUNDERBIRD,
}


class Sent(NamedTuple):
    status: int
    title: str
    method: str
    path: str
    headers: dict[str, str]
    body: str


def requests_of(program: str) -> list[Sent]:
    text = (FOLDER / f"{program}.http").read_text()
    return [_read(part) for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]]


def _read(part: str) -> Sent:
    head, _empty, body = part.partition("\n\n")
    first, line, *headers = head.splitlines()
    status, _blank, title = first.partition(" ")
    method, _blank, path = line.partition(" ")
    given = dict(header.split(": ", 1) for header in headers)
    return Sent(int(status), title, method, path, given, body.strip())


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_finds_the_agenda_and_everything_in_it(
    app: Flask, client: FlaskClient, database: Session, program: str
) -> None:
    app.extensions["fetches"].take()
    event = make_event("Workshop")
    register(event.id)
    opened = calendar_of()
    dav, known, bodies = Dav.of(client, opened), {}, {}
    for sent in requests_of(program):
        path, body = (_filled(text, known) for text in (sent.path, sent.body))
        unknown = client.open(path, method=sent.method, data=body, headers=sent.headers).status_code
        assert unknown in {301, 200} if sent.method == "OPTIONS" or sent.status == 301 else unknown == 401
        answer = dav.ask(sent.method, path, body, **sent.headers)
        assert answer.status_code == sent.status, (sent.title, answer.text)
        bodies[sent.title] = answer.data
        if answer.status_code == 207:
            known |= _learnt(answer, known)
            if "Brief" in sent.headers:
                assert b"404" not in answer.data, sent.title
    assert known["token"] == token_in(bodies["what changed since"])
    assert found_in(bodies["what changed since"]) == {}
    (data,) = [found[f"{C}calendar-data"].text for found in found_in(bodies["the entries"]).values()]
    (entry,) = icalendar.Calendar.from_ical(str(data)).walk("VEVENT")
    assert str(entry["UID"]) == event.uid
    app.extensions["fetches"].write()
    token = database.get_one(CalendarToken, opened.token_id, populate_existing=True)
    assert token.client == PROGRAMS[program]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_is_known_by_its_name(program: str) -> None:
    assert {client_of(sent.headers["User-Agent"]).family for sent in requests_of(program)} == {PROGRAMS[program]}


def _filled(text: str, known: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: known[found[1]], text)


def _learnt(answer: Any, known: dict[str, str]) -> dict[str, str]:
    """What a program goes on with."""
    learnt: dict[str, str] = {}
    for path, found in found_in(answer.data).items():
        for name, prop in (("principal", f"{D}current-user-principal"), ("home", f"{C}calendar-home-set")):
            if prop in found and hrefs(found[prop]):
                learnt[name] = hrefs(found[prop])[0]
        kind = found.get(f"{D}resourcetype")
        if kind is not None and kind.find(f"{C}calendar") is not None:
            learnt["agenda"] = path
        if f"{D}getetag" in found and "entry" not in known:
            learnt["entry"] = path
    if "sync-token" in answer.text and (token := token_in(answer.data)) != "None":
        learnt["token"] = token
    return learnt
