"""Tasks of the benchmark that do not come to their end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench import house as houses
from bench.house import inside, last_words
from bench.processes import tree
from bench.servers import Filo

LOCKED = """Traceback (most recent call last):
  File "engine.py", line 1, in do_execute
sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) disk I/O error
[SQL: SELECT 1]
(Background on this error at: https://sqlalche.me/e/20/e3q8)
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (LOCKED, "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) disk I/O error"),
        ("usage: bench.inside\nno such task\n", "no such task"),
        ("", "stopped without a word"),
    ],
)
def test_what_stopped_a_task_is_said_in_one_line(said: str, told: str) -> None:
    assert last_words(said) == told


def test_a_task_that_takes_too_long_is_gone_before_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(houses, "PATIENCE", 0.01)
    with pytest.raises(RuntimeError, match="sheet: not done after"):
        inside(Filo(tmp_path), "sheet", number=1)
    assert not [pid for pid in tree(os.getpid()) if b"bench.inside" in Path(f"/proc/{pid}/cmdline").read_bytes()]
