"""Pages without sockets: how many queries they need, and what it costs to render them anew."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import create_environ, run_wsgi_app

from app.kernel.db import db
from app.site.pages import Shelf


def measure(app: Flask, size: int, rounds: int) -> dict[str, Any]:
    """For list and event page: queries of a kept and of a new page, and CPU seconds of each new one."""
    pages = {"list": "/events", "event": f"/events/bench-{size // 2 + 1}"}
    return {name: _page(app, path, rounds) for name, path in pages.items()}


def _page(app: Flask, path: str, rounds: int) -> dict[str, Any]:
    _get(app, path)  # fills what is compiled once
    seconds = []
    for _ in range(rounds):
        _forget(app)
        began = time.process_time()
        _get(app, path)
        seconds.append(time.process_time() - began)
    _forget(app)
    with app.app_context():
        engine = db.engine
    with _counted(engine) as new:
        _get(app, path)
    with _counted(engine) as kept:
        _get(app, path)
    return {"new_seconds": seconds, "new_queries": len(new), "kept_queries": len(kept)}


def _forget(app: Flask) -> None:
    app.extensions["filo_pages"] = Shelf(keeps=True)


def _get(app: Flask, path: str) -> None:
    environ = create_environ(path, app.config["FILO"].public_url)
    body, status, _headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    if not status.startswith("200"):
        raise RuntimeError(f"{path} answers {status}: {b''.join(body)[:200]!r}")


@contextmanager
def _counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
