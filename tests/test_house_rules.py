"""Rules that no linter knows. A rule that nobody checks is a wish."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parent.parent / "app"
SOURCES = {path.relative_to(APP).as_posix(): path.read_text("utf-8") for path in sorted(APP.rglob("*.py"))}
CORE = re.compile(r"^(?!web/).*/(rules|permissions|errors|facts|models|queries|services)(/|\.py$)")
EDGE = re.compile(
    r"/(views|manage|api|cli)(/|\.py$)|^web/|^kernel/(i18n|limits|phrases)\.py$|/(current|gate|shim)\.py$"
)
STORAGE = re.compile(r"(^|/)(queries|services)(/|\.py$)|^(jobs|demo)/|^kernel/db\.py$")


def lines_with(pattern: str, *, except_in: str | re.Pattern[str]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"app/{name}:{number}: {line.strip()}"
        for name, source in SOURCES.items()
        if not re.search(except_in, name)
        for number, line in enumerate(source.splitlines(), start=1)
        if found.search(line)
    ]


def test_only_the_kernel_commits() -> None:
    assert lines_with(r"\.commit\(", except_in=r"^kernel/(db|schema)\.py$") == []


def test_only_the_clock_reads_the_time() -> None:
    assert lines_with(r"\b(datetime\.now|utcnow|date\.today|datetime\.today)\(", except_in=r"^kernel/clock\.py$") == []


@pytest.mark.parametrize("name", [name for name in SOURCES if CORE.search(name)])
def test_the_core_is_told_the_time(name: str) -> None:
    assert not re.search(r"import .*\bclock\b|clock\.now\(", SOURCES[name])


def test_only_the_edge_knows_pages_and_requests() -> None:
    words = r"^\s*from flask import .*\b(render_template|flash|request|redirect|abort)\b|\brender_template\("
    assert lines_with(words, except_in=EDGE) == []


def test_only_queries_and_services_ask_the_database() -> None:
    assert lines_with(r"db\.session\.(execute|scalars?)\(", except_in=STORAGE) == []
