"""Write-ups of events with several authors, galleries and moderated comments."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.stories import handlers as handlers
from app.stories import letters as letters
from app.stories import views
from app.stories import work as work
from app.stories.manage import moderation, writing
from app.stories.panels import register_panels
from app.stories.phrases import PHRASES


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    app.register_blueprint(views.bp)
    app.register_blueprint(writing.bp)
    app.register_blueprint(moderation.bp)
    register(PHRASES)
    register_panels()
