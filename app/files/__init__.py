"""Stored files: types checked by content, pictures re-encoded, kept in a folder under names of our own."""

from __future__ import annotations

from flask import Flask

from app.files import work as work
from app.files.gate import raise_limit
from app.files.phrases import PHRASES
from app.kernel.phrases import register


def join_house(app: Flask) -> None:
    """Register what this room adds to the application; first of all, for the limit must be known to every other."""
    register(PHRASES)
    app.before_request(raise_limit)
