"""500 people at 40 seats: the promise that the product stands on."""

from __future__ import annotations

import os
import random
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from tests.commands import run_main
from tests.concurrency.crowd import check_exact, register_all, rows_of
from tests.house import House

pytestmark = pytest.mark.slow


def test_forty_seats_go_to_exactly_forty_of_five_hundred(house: House) -> None:
    event = house.publish_event(40)
    answers = register_all(house, event, 500)
    rows = rows_of(house, event)
    check_exact(answers, rows, people=500, seats=40)
    last = next(answer for answer in answers if answer.email == rows[-1].email)
    assert 'data-queue="460"' in house.get(last.location)[1]


def test_every_answered_registration_survives_the_death_of_web_processes(house: House) -> None:
    event = house.publish_event(20)
    stop = threading.Event()
    killed: list[int] = []

    def kill_now_and_then() -> None:
        while not stop.wait(1) and len(killed) < 4:
            workers = house.web_workers()
            if len(workers) > 1:
                with suppress(ProcessLookupError):
                    os.kill(victim := random.choice(workers), signal.SIGKILL)
                    killed.append(victim)

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    try:
        answers = register_all(house, event, 150)
    finally:
        stop.set()
        killer.join()
    assert killed
    check_exact(answers, rows_of(house, event), people=150, seats=20)


def test_without_the_lock_the_same_crowd_oversells(tmp_path: Path, own_database_url: str) -> None:
    """The negative control: if this did not oversell, the tests above would prove nothing."""
    words = (str(tmp_path), own_database_url, "10")
    done = run_main("tests.concurrency.without_lock", *words, environment=dict(os.environ))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
