"""What strangers' addresses and servers try. Names and lines are given; everything between is real, a server too."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from app.freebusy.errors import NotFetched
from app.freebusy.fetching import Limits, Network, fetch
from app.freebusy.fetching.addresses import is_public, parse
from app.freebusy.fetching.network import resolve
from tests.freebusy.files import booking

PUBLIC = "93.184.216.34"
FILE = booking()
TRUST = ssl.create_default_context()
Say = Callable[[bytes], bytes | Iterator[bytes]]


def answer(body: bytes = FILE, status: str = "200 OK", *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join((*lines, "", "")).encode() + body


@dataclass
class Internet:
    """One server behind every public address; ``names`` says what a name resolves to, once and again."""

    port: int
    asked: list[bytes]
    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    resolved: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)

    @property
    def network(self) -> Network:
        return Network(resolve=self._resolve, dial=self._dial, trust=TRUST)

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        answers = self.names.get(host)
        if answers is None:
            return resolve(host, port) if host[-1].isdigit() or ":" in host else [PUBLIC]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _dial(self, ip: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append(ip)
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)


@contextmanager
def internet(say: Say | bytes) -> Iterator[Internet]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Internet(server.getsockname()[1], [])

        def serve() -> None:
            while True:
                try:
                    line, _peer = server.accept()
                except OSError:
                    return
                with line:
                    _answer(line, found.asked, say)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield found
        server.shutdown(socket.SHUT_RDWR)
    thread.join(2)


def _answer(line: socket.socket, asked: list[bytes], say: Say | bytes) -> None:
    try:
        line.settimeout(2)
        request = line.recv(65_536)
        asked.append(request)
        told = say if isinstance(say, bytes) else say(request)
        for piece in (told,) if isinstance(told, bytes) else told:
            line.sendall(piece)
    except OSError:
        return


def refusal(say: Say | bytes, address: str = "http://feed.example/a.ics", limits: Limits | None = None) -> str:
    with internet(say) as found, pytest.raises(NotFetched) as refused:
        fetch(address, network=found.network, limits=limits)
    return refused.value.why


def test_a_file_is_fetched_with_our_name_and_nothing_else_of_ours() -> None:
    with internet(
        answer(FILE, "200 OK", 'ETag: "1"', "Last-Modified: Wed, 13 Jan 2027 12:00:00 GMT", "Set-Cookie: a=b")
    ) as found:
        source = fetch("http://feed.example/a%20b.ics?x=ü#part", network=found.network).source
    assert source
    assert (source.content, source.etag) == (FILE, '"1"')
    head = found.asked[0].decode().splitlines()
    assert head[0] == "GET /a%20b.ics?x=%C3%BC HTTP/1.1"
    assert "Host: feed.example" in head
    assert any(line.startswith("User-Agent: Filo") for line in head)
    assert not any(line.lower().startswith(("cookie", "authorization", "referer")) for line in head)


def test_what_is_unchanged_is_not_sent_again() -> None:
    with internet(b"HTTP/1.1 304 Not Modified\r\n\r\n") as found:
        assert fetch("http://feed.example/", etag='"1"', last_modified="then", network=found.network).source is None
    assert b'If-None-Match: "1"' in found.asked[0]
    assert b"If-Modified-Since: then" in found.asked[0]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://feed.example/a.ics", "no_address"),
        ("file:///etc/passwd", "no_address"),
        ("gopher://feed.example/", "no_address"),
        ("feed.example/a.ics", "no_address"),
        ("http://", "no_address"),
        ("http://[::1/", "no_address"),
        ("http://feed.example\\@127.0.0.1/", "no_address"),
        ("http://feed.example/\r\nX: y", "no_address"),
        ("http://feed.example/ a", "no_address"),
        ("http://" + "a" * 70 + ".example/", "no_address"),
        ("http://me:secret@feed.example/", "password_inside"),
        ("http://feed.example@127.0.0.1/", "password_inside"),
        ("http://feed.example:22/", "other_port"),
        ("http://feed.example:8080/", "other_port"),
        ("http://feed.example:99999/", "no_address"),
        ("http://127.0.0.1/", "not_public"),
        ("http://2130706433/", "not_public"),
        ("http://0x7f000001/", "not_public"),
        ("http://0177.0.0.1/", "not_public"),
        ("http://127.1/", "not_public"),
        ("http://0/", "not_public"),
        ("http://169.254.169.254/latest/meta-data/", "not_public"),
        ("http://10.0.0.1/", "not_public"),
        ("http://100.64.0.1/", "not_public"),
        ("http://[::1]/", "not_public"),
        ("http://[::ffff:127.0.0.1]/", "not_public"),
        ("http://[::ffff:a9fe:a9fe]/", "not_public"),
        ("http://[64:ff9b::7f00:1]/", "not_public"),
        ("http://[fd00::1]/", "not_public"),
    ],
)
def test_addresses_that_lead_elsewhere_are_never_dialled(address: str, why: str) -> None:
    with internet(answer()) as found:
        with pytest.raises(NotFetched) as refused:
            fetch(address, network=found.network)
        assert refused.value.why == why
        assert found.dialled == []


@pytest.mark.parametrize("ip", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_addresses_may_be_asked(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1"),
        *("192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "64:ff9b::1", "64:ff9b:1::1", "fe80::1"),
        *("100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fe80::1%eth0", "fec0::1", "ff02::1", "x"),
    ],
)
def test_no_other_address_may(ip: str) -> None:
    assert not is_public(ip)


def test_one_private_address_among_public_ones_is_enough() -> None:
    with internet(answer()) as found:
        found.names["feed.example"] = [[PUBLIC, "192.168.1.1"]]
        with pytest.raises(NotFetched):
            fetch("http://feed.example/", network=found.network)
        assert found.dialled == []


def test_a_name_that_means_something_else_a_moment_later_changes_nothing() -> None:
    with internet(answer()) as found:
        found.names["feed.example"] = [[PUBLIC], ["127.0.0.1"]]
        assert fetch("http://feed.example/", network=found.network).source
    assert found.resolved == ["feed.example"]
    assert found.dialled == [PUBLIC]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://127.0.0.1/", "not_public"),
        ("http://169.254.169.254/", "not_public"),
        ("//[::ffff:127.0.0.1]/", "not_public"),
        ("http://2130706433/", "not_public"),
        ("http://inside.example/", "not_public"),
        ("file:///etc/passwd", "no_address"),
        ("http://a:b@feed.example/", "password_inside"),
        ("http://feed.example:6379/", "other_port"),
        ("/again", "redirected_too_often"),
    ],
)
def test_where_a_server_sends_us_is_checked_as_well(location: str, why: str) -> None:
    with internet(answer(b"", "302 Found", f"Location: {location}")) as found:
        found.names["inside.example"] = [["10.0.0.7"]]
        with pytest.raises(NotFetched) as refused:
            fetch("http://feed.example/", network=found.network)
    assert refused.value.why == why
    assert set(found.dialled) == {PUBLIC}
    assert len(found.asked) <= 4


def test_three_redirects_are_followed() -> None:
    def say(request: bytes) -> bytes:
        step = int(request.split(b" ")[1][1:])
        return answer(b"", "301 Moved", f"Location: /{step + 1}") if step < 3 else answer()

    with internet(say) as found:
        assert fetch("http://feed.example/0", network=found.network).source


def drip(request: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"B"
        time.sleep(0.02)


def drip_headers(request: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X"
        time.sleep(0.02)


def flood(request: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"B" * 65_536


def silence(request: bytes) -> Iterator[bytes]:
    time.sleep(0.5)
    yield b""


BOMB = gzip.compress(b"0" * 30_000_000)
SOON, SMALL = Limits(seconds=0.3), Limits(most_bytes=1_000_000)


@pytest.mark.parametrize(
    ("say", "limits", "why"),
    [
        (drip, SOON, "too_slow"),
        (drip_headers, SOON, "too_slow"),
        (silence, SOON, "too_slow"),
        (flood, SMALL, "too_large"),
        (answer(b"x" * 1_000_001), SMALL, "too_large"),
        (answer(BOMB, "200 OK", "Content-Encoding: gzip"), SMALL, "too_large"),
        (answer(gzip.compress(FILE)[:-9], "200 OK", "Content-Encoding: gzip"), None, "cut_off"),
        (answer(b"no gzip", "200 OK", "Content-Encoding: gzip"), None, "bad_answer"),
        (answer(FILE, "200 OK", "Content-Encoding: br"), None, "bad_answer"),
        (answer(FILE)[:-9], None, "cut_off"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", None, "bad_answer"),
        (b"", None, "no_answer"),
        (answer(b"", "302 Found"), None, "bad_answer"),
        (answer(b"", "401 Unauthorized"), None, "needs_sign_in"),
        (answer(b"", "404 Not Found"), None, "gone"),
        (answer(b"", "500 Oh"), None, "status"),
    ],
)
def test_no_server_keeps_us_or_fills_us(say: Say | bytes, limits: Limits | None, why: str) -> None:
    begun = time.monotonic()
    assert refusal(say, limits=limits) == why
    assert time.monotonic() - begun < 2


def test_what_is_packed_is_unpacked() -> None:
    with internet(answer(gzip.compress(FILE), "200 OK", "Content-Encoding: gzip")) as found:
        source = fetch("http://feed.example/", network=found.network).source
    assert source
    assert source.content == FILE


def test_a_server_without_a_certificate_is_not_believed() -> None:
    assert refusal(answer(), "https://feed.example/") == "not_secure"
    assert refusal(answer(), "webcal://feed.example/") == "not_secure"


def test_a_line_to_a_secure_server_does_not_lead_to_an_open_one() -> None:
    from app.freebusy.fetching.client import _redirected

    with pytest.raises(NotFetched) as refused:
        _redirected(parse("https://feed.example/"), "http://feed.example/")
    assert refused.value.why == "not_secure"


def test_a_name_server_that_never_answers_is_left_behind() -> None:
    is_over = threading.Event()

    def never(host: str, port: int) -> Sequence[str]:
        is_over.wait(5)
        return [PUBLIC]

    began = time.monotonic()
    with pytest.raises(NotFetched) as refused:
        fetch("https://feed.example/", network=Network(resolve=never, trust=TRUST), limits=SOON)
    is_over.set()
    assert refused.value.why == "too_slow"
    assert time.monotonic() - began < 3
