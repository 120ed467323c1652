"""Calendars: entries by the thousand, personal ones, what one change makes anew, and what CalDAV programs ask."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from icalendar import Calendar
from sqlalchemy import insert, select
from werkzeug.test import create_environ, run_wsgi_app

from app.calendars.vevent import component
from app.changes import services as changes
from app.events.models import Event
from app.feeds.entries import public_entry
from app.feeds.models import RenderedEntry
from app.feeds.services import refresh
from app.kernel import clock
from app.kernel.db import db, transactional
from app.kernel.ids import digest, opaque_id
from app.kernel.texts import Texts
from app.personal.models import AgendaEntry, CalendarToken
from app.personal.rules import Part
from bench.inside.world import render_feeds

RENDERED = 200
"""So many events are rendered; entries of others are copies under their own names, or filling would take minutes."""

ENTRIES = 50
SAMPLE = 500
AT_A_TIME = 1000
_SYNC = (
    '<d:sync-collection xmlns:d="DAV:"><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>'
    "<d:prop><d:getetag/></d:prop></d:sync-collection>"
)
_TOKEN = re.compile(r"sync-token[^>/]*>([^<]+)<")
LIST = "/caldav/public/en/all/"


def fill_entries(now: datetime) -> None:
    """Calendar entries of every event."""
    render_feeds(now, most=RENDERED)
    _copy_entries()


@transactional
def _copy_entries() -> None:
    rendered: dict[int, list[RenderedEntry]] = {}
    for row in db.session.scalars(select(RenderedEntry).where(~RenderedEntry.is_session)):
        rendered.setdefault(row.event_id, []).append(row)
    columns = RenderedEntry.__table__.c.keys()
    copies = []
    for number in db.session.scalars(select(Event.id).where(Event.id > RENDERED)):
        for row in rendered[number % RENDERED + 1]:
            values = {name: getattr(row, name) for name in columns}
            uid = f"bench-{number}@filo.example"
            body = row.body.replace(f"UID:{row.uid}\r\n".encode(), f"UID:{uid}\r\n".encode())
            copies.append({**values, "uid": uid, "event_id": number, "body": body})
    for first in range(0, len(copies), AT_A_TIME):
        db.session.execute(insert(RenderedEntry), copies[first : first + AT_A_TIME])


def fill_personal(app: Flask, count: int) -> list[str]:
    """So many personal calendars of ENTRIES entries; gives what opens each."""
    with app.app_context():
        return _fill_personal(count, clock.now())


@transactional
def _fill_personal(count: int, now: datetime) -> list[str]:
    query = select(RenderedEntry).where(RenderedEntry.lang == "en", ~RenderedEntry.is_session)
    rows = db.session.scalars(query.order_by(RenderedEntry.starts_at).limit(ENTRIES)).all()
    version = changes.touch({"person:bench"}, now=now)
    secrets = [f"bench-secret-{number:06}" for number in range(count)]
    tokens = [_token(number, secret, version, now) for number, secret in enumerate(secrets, start=1)]
    db.session.execute(insert(CalendarToken), tokens)
    for token in tokens:
        db.session.execute(insert(AgendaEntry), [_entry(token["id"], row, version, now) for row in rows])
    return secrets


def _token(number: int, secret: str, version: int, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "public_id": opaque_id(),
        "email": f"person{number}@company.example",
        "email_key": f"person{number}@company.example",
        "secret_digest": digest(secret),
        "password_digest": digest(f"password{secret}"),
        "label": "Phone",
        "language": "en",
        "timezone": "Europe/Rome",
        "parts": sorted(Part),
        "created_at": now,
        "version": version,
        "changed_at": now,
        "forgotten_version": 0,
        "last_used_at": now,
    }


def _entry(token_id: int, row: RenderedEntry, version: int, now: datetime) -> dict[str, Any]:
    return {
        "token_id": token_id,
        "source": f"event:{row.event_id}",
        "event_id": row.event_id,
        "uid": row.uid,
        "sequence": 0,
        "version": version,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "zones": row.zones,
        "body": row.body,
        "changed_at": now,
    }


def measure_rendering(app: Flask, count: int, rounds: int) -> dict[str, Any]:
    """CPU seconds: of all entries rendered naively with icalendar (SAMPLE of them, times as many as there are more),
    of one change, and of the answer after it."""
    found: dict[str, Any] = {"all": [], "one": [], "answer": []}
    with app.app_context():
        _render(1)  # fills what is compiled once
        found["all"].append(_spent(lambda: _render(SAMPLE)) * count / SAMPLE)
    for number in range(rounds + 1):
        with app.app_context():
            _write_title(number + 1, f"A title that nobody had, {number}")
            one = _spent(lambda number=number: refresh(number + 1, now=clock.now()))  # type: ignore[misc]
        answer = _spent(lambda: _ask(app, "GET", "/events.ics"))
        if number:
            found["one"].append(one)
            found["answer"].append(answer)
    return found


def _render(most: int) -> bytes:
    """As one would: every event of the list, each time that somebody asks."""
    calendar = Calendar()
    for event in db.session.scalars(select(Event).where(Event.on_lists).order_by(Event.id).limit(most)):
        calendar.add_component(component(public_entry(event, "en")))
    body: bytes = calendar.to_ical()
    return body


@transactional
def _write_title(event_id: int, title: str) -> None:
    event = db.session.get_one(Event, event_id)
    event.title = Texts(en=title)


def measure_sync(app: Flask, rounds: int) -> dict[str, Any]:
    """CPU seconds and bytes of what a program asks that knows all but one change, and of one that knows all."""
    token = _token_in(_ask(app, "REPORT", LIST, _SYNC.format(token="")))
    found: dict[str, Any] = {"change": [], "nothing": [], "bytes": 0}
    for number in range(rounds + 1):
        with app.app_context():
            _write_title(number + 1, f"Another title, {number}")
            refresh(number + 1, now=clock.now())
        before, answers = token, []
        change = _spent(lambda: answers.append(_ask(app, "REPORT", LIST, _SYNC.format(token=before))))  # noqa: B023
        token = _token_in(answers[0])
        same = _SYNC.format(token=token)
        nothing = _spent(lambda: [_ask(app, "REPORT", LIST, same) for _ in range(20)]) / 20  # noqa: B023
        if number:
            found["change"].append(change)
            found["nothing"].append(nothing)
            found["bytes"] = len(answers[0])
    return found


def _token_in(answer: bytes) -> str:
    found = _TOKEN.search(answer.decode())
    if found is None:
        raise RuntimeError("an answer without a token")
    return found[1]


def _spent(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ask(app: Flask, method: str, path: str, body: str = "") -> bytes:
    environ = create_environ(path, app.config["FILO"].public_url, method=method, data=body.encode())
    parts, status, _headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    answer = b"".join(parts)
    if not status.startswith("20"):
        raise RuntimeError(f"{path} answers {status}: {answer[:200]!r}")
    return answer
