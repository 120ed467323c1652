from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRead(Fact):
    """The words inside a document are known, or that there are none."""

    file_id: int
