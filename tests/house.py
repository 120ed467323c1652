"""A real installation on a port and a database of its own: real processes, real sockets."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.commands import run_filo
from tests.forms import hidden_values

FILO = Path(sys.executable).with_name("filo")
PATIENCE = 40.0  # seconds
NOT_FOR_COMMANDS = ("FILO_", "PYTHONDONTWRITEBYTECODE")  # what is compiled once need not be compiled by every process


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """Filò as an operator starts it. ``database_url`` empty means SQLite in the folder."""

    def __init__(self, folder: Path, *, database_url: str = "", **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(NOT_FOR_COMMANDS)},
            "FILO_INSTANCE": str(folder),
            "FILO_RATE_LIMITS": "off",
            "FILO_LOG_REQUESTS": "off",
            "PORT": str(self.port),
            **({"FILO_DATABASE_URL": database_url} if database_url else {}),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str) -> str:
        """A ``filo`` command to its end; gives what it printed."""
        done = run_filo(*command, environment=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *command: str, patience: float = PATIENCE) -> None:
        """Start a server command (``web``, ``serve``) and wait until it answers, ``patience`` in seconds."""
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen([FILO, *command], env=self.environment, stdout=log, stderr=log)
        self.wait_until_it_answers(patience)

    def wait_until_it_answers(self, patience: float = PATIENCE) -> None:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                if self.get("/healthz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text()[-2000:])

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def interrupt_all(self) -> float:
        """As a Ctrl-C reaches every process of a terminal; gives the seconds until the command had ended."""
        assert self._process
        began = time.monotonic()
        for pid in (*self.children(), self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        self._process.wait(PATIENCE)
        return time.monotonic() - began

    def children(self) -> list[int]:
        """The processes below the command that was started, at any depth."""
        assert self._process
        found: list[int] = []
        queue = [self._process.pid]
        while queue:
            children = _children_of(queue.pop())
            found += children
            queue += children
        return found

    def web_workers(self) -> list[int]:
        """The processes that answer requests: the leaves below ``filo web``."""
        return [pid for pid in self.children() if not _children_of(pid) and _command_of(pid).startswith(b"filo web")]

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def post(self, path: str, values: dict[str, str], cookie: str) -> tuple[int, str]:
        """Send a form; gives the status and where it leads to."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        try:
            connection.request("POST", path, urlencode(values), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location") or ""
        finally:
            connection.close()

    def open_form(self, path: str) -> tuple[dict[str, str], str]:
        """The hidden fields of a form and the cookie that belongs to them."""
        status, html, headers = self.get(path)
        assert status == 200, status
        return hidden_values(html), headers["set-cookie"].partition(";")[0]

    def publish_event(self, capacity: int) -> str:
        """One more demonstration event; gives its path."""
        return urlsplit(self.run("demo", "event", "--capacity", str(capacity)).splitlines()[-1]).path


def _children_of(process: int) -> list[int]:
    children: list[int] = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # gone meanwhile
            children += [int(pid) for pid in listed.read_text().split()]
    return children


def _command_of(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""
