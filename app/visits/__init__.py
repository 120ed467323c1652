"""Study visits: the itinerary, what hosts confirm, the roadbook."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
