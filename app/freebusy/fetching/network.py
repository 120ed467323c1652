"""Names, connections and the one deadline that every byte is held to."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Thread
from typing import Any

from app.freebusy.fetching.addresses import Address, is_public

Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], socket.socket]
_AT_LEAST_OFFERED = 5.0  # seconds for one of several addresses of a host


def resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, also of one that is written as a number in any notation. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def dial(ip: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address; no name is looked up any more. Raises OSError."""
    return socket.create_connection((ip, port), timeout=seconds)


@dataclass(frozen=True, slots=True)
class Network:
    """Where our part ends: how names are resolved, lines opened and certificates trusted."""

    resolve: Resolve = resolve
    dial: Dial = dial
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)


class NotPublic(Exception):  # noqa: N818
    """The host, or one of its addresses, is not of the public Internet."""


class Deadline:
    """One moment for the whole of a fetch. ``left`` raises TimeoutError when it is past."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        seconds = self._until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class _Held:
    """A socket whose every reading waits no longer than the deadline, however little comes each time."""

    deadline: Deadline | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        if self.deadline:
            self.settimeout(self.deadline.left())  # type: ignore[attr-defined]
        return super().recv_into(*args, **kwargs)  # type: ignore[misc, no-any-return]


class _PlainSocket(_Held, socket.socket):
    pass


class _TlsSocket(_Held, ssl.SSLSocket):
    pass


def connect(address: Address, network: Network, deadline: Deadline) -> socket.socket:
    """A line to a host: its name is resolved once, every address must be public, and one of just these is dialled.

    So a name that means something else a moment later changes nothing (DNS rebinding). The certificate is checked
    against the name. Raises NotPublic, OSError, TimeoutError.
    """
    ips = _resolved(address, network, deadline)
    if not ips:
        raise OSError("no address")
    if not all(is_public(ip) for ip in ips):
        raise NotPublic
    plain = _PlainSocket(fileno=_first_that_answers(ips, address.port, network, deadline).detach())
    plain.deadline = deadline
    plain.settimeout(deadline.left())
    if not address.is_https:
        return plain
    network.trust.sslsocket_class = _TlsSocket
    try:
        secured = network.trust.wrap_socket(plain, server_hostname=address.host)
    except BaseException:
        plain.close()
        raise
    secured.deadline = deadline  # type: ignore[attr-defined]
    return secured


def _resolved(address: Address, network: Network, deadline: Deadline) -> Sequence[str]:
    """What a host's name means. To look a name up cannot be given up, so it is left behind when time is over."""
    found: Queue[Sequence[str] | Exception] = Queue()

    def look_up() -> None:
        try:
            found.put(network.resolve(address.host, address.port))
        except (OSError, UnicodeError) as error:
            found.put(error)

    Thread(target=look_up, name="resolve", daemon=True).start()
    try:
        ips = found.get(timeout=deadline.left())
    except Empty as error:
        raise TimeoutError from error
    if isinstance(ips, Exception):
        raise ips
    return ips


def _first_that_answers(ips: Sequence[str], port: int, network: Network, deadline: Deadline) -> socket.socket:
    last: OSError = OSError("no address")
    for ip in ips:
        try:
            return network.dial(ip, port, min(deadline.left(), _AT_LEAST_OFFERED))
        except OSError as error:
            last = error
    raise last
