from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.accounts import letters as letters
from app.accounts import upkeep as upkeep
from app.accounts.cli import users
from app.accounts.phrases import PHRASES
from app.accounts.views import bp
from app.kernel.phrases import register
from config import Config


def join_house(app: Flask) -> None:
    """Register what this room adds to the application."""
    config: Config = app.config["FILO"]
    app.permanent_session_lifetime = timedelta(days=config.session_days)
    app.register_blueprint(bp)
    app.cli.add_command(users)
    register(PHRASES)
