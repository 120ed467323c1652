"""What a cluster shows of itself, its peers elsewhere, and its year in a project."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.network.panels import register_panel
from app.profiles import manage, views
from app.profiles.phrases import PHRASES
from app.profiles.presenters.profile import profile_of


def join_house(app: Flask) -> None:
    """Give the house this room's pages."""
    register(PHRASES)
    register_panel("organisation", profile_of)
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
