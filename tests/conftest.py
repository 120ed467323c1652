"""One real database a test process; every test runs in a transaction that is rolled back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from app import create_app
from app.kernel.db import db
from app.kernel.schema import upgrade_schema
from config import Config
from tests.databases import own_database
from tests.tables import copy_tables

pytest_plugins = ["tests.plugins"]

settings.register_profile("filo", deadline=None)  # how fast a busy machine is says nothing of a rule
settings.load_profile("filo")

NOON = datetime(2027, 1, 13, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    instance = tmp_path_factory.mktemp("instance")
    return Config.for_tests(instance, **own_database(os.environ.get("PYTEST_XDIST_WORKER", "alone")))


@pytest.fixture(scope="session")
def app(config: Config) -> Flask:
    if config.is_sqlite:
        copy_tables(config.instance)
    app = create_app(config)
    app.before_request_funcs.setdefault(None, []).insert(0, forget_last_request)
    if not config.is_sqlite:
        with app.app_context():
            upgrade_schema()
    return app


def forget_last_request() -> None:
    """Requests of a test share the application context of ``database``, and so what an earlier one kept in ``g``."""
    for name in list(g):
        g.pop(name)


@pytest.fixture
def database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session whose commits stay inside one transaction that the test's end rolls back."""
    with app.app_context(), db.engine.connect() as connection:
        transaction = connection.begin()
        session = scoped_session(
            sessionmaker(bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        )
        monkeypatch.setattr(db, "session", session)
        yield session
        session.remove()
        transaction.rollback()


@pytest.fixture
def client(app: Flask, database: Session) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def mail_folder(config: Config) -> Path:
    return config.instance / "mail"
