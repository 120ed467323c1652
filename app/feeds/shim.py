"""Answers feeds before Flask is entered: most requests are a 304, and Flask alone would cost more than all of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from time import time
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.changes.queries import Version
from app.feeds.addresses import BadAddressError, Feed, read_address
from app.feeds.conditional import http_date, not_modified, takes_gzip
from app.feeds.joining import UnknownFeed, joined
from app.feeds.shelf import MOST_BYTES, Copy, Shelf
from app.feeds.versions import Asked, Moments, Shared, versions_of
from app.fetches.gathering import LONGEST_AGENT, Fetches
from app.kernel.clock import now
from app.kernel.early import Headers, Start
from app.kernel.errors import Unavailable
from config import Config

REVISION = 1
"""Raised when this program would write other bytes for the same events."""

LONGEST_PATH = 200  # what is longer is no feed's, and not worth remembering

log = structlog.get_logger()


class Feeds:
    """What one process needs to answer feeds."""

    def __init__(self, app: Flask, *, kept_bytes: int = MOST_BYTES) -> None:
        config: Config = app.config["FILO"]
        self._app = app
        self._default_lang = config.default_locale
        self._moments = Moments(0) if config.testing else Moments()
        self._versions = Shared(versions_of(app), self._moments)
        self._shelf = Shelf(kept_bytes)
        fetches: Fetches = app.extensions["fetches"]
        self._fetched = fetches.append
        self._guards = [
            ("X-Content-Type-Options", "nosniff"),
            ("Access-Control-Allow-Origin", "*"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ]
        if config.is_https:
            self._guards.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))

    def answer(self, environ: dict[str, Any], start: Start) -> Iterable[bytes] | None:
        """The response for a feed's address, with as little as will do; None where the address is no feed's."""
        moment, asked = self._moments.present(), _asked(environ)
        if known := moment.unchanged.get(asked):
            about, name = known
            self._fetched((name, 304, environ.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT], time(), False))
            return _nothing_new(about, start)
        if len(environ["PATH_INFO"]) > LONGEST_PATH:
            return None
        try:
            feed = read_address(environ["PATH_INFO"], environ.get("QUERY_STRING", ""), self._default_lang)
        except BadAddressError as error:
            return self._plain(environ, start, "400 Bad Request", str(error))
        if feed is None:
            return None
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._other_method(environ["REQUEST_METHOD"], start)
        try:
            about, copy = self._read(feed, environ)
        except UnknownFeed as error:
            self._note(feed, 404, environ)
            return self._unknown(feed, error, environ, start)
        except (Unavailable, SQLAlchemyError):
            log.exception("feed_not_read", path=environ["PATH_INFO"])
            self._note(feed, 503, environ)
            return self._plain(
                environ, start, "503 Service Unavailable", "Please try again in a minute.", [("Retry-After", "60")]
            )
        self._note(feed, 200 if copy else 304, environ)
        if copy:
            return _whole(copy, environ, start)
        if environ.get("HTTP_IF_NONE_MATCH"):  # no other header had a say
            moment.unchanged[asked] = about, feed.kept_as
        return _nothing_new(about, start)

    def _note(self, feed: Feed, status: int, environ: dict[str, Any]) -> None:
        agent = environ.get("HTTP_USER_AGENT", "")[:LONGEST_AGENT]
        self._fetched((feed.kept_as, status, agent, time(), False))

    def _read(self, feed: Feed, environ: dict[str, Any]) -> tuple[Headers, Copy | None]:
        """What to say about a feed, and its bytes unless the client has them."""
        version = self._versions.read(feed.collections)
        copy = self._shelf.get(feed.address, version)
        if copy is None:
            etag = etag_of(feed, version)
            about = self._about(etag, version.changed_at)
            if version.number and not_modified(environ, etag, version.changed_at, exists=False):
                return about, None
            copy = self._joined(feed, version, etag, about)
        if not_modified(environ, copy.etag, version.changed_at, exists=True):
            return copy.about, None
        return copy.about, copy

    def _joined(self, feed: Feed, version: Version, etag: str, about: Headers) -> Copy:
        content = (
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", f'inline; filename="{feed.filename}"'),
            ("Content-Language", feed.lang),
        )
        body = joined(self._app, feed, was_there=version.number > 0)
        copy = Copy(version, etag, tuple(about), content, body)
        self._shelf.put(feed.address, copy)
        return copy

    def _about(self, etag: str, changed_at: datetime | None) -> Headers:
        """The headers that a 304 has in common with the whole answer."""
        headers = [("ETag", etag)]
        if changed_at:  # never later than the answer itself (RFC 9110, 8.8.2.1)
            headers.append(("Last-Modified", http_date(min(changed_at, now()))))
        headers += [("Cache-Control", "public, max-age=300"), ("Vary", "Accept-Encoding")]
        return headers + self._guards

    def _other_method(self, method: str, start: Start) -> Iterable[bytes]:
        allow = ("Allow", "GET, HEAD, OPTIONS")
        if method == "OPTIONS":
            start("204 No Content", [allow, ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"), *self._guards])
            return []
        return self._plain({}, start, "405 Method Not Allowed", "Feeds can only be read.", [allow])

    def _unknown(self, feed: Feed, error: UnknownFeed, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if feed.path == "/events.ics":
            text = f"Nothing is known under this {error.details['part']}."
            return self._plain(environ, start, "400 Bad Request", text)
        return self._plain(environ, start, "404 Not Found", "There is no such calendar.")

    def _plain(
        self, environ: dict[str, Any], start: Start, status: str, text: str, headers: Iterable[tuple[str, str]] = ()
    ) -> Iterable[bytes]:
        body = f"{text}\n".encode()
        about = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start(status, [*about, ("Cache-Control", "no-store"), *headers, *self._guards])
        return [] if environ.get("REQUEST_METHOD") == "HEAD" else [body]


def _asked(environ: dict[str, Any]) -> Asked:
    """All that a 304 hangs on besides the version."""
    given = environ.get
    return environ["REQUEST_METHOD"], environ["PATH_INFO"], given("QUERY_STRING", ""), given("HTTP_IF_NONE_MATCH", "")


def _nothing_new(about: Headers, start: Start) -> Iterable[bytes]:
    start("304 Not Modified", [*about])
    return []


def _whole(copy: Copy, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    headers = [*copy.content, *copy.about]
    body = copy.body
    if takes_gzip(environ):
        body = copy.gzipped
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def etag_of(feed: Feed, version: Version) -> str:
    """Weak, as gzip and plain share it. The stamp parts versions that two lives of a database both counted."""
    stamp = int(version.changed_at.timestamp()) if version.changed_at else 0
    return f'W/"{feed.key}-{version.number}-{stamp:x}-{feed.lang}-{REVISION}"'
