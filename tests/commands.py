"""Commands as processes of their own that need not load the program each: ``python -m tests.commands`` forks them.

To load it takes far longer than most commands do. Servers are started as an operator starts them.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).parent.parent
LOADED = ("app.command", "tests.feeds.live", "tests.caldav.live")
PATIENCE = 40  # seconds


def run_filo(*words: str, environment: dict[str, str], given: bytes = b"") -> subprocess.CompletedProcess[str]:
    """A ``filo`` command to its end; ``given`` is what it finds on standard input."""
    return run_main("app.command", *words, environment=environment, given=given)


def run_main(
    module: str, *words: str, environment: dict[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[str]:
    """``main`` of a module to its end, in a process of its own."""
    forker = _forker()
    assert forker.stdin
    assert forker.stdout
    asked = {"module": module, "words": words, "environment": environment, "folder": str(Path.cwd())}
    asked["given"] = given.decode("latin-1")
    forker.stdin.write(json.dumps(asked) + "\n")
    forker.stdin.flush()
    return subprocess.CompletedProcess([module, *words], **json.loads(forker.stdout.readline()))


@cache
def _forker() -> subprocess.Popen[str]:
    """One for every test process; it ends with it."""
    command = [sys.executable, "-m", "tests.commands"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def serve(questions: TextIO, answers: TextIO) -> None:
    for module in LOADED:
        importlib.import_module(module)
    gc.freeze()  # else every child would copy all that is loaded, only to look through it
    for question in questions:
        asked = json.loads(question)
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            if (child := os.fork()) == 0:
                _become(asked, out, err)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            out.seek(0)
            err.seek(0)
            answers.write(json.dumps({"returncode": code, "stdout": out.read(), "stderr": err.read()}) + "\n")
            answers.flush()


def _become(asked: dict[str, Any], out: TextIO, err: TextIO) -> None:
    """Be the command; its end, or what breaks in it, ends this process as it would end any other."""
    with tempfile.TemporaryFile() as given:
        given.write(asked["given"].encode("latin-1"))
        given.seek(0)
        for number, descriptor in enumerate((given.fileno(), out.fileno(), err.fileno())):
            os.dup2(descriptor, number)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    signal.alarm(PATIENCE)
    sys.argv = ["filo", *asked["words"]]
    importlib.import_module(asked["module"]).main()
    sys.exit()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
