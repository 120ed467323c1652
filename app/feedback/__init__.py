"""What participants say afterwards."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
