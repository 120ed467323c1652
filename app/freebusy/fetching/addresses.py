"""Which addresses may be asked: what is written in them, and where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from app.freebusy.errors import NotFetched

LONGEST_ADDRESS = 1000
_PORTS = frozenset({80, 443})
_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
# public on paper, but they lead through a translator to any IPv4 address, also to a private one
_TRANSLATED = tuple(
    ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "192.88.99.0/24")
)


@dataclass(frozen=True, slots=True)
class Address:
    """``host`` in ASCII, ``target`` what is asked for there: path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def is_https(self) -> bool:
        return self.scheme == "https"

    @property
    def host_line(self) -> str:
        """The Host header: a port that the scheme does not imply is named."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.is_https else 80) else f"{host}:{self.port}"

    @property
    def text(self) -> str:
        return f"{self.scheme}://{self.host_line}{self.target}"


def parse(text: str) -> Address:
    """An address that may be asked, as far as it says itself; webcal means https. Raises NotFetched.

    Refused: other schemes and ports than those of the web, user names and passwords, blanks and controls.
    """
    if len(text) > LONGEST_ADDRESS or _UNSEEN.search(text):
        raise NotFetched("no_address")
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise NotFetched("no_address") from error
    scheme = _SCHEMES.get(parts.scheme.lower())
    if scheme is None or not host:
        raise NotFetched("no_address")
    if "@" in parts.netloc:
        raise NotFetched("password_inside")
    port = port if port is not None else (443 if scheme == "https" else 80)
    if port not in _PORTS:
        raise NotFetched("other_port", port=port)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Address(scheme, _ascii(host), port, target)


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public Internet, and leads to no other one."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id or address.is_site_local:
            return False
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
    if any(address in network for network in _TRANSLATED if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _ascii(host: str) -> str:
    if ":" in host:  # IPv6, without its brackets
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise NotFetched("no_address") from error
