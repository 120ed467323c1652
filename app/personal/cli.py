"""``filo calendar …``"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.errors import Refusal
from app.kernel.phrases import say
from app.kernel.schema import Schema
from app.kernel.texts import LANGUAGES
from app.personal import presenters, services
from app.personal.services import Wanted

calendar = AppGroup("calendar", help="Personal calendars.")


@calendar.command("token")
@click.option("--email", required=True, help="Whose calendar it is.")
@click.option("--label", default="filo calendar token", show_default=True, help="What the owner sees it called.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Else that of the installation.")
@click.option("--timezone", default="Europe/Rome", show_default=True, help="For deadlines.")
@needs_tables(Schema.CURRENT)
def token(email: str, label: str, language: str | None, timezone: str) -> None:
    """Print a new personal address and app password. They cannot be printed again."""
    config = current_app.config["FILO"]
    wanted = Wanted(label=label, language=language or config.default_locale, timezone=timezone)
    try:
        opened = services.make_calendar(email=email, wanted=wanted, now=clock.now())
    except Refusal as error:
        raise click.ClickException(say(error.code, **error.details)) from error
    way_in = presenters.way_in(opened, email, label)
    click.echo(f"Address:  {way_in.url}")
    click.echo(f"CalDAV:   {way_in.server}")
    click.echo(f"User:     {way_in.user}")
    click.echo(f"Password: {way_in.password}")
