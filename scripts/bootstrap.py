"""Make or refresh ``.venv`` from the locked dependencies. Standard library only, so that any Python 3.11 can run it.

``python3 scripts/bootstrap.py`` installs what the application needs, ``--dev`` what tests and checks need as well.
Debian's Python has no ensurepip and its pip refuses to install system-wide; ``pip --python`` copes with both.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "filo-stamp.json"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
TRANSLATIONS = ROOT / "app" / "translations"


def main() -> None:
    parser = argparse.ArgumentParser(description="Make or refresh .venv from the locked dependencies.")
    parser.add_argument("--dev", action="store_true", help="with what tests and checks need")
    wanted = "dev" if parser.parse_args().dev else "run"
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever has an older one runs exactly this)
        stop(f"Filò needs Python 3.11 or newer, and this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
    make_environment()
    stamp = read_stamp()
    install_dependencies(wanted, stamp)
    install_command(stamp)
    compile_translations()
    compile_sources()


def make_environment() -> None:
    """A virtual environment that works, made anew if it does not."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0:
        return
    import venv

    try:
        venv.create(VENV, with_pip=False, clear=True, symlinks=True)
    except OSError as error:
        stop(f"{VENV} cannot be made ({error.strerror}). Put this folder where you may write.")


def install_dependencies(wanted: str, stamp: dict[str, str]) -> None:
    """Install a lock unless it, or the larger one, is installed as it stands now."""
    current = {name: fingerprint(path) for name, path in LOCKS.items()}
    if stamp.get(wanted) == current[wanted] or (stamp.get("run"), stamp.get("dev")) == (current["run"], current["dev"]):
        return
    print(
        f"Installing {count(LOCKS[wanted])} packages into .venv; the first time takes a minute or two ...", flush=True
    )
    install("--require-hashes", "--only-binary=:all:", "-r", str(LOCKS[wanted]))
    names = ("run", "dev") if wanted == "dev" else ("run",)
    stamp.update({name: current[name] for name in names})
    write_stamp(stamp)


def install_command(stamp: dict[str, str]) -> None:
    """The ``filo`` command, which runs the sources where they are."""
    here = fingerprint(ROOT / "pyproject.toml") + str(ROOT)
    if stamp.get("command") == here and (VENV / "bin" / "filo").exists():
        return
    install("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp["command"] = here
    write_stamp(stamp)


def install(*arguments: str) -> None:
    """Install with uv where there is one (it is quicker), else with pip."""
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode", *arguments]
        if subprocess.run(command, check=False, cwd=ROOT, capture_output=True).returncode == 0:
            return
    command = [*pip(), "install", "-qq", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, check=False, cwd=ROOT).returncode != 0:
        stop("The packages could not be installed; the reason stands above. Is the package index reachable?")


def pip() -> list[str]:
    """The pip of this Python, told to install into .venv; else one that is put into .venv."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if importlib.util.find_spec("ensurepip"):
        subprocess.run([PYTHON, "-m", "ensurepip", "--default-pip"], check=True, capture_output=True)
        return [str(PYTHON), "-m", "pip"]
    return stop("This Python has neither pip nor ensurepip. On Debian: sudo apt-get install python3-pip")


def compile_translations() -> None:
    """Catalogues that changed since they were compiled."""
    stale = [po for po in TRANSLATIONS.glob("*/LC_MESSAGES/*.po") if is_older(po.with_suffix(".mo"), po)]
    for po in stale:
        command = [VENV / "bin" / "pybabel", "-q", "compile", "-i", po, "-o", po.with_suffix(".mo")]
        subprocess.run(command, check=True, cwd=ROOT)


def compile_sources() -> None:
    """Sources that changed, so that no process has to at its start."""
    subprocess.run([PYTHON, "-m", "compileall", "-q", "app", "config.py"], check=False, cwd=ROOT)


def is_older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def fingerprint(path: Path) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(path.read_bytes() + version.encode()).hexdigest()


def count(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text().splitlines())


def read_stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def write_stamp(stamp: dict[str, str]) -> None:
    draft = STAMP.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(stamp))
    draft.replace(STAMP)


def stop(sentence: str) -> NoReturn:
    sys.exit(f"filo: {sentence}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("stopped; start again when you like.")
    except PermissionError as error:
        stop(f"{error.filename} cannot be written. Put this folder where you may write.")
