"""Whether a client already has what we would send (RFC 9110, 13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any


def not_modified(environ: Mapping[str, Any], etag: str, changed_at: datetime | None, *, exists: bool) -> bool:
    """Whether a GET or HEAD is answered by 304. If-None-Match, compared weakly, beats If-Modified-Since.

    ``exists``: it is known that there is something at this address, which is all that ``*`` asks.
    """
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        # between its quotes a tag holds no quote, so the whole of ours can only be found as a whole one
        return exists if tags.strip() == "*" else etag.removeprefix("W/") in tags
    if (since := environ.get("HTTP_IF_MODIFIED_SINCE")) and changed_at:
        moment = _parsed(since)
        return moment is not None and changed_at.replace(microsecond=0) <= moment
    return False


def http_date(moment: datetime) -> str:
    """``Wed, 13 Jan 2027 12:00:00 GMT``."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def takes_gzip(environ: Mapping[str, Any]) -> bool:
    """Whether the client asked for gzip; a mere ``*`` is not asking."""
    for coding in environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() in {"gzip", "x-gzip"}:
            return not weight or _weight(weight) > 0
    return False


def _weight(text: str) -> float:
    try:
        return float(text.partition("=")[2])
    except ValueError:
        return 0.0


def _parsed(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
