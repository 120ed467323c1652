"""What happens to somebody's agenda in an installation of its own: ``python -m tests.caldav.live FOLDER begin``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app import create_app
from app.events.models import Event
from app.kernel import clock
from app.kernel.db import db
from app.personal import queries
from app.personal.services import refresh
from app.registration.models import Registration
from app.registration.rules import Place
from config import Config
from tests.feeds import live
from tests.personal.world import ADA, calendar_of, register


def begin() -> None:
    live.begin()
    for event in db.session.query(Event).all():
        register(event.id)
    opened = calendar_of()
    sys.stdout.write(f"{ADA} {opened.password}\n")


def withdraw() -> None:
    mine = db.session.query(Registration).filter_by(email_key=ADA).first()
    assert mine
    mine.place, mine.placed_at = Place.WITHDRAWN, clock.now()
    db.session.commit()
    catch_up()


def catch_up() -> None:
    """As the worker does after every change."""
    for token_id in queries.live_ids():
        refresh(token_id, now=clock.now())


def main() -> None:
    folder, word = sys.argv[1:]
    url = os.environ.get("LIVE_DATABASE_URL")
    given = {"database_url": url} if url else {}
    config = Config.for_tests(Path(folder), testing=False, public_url="http://127.0.0.1:8000", **given)
    with create_app(config).app_context():
        {"begin": begin, "catch_up": catch_up, "withdraw": withdraw}[word]()


if __name__ == "__main__":
    main()
