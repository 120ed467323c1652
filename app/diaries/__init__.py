"""Learning diaries of a study visit and the debrief that merges what was shared."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Give the house this room's pages, words and answers to facts."""
