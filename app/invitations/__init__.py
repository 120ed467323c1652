"""Who is invited to an event, by whom, and what they answered."""

from __future__ import annotations

from flask import Flask

from app.invitations import handlers, letters, manage, manage_lists, phrases, views, work
from app.kernel.phrases import register

LISTENERS = (handlers, letters, work)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """Inviting, the page of an invitation, lists of people, and codes."""
    register(phrases.PHRASES)
    register(phrases.PAGES)
    register(phrases.REFUSALS)
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
    app.register_blueprint(manage_lists.bp)
