"""The least that can be answered: by a Flask view, and by WSGI alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

flask = Flask(__name__)


@flask.get("/")
def nothing() -> str:
    return ""


def wsgi(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("Content-Length", "0")])
    return []
