"""Slides, minutes, photos and publicity of an event and its agenda items."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
