from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.accounts import queries
from app.accounts.cli import users
from app.kernel import clock
from app.network.queries import actor_of
from tests.builders import make_account


def test_the_first_administrator_gets_a_link(app: Flask, database: Session) -> None:
    result = app.test_cli_runner().invoke(users, ["add", "Ada@filo.example", "--administrator", "--language", "de"])
    assert result.exit_code == 0, result.output
    account = queries.account_of("ada@filo.example")
    assert account
    assert (account.is_administrator, account.locale, account.password_hash) == (True, "de", None)
    found = re.search(r"http://localhost/sign-in/([\w-]{43})", result.output)
    assert found
    assert queries.open_link(found[1], clock.now())


def test_a_name_makes_a_person_of_the_network(app: Flask, database: Session) -> None:
    result = app.test_cli_runner().invoke(users, ["add", "ada@filo.example", "--name", "Ada Maria  Esempio"])
    assert result.exit_code == 0, result.output
    account = queries.account_of("ada@filo.example")
    assert account
    assert actor_of(account.id).name == "Ada Maria Esempio"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("ada", "No mail can be sent"), ("gino@filo.example", "There is an account of gino@filo.example already.")],
)
def test_a_wrong_account_is_refused_in_one_sentence(app: Flask, database: Session, email: str, sentence: str) -> None:
    make_account("gino@filo.example")
    result = app.test_cli_runner().invoke(users, ["add", email])
    assert result.exit_code == 1
    assert sentence in result.output


def test_accounts_are_listed_and_disabled(app: Flask, database: Session) -> None:
    make_account("gino@filo.example")
    assert app.test_cli_runner().invoke(users, ["disable", "Gino@filo.example"]).exit_code == 0
    listed = app.test_cli_runner().invoke(users, ["list"]).output
    assert "gino@filo.example\ten\tdisabled, signs in by mailed links" in listed
