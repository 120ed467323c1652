from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.mail import sending as sending
from app.mail.phrases import PHRASES
from app.mail.transports import transport_for
from config import Config


def join_house(app: Flask) -> None:
    """Register what this room adds to the application; a FILO_MAIL_URL that cannot be used ends the start."""
    config: Config = app.config["FILO"]
    transport_for(config.mail_url)
    register(PHRASES)
