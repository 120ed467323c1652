"""Static files under hashed addresses, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

STATIC = Path(__file__).resolve().parent.parent.parent / "static"


def init(app: Flask) -> None:
    app.add_url_rule("/static/<path:filename>", "static", _send)
    app.jinja_env.globals["asset"] = asset


def asset(filename: str) -> str:
    """The address of a static file; it changes when the file does."""
    return f"{url_for('static', filename=filename)}?v={_fingerprint(filename)}"


def _send(filename: str) -> Response:
    response = send_from_directory(STATIC, filename, max_age=3600)
    if request.args.get("v") == _fingerprint(filename):
        response.cache_control.max_age = 31_536_000
        response.cache_control.immutable = True
    return response


@cache
def _fingerprint(filename: str) -> str:
    path = (STATIC / filename).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
