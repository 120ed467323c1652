"""One-to-one meetings: needs and offers, requests, the schedule that a solver makes."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
