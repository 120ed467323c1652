from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.fetches.rules import Family
from app.kernel.facts import Fact


class Use(NamedTuple):
    """A personal calendar, and when and by which program it was last fetched."""

    token_id: int
    at: datetime
    family: Family


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarsFetched(Fact):
    """A minute's fetches were written; those of personal calendars, each calendar once."""

    uses: tuple[Use, ...]
