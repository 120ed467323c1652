"""The screen in a room and the page on a phone: now, next, what is arriving."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
