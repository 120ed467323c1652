"""What participants answer from their calendars, by mail (RFC 5546, RFC 6047)."""

from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.registration.own_parts import register_own_part, register_person_part
from app.replies import handlers, letters, presenters, taking, work
from app.replies.manage import bp
from app.replies.phrases import PHRASES

LISTENERS = (handlers, letters, taking, work)  # imported so that they are heard


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(PHRASES)
    register_own_part(presenters.own_part)
    register_person_part(presenters.person_part)
    app.register_blueprint(bp)
