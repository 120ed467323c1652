"""The servers that are measured: Filò, and those it is compared with. All on 127.0.0.1, all stopped at the end."""

from __future__ import annotations

import http.client
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.machine import ROOT, postgres_programs, tool
from config import Config
from tests.house import House, free_port

PATIENCE = 30.0  # seconds

_NGINX = """
{user}worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log {folder}/access.log;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 10000000;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/calendar ics; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


class Filo(House):
    """An installation with the settings of a fresh one; only the limits against floods are off."""

    def __init__(self, folder: Path, *, database_url: str = "") -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(folder, database_url=database_url, FILO_LOG_REQUESTS="on")

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @contextmanager
    def serving(self, command: str = "web") -> Iterator[Filo]:
        self.start(command)
        try:
            yield self
        finally:
            self.stop()


@contextmanager
def nginx(folder: Path, name: str, body: bytes) -> Iterator[tuple[int, str]]:
    """nginx with one file; gives its process id and the file's address."""
    files = folder / "files"
    files.mkdir(parents=True)
    (files / name).write_bytes(body)
    port = free_port()
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port, user=user))
    command = [tool("nginx") or "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    url = f"http://127.0.0.1:{port}/{name}"
    with running(command, url) as pid:
        yield pid, url


@contextmanager
def granian(target: str) -> Iterator[tuple[int, str]]:
    """Another application under granian, with the settings that ``filo web`` has."""
    plain = Config.__dataclass_fields__
    port = free_port()
    command = [
        *(str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--workers", str(plain["web_workers"].default), "--blocking-threads", str(plain["web_threads"].default)),
        *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", target),
    ]
    url = f"http://127.0.0.1:{port}/"
    with running(command, url) as pid:
        yield pid, url


@contextmanager
def postgres(folder: Path) -> Iterator[str | None]:
    """The address of a PostgreSQL server for the length of the block; None where there is no PostgreSQL."""
    if given := os.environ.get("FILO_TEST_POSTGRES"):
        yield given
        return
    programs = postgres_programs()
    if programs is None:
        yield None
        return
    port, data = free_port(), folder / "data"
    folder.mkdir()
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    _as_postgres(programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c max_connections=100"  # fsync and synchronous_commit stay on
    _as_postgres(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start", "-o", options)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _as_postgres(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _as_postgres(*command: str | Path) -> None:
    drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    subprocess.run([*drop, *map(str, command)], cwd="/", check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(command: list[str], url: str, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """A server from the moment it answers; gives its process id."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(url)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(url: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError, http.client.HTTPException):
            if fetch(url)[0] == 200:
                return
        time.sleep(0.02)
    raise RuntimeError(f"{Path(url).name or 'the server'} did not answer")


def fetch(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of one GET."""
    host, _slash, path = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request("GET", f"/{path}", headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def copy_of(folder: Path, to: Path) -> Path:
    """A house that nobody runs, once more."""
    return Path(shutil.copytree(folder, to))
