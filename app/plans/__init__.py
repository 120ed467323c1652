"""The workspace of a thematic group: its strategic plan, fundamental actions, meta-district."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
