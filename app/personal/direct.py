"""Reads calendars for whoever polls them: on a connection of its own, as :mod:`app.kernel.own_connection` says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from flask import Flask
from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError

from app.kernel.errors import Unavailable
from app.kernel.own_connection import OwnConnection, connection_to
from app.personal import queries
from config import Config


class Served(NamedTuple):
    """All that a 304 needs of a calendar."""

    id: int
    public_id: str
    label: str
    language: str
    version: int
    changed_at: datetime
    revoked_at: datetime | None


class Entry(NamedTuple):
    """One entry as it goes out."""

    zones: str
    body: bytes


class Calendars(Protocol):
    """``opened_by`` gives the calendar that an address opens, a revoked one too; ``formerly_opened_by`` the one that
    it opened before it got another address, as revoked; ``shown`` the entries in their order.

    Each is one query; they raise Unavailable.
    """

    def opened_by(self, secret_digest: str) -> Served | None: ...

    def formerly_opened_by(self, secret_digest: str) -> Served | None: ...

    def shown(self, token_id: int) -> Sequence[Entry]: ...


def calendars_of(app: Flask) -> Calendars:
    """The quickest reader for the configured database. Tests read in their own transaction."""
    config: Config = app.config["FILO"]
    return OfSession(app) if config.testing else Direct(connection_to(config))


class OfSession:
    def __init__(self, app: Flask) -> None:
        self._app = app

    def opened_by(self, secret_digest: str) -> Served | None:
        return self._served(queries.opened_by, secret_digest)

    def formerly_opened_by(self, secret_digest: str) -> Served | None:
        return self._served(queries.formerly_opened_by, secret_digest)

    def shown(self, token_id: int) -> Sequence[Entry]:
        try:
            with self._app.app_context():
                return [Entry(row.zones, row.body) for row in queries.shown(token_id)]
        except DBAPIError as error:
            raise Unavailable from error

    def _served(self, query: Callable[[str], Row[Any] | None], secret_digest: str) -> Served | None:
        try:
            with self._app.app_context():
                row = query(secret_digest)
        except DBAPIError as error:
            raise Unavailable from error
        return Served(*(getattr(row, name) for name in Served._fields)) if row else None


class Direct:
    """On a connection of its own. The queries are those of :mod:`app.personal.queries`, written out."""

    def __init__(self, connection: OwnConnection) -> None:
        self._connection = connection
        columns = ", ".join(Served._fields)
        self._opened_by = f"SELECT {columns} FROM calendar_token WHERE secret_digest = {connection.mark}"  # noqa: S608
        former = ", ".join("since" if name == "revoked_at" else f"calendar_token.{name}" for name in Served._fields)
        self._formerly_opened_by = (
            f"SELECT {former} FROM calendar_token JOIN former_address ON token_id = calendar_token.id "  # noqa: S608
            f"WHERE former_address.secret_digest = {connection.mark}"
        )
        self._shown = (
            f"SELECT zones, body FROM agenda_entry WHERE token_id = {connection.mark} AND removed_at IS NULL "  # noqa: S608
            "ORDER BY starts_at, uid"
        )

    def opened_by(self, secret_digest: str) -> Served | None:
        return self._served(self._opened_by, secret_digest)

    def formerly_opened_by(self, secret_digest: str) -> Served | None:
        return self._served(self._formerly_opened_by, secret_digest)

    def shown(self, token_id: int) -> Sequence[Entry]:
        return [Entry(zones, bytes(body)) for zones, body in self._connection.rows(self._shown, (token_id,))]

    def _served(self, sql: str, secret_digest: str) -> Served | None:
        for row in self._connection.rows(sql, (secret_digest,)):
            served = Served(*row)
            return served._replace(
                changed_at=self._connection.instant(served.changed_at), revoked_at=self._instant(served.revoked_at)
            )
        return None

    def _instant(self, value: object) -> datetime | None:
        return None if value is None else self._connection.instant(value)
