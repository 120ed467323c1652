"""The day of an event: scans at the door, and papers."""

from __future__ import annotations

import resource
import time
from typing import Any
from uuid import uuid4

from flask import Flask

from app.demo.day import publish_demo_day
from app.events import queries as events
from app.kernel import clock
from app.network.actors import SYSTEM
from app.printing.engine import render
from app.registration import queries as registrations
from app.sheets import presenters, services


def measure_scans(app: Flask, count: int, rounds: int) -> dict[str, Any]:
    """Seconds a scan that a phone sends by itself, by the clock and of CPU; sockets left out."""
    found = []
    for _ in range(rounds):
        with app.app_context():
            day = publish_demo_day(count=count, now=clock.now())
            event_id = events.event_id(day.slug)
            codes = [one.public_id for one in registrations.participants(event_id, place=None, query="", limit=count)]
        client = app.test_client()
        clocked, computed = time.perf_counter(), time.process_time()
        for code in codes:
            _scan(client, day.secret, code)
        found.append(((time.perf_counter() - clocked) / count, (time.process_time() - computed) / count))
    return {"scans": found}


def _scan(client: Any, secret: str, code: str) -> None:
    at = int(clock.now().timestamp() * 1000)
    scan = {"id": str(uuid4()), "code": code, "list": "d1", "kind": "in", "method": "qr", "at": at}
    answer = client.post(f"/check-in/{secret}/scans", json={"device": "bench", "scans": [scan], "walk_ins": []})
    assert answer.status_code == 200, answer.data
    assert answer.get_json()["answers"][scan["id"]] == "done", answer.data


def measure_sheet(app: Flask, count: int, rounds: int) -> dict[str, Any]:
    """Seconds for a signature sheet of so many rows, and what memory it took at most beyond what was there (MiB)."""
    with app.app_context():
        small, large = (publish_demo_day(count=one, now=clock.now()).slug for one in (1, count))
        _sheet(app, small)
        before = _peak_mib()
        seconds = []
        for _ in range(rounds):
            began = time.perf_counter()
            size = len(_sheet(app, large))
            seconds.append(time.perf_counter() - began)
    return {"seconds": seconds, "memory": _peak_mib() - before, "bytes": size}


def _sheet(app: Flask, slug: str) -> bytes:
    with app.test_request_context():
        event, people = services.people_of(slug, actor=SYSTEM)
        return render("signature_sheet", presenters.signature_sheet(event, people, day=1))


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
