from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.registration import handlers, letters, manage, part_letters, phrases, telling, views, work

LISTENERS = (handlers, letters, part_letters, work)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """Registering, one's own registration, and the organiser's list of participants."""
    telling.tell_lower_rooms()
    register(phrases.PHRASES)
    register(phrases.NOTED)
    register(phrases.REFUSALS)
    app.register_blueprint(views.bp)
    manage.register_pages(app)
