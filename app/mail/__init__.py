from __future__ import annotations

from flask import Flask

from app.kernel.phrases import register
from app.mail import bounces as bounces
from app.mail import reading as reading
from app.mail import sending as sending
from app.mail.inboxes import inbox_for
from app.mail.phrases import PHRASES
from app.mail.transports import transport_for
from config import Config


def join_house(app: Flask) -> None:
    """Register what this room adds; a FILO_MAIL_URL or FILO_INBOX_URL that cannot be used ends the start."""
    config: Config = app.config["FILO"]
    transport_for(config.mail_url)
    inbox_for(config.inbox_url)
    register(PHRASES)
