"""Who is invited to an event, by whom, and what they answered."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
