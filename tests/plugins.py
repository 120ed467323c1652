"""What this machine lacks: such tests are skipped and named, or fail where FILO_FORBID_SKIPS=1 (as in CI).

And the order in which the processes of a run get the tests.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.databases import POSTGRES
from tests.readers_libical import libical

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
FORBID_SKIPS = os.environ.get("FILO_FORBID_SKIPS") == "1"
MISSING = {
    "postgres": (
        bool(POSTGRES),
        "PostgreSQL",
        "name a server: FILO_TEST_POSTGRES=postgresql://user@host:5432/postgres",
    ),
    "browser": (
        bool(CHROMIUM),
        "Chromium",
        "apt-get install chromium",
    ),
    "imap": (
        bool(shutil.which("dovecot")) or Path("/usr/sbin/dovecot").exists(),
        "Dovecot",
        "apt-get install dovecot-imapd",
    ),
    "node": (bool(shutil.which("node")), "node", "apt-get install nodejs"),
    "nginx": (bool(NGINX), "nginx", "apt-get install nginx-light"),
    "readers": (
        bool(shutil.which("node") and libical() and find_spec("ics")),
        "One of five calendar parsers",
        "apt-get install nodejs libical3 && make venv-dev",
    ),
}
# what shares a browser, a server or a house stays in one process; the longest first, so that no core waits at the end
TOGETHER = (
    "tests/journeys/test_pages",
    "tests/journeys/",
    "tests/concurrency/test_last_seats",
    "tests/operations/test_serving",
    "tests/caldav/test_programs.py",
    "tests/feeds/test_subscribing",
    "tests/mail/test_bounces",
    "tests/registration/test_desk",
)


class LongestFirst(LoadScopeScheduling):
    """Hands out what stays together, and then one test after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return _together(nodeid) or nodeid


def _together(nodeid: str) -> str | None:
    return next((start for start in TOGETHER if nodeid.startswith(start)), None)


def pytest_configure(config: pytest.Config) -> None:
    """Name a folder that all processes of the run share."""
    if "FILO_TEST_SHARED" not in os.environ:
        folder = os.environ["FILO_TEST_SHARED"] = tempfile.mkdtemp(prefix="filo-tests-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LongestFirst | None:
    return LongestFirst(config, log) if config.getoption("dist") == "load" else None


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of a server or a browser wait for it now and then."""
    return (os.cpu_count() or 1) + 1


def _place(item: pytest.Item) -> int:
    together = _together(item.nodeid)
    return TOGETHER.index(together) if together else len(TOGETHER)


def _step(item: pytest.Item) -> tuple[str, int]:
    """Journeys walk through one house, so they follow each other as they are written; all others stay shuffled."""
    path, line, _name = item.location
    return (path, line or 0) if item.nodeid.startswith("tests/journeys/") else ("", 0)


@pytest.hookimpl(trylast=True)  # after the order has been shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("FILO_TEST_ENGINE") == "postgres":
        of_sqlite = [item for item in items if item.get_closest_marker("sqlite")]
        items[:] = [item for item in items if item not in of_sqlite]
        config.hook.pytest_deselected(items=of_sqlite)
    items.sort(key=lambda item: (_place(item), item.get_closest_marker("slow") is None, _step(item)))
    for item in items:
        for marker, (is_there, name, remedy) in MISSING.items():
            if item.get_closest_marker(marker) and not is_there:
                item.add_marker(pytest.mark.skip(reason=f"{name} is missing: {remedy}"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to look through it for garbage again and again is a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    if FORBID_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although FILO_FORBID_SKIPS=1: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"{number} not run: {reason.removeprefix('Skipped: ')}", yellow=True)
