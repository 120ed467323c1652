"""What takes long keeps nobody waiting but its like."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.jobs import queries, services, worker
from app.jobs.worker import Lane, performs, run, work_off
from app.kernel import clock
from app.kernel.db import db
from config import Config
from tests.tables import copy_tables

PATIENCE = 10  # seconds


@pytest.fixture
def app_with_file(tmp_path: Path) -> Iterator[Flask]:
    """Threads meet in a file: what one of them has written the other one reads."""
    copy_tables(tmp_path)
    app = create_app(Config.from_env({"FILO_INSTANCE": str(tmp_path)}))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(worker, "_recurring", [])
    monkeypatch.setattr(worker, "_handlers", {})
    known = frozenset(worker._long)
    yield
    worker._long.intersection_update(known)


def put(app: Flask, *kinds: str) -> None:
    with app.app_context():
        for kind in kinds:
            services.put(kind, dedupe_key=kind, run_at=clock.now())


def test_a_mail_goes_out_while_a_schedule_is_made(app_with_file: Flask) -> None:
    begun, mailed, stop = threading.Event(), threading.Event(), threading.Event()
    waited: list[bool] = []

    @performs("trial.schedule", takes_long=True)
    def make_schedule() -> None:
        begun.set()
        waited.append(mailed.wait(PATIENCE))

    @performs("trial.mail")
    def send() -> None:
        mailed.set()

    put(app_with_file, "trial.schedule")
    working = threading.Thread(target=run, args=(app_with_file, stop), kwargs={"pause": 0.01})
    working.start()
    assert begun.wait(PATIENCE)
    put(app_with_file, "trial.mail")
    assert mailed.wait(PATIENCE)
    stop.set()
    working.join(PATIENCE)
    assert waited == [True]
    with app_with_file.app_context():
        assert queries.count_waiting() == 0


def test_each_lane_takes_its_own_and_a_single_round_takes_both(app_with_file: Flask) -> None:
    done: list[str] = []
    performs("trial.long", takes_long=True)(lambda: done.append("long"))
    performs("trial.short")(lambda: done.append("short"))
    for lane, expected in ((Lane.LONG, ["long"]), (Lane.SHORT, ["long", "short"])):
        put(app_with_file, "trial.long", "trial.short")
        assert work_off(app_with_file, lane=lane) == 1
        assert done == expected
    with app_with_file.app_context():
        services.put("trial.long", dedupe_key="again", run_at=clock.now())
        services.put("trial.short", dedupe_key="again too", run_at=clock.now())
    assert work_off(app_with_file) == 2


def test_what_breaks_one_thread_ends_the_worker(app_with_file: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(_app: Flask, *, lane: Lane, **_more: object) -> int:
        if lane is Lane.LONG:
            raise RuntimeError("no memory")
        return 0

    monkeypatch.setattr(worker, "work_off", break_down)
    with pytest.raises(RuntimeError, match="no memory"):
        run(app_with_file, threading.Event(), pause=0.01)
