"""What an installation with events finds after the upgrade that brought news and entries of several days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from app import create_app
from app.kernel.db import db
from app.kernel.schema import upgrade_schema
from config import Config
from tests.databases import fresh_postgres

AT = "2027-01-13 12:00:00.000000"


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_steps_become_news_and_no_sequence_falls(tmp_path: Path, engine: str) -> None:
    config = Config.for_tests(tmp_path)
    if engine == "postgres":
        config = replace(config, database_url=fresh_postgres("filo_news"))
    with create_app(config).app_context():
        upgrade_schema("0013")
        _fill()
        upgrade_schema()
        with db.engine.connect() as connection:
            news = connection.execute(text("SELECT kind, event_id, uid FROM news_item ORDER BY id")).all()
            sequences = connection.execute(text("SELECT uid, sequence FROM agenda_item ORDER BY uid")).all()
            renderers = connection.execute(text("SELECT renderer FROM rendered_entry")).scalars().all()
        assert [(kind, event_id) for kind, event_id, _uid in news] == [("published", 1), ("called_off", 1)]
        assert all(uid.endswith("@filo.example") for _kind, _event_id, uid in news)
        assert sequences == [("hidden@filo.example", 2), ("shown@filo.example", 5)]
        assert renderers == [0]
        db.engine.dispose()


def _fill() -> None:
    """An event at sequence 3 with two steps that are news, and an item in feeds beside one that is not."""
    _insert("event", id=1, slug="workshop", uid="event@filo.example", sequence=3)
    for number, status in enumerate(("draft", "published", "called_off"), start=1):
        _insert("event_step", id=number, event_id=1, status=status)
    for number, name in enumerate(("hidden", "shown"), start=1):
        _insert("agenda_item", id=number, event_id=1, uid=f"{name}@filo.example", sequence=2, end_minute=60)
    _insert("rendered_entry", uid="shown@filo.example", lang="en", event_id=1, is_session=True)


def _insert(table: str, **values: Any) -> None:
    """A row with plain values where something must stand."""
    plain = {"BOOLEAN": False, "INTEGER": 0, "BLOB": b"", "BYTEA": b"", "TIMESTAMP": AT, "DATETIME": AT, "JSON": "{}"}
    with db.engine.begin() as connection:
        for column in inspect(connection).get_columns(table):
            if column["name"] not in values and not column["nullable"] and column["default"] is None:
                kind = str(column["type"]).split("(")[0].upper()
                values[column["name"]] = plain.get(kind, "day" if column["name"] == "date_precision" else "x")
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)
