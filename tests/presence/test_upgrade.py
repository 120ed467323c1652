"""What an installation with notes finds after the upgrade by which companions are noted one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app import create_app
from app.kernel.db import db
from app.kernel.schema import upgrade_schema
from config import Config
from tests.databases import fresh_postgres
from tests.news.test_upgrade import _insert as insert


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_companions_were_there_when_those_were_whom_they_came_with(tmp_path: Path, engine: str) -> None:
    config = Config.for_tests(tmp_path)
    if engine == "postgres":
        config = replace(config, database_url=fresh_postgres("filo_presence"))
    with create_app(config).app_context():
        upgrade_schema("0018")
        _fill()
        upgrade_schema()
        with db.engine.connect() as connection:
            rows = connection.execute(
                text("SELECT id, registration_id, companion_id, kind, undoes FROM scan ORDER BY companion_id, kind")
            ).all()
        own = [(row.id, row.registration_id, row.kind) for row in rows if row.companion_id is None]
        assert sorted(own) == [("alone", 2, "in"), ("back", 1, "undo"), ("came", 1, "in")]
        for companion in (5, 6):
            came, back = (row for row in rows if row.companion_id == companion)
            assert (came.kind, back.kind, back.undoes) == ("in", "undo", came.id)
            assert {came.registration_id, back.registration_id} == {1}
        assert len({row.id for row in rows}) == 7
        db.engine.dispose()


def _fill() -> None:
    """Somebody with two companions came and that was taken back; somebody else came alone."""
    insert("event", id=1, slug="workshop", uid="event@filo.example")
    insert("allotment", id=1, event_id=1, kind="event")
    for number in (1, 2):
        insert(
            "registration", id=number, allotment_id=1, number=number, public_id=f"p{number}", form_key=f"f{number}",
            email_key=f"{number}@x.example", place="confirmed",
        )  # fmt: skip
    for number in (5, 6):
        insert("companion", id=number, registration_id=1)
    insert("check_list", id=1, event_id=1, kind="day", day=1)
    insert("scan", id="came", list_id=1, registration_id=1, kind="in", method="qr")
    insert("scan", id="back", list_id=1, registration_id=1, kind="undo", undoes="came", method="qr")
    insert("scan", id="alone", list_id=1, registration_id=2, kind="in", method="qr")
