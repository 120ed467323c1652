"""``filo user``."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import queries, services
from app.kernel import clock
from app.kernel.commands import needs_tables
from app.kernel.errors import Refusal
from app.kernel.phrases import say
from app.kernel.schema import Schema
from app.kernel.texts import LANGUAGES
from config import Config

users = AppGroup("user", help="Who can sign in.")


@users.command("add")
@click.argument("email")
@click.option("--administrator", is_flag=True, help="May do everything.")
@click.option("--name", default="", help="Given name and family name.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of mails; else that of the installation.")
@needs_tables(Schema.CURRENT)
def add(email: str, administrator: bool, name: str, language: str | None) -> None:
    """Add an account. Asks for a password; left empty, or asked by a script, it prints a link that signs in once."""
    config: Config = current_app.config["FILO"]
    password = _ask_for_password() if sys.stdin.isatty() else ""
    try:
        account_id = services.add_account(
            email=email,
            password=password,
            name=name,
            is_administrator=administrator,
            locale=language or config.default_locale,
            now=clock.now(),
        )
    except Refusal as error:
        raise _in_words(error) from error
    click.echo(f"{email} can sign in now at {config.public_url}/sign-in")
    if not password:
        secret = services.issue_link(account_id, now=clock.now())
        click.echo(f"This link signs in once, within half an hour: {config.public_url}/sign-in/{secret}")


@users.command("list")
@needs_tables(Schema.CURRENT)
def show() -> None:
    """Everybody who has an account."""
    for account in queries.accounts():
        marks = [
            "administrator" if account.is_administrator else "",
            "disabled" if account.disabled_at else "",
            "" if account.password_hash else "signs in by mailed links",
        ]
        click.echo("\t".join([account.email, account.locale, ", ".join(filter(None, marks))]).rstrip())


@users.command("disable")
@click.argument("email")
@needs_tables(Schema.CURRENT)
def disable(email: str) -> None:
    """Lock an account out at once, in every browser."""
    try:
        services.disable_account(email, now=clock.now())
    except Refusal as error:
        raise _in_words(error) from error
    click.echo(f"{email} is signed out and cannot sign in any more.")


def _ask_for_password() -> str:
    question = "Password (empty: a link instead)"
    return str(click.prompt(question, default="", show_default=False, hide_input=True, confirmation_prompt=True))


def _in_words(refusal: Refusal) -> click.ClickException:
    return click.ClickException(say(refusal.code, **refusal.details))
