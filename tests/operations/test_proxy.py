"""nginx with the delivered file: feeds are kept for a second, and nothing that is for one person."""

from __future__ import annotations

import gzip
import subprocess
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from tests.plugins import NGINX
from tests.proxy import DELIVERED, in_front_of, written_for

pytestmark = pytest.mark.nginx
ETAG = 'W/"all-7-1a-en-1"'
PUBLIC = [("ETag", ETAG), ("Cache-Control", "public, max-age=300"), ("Vary", "Accept-Encoding")]
PRIVATE = [("ETag", ETAG), ("Cache-Control", "private, max-age=300"), ("Vary", "Accept-Encoding")]


class Behind:
    """Answers as Filò does, and counts what reaches it."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked[path] += 1
        self.headers.append({name: str(value) for name, value in environ.items()})
        about = list(PRIVATE if path.startswith(("/calendars", "/registrations", "/events/private")) else PUBLIC)
        body = b"BEGIN:VCALENDAR\r\n" * 100
        if environ.get("HTTP_ACCEPT_ENCODING") == "gzip":
            body = gzip.compress(body)
            about.append(("Content-Encoding", "gzip"))
        start("200 OK", [*about, ("Content-Length", str(len(body))), ("Content-Type", "text/calendar")])
        return [body]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing: a test reads what matters."""


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def front(behind: Behind, tmp_path: Path) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, behind, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with in_front_of(server.server_port, tmp_path / "nginx", program=NGINX or "") as (_pid, url):
            yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def get(front: str, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    connection = HTTPConnection(urlsplit(front).netloc, timeout=5)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/events.ics", True),
        ("/events.ics?kind=study_visit&lang=it", True),
        ("/events/workshop-1.ics", True),
        ("/sectors/tourism/events.ics", True),
        ("/news.atom", True),
        ("/calendars/s3cret.ics", False),
        ("/registrations/t0ken/event.ics", False),
        ("/events/private.ics", False),  # says so itself
        ("/events", False),
        ("/caldav/", False),
    ],
)
def test_feeds_are_kept_and_what_is_for_one_person_is_not(
    front: str, behind: Behind, path: str, *, is_kept: bool
) -> None:
    for _time in range(3):
        assert get(front, path)[0] == 200
    plain = path.partition("?")[0]
    assert (behind.asked[plain] < 3) is is_kept


def test_who_has_it_already_is_told_so_by_nginx(front: str, behind: Behind) -> None:
    get(front, "/events.ics")
    status, body, headers = get(front, "/events.ics", If_None_Match=ETAG)
    assert (status, body, headers["ETag"], headers["Cache-Control"]) == (304, b"", ETAG, "public, max-age=300")
    assert get(front, "/events.ics", If_None_Match='W/"older"')[0] == 200
    assert behind.asked["/events.ics"] <= 2


def test_gzip_and_plain_are_two_copies_and_no_more(front: str, behind: Behind) -> None:
    _status, plain, _headers = get(front, "/events.ics")
    for coding in ("gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8"):
        _status, packed, headers = get(front, "/events.ics", Accept_Encoding=coding)
        assert (gzip.decompress(packed), headers["Content-Encoding"]) == (plain, "gzip")
    for coding in ("identity", "br", "gzip;q=0"):
        assert get(front, "/events.ics", Accept_Encoding=coding)[1] == plain
    assert behind.asked["/events.ics"] <= 4  # two, and two more if a second went by


@pytest.mark.parametrize("path", ["/events", "/events.ics"])
def test_host_and_client_are_passed_on_and_nobody_forges_them(front: str, behind: Behind, path: str) -> None:
    get(front, path, Host="events.organisation.example", X_Forwarded_For="192.0.2.1")
    (seen,) = behind.headers
    assert seen["HTTP_HOST"] == "events.organisation.example"
    assert seen["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"


def test_secrets_stay_out_of_the_log(front: str, behind: Behind, tmp_path: Path) -> None:
    for path in ("/calendars/s3cret.ics", "/registrations/s3cret/edit", "/sign-in/s3cret", "/events"):
        get(front, f"{path}?token=s3cret")
    logs = "".join(path.read_text("utf-8") for path in (tmp_path / "nginx").glob("*.log"))
    assert "/calendars/..." in logs
    assert "s3cret" not in logs


def test_the_delivered_file_is_one_that_nginx_takes(tmp_path: Path) -> None:
    """As it stands, but for the paths and the certificate, which is made for the test."""
    text = DELIVERED.read_text("utf-8")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", key, "-out", certificate, "-subj", "/CN=events.organisation.example"),
        ],
        check=True,
        capture_output=True,
    )
    text = text.replace("/etc/letsencrypt/live/events.organisation.example/fullchain.pem", str(certificate))
    text = text.replace("/etc/letsencrypt/live/events.organisation.example/privkey.pem", str(key))
    text = text.replace("/var/cache/nginx/filo", f"{tmp_path}/cache").replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "filo.conf").write_text(text, "utf-8")
    whole = f"pid {tmp_path}/pid; events {{}} http {{ include {tmp_path}/filo.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    command = [NGINX, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # type: ignore[arg-type]
    assert done.returncode == 0, done.stderr


def test_nothing_but_names_ports_and_paths_is_written_otherwise_for_tests(tmp_path: Path) -> None:
    told = DELIVERED.read_text("utf-8")
    tried = written_for(told, folder=tmp_path, port=1, upstream=2)
    assert {line.strip() for line in told.splitlines() if "proxy_" in line and "path" not in line} == {
        line.strip() for line in tried.splitlines() if "proxy_" in line and "path" not in line
    }
