"""Versions read on connections of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from app.changes.queries import Version
from app.feeds.versions import Direct, Moments, Shared
from app.kernel.errors import Unavailable
from app.kernel.own_connection import OnPostgres, OnSqlite
from tests.databases import POSTGRES, fresh_postgres

TABLE = "CREATE TABLE collection (key TEXT PRIMARY KEY, version INTEGER, changed_at {type})"
AT = datetime(2026, 1, 7, 9, 30, tzinfo=UTC)


def test_sqlite_sees_what_others_commit(tmp_path: Path) -> None:
    path = tmp_path / "filo.db"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute(TABLE.format(type="TEXT"))
        versions = Direct(OnSqlite(f"sqlite:///{path}"))
        assert versions.read(["all"]) == Version(0, None)
        other.execute("INSERT INTO collection VALUES ('all', 7, '2026-01-07 09:30:00.000000')")
        assert versions.read(["all"]) == Version(7, AT)
        assert versions.read(["all", "kind:visit"]) == Version(0, None)
        other.execute("INSERT INTO collection VALUES ('kind:visit', 3, '2026-01-06 09:30:00.000000')")
        assert versions.read(["all", "kind:visit"]) == Version(3, AT)


class Asked:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def read(self, keys: Sequence[str]) -> Version:
        self.times += 1
        return Version(self.times, AT)


def test_those_who_ask_at_once_share_an_answer() -> None:
    versions = Shared(Asked(), Moments(seconds=60))
    assert [versions.read(["all"]).number for _ in range(3)] == [1, 1, 1]
    assert versions.read(["kind:visit"]).number == 2


def test_an_answer_is_not_shared_for_long() -> None:
    versions = Shared(Asked(), Moments(seconds=0))
    assert [versions.read(["all"]).number for _ in range(3)] == [1, 2, 3]


def test_a_database_without_tables_is_not_available(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        Direct(OnSqlite(f"sqlite:///{tmp_path / 'empty.db'}")).read(["all"])


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES, reason="FILO_TEST_POSTGRES names no server")
def test_postgres_is_asked_again_after_a_lost_connection() -> None:
    url = fresh_postgres("filo_versions")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute(TABLE.format(type="TIMESTAMPTZ"))
        other.execute("INSERT INTO collection VALUES ('all', 7, '2026-01-07 09:30:00Z')")
        versions = Direct(OnPostgres(url))
        assert versions.read(["all"]) == Version(7, AT)
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()"
        )
        assert versions.read(["all"]) == Version(7, AT)


def test_a_moment_ends_for_all_that_was_found_in_it() -> None:
    moments = Moments(seconds=60)
    assert moments.present() is moments.present()
    moments = Moments(seconds=0)
    assert moments.present() is not moments.present()
