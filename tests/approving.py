"""Texts that a person has read and approved, as files."""

from __future__ import annotations

import os
from pathlib import Path

APPROVED = Path(__file__).parent / "approved"


def check_approved(name: str, said: str) -> None:
    """Compare with ``tests/approved/<name>.txt``.

    APPROVE=1 in the environment writes it anew; look at the difference before it is committed.
    """
    path = APPROVED / f"{name}.txt"
    if os.environ.get("APPROVE"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(said)
    assert said == path.read_text()
