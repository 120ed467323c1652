"""One event of many is edited: how much is made anew, and how long it takes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.events import queries as events
from app.events.services import edit, values_of
from app.feeds.models import RenderedEntry
from app.feeds.services import refresh
from app.kernel import clock
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM


def measure(app: Flask, rounds: int) -> dict[str, Any]:
    """Entries and rows whose bytes an edit changed, and CPU seconds of the edit and of its part in the feeds."""
    changed: set[str] = set()
    rows = 0
    edits, refreshes = [], []
    for number in range(rounds):
        with app.app_context():
            before = _bodies()
            values, revision = _other_title(number + 1)
            began = time.process_time()
            edit(number + 1, values=values, revision=revision, actor=SYSTEM, now=clock.now())
            edits.append(time.process_time() - began)
            after = _bodies()
            now_other = {key for key, body in after.items() if before.get(key) != body}
            rows, changed = len(now_other), {uid for uid, _lang in now_other}
        with app.app_context():
            _write_title(number + 1)
            began = time.process_time()
            refresh(number + 1)
            refreshes.append(time.process_time() - began)
    return {"entries": len(changed), "rows": rows, "edit_seconds": edits, "refresh_seconds": refreshes}


def _bodies() -> dict[tuple[str, str], bytes]:
    rows = db.session.execute(select(RenderedEntry.uid, RenderedEntry.lang, RenderedEntry.body))
    return {(uid, lang): body for uid, lang, body in rows}


def _other_title(event_id: int) -> tuple[Any, int]:
    event = events.whole_event(event_id)
    return replace(values_of(event), title=Texts(en="Another title", it="Altro titolo", de="Anderer Titel")), (
        event.revision
    )


@transactional
def _write_title(event_id: int) -> None:
    events.lock_event(event_id).title = Texts(en="A third title", it="Terzo titolo", de="Dritter Titel")
