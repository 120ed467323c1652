"""The recurring work that reads the inbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from imaplib import IMAP4

import structlog
from flask import current_app
from imap_tools import ImapToolsError
from sqlalchemy.exc import DataError, DBAPIError

from app.jobs.worker import recurs
from app.kernel.db import db
from app.kernel.errors import Unavailable
from app.mail import services
from app.mail.errors import UnreadableMail
from app.mail.inboxes import inbox_for

log = structlog.get_logger()


@recurs("read_inbox", every=timedelta(minutes=1))
def read_inbox(now: datetime) -> None:
    """Deal with what waits in the inbox, if there is one; a server that is away is asked again in a minute."""
    inbox = inbox_for(current_app.config["FILO"].inbox_url)
    if inbox is None:
        return
    try:
        inbox.work_off(lambda raw: _judge(raw, now))
    except (OSError, IMAP4.error, ImapToolsError) as error:
        log.warning("inbox_away", error=str(error))


@recurs("forget_read_mail", every=timedelta(days=1))
def forget_read_mail(now: datetime) -> None:
    services.forget_read_mail(now)


def _judge(raw: bytes, now: datetime) -> bool:
    try:
        return services.take_in(raw, now=now)
    except UnreadableMail:
        return False
    except DataError:
        return _not_understood()  # it says what no column takes
    except (Unavailable, DBAPIError):
        raise  # not the mail's fault: it stays where it is
    except Exception:
        return _not_understood()


def _not_understood() -> bool:
    db.session.rollback()
    log.exception("inbox_mail_not_understood")
    return False
