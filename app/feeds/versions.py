"""Reads the version of a feed: the one query that every answer costs, on a connection of its own.

A connection of the pool, inside Flask, would cost more than the whole rest of an answer.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import Flask
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app.changes.queries import Version, version_of
from app.changes.rules import stored_key
from app.kernel.errors import Unavailable
from config import Config

SHARED = 0.005
"""Seconds for which one reading answers whoever asks for the same: in a rush, asking costs more than the answer."""

_SQL = "SELECT count(*), min(version), max(changed_at) FROM collection WHERE key IN ({})"


Headers = Sequence[tuple[str, str]]
Asked = tuple[str, str, str, str]
"""Method, path, query and If-None-Match."""


class Versions(Protocol):
    """``read`` gives the version of the intersection of some collections; it raises Unavailable."""

    def read(self, keys: Sequence[str]) -> Version: ...


def versions_of(app: Flask) -> Versions:
    """The quickest reader for the configured database. Tests read in their own transaction."""
    config: Config = app.config["FILO"]
    if config.testing:
        return OfSession(app)
    return OfSqlite(config.database_url) if config.is_sqlite else OfPostgres(config.database_url)


class Moment:
    """What was found out since it began: versions by their keys, and the headers of 304s by what was asked."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.versions: dict[tuple[str, ...], Version] = {}
        self.unchanged: dict[Asked, Headers] = {}


class Moments:
    """One moment after the other; each is forgotten as a whole, so that nothing in it is older than ``seconds``.

    Take the moment before you read what goes into it.
    """

    def __init__(self, seconds: float = SHARED) -> None:
        self._seconds = seconds
        self._moment = Moment(0)

    def present(self) -> Moment:
        moment, instant = self._moment, time.monotonic()
        if instant >= moment.ends:
            moment = self._moment = Moment(instant + self._seconds)
        return moment


class Shared:
    """Asks once for all who want to know the same within a moment."""

    def __init__(self, versions: Versions, moments: Moments) -> None:
        self._versions = versions
        self._moments = moments

    def read(self, keys: Sequence[str]) -> Version:
        wanted, known = tuple(keys), self._moments.present().versions
        version = known.get(wanted)
        if version is None:
            version = known[wanted] = self._versions.read(wanted)
        return version


class OfSession:
    def __init__(self, app: Flask) -> None:
        self._app = app

    def read(self, keys: Sequence[str]) -> Version:
        try:
            with self._app.app_context():
                return version_of(keys)
        except DBAPIError as error:
            raise Unavailable from error


class _OnOwnConnection:
    """A connection a thread, in autocommit, opened anew when it is lost."""

    mark: str

    def __init__(self) -> None:
        self._of_thread = threading.local()
        self._sql = [_SQL.format(",".join([self.mark] * count)) for count in range(20)]

    def read(self, keys: Sequence[str]) -> Version:
        names = [stored_key(key) for key in keys]
        count, number, changed_at = self._row(self._sql[len(names)], names)
        return Version(number, self._instant(changed_at)) if count == len(names) else Version(0, None)

    def _row(self, sql: str, names: list[str]) -> Sequence[Any]:
        for is_last in (False, True):
            try:
                connection = self._of_thread.connection
            except AttributeError:
                connection = None
            try:
                if connection is None:
                    connection = self._of_thread.connection = self._connect()
                return self._ask(connection, sql, names)
            except self._errors() as error:
                self._of_thread.connection = None
                if is_last:
                    raise Unavailable from error
        raise AssertionError("unreachable")

    def _connect(self) -> Any:
        raise NotImplementedError

    def _errors(self) -> type[Exception]:
        raise NotImplementedError

    def _ask(self, connection: Any, sql: str, names: list[str]) -> Sequence[Any]:
        raise NotImplementedError

    @staticmethod
    def _instant(value: Any) -> datetime:
        raise NotImplementedError


class OfSqlite(_OnOwnConnection):
    mark = "?"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._path = url.removeprefix("sqlite:///")
        try:
            self._driver = importlib.import_module("pysqlite3.dbapi2")
        except ImportError:
            self._driver = importlib.import_module("sqlite3")

    def _connect(self) -> Any:
        connection = self._driver.connect(self._path, isolation_level=None, timeout=5, check_same_thread=False)
        connection.execute("PRAGMA query_only=ON").close()
        return connection

    def _errors(self) -> type[Exception]:
        error: type[Exception] = self._driver.Error
        return error

    def _ask(self, connection: Any, sql: str, names: list[str]) -> Sequence[Any]:
        row: Sequence[Any] = connection.execute(sql, names).fetchone()
        return row

    @staticmethod
    def _instant(value: Any) -> datetime:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)


class OfPostgres(_OnOwnConnection):
    mark = "%s"

    def __init__(self, url: str) -> None:
        super().__init__()
        self._driver = importlib.import_module("psycopg")
        self._dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    def _connect(self) -> Any:
        return self._driver.connect(
            self._dsn, autocommit=True, connect_timeout=3, keepalives_idle=5, keepalives_interval=2, keepalives_count=2
        )

    def _errors(self) -> type[Exception]:
        error: type[Exception] = self._driver.Error
        return error

    def _ask(self, connection: Any, sql: str, names: list[str]) -> Sequence[Any]:
        row: Sequence[Any] = connection.execute(sql, names, prepare=True).fetchone()
        return row

    @staticmethod
    def _instant(value: Any) -> datetime:
        instant: datetime = value.astimezone(UTC)
        return instant
