"""Who is invited to an event, by whom, and what they answered."""

from __future__ import annotations

from flask import Flask

from app.invitations import handlers, letters, phrases, views, work
from app.invitations.manage import lists, people
from app.kernel.phrases import register

LISTENERS = (handlers, letters, work)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """Inviting, the page of an invitation, lists of people, and codes."""
    register(phrases.PHRASES)
    register(phrases.PAGES)
    register(phrases.REFUSALS)
    app.register_blueprint(views.bp)
    app.register_blueprint(people.bp)
    app.register_blueprint(lists.bp)
