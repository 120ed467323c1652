"""One text to many: written by organisers and coordinators, scheduled, sent in their languages."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
