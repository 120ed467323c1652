"""A house with the demonstration in it, and a browser in front. The demonstration is loaded once a run and copied."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.house import House
from tests.plugins import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--js-flags=--no-opt --no-maglev --no-flush-bytecode",  # no script runs long enough to be worth compiling well
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """An installation of its own for every test process; its mails so far are written."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = base / "journeys"
    shutil.copytree(_demonstration(shared), folder)
    house = House(folder, FILO_DEMO="on", FILO_WEB_WORKERS="1")
    house.start("serve")
    yield house
    house.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ends with the journeys: Playwright keeps an event loop running in this thread, and other tests have their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _demonstration(shared: Path) -> Path:
    folder, done = shared / "demonstration", shared / "demonstration.done"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            house = House(folder)
            house.run("database", "upgrade")
            house.run("demo", "load")
            house.run("worker", "--once")
            done.touch()
    return folder
