"""How a practice travels: who showed it where, who wants to adopt it, who gives to whom."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
