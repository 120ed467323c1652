from __future__ import annotations

from flask import Flask

from app.embedding import views
from app.embedding.phrases import PHRASES
from app.kernel.phrases import register


def join_house(app: Flask) -> None:
    """Calendars in frames on partners' sites."""
    register(PHRASES)
    app.register_blueprint(views.bp)
    app.register_blueprint(views.manage)
