"""Reading somebody else's calendar: as far as it can be read, with every line that cannot."""

from __future__ import annotations

from app.freebusy.importing.problems import Problem, Trouble
from app.freebusy.importing.reading import ReadCalendar, read

__all__ = ["Problem", "ReadCalendar", "Trouble", "read"]
