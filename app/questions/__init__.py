"""What an event asks: forms of questions, whom the answers are for, and when they are erased."""

from __future__ import annotations

from flask import Flask


def join_house(app: Flask) -> None:
    """Take part in the application."""
