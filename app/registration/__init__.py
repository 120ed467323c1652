from __future__ import annotations

from flask import Flask

from app.agenda.groups import register_group_size
from app.kernel.phrases import register
from app.registration import handlers, letters, manage, phrases, queries, views, work

LISTENERS = (handlers, letters, work)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """Registering, one's own registration, and the organiser's list of participants."""
    register_group_size(queries.capacity_of)
    register(phrases.PHRASES)
    register(phrases.REFUSALS)
    app.register_blueprint(views.bp)
    app.register_blueprint(manage.bp)
