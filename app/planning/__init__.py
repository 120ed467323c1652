"""How an agenda is laid out: the board, the draft, its releases and what changed between them."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
