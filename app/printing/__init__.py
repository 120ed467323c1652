"""PDF pages out of plain data: one engine, fonts of our own, no domain."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
