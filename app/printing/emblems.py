"""The emblems of programmes that a paper may carry."""

from __future__ import annotations

from app.printing.engine import ROOT

EMBLEMS = ROOT / "static" / "emblems"


def emblem_file(name: str | None) -> str | None:
    """The name of an emblem if there is such a file under static/emblems; a paper fails for none that is missing."""
    known = {path.name for path in EMBLEMS.glob("*.svg")}
    return name if name in known else None
