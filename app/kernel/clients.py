"""Who counts as one client of ours."""

from __future__ import annotations

import ipaddress


def client_of(address: str | None) -> str:
    """What counts as one client: an IPv4 address, or the /64 network that an IPv6 customer gets."""
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.IPv6Network((parsed, 64), strict=False))
    return str(parsed)
