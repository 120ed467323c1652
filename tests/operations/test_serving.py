"""The commands of an operator, as real processes."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from app.web.servers import GRACE
from tests.commands import run_filo
from tests.house import FILO, PATIENCE, House
from tests.tables import copy_tables

pytestmark = pytest.mark.slow
OPENING_THE_DATABASE = (
    *("serve", "web", "worker", "database upgrade", "backup kept.tar.gz", "feeds render"),
    *("user add ada@filo.example", "user list", "user disable ada@filo.example"),
    *("demo run", "demo reset", "demo load", "demo event"),
)
# file modes do not bind an administrator, as whom a container often runs; so this power is given up first
BOUND_BY_MODES = ("setpriv", "--bounding-set=-all") if os.geteuid() == 0 else ()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path, FILO_WEB_WORKERS="1")
    yield house
    house.stop()


@pytest.fixture
def ready(house: House) -> House:
    """An installation whose tables are there."""
    copy_tables(house.folder)
    return house


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation that serves, with one account."""
    house = House(tmp_path_factory.mktemp("serving"), FILO_WEB_WORKERS="1")
    copy_tables(house.folder)
    house.run("user", "add", "ada@filo.example")
    house.start("serve")
    yield house
    house.stop()


def refused(house: House, *command: str, through: tuple[str, ...] = ()) -> str:
    """A command that ends at once; gives its one sentence."""
    done = _through(through, house, command) if through else run_filo(*command, environment=house.environment)
    assert done.returncode == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def _through(other: tuple[str, ...], house: House, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    whole = [*other, FILO, *command]
    return subprocess.run(whole, env=house.environment, capture_output=True, text=True, timeout=PATIENCE, check=False)


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def answers(house: House, path: str = "/healthz") -> bool:
    try:
        return house.get(path)[0] == 200
    except OSError:
        return False


def test_it_serves_respawns_works_and_stops_when_every_request_is_answered(ready: House) -> None:
    ready.start("serve")
    assert ready.get("/healthz")[:2] == (200, "ok\n")
    assert ready.get("/readyz")[:2] == (200, "ok\n")
    assert ready.get("/sign-in")[0] == 200
    assert ready.get("/healthz", {"Host": "10.0.0.7"})[0] == 200
    assert ready.get("/events", {"Host": "evil.example"})[0] == 400

    before = ready.children()
    web, worker = ([pid for pid in before if command_of(pid).startswith(f"filo {name}")] for name in ("web", "worker"))
    assert len(web) == 2, "the server and its one process"
    assert len(worker) == 1
    for pid in (web[-1], web[0], worker[0]):
        if command_of(pid):
            os.kill(pid, signal.SIGKILL)
        eventually(lambda: answers(ready))
    eventually(lambda: sum(command_of(pid).startswith("filo worker") for pid in ready.children()) == 1)
    eventually(lambda: sum(command_of(pid).startswith("filo web") for pid in ready.children()) == 2)
    eventually(lambda: answers(ready))

    running = ready.children()
    stop_while_a_request_waits(ready)
    assert not answers(ready)
    assert not [pid for pid in {*before, *running} if command_of(pid).startswith("filo ")]


def stop_while_a_request_waits(ready: House) -> None:
    with in_hand(ready) as answer:
        ready.stop()
        assert b"HTTP/1.1 " in answer()


@contextmanager
def in_hand(house: House) -> Iterator[Callable[[], bytes]]:
    """A request that the server has begun to read; the rest of it comes half a second later. Gives its answer."""
    body = b"email=ada"
    headers = (
        f"Host: 127.0.0.1:{house.port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE) as slow:
        slow.sendall(b"POST /sign-in/link HTTP/1.1\r\n" + headers.encode())
        assert b"100 Continue" in slow.recv(4096), "the server waits for the body"
        rest = threading.Timer(0.5, slow.sendall, [body])
        rest.start()
        yield lambda: slow.recv(4096)
        rest.join()


def test_a_ctrl_c_that_reaches_every_process_stops_at_once_and_keeps_the_answer(ready: House) -> None:
    ready.start("web")
    with in_hand(ready) as answer:
        for pid in ready.web_workers():
            os.kill(pid, signal.SIGTERM)  # twice at once, as when the server passes on what they had already
        assert ready.interrupt_all() < GRACE / 2
        assert b"HTTP/1.1 " in answer()


def test_gunicorn_runs_the_same_application(ready: House) -> None:
    ready.start("web", "--server", "gunicorn")
    assert ready.get("/readyz")[:2] == (200, "ok\n")
    assert ready.get("/sign-in")[0] == 200


def test_the_worker_sends_what_waits(serving: House) -> None:
    hidden, cookie = serving.open_form("/sign-in")
    assert serving.post("/sign-in/link", {**hidden, "email": "ada@filo.example"}, cookie)[0] == 200
    eventually(lambda: any((serving.folder / "mail").glob("*.eml")))


def test_a_busy_port_is_said_in_one_sentence(ready: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", ready.port))
        other.listen()
        for command in ("serve", "web"):
            assert f"Port {ready.port} is busy" in refused(ready, command)


def test_a_database_that_does_not_fit_is_said_in_one_sentence(house: House) -> None:
    assert "filo database upgrade" in refused(house, "serve")
    house.run("database", "upgrade")
    with sqlite3.connect(house.folder / "filo.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in OPENING_THE_DATABASE:
        assert "newer version" in refused(house, *command.split())


@pytest.mark.parametrize("command", ["web", "worker"])
def test_what_cannot_be_written_is_said_in_one_sentence(ready: House, command: str) -> None:
    file = ready.folder / "filo.db"
    file.chmod(0o400)
    assert f"{file} cannot be written" in refused(ready, command, through=BOUND_BY_MODES)
    ready.folder.chmod(0o500)
    assert "FILO_INSTANCE" in refused(ready, command, through=BOUND_BY_MODES)
    ready.folder.chmod(0o700)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("PORT", "eighty"),
        ("FILO_MAIL_URL", "mail.example"),
        ("FILO_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none"),
    ],
)
def test_a_wrong_setting_is_said_in_one_sentence(house: House, key: str, value: str) -> None:
    house.environment[key] = value
    assert key in refused(house, "serve")


def test_the_house_that_loaded_the_demonstration_prints_papers(ready: House) -> None:
    ready.start("demo", "run", patience=240)  # all of it is loaded first, beside other tests
    with urlopen(f"{ready.url}/organisations/habitech/our-year.pdf", timeout=PATIENCE) as paper:
        assert paper.read(5) == b"%PDF-"


def test_a_backup_is_made_while_it_serves(serving: House, tmp_path: Path) -> None:
    serving.run("backup", str(tmp_path / "backup.tar.gz"))
    other = tmp_path / "other"
    other.mkdir()
    second = House(other)
    second.run("restore", str(tmp_path / "backup.tar.gz"))
    assert "ada@filo.example" in second.run("user", "list")
    assert "not empty" in refused(second, "restore", str(tmp_path / "backup.tar.gz"))
