"""The text of a document, read where it can harm nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app.files.rules import TextState

PATIENCE = 45.0  # seconds by the clock; of processor time the reader takes less
_READER = Path(__file__).with_name("reader.py")


def text_in(path: Path, media_type: str) -> tuple[TextState, str]:
    """The state and the words of a document. Nothing is raised: what cannot be read is UNREADABLE.

    The reader is a process without the house's settings, addresses and secrets.
    """
    command = [sys.executable, "-I", str(_READER), str(path), media_type]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, env={}, check=True)  # noqa: S603
        answer = json.loads(done.stdout)
        return TextState(answer["state"]), answer["text"]
    except (subprocess.SubprocessError, OSError, ValueError, KeyError):
        return TextState.BROKEN, ""
