"""The crowd with the lock let go between counting and deciding; prints how many got one of the seats.

Called as ``python -m tests.concurrency.without_lock FOLDER DATABASE_URL SEATS``.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import UniqueConstraint, func, select

from app import create_app
from app.kernel import db as kernel
from app.kernel.db import Base, db
from app.registration import queries
from app.registration.models import Allotment, Registration
from config import Config
from tests.builders import make_event
from tests.registration.helpers import join

PROCESSES, EACH = 4, 8


def build(folder: str, database_url: str) -> Any:
    changes = {"database_url": database_url} if database_url else {}
    return create_app(Config.for_tests(Path(folder), **changes))


def prepare(folder: str, database_url: str, seats: int) -> int:
    with build(folder, database_url).app_context():
        # the unique number alone turns an oversold seat into an error, so the control goes without it
        table = Registration.__table__
        for constraint in list(table.constraints):
            if isinstance(constraint, UniqueConstraint) and "number" in constraint.columns:
                table.constraints.remove(constraint)
        Base.metadata.create_all(db.engine)
        event = make_event(capacity=seats)
        db.session.commit()
        event_id = int(event.id)
        db.session.remove()
        db.engine.dispose()  # no connection goes along into the processes
        return event_id


def crowd(folder: str, database_url: str, event_id: int, process: int, together: Any) -> None:
    with (app := build(folder, database_url)).app_context():
        app.extensions[kernel._LOCK] = nullcontext
        counted = queries.seats_of

        def let_go_after_counting(allotment: Allotment) -> Any:
            seats = counted(allotment)
            db.session.commit()
            # the others count meanwhile; then one goes on after the other, as a conflict would make it count anew
            time.sleep(0.4 + 0.15 * process)
            return seats

        queries.seats_of = let_go_after_counting
        for number in range(EACH):
            together.wait(30)
            try:
                join(event_id, f"p{process}x{number}")
            except Exception:
                db.session.rollback()


def main() -> None:
    folder, database_url, seats = sys.argv[1], sys.argv[2], int(sys.argv[3])
    event_id = prepare(folder, database_url, seats)
    context = multiprocessing.get_context("fork")
    together = context.Barrier(PROCESSES)
    processes = [
        context.Process(target=crowd, args=(folder, database_url, event_id, n, together)) for n in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    with build(folder, database_url).app_context():
        print(db.session.scalar(select(func.count()).where(Registration.place == "confirmed")))  # noqa: T201


if __name__ == "__main__":
    main()
