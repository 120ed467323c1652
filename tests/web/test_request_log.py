from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from app.web.request_log import PAUSE, RequestLog

NOON = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)


def note(log: RequestLog, path: str) -> None:
    log.note(NOON, method="GET", path=path, status="200", seconds=0.0123)


def test_a_request_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    note(RequestLog(), '/events/a"b\n')
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line) == {
        "timestamp": "2027-01-13T12:00:00.000+00:00",
        "event": "request",
        "method": "GET",
        "path": '/events/a"b\n',
        "status": "200",
        "ms": 12.3,
    }


def test_in_a_rush_lines_are_written_together_and_soon(capsys: pytest.CaptureFixture[str]) -> None:
    log = RequestLog()
    for number in range(5):
        note(log, f"/{number}")
    assert len(capsys.readouterr().err.splitlines()) == 1
    time.sleep(PAUSE * 3)
    paths = [json.loads(line)["path"] for line in capsys.readouterr().err.splitlines()]
    assert paths == ["/1", "/2", "/3", "/4"]


@pytest.mark.parametrize(
    ("path", "logged"),
    [("/registrations/abc.def", "/registrations/…"), ("/sign-in/secret/x", "/sign-in/…/x"), ("/events/a", "/events/a")],
)
def test_what_opens_something_is_not_logged(path: str, logged: str, capsys: pytest.CaptureFixture[str]) -> None:
    note(RequestLog(), path)
    assert json.loads(capsys.readouterr().err)["path"] == logged
