"""What an event asks: forms of questions, whom the answers are for, and when they are erased."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.questions import handlers as handlers
from app.questions import views
from app.questions.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(PHRASES)
    app.register_blueprint(views.bp)
