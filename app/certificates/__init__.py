"""Certificates of attendance, and the page that verifies them."""

from __future__ import annotations

from flask import Flask

from app.certificates import presenters
from app.certificates import work as work
from app.certificates.manage import bp as manage
from app.certificates.phrases import PHRASES, REFUSALS
from app.certificates.views import bp
from app.kernel.phrases import register
from app.registration.own_parts import register_own_part


def join_house(app: Flask) -> None:
    """Take part in the application."""
    register(PHRASES)
    register(REFUSALS)
    register_own_part(presenters.own_part)
    app.register_blueprint(bp)
    app.register_blueprint(manage)
