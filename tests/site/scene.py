"""Small helpers for pages of events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import update

from app.events.models import Event
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Programme, Project, Sector, ThematicGroup
from app.registration.models import Allotment
from tests.builders import make_event

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)
AGO = SOON - timedelta(days=40)


def put(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def soon(title: str = "Workshop", **changes: Any) -> Event:
    """A published event in ten days."""
    return make_event(title, **{"starts_at": SOON} | changes)


def taken(event: Event, *, confirmed: int, waiting: int = 0) -> None:
    """Let the counts that pages show be these."""
    db.session.execute(
        update(Allotment).where(Allotment.event_id == event.id).values(confirmed=confirmed, waiting=waiting)
    )


def make_sector(id: str = "food_industry", name: str = "Food industry") -> Sector:
    return put(Sector(id=id, name=Texts(en=name), aliases=[], position=1))  # type: ignore[no-any-return]


def make_project(acronym: str, programme: str | None = None) -> Project:
    funded = programme and put(
        Programme(
            code=programme,
            name=Texts(en=programme),
            period_from=2014,
            period_to=2020,
            fund="ERDF",
            emblem=f"{programme}.svg",
            funding_sentence=Texts(en=f"Paid by {programme}."),
        )
    )
    row = Project(slug=acronym.lower(), acronym=acronym, title=Texts(en=acronym), objectives=Texts(), aliases=[])
    row.programme = funded or None
    return put(row)  # type: ignore[no-any-return]


def make_group(project: Project, slug: str = "agrifood") -> ThematicGroup:
    row = ThematicGroup(slug=slug, project_id=project.id, name=Texts(en=slug.title()), aliases=[], position=1)
    return put(row)  # type: ignore[no-any-return]


@contextmanager
def queries_counted() -> Iterator[list[str]]:
    """The statements that are sent meanwhile, savepoints left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
