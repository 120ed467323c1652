"""What participants say afterwards."""

from __future__ import annotations

from flask import Flask

from app.feedback import handlers as handlers
from app.feedback import letters as letters
from app.feedback import presenters, queries
from app.feedback import work as work
from app.feedback.manage import bp as manage
from app.feedback.phrases import REFUSALS
from app.feedback.views import bp
from app.kernel.phrases import register
from app.questions.answered import register_answers
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(REFUSALS)
    register_answers(queries.answered_questions)
    register_own_part(presenters.own_part)
    app.register_blueprint(bp)
    app.register_blueprint(manage)
