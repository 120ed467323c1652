"""Formats of an exchange forum: world café, fair, pitches, peer review, working tables."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
