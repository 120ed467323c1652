"""Reads the version of a feed: the one query that every answer costs, on a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.changes.queries import Version, version_of
from app.changes.rules import stored_key
from app.kernel.early import Headers
from app.kernel.errors import Unavailable
from app.kernel.own_connection import OwnConnection, connection_to
from config import Config

SHARED = 0.005
"""Seconds for which one reading answers whoever asks for the same: in a rush, asking costs more than the answer."""

_SQL = "SELECT count(*), min(version), max(changed_at) FROM collection WHERE key IN ({})"

Asked = tuple[str, str, str, str]
"""Method, path, query and If-None-Match."""


class Versions(Protocol):
    """``read`` gives the version of the intersection of some collections; it raises Unavailable."""

    def read(self, keys: Sequence[str]) -> Version: ...


def versions_of(app: Flask) -> Versions:
    """The quickest reader for the configured database. Tests read in their own transaction."""
    config: Config = app.config["FILO"]
    return OfSession(app) if config.testing else Direct(connection_to(config))


class Moment:
    """What was found out since it began: versions by their keys; by what was asked, a 304's headers and its feed."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self.versions: dict[tuple[str, ...], Version] = {}
        self.unchanged: dict[Asked, tuple[Headers, str]] = {}


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


class Direct:
    """On a connection of its own."""

    def __init__(self, connection: OwnConnection) -> None:
        self._connection = connection
        self._sql = [_SQL.format(",".join([connection.mark] * count)) for count in range(20)]

    def read(self, keys: Sequence[str]) -> Version:
        names = [stored_key(key) for key in keys]
        [(count, number, changed_at)] = self._connection.rows(self._sql[len(names)], names)
        return Version(number, self._connection.instant(changed_at)) if count == len(names) else Version(0, None)
