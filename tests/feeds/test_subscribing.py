"""Real programs subscribe to a real server, and see each change."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request

import pytest

from tests.commands import run_main
from tests.databases import own_database

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent

VDIRSYNCER = """
[general]
status_path = "{folder}/status/"
[pair feed]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/calendar/"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[feed]]
path = {folder}/calendar/
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = UTC
local_timezone = UTC
[sqlite]
path = {folder}/khal.db
"""
Organiser = Callable[..., None]


@pytest.fixture(scope="module")
def live_environment() -> dict[str, str]:
    url = own_database("live").get("database_url", "")
    return {**os.environ, "LIVE_DATABASE_URL": url}


@pytest.fixture(scope="module")
def organiser(tmp_path_factory: pytest.TempPathFactory, live_environment: dict[str, str]) -> Organiser:
    """Does what the names of the verbs say, in a process of its own."""
    folder = tmp_path_factory.mktemp("live")

    def act(*words: str) -> None:
        run_main("tests.feeds.live", str(folder), *words, environment=live_environment).check_returncode()

    act.folder = folder  # type: ignore[attr-defined]
    act("begin")
    return act


@pytest.fixture(scope="module")
def servers(organiser: Organiser, live_environment: dict[str, str]) -> Iterator[list[str]]:
    """Two web processes on one database."""
    ports = [_free_port(), _free_port()]
    folder: Path = organiser.folder  # type: ignore[attr-defined]
    running = [
        subprocess.Popen(
            _command(folder, "serve", str(port)), env=live_environment, cwd=ROOT, stderr=subprocess.DEVNULL
        )
        for port in ports
    ]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for url in urls:
            _wait_for(f"{url}/events.ics")
        yield urls
    finally:
        for process in running:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "tests.feeds.live", str(folder), *words]


def _wait_for(url: str) -> None:
    for _attempt in range(600):
        try:
            urllib.request.urlopen(url).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{url} does not answer")


def _fetch(url: str, **headers: str) -> tuple[int, str | None, bytes]:
    request = Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers["ETag"], answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers["ETag"], answer.read()


def test_every_process_answers_the_same_and_sees_the_others_changes(servers: list[str], organiser: Organiser) -> None:
    one, other = (_fetch(f"{url}/events.ics?kind=study_visit") for url in servers)
    assert one == other
    assert one[1]
    assert _fetch(f"{servers[1]}/events.ics?kind=study_visit", If_None_Match=one[1])[0] == 304
    organiser("rename")
    answers = [_fetch(f"{url}/events.ics?kind=study_visit", If_None_Match=one[1]) for url in servers]
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert "SUMMARY:Study visit\\, “grün” & neu" in answers[0][2].decode()


def test_vdirsyncer_and_khal_follow_the_calendar(servers: list[str], organiser: Organiser, tmp_path: Path) -> None:
    (tmp_path / "vdirsyncer").write_text(
        VDIRSYNCER.format(folder=tmp_path, url=f"{servers[0]}/events.ics?place=Rovereto")
    )
    (tmp_path / "khal").write_text(KHAL.format(folder=tmp_path))
    _run("vdirsyncer", "-c", str(tmp_path / "vdirsyncer"), "discover")
    assert _seen(tmp_path)["Clusters workshop Rovereto"] == "2027-01-23 12:00"
    before = _files(tmp_path)
    assert len(before) == 2
    _sync(tmp_path)
    assert _files(tmp_path) == before  # nothing changed, nothing is copied
    organiser("move")
    assert _seen(tmp_path)["Clusters workshop Rovereto"] == "2027-01-24 12:00"
    organiser("call_off", "take_back")
    assert list(_seen(tmp_path)) == ["Cancelled: Clusters workshop Rovereto"]
    assert len(_files(tmp_path)) == 1


def _seen(folder: Path) -> dict[str, str]:
    _sync(folder)
    listed = _run(
        "khal", "-c", str(folder / "khal"), "list", "--format", "{title}|{start}", "-df", "", "2027-01-01", "60d"
    )
    return dict(line.split("|") for line in listed.splitlines() if "|" in line)


def _sync(folder: Path) -> None:
    _run("vdirsyncer", "-c", str(folder / "vdirsyncer"), "sync")


def _files(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "calendar").glob("*.ics")}


def _run(*command: str) -> str:
    whole = [str(BIN / command[0]), *command[1:]]
    done = subprocess.run(whole, check=False, capture_output=True, text=True, input="y\n" * 9, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout
