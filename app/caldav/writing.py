"""Writes the XML of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from app.caldav.reading import APPLE, CALDAV, CALENDARSERVER, DAV

_PREFIXES = {DAV: "D", CALDAV: "C", CALENDARSERVER: "CS", APPLE: "A"}
_SPACES = " ".join(f"xmlns:{prefix}={quoteattr(space)}" for space, prefix in _PREFIXES.items())
_REASONS = {200: "OK", 403: "Forbidden", 404: "Not Found", 507: "Insufficient Storage"}


def element(name: str, inner: str = "") -> str:
    """An element by its ``{namespace}name``; ``inner`` is XML already."""
    space, _brace, local = name.removeprefix("{").rpartition("}") if name.startswith("{") else ("", "", name)
    prefix = _PREFIXES.get(space)
    tag, about = (f"{prefix}:{local}", "") if prefix else (local, f" xmlns={quoteattr(space)}")
    return f"<{tag}{about}>{inner}</{tag}>" if inner else f"<{tag}{about}/>"


def href(path: str) -> str:
    return f"<D:href>{escape(path)}</D:href>"


def propstat(names: Iterable[str], status: int) -> str:
    """Properties, as XML, that share a status."""
    return f"<D:propstat><D:prop>{''.join(names)}</D:prop><D:status>{_line(status)}</D:status></D:propstat>"


def response(path: str, found: Sequence[str], missing: Sequence[str] = ()) -> str:
    """What is known, and is not, of the resource at a path."""
    parts = [propstat(found, 200)] if found or not missing else []
    parts += [propstat(map(element, missing), 404)] if missing else []
    return f"<D:response>{href(path)}{''.join(parts)}</D:response>"


def gone(path: str, status: int = 404) -> str:
    return f"<D:response>{href(path)}<D:status>{_line(status)}</D:status></D:response>"


def multistatus(responses: Iterable[str], sync_token: str = "") -> bytes:
    token = f"<D:sync-token>{escape(sync_token)}</D:sync-token>" if sync_token else ""
    return document("multistatus", "".join(responses) + token)


def error(condition: str) -> bytes:
    return document("error", condition)


def document(name: str, inner: str) -> bytes:
    """A whole document whose root is in DAV's namespace. Control characters that XML cannot hold are left out."""
    clean = "".join(sign for sign in inner if sign >= " " or sign in "\t\r\n")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<D:{name} {_SPACES}>{clean}</D:{name}>'.encode()


def _line(status: int) -> str:
    return f"HTTP/1.1 {status} {_REASONS[status]}"
