"""One GET with every bound: where to, how often redirected, how long, how much."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urljoin

from app.freebusy.errors import NotFetched
from app.freebusy.fetching.addresses import Address, parse
from app.freebusy.fetching.network import Deadline, Network, NotPublic, connect
from app.freebusy.rules import MOST_BYTES, Source

AGENT = "Filo calendar import"
MOST_REDIRECTS = 3
_PIECE = 65_536
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``seconds`` for everything together, ``most_bytes`` on the way and again unpacked."""

    seconds: float = 15.0
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Fetched:
    """``source`` is None when the server says that nothing changed since the last time."""

    source: Source | None


def fetch(
    text: str,
    *,
    etag: str = "",
    last_modified: str = "",
    network: Network | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Ask an address for its file; raises NotFetched with why not, never anything that tells of our own network.

    ``etag`` and ``last_modified`` are what the server gave the last time. No cookies, no passwords, no proxies.
    """
    network, limits = network or Network(), limits or Limits()
    deadline, address = Deadline(limits.seconds), parse(text)
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _ask(address, {name: value for name, value in asked.items() if value}, network, limits, deadline)
        if isinstance(answer, Fetched):
            return answer
        address = answer
    raise NotFetched("redirected_too_often", most=MOST_REDIRECTS)


class _Line(HTTPConnection):
    """An HTTP connection over a socket that is already there."""

    def connect(self) -> None:
        raise OSError("closed")


def _ask(
    address: Address, asked: Mapping[str, str], network: Network, limits: Limits, deadline: Deadline
) -> Fetched | Address:
    """The file, or where the server sends us, which is checked as the first address was."""
    line = _Line(address.host, address.port)
    try:
        line.sock = connect(address, network, deadline)
        line.request("GET", address.target, headers={**_headers(address), **asked})
        with line.getresponse() as answer:  # else the line stays open as long as anything still knows the answer
            if answer.status in _REDIRECTS:
                return _redirected(address, answer.getheader("Location", ""))
            return _read(answer, limits)
    except TimeoutError as error:
        raise NotFetched("too_slow", seconds=int(limits.seconds)) from error
    except NotPublic as error:
        raise NotFetched("not_public") from error
    except ssl.SSLError as error:
        raise NotFetched("not_secure") from error
    except (OSError, UnicodeError) as error:
        raise NotFetched("no_answer") from error
    except (HTTPException, ValueError, zlib.error) as error:
        raise NotFetched("bad_answer") from error
    finally:
        line.close()


def _headers(address: Address) -> dict[str, str]:
    return {
        "Host": address.host_line,
        "User-Agent": AGENT,
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def _redirected(address: Address, location: str) -> Address:
    if not location:
        raise NotFetched("bad_answer")
    try:
        there = parse(urljoin(address.text, location))
    except ValueError as error:
        raise NotFetched("bad_answer") from error
    if address.is_https and not there.is_https:
        raise NotFetched("not_secure")
    return there


def _read(answer: HTTPResponse, limits: Limits) -> Fetched:
    match answer.status:
        case 304:
            return Fetched(None)
        case 401 | 403 | 407:
            raise NotFetched("needs_sign_in", status=answer.status)
        case 404 | 410:
            raise NotFetched("gone", status=answer.status)
        case status if status != 200:
            raise NotFetched("status", status=status)
    content = _body(answer, limits.most_bytes)
    etag, modified = (answer.getheader(name, "").strip() for name in ("ETag", "Last-Modified"))
    return Fetched(Source(content=content, etag=_sendable(etag), last_modified=_sendable(modified)))


def _sendable(header: str) -> str:
    """What may be sent back as it came; anything odd is forgotten."""
    return header if len(header) <= 200 and header.isascii() and header.isprintable() else ""


def _body(answer: HTTPResponse, most: int) -> bytes:
    """The whole body, unpacked, never more than ``most`` bytes in memory; what was cut off is refused."""
    encoding = answer.getheader("Content-Encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise NotFetched("bad_answer")
    unpacker = zlib.decompressobj(wbits=31) if encoding in {"gzip", "x-gzip"} else None
    parts, taken, came = [], 0, 0
    while piece := answer.read(_PIECE):
        came += len(piece)
        text = unpacker.decompress(piece, most + 1 - taken) if unpacker else piece
        taken += len(text)
        if taken > most or came > most:
            raise NotFetched("too_large", most=most // 1_000_000)
        parts.append(text)
    if answer.length or (unpacker and not unpacker.eof):
        raise NotFetched("cut_off")
    return b"".join(parts)
