"""Answers personal calendars before Flask is entered: thousands of devices ask every hour, and hardly anything is new.

No log line may name the address, as whoever has it reads the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.feeds.conditional import http_date, not_modified, takes_gzip
from app.fetches.gathering import Fetches
from app.fetches.rules import agenda_key
from app.kernel import clock
from app.kernel.early import Environ, Start
from app.kernel.errors import Unavailable
from app.kernel.ids import digest
from app.kernel.limits import Allowance
from app.personal import serving
from app.personal.direct import Served, calendars_of
from config import Config

MOST_A_MINUTE = 60
_ADDRESS = re.compile(r"/calendars/([\w-]{1,100})\.ics", re.ASCII)
_PLAIN, _CALENDAR = "text/plain; charset=utf-8", "text/calendar; charset=utf-8"
Lines = tuple[tuple[str, str], ...]
log = structlog.get_logger()


class PersonalCalendars:
    """What one process needs to answer them."""

    def __init__(self, app: Flask) -> None:
        config: Config = app.config["FILO"]
        self._app = app
        self._calendars = calendars_of(app)
        self._fetches: Fetches = app.extensions["fetches"]
        self._allowance = Allowance(MOST_A_MINUTE, seconds=60) if config.rate_limits else None
        self._guards: Lines = (
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Robots-Tag", "noindex"),
        )
        if config.is_https:
            self._guards += (("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),)

    def answer(self, environ: Environ, start: Start) -> Iterable[bytes] | None:
        """The calendar behind a secret address: a 304 costs one query, all of it two; None for another address."""
        address = _ADDRESS.fullmatch(environ["PATH_INFO"])
        if address is None:
            return None
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._words(
                environ, start, "405 Method Not Allowed", "This can only be read.", ("Allow", "GET, HEAD")
            )
        try:
            secret_digest = digest(address[1])
            token = self._calendars.opened_by(secret_digest) or self._calendars.formerly_opened_by(secret_digest)
            if token is None:
                return self._words(environ, start, "404 Not Found", "There is no such calendar.")
            return self._of(token, environ, start)
        except (Unavailable, SQLAlchemyError):
            log.exception("calendar_not_read")
            again = ("Retry-After", "60")
            return self._words(environ, start, "503 Service Unavailable", "Please try again in a minute.", again)

    def _of(self, token: Served, environ: Environ, start: Start) -> Iterable[bytes]:
        if self._allowance and (wait := self._allowance.take(token.id)):
            self._note(token, 429, environ)
            again = ("Retry-After", str(wait))
            return self._words(environ, start, "429 Too Many Requests", "Please ask less often.", again)
        if token.revoked_at:
            self._note(token, 410, environ)
            with self._app.app_context():
                body = serving.withdrawn(token)
            return self._send(environ, start, "410 Gone", body, *_FILE, _NO_STORE)
        etag = serving.etag_of(token)
        about = self._about(token, etag)
        if not_modified(environ, etag, token.changed_at, exists=True):
            self._note(token, 304, environ)
            start("304 Not Modified", [*about, *self._guards])
            return []
        answer = self._whole(token, about, environ, start)
        self._note(token, 200, environ)
        return answer

    def _note(self, token: Served, status: int, environ: Environ) -> None:
        self._fetches.note(agenda_key(token.id), status, environ.get("HTTP_USER_AGENT", ""))

    def _whole(self, token: Served, about: Lines, environ: Environ, start: Start) -> Iterable[bytes]:
        entries = self._calendars.shown(token.id)
        with self._app.app_context():
            body = serving.whole(token, entries)
        if takes_gzip(environ):
            body, about = serving.gzipped(body), (*about, ("Content-Encoding", "gzip"))
        return self._send(environ, start, "200 OK", body, *_FILE, *about)

    def _about(self, token: Served, etag: str) -> Lines:
        """The headers that a 304 has in common with the whole answer."""
        return (
            ("ETag", etag),
            ("Last-Modified", http_date(min(token.changed_at, clock.now()))),
            ("Content-Language", token.language),
            ("Cache-Control", "private, max-age=300"),
        )

    def _words(
        self, environ: Environ, start: Start, status: str, text: str, *headers: tuple[str, str]
    ) -> Iterable[bytes]:
        about = (("Content-Type", _PLAIN), *headers, _NO_STORE)
        return self._send(environ, start, status, f"{text}\n".encode(), *about)

    def _send(
        self, environ: Environ, start: Start, status: str, body: bytes, *headers: tuple[str, str]
    ) -> Iterable[bytes]:
        start(status, [*headers, ("Content-Length", str(len(body))), *self._guards])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


_NO_STORE = ("Cache-Control", "no-store")
_FILE: Lines = (("Content-Type", _CALENDAR), ("Content-Disposition", 'inline; filename="filo-agenda.ics"'))
