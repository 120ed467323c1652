"""Speakers and invited experts: what they accept, send and need, by a personal link."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
