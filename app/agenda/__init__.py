from __future__ import annotations

from flask import Flask

from app.agenda import handlers as handlers
from app.agenda.phrases import PHRASES
from app.kernel import phrases


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    phrases.register(PHRASES)
