"""Which sites may show a calendar in a frame, and what the frame may do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.embedding.errors import NotAnOrigin, TooManyOrigins

MOST_ORIGINS = 20
LONGEST_ORIGIN = 120  # twenty of them still fit into the headers that proxies take

# A scheme, a host name with a dot whose last part is no number, perhaps a port, perhaps a lone slash. Nothing else,
# so that no origin can end the header's directive, name another one or stand for many hosts (CSP 3, 2.3.1).
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"https://((?:{_LABEL}\.)+(?![0-9]+(?:[:/]|\Z)){_LABEL})(?::([0-9]{{1,5}}))?/?", re.ASCII)


class Theme(StrEnum):
    """The colours of an embedded calendar; ``auto`` are those that the reader prefers."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def origin(typed: str) -> str:
    """``https://www.example.org``, as browsers compare it: lower case, punycode, no usual port.

    Raises NotAnOrigin for anything else: another scheme, a path, a name, a wildcard, a number, this machine.
    """
    plain = _in_ascii(typed.strip()).lower()
    found = _ORIGIN.fullmatch(plain)
    if found is None or len(plain) > LONGEST_ORIGIN or found[1].endswith(".localhost"):
        raise NotAnOrigin(field="origins", typed=typed[:LONGEST_ORIGIN])
    port = int(found[2]) if found[2] else 443
    if not 1 <= port <= 65535:
        raise NotAnOrigin(field="origins", typed=typed)
    return f"https://{found[1]}" + (f":{port}" if port != 443 else "")


def origins(typed: Iterable[str]) -> list[str]:
    """Each once, in the order given; raises NotAnOrigin or TooManyOrigins."""
    found = list(dict.fromkeys(map(origin, typed)))
    if len(found) > MOST_ORIGINS:
        raise TooManyOrigins(field="origins", most=MOST_ORIGINS)
    return found


def frame_policy(allowed: Sequence[str]) -> str:
    """The Content-Security-Policy of a frame: no script, no form, and only on the sites that were named."""
    ancestors = " ".join(allowed) or "'none'"
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {ancestors}"
    )


def _in_ascii(typed: str) -> str:
    scheme, mark, host = typed.partition("://")
    try:
        return f"{scheme}{mark}{host if host.isascii() else host.encode('idna').decode()}"
    except UnicodeError:
        return ""
