"""Reads rows on a connection of its own. One of the pool, inside Flask, would cost more than a whole answer.

Only for what is asked before Flask is entered, and only for reading.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import make_url

from app.kernel.errors import Unavailable
from config import Config


def connection_to(config: Config) -> OwnConnection:
    """For the configured database."""
    return OnSqlite(config.database_url) if config.is_sqlite else OnPostgres(config.database_url)


class OwnConnection:
    """A connection a thread, in autocommit, opened anew when it is lost. ``mark`` stands for a value in a query."""

    mark: str

    def __init__(self) -> None:
        self._of_thread = threading.local()

    def rows(self, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """What a query finds; raises Unavailable."""
        for is_last in (False, True):
            try:
                connection = self._of_thread.connection
            except AttributeError:
                connection = None
            try:
                if connection is None:
                    connection = self._of_thread.connection = self._connect()
                return self._ask(connection, sql, values)
            except self._errors() as error:
                self._of_thread.connection = None
                if is_last:
                    raise Unavailable from error
        raise AssertionError("unreachable")

    @staticmethod
    def instant(value: Any) -> datetime:
        """An instant as the driver gives it, in UTC."""
        raise NotImplementedError

    def _connect(self) -> Any:
        raise NotImplementedError

    def _errors(self) -> type[Exception]:
        raise NotImplementedError

    def _ask(self, connection: Any, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        raise NotImplementedError


class OnSqlite(OwnConnection):
    mark = "?"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._path = url.removeprefix("sqlite:///")
        try:
            self._driver = importlib.import_module("pysqlite3.dbapi2")
        except ImportError:
            self._driver = importlib.import_module("sqlite3")

    @staticmethod
    def instant(value: Any) -> datetime:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)

    def _connect(self) -> Any:
        connection = self._driver.connect(self._path, isolation_level=None, timeout=5, check_same_thread=False)
        connection.execute("PRAGMA query_only=ON").close()
        return connection

    def _errors(self) -> type[Exception]:
        error: type[Exception] = self._driver.Error
        return error

    def _ask(self, connection: Any, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        found: Sequence[Sequence[Any]] = connection.execute(sql, values).fetchall()
        return found


class OnPostgres(OwnConnection):
    mark = "%s"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._driver = importlib.import_module("psycopg")
        self._dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    @staticmethod
    def instant(value: Any) -> datetime:
        instant: datetime = value.astimezone(UTC)
        return instant

    def _connect(self) -> Any:
        return self._driver.connect(
            self._dsn,
            autocommit=True,
            connect_timeout=3,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=2,
            tcp_user_timeout=8000,  # a question to a server that is gone is not waited for until TCP gives up
        )

    def _errors(self) -> type[Exception]:
        error: type[Exception] = self._driver.Error
        return error

    def _ask(self, connection: Any, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        found: Sequence[Sequence[Any]] = connection.execute(sql, values, prepare=True).fetchall()
        return found
