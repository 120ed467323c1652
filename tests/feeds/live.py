"""An installation of its own for clients that need a real server: ``python -m tests.feeds.live FOLDER serve PORT``.

Any other word after the folder is something that an organiser does there.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from werkzeug.serving import make_server

from app import create_app
from app.events.models import Event
from app.events.rules import Kind, Status
from app.kernel.db import db
from app.kernel.schema import upgrade_schema
from app.kernel.texts import Texts
from config import Config
from tests.builders import NOW, make_venue
from tests.feeds.world import change, publish


def begin() -> None:
    upgrade_schema()
    publish("Clusters workshop Rovereto", uid="workshop@filo.example")
    publish("Forum", uid="forum@filo.example", kind=Kind.EXCHANGE_FORUM, starts_at=NOW + timedelta(days=12))
    publish("Visit", uid="visit@filo.example", kind=Kind.STUDY_VISIT, venue=make_venue(city="Lodi"))


def move() -> None:
    later = NOW + timedelta(days=11)
    change(_event_id("workshop"), starts_at=later, ends_at=later + timedelta(hours=4), sequence=1)


def call_off() -> None:
    change(_event_id("workshop"), status=Status.CALLED_OFF, sequence=2)


def rename() -> None:
    change(_event_id("visit"), title=Texts(en="Study visit, “grün” & neu"))


def take_back() -> None:
    change(_event_id("forum"), status=Status.DRAFT)


def _event_id(name: str) -> int:
    found = db.session.scalar(select(Event.id).where(Event.uid == f"{name}@filo.example"))
    assert found
    return found


VERBS = {verb.__name__: verb for verb in (begin, move, call_off, rename, take_back)}


def main() -> None:
    folder, *words = sys.argv[1:]
    url = os.environ.get("LIVE_DATABASE_URL")
    given = {"database_url": url} if url else {}
    config = Config.for_tests(Path(folder), testing=False, public_url="http://127.0.0.1:8000", **given)
    app = create_app(config)
    if words[0] == "serve":
        make_server("127.0.0.1", int(words[1]), app, threaded=True).serve_forever()
    with app.app_context():
        for word in words:
            VERBS[word]()


if __name__ == "__main__":
    main()
