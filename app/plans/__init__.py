"""Thematic groups at work: strategic plan, consultation, fundamental actions, meta-district."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.plans import handlers as handlers
from app.plans import letters as letters
from app.plans import work as work
from app.plans.panels import register_panels
from app.plans.phrases import PHRASES
from app.plans.views import BLUEPRINTS


def join_house(app: Flask) -> None:
    """Give the house this room's pages and words, and the workspace on the page of a group."""
    register(PHRASES)
    register_panels()
    for bp in BLUEPRINTS:
        app.register_blueprint(bp)
