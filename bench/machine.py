"""What the figures were taken on, without saying whose machine it is."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ALSO = "/usr/sbin:/usr/local/sbin"  # not on everybody's path, and nginx is there
WANTED: Mapping[str, str] = {
    "nginx": "apt install nginx-light (macOS: brew install nginx)",
    "wrk": "apt install wrk (macOS: brew install wrk)",
    "PostgreSQL": "apt install postgresql, or name a server in FILO_TEST_POSTGRES",
}


@dataclass(frozen=True, slots=True)
class Machine:
    cpu: str
    cores: int
    system: str
    load: float

    def __str__(self) -> str:
        return f"{self.cpu}, {self.cores} cores, {self.system}, Python {platform.python_version()}"


def this_machine() -> Machine:
    return Machine(_cpu(), os.cpu_count() or 1, f"{platform.system()} {platform.machine()}", os.getloadavg()[0])


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown CPU"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def commit() -> str:
    """The short name of what is checked out; ``with changes`` where files differ from it."""
    found = _git("rev-parse", "--short", "HEAD")
    if not found:
        return "no commit"
    return f"{found} with changes" if _git("status", "--porcelain", "--untracked-files=no", "--", "app") else found


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()


def tool(name: str) -> str | None:
    """Where a program is, or None."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{_ALSO}")


def postgres_programs() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL here."""
    if found := tool("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def missing() -> list[str]:
    """What cannot be measured here for lack of a program."""
    there = {
        "nginx": tool("nginx"),
        "wrk": tool("wrk"),
        "PostgreSQL": os.environ.get("FILO_TEST_POSTGRES") or postgres_programs(),
    }
    return [name for name in WANTED if not there[name]]
