"""What may be seen of a line, as a value that rules read."""

from __future__ import annotations

from app.diaries.models import DebriefFinding, FindingSource
from app.diaries.rules.debrief import Source
from app.registration.rules import Place


def sources_of(row: DebriefFinding) -> list[Source]:
    """The lines of a finding; needs them, and their people."""
    return [_source(one) for one in row.sources]


def _source(one: FindingSource) -> Source:
    line = one.line
    if line is None:
        return Source(id=one.id, is_erased=True, is_shared=True)
    has_place = line.registration.place is Place.CONFIRMED
    return Source(id=one.id, is_erased=False, is_shared=line.is_shared and has_place and bool(line.text))
