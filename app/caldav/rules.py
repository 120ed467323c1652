"""Addresses of collections, and tokens that say from when changes are asked for."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, unquote

from app.events.rules import Filter, Kind

LIST_PARTS = ("kind", "sector", "group", "project")
ALL = "all"
_NAME = re.compile(r"(kind|sector|group|project)-([A-Za-z0-9][A-Za-z0-9_.-]{0,119})")
_COLLECTION = re.compile(r"/caldav/public/[a-z]{2}/([^/]+)/")
_ENTRY = re.compile(r"([^/]{1,120})\.ics")
_TOKEN = re.compile(r"([0-9a-f]{12})-([0-9]{1,15})")


def list_name(key: str) -> str:
    """The part of an address that stands for a public list: ``sector-tourism`` for ``sector:tourism``."""
    return key.replace(":", "-", 1)


def list_key(name: str) -> str | None:
    """The key of the list that a part of an address stands for."""
    if name == ALL:
        return ALL
    found = _NAME.fullmatch(name)
    if found is None or (found[1] == "kind" and found[2] not in set(Kind)):
        return None
    return f"{found[1]}:{found[2]}"


def key_at(path: str) -> str | None:
    """The key of the public list whose collection is at a path."""
    found = _COLLECTION.fullmatch(path)
    return list_key(found[1]) if found else None


def list_filter(key: str) -> Filter:
    """The events of a list."""
    part, _colon, value = key.partition(":")
    return Filter(**{part: value}) if value else Filter()


def entry_name(uid: str) -> str:
    """The last part of an entry's address."""
    return f"{quote(uid, safe='@')}.ics"


def uid_of(name: str) -> str | None:
    """The uid that a last part, still encoded or not, stands for."""
    found = _ENTRY.fullmatch(unquote(name))
    return found[1] if found else None


def sync_token(public_url: str, path: str, version: int) -> str:
    """A URI, as RFC 6578 wants it; of another collection it is worth nothing."""
    return f"{public_url}/caldav/ns/sync/{_mark(path)}-{version}"


def version_in(token: str, public_url: str, path: str) -> int | None:
    """The version that a token of just this collection names."""
    found = _TOKEN.fullmatch(token.strip().removeprefix(f"{public_url}/caldav/ns/sync/"))
    return int(found[2]) if found and found[1] == _mark(path) else None


def etag_of(body: bytes) -> str:
    """A strong tag: the bytes of an entry do not change without its content."""
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _mark(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:12]
