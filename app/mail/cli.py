"""``filo mail …``"""

from __future__ import annotations

import sys
from typing import NoReturn

import click
import structlog
from flask import Flask, current_app
from flask.cli import ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from app.kernel import clock
from app.kernel.commands import require_tables, unreachable
from app.kernel.errors import Unavailable
from app.kernel.schema import Schema
from app.mail import services
from app.mail.errors import UnreadableMail
from app.mail.inboxes import LARGEST

log = structlog.get_logger()
# sysexits.h, which mail servers go by
UNREADABLE, TRY_AGAIN = 65, 75


@click.group()
def mail() -> None:
    """Mail that comes in."""


@mail.command()
@click.pass_context
def receive(context: click.Context) -> None:
    """Read one mail from standard input: an answer from a calendar, or a mail that came back.

    For a mail server that hands mail to a program. Ends with 0 when the mail was dealt with, or is nothing that Filò
    understands; 75 when it should be tried again, 65 when it cannot be read.
    """
    raw = sys.stdin.buffer.read(LARGEST + 1)
    if not raw.strip() or len(raw) > LARGEST:
        _end(UNREADABLE, "There is no mail on standard input, or it is too large.")
    with _application(context).app_context():
        is_understood = _take_in(raw)
    click.echo("Dealt with." if is_understood else "Nothing that Filò understands: it was left out.", err=True)


def _application(context: click.Context) -> Flask:
    try:
        return context.ensure_object(ScriptInfo).load_app()
    except SystemExit as error:  # a wrong setting ends every command with a sentence
        _end(TRY_AGAIN, str(error.code).removeprefix("filo: "))
    except (SQLAlchemyError, OSError) as error:
        _end(TRY_AGAIN, str(error))


def _take_in(raw: bytes) -> bool:
    try:
        require_tables(current_app.config["FILO"], Schema.CURRENT)
        return services.take_in(raw, now=clock.now())
    except click.ClickException as error:
        _end(TRY_AGAIN, error.message)
    except Unavailable:
        _end(TRY_AGAIN, "The database is too busy now.")
    except SQLAlchemyError as error:
        _end(TRY_AGAIN, unreachable(error))
    except UnreadableMail:
        _end(UNREADABLE, "The mail cannot be read.")
    except Exception:  # the program's fault: the mail waits until it is mended
        log.exception("mail_not_received")
        _end(TRY_AGAIN, "Something is wrong in the program; the log says more.")


def _end(code: int, sentence: str) -> NoReturn:
    click.echo(f"filo: {sentence}", err=True)
    sys.exit(code)
