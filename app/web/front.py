"""What every request passes before Flask: host check, calendars, the log line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.kernel.clock import now
from app.kernel.early import early_answers
from app.web.request_log import RequestLog
from config import Config

_PORT = re.compile(r":[0-9]*\Z")


class Front:
    """WSGI application round the Flask one. Calendars are answered here, with the same checks and log line."""

    def __init__(self, app: Flask) -> None:
        config: Config = app.config["FILO"]
        inner: Any = app.wsgi_app
        self._flask = (
            ProxyFix(inner, x_for=config.proxy_hops, x_proto=config.proxy_hops) if config.proxy_hops else inner
        )
        self._early = early_answers(app)
        self._hosts = config.allowed_hosts
        self._usual_host = urlsplit(config.public_url).netloc
        self._log = RequestLog() if config.log_requests else None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        status = ["-"]

        def start(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            status[0] = line[:3]
            return start_response(line, headers, exc_info) if exc_info else start_response(line, headers)

        try:
            return self._answer(environ, start)
        finally:
            if self._log:
                self._log.note(
                    now(),
                    method=environ["REQUEST_METHOD"],
                    path=environ["PATH_INFO"],
                    status=status[0],
                    seconds=time.perf_counter() - began,
                )

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not self._is_our_host(environ.get("HTTP_HOST", "")) and not _asks_for_health(environ):
            return _plain(start, "400 Bad Request", "This address is not served here. Use the one you were given.\n")
        if "\0" in environ["PATH_INFO"]:  # PostgreSQL cannot even look for it
            return _plain(start, "404 Not Found", "There is nothing at this address.\n")
        if environ["PATH_INFO"].endswith(".ics"):
            for early in self._early:
                if (answer := early.answer(environ, start)) is not None:
                    return answer
        return self._flask(environ, start)  # type: ignore[no-any-return]

    def _is_our_host(self, host: str) -> bool:
        return host == self._usual_host or _PORT.sub("", host).lower() in self._hosts


def _asks_for_health(environ: dict[str, Any]) -> bool:
    """What watches a node knows its number only, not the public name."""
    return environ["PATH_INFO"] in {"/healthz", "/readyz"} and environ["REQUEST_METHOD"] in {"GET", "HEAD"}


def _plain(start: Callable[..., Any], status: str, text: str) -> Iterable[bytes]:
    body = text.encode()
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
