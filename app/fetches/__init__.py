from __future__ import annotations

from flask import Flask

from app.fetches import work as work
from app.fetches.gathering import Fetches
from app.fetches.phrases import PHRASES
from app.kernel.phrases import register


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    register(PHRASES)
    app.extensions["fetches"] = Fetches(app)
