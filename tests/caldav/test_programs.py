"""Real programs read a real server: python-caldav and vdirsyncer."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import caldav
import icalendar
import pytest
from caldav.lib.error import AuthorizationError, DAVError

from tests.commands import run_main
from tests.databases import own_database
from tests.feeds.test_subscribing import BIN, ROOT, _command, _free_port, _wait_for

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]
VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair agenda]
a = "remote"
b = "local"
collections = {collections}
conflict_resolution = "a wins"
[storage remote]
type = "caldav"
url = "{url}"
username = "{user}"
password = "{password}"
read_only = true
[storage local]
type = "filesystem"
path = "{folder}/calendars/"
fileext = ".ics"
"""


class Live(NamedTuple):
    folder: Path
    url: str
    user: str
    password: str
    environment: dict[str, str]

    def act(self, *words: str) -> None:
        run_main("tests.feeds.live", str(self.folder), *words, environment=self.environment).check_returncode()

    def worker(self, word: str) -> None:
        run = run_main("tests.caldav.live", str(self.folder), word, environment=self.environment)
        assert run.returncode == 0, run.stderr

    @property
    def client(self) -> caldav.DAVClient:
        return caldav.DAVClient(f"{self.url}/caldav/", username=self.user, password=self.password)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One installation with three events, and somebody with a place at each."""
    folder = tmp_path_factory.mktemp("dav")
    url = own_database("dav").get("database_url", "")
    environment = {**os.environ, "LIVE_DATABASE_URL": url, "PYTHONWARNINGS": "ignore"}
    begun = run_main("tests.caldav.live", str(folder), "begin", environment=environment)
    begun.check_returncode()
    user, password = begun.stdout.split()[-2:]
    port = _free_port()
    server = subprocess.Popen(
        _command(folder, "serve", str(port)), env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/events.ics")
        yield Live(folder, f"http://127.0.0.1:{port}", user, password, environment)
    finally:
        server.kill()
        server.wait()


def titles(events: object) -> set[str]:
    return {
        str(icalendar.Calendar.from_ical(one.data).walk("VEVENT")[0]["SUMMARY"])
        for one in events  # type: ignore[attr-defined]
    }


def test_python_caldav_finds_reads_and_follows(live: Live) -> None:
    with live.client as client:
        (agenda,) = client.principal().get_calendars()[:1]
        assert len(titles(agenda.get_events())) == 3
        public = client.calendar(url=f"{live.url}/caldav/public/en/all/")
        synced = public.get_objects_by_sync_token(load_objects=True)
        assert len([*synced]) == 3
        live.act("rename", "take_back")
        updated, deleted = synced.sync()
        assert titles(updated) == {"Study visit, “grün” & neu"}
        assert len(deleted) == 1
        assert [*public.get_objects_by_sync_token(sync_token=synced.sync_token)] == []


def test_python_caldav_searches_by_time_and_uid(live: Live) -> None:
    with live.client as client:
        public = client.calendar(url=f"{live.url}/caldav/public/en/all/")
        found = public.search(start=datetime(2027, 1, 1, tzinfo=UTC), end=datetime(2027, 2, 1, tzinfo=UTC), event=True)
        assert "Clusters workshop Rovereto" in titles(found)
        one = public.get_event_by_uid("workshop@filo.example")
        assert titles([one]) == {"Clusters workshop Rovereto"}
        assert public.get_todos() == []


def test_python_caldav_is_refused_what_it_writes(live: Live) -> None:
    with live.client as client:
        agenda = client.principal().get_calendars()[0]
        with pytest.raises(DAVError):
            agenda.add_event("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        with pytest.raises(DAVError):
            agenda.delete()
    stranger = caldav.DAVClient(f"{live.url}/caldav/", username=live.user, password="wrong")
    with stranger as client, pytest.raises(AuthorizationError):
        client.principal()


def test_vdirsyncer_discovers_copies_and_follows(live: Live, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(
        VDIRSYNCER.format(
            folder=tmp_path, url=f"{live.url}/caldav/", user=live.user, password=live.password, collections='["from a"]'
        )
    )
    live.worker("catch_up")
    assert "agenda" in _vdirsyncer(config, "discover", "--list")
    _vdirsyncer(config, "sync")
    (folder,) = [one for one in (tmp_path / "calendars").iterdir() if one.name == "agenda"]
    before = {one.name: one.read_bytes() for one in folder.glob("*.ics")}
    assert len(before) > 1
    assert "agenda" in _vdirsyncer(config, "sync")
    assert {one.name: one.read_bytes() for one in folder.glob("*.ics")} == before
    live.worker("withdraw")
    _vdirsyncer(config, "sync")
    after = {one.name: one.read_bytes() for one in folder.glob("*.ics")}
    assert sum(body != before[name] for name, body in after.items()) == 1
    assert b"STATUS:CANCELLED" in next(body for name, body in after.items() if body != before[name])


def _vdirsyncer(config: Path, *words: str) -> str:
    run = subprocess.run(
        [str(BIN / "vdirsyncer"), "-c", str(config), *words],
        input="y\n" * 60,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr
