"""What can be wrong with a file, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_TOLD = 50


class Trouble(StrEnum):
    """Why something is left out; those in READ_ANYWAY say how something was read that has two meanings."""

    NOT_UTF8 = "import.not_utf8"
    BAD_LINE = "import.bad_line"
    NOT_CLOSED = "import.not_closed"
    NOT_OPENED = "import.not_opened"
    NO_START = "import.no_start"
    BAD_TIME = "import.bad_time"
    BAD_LENGTH = "import.bad_length"
    NO_END = "import.no_end"
    ENDS_BEFORE_START = "import.ends_before_start"
    BAD_RULE = "import.bad_rule"
    RULE_TOO_OFTEN = "import.rule_too_often"
    RULE_NOT_READ = "import.rule_not_read"
    RULES_TOO_LONG = "import.rules_too_long"
    RANGE_NOT_READ = "import.range_not_read"
    BAD_PERIOD = "import.bad_period"

    NO_UID = "import.no_uid"
    SAME_UID = "import.same_uid"
    FLOATING = "import.floating"
    UNKNOWN_ZONE = "import.unknown_zone"


READ_ANYWAY = frozenset({Trouble.NO_UID, Trouble.SAME_UID, Trouble.FLOATING, Trouble.UNKNOWN_ZONE})


@dataclass(frozen=True, slots=True)
class Problem:
    """``line`` is counted as an editor does, from 1; details fill the words."""

    line: int
    trouble: Trouble
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def is_read_anyway(self) -> bool:
        return self.trouble in READ_ANYWAY


class Problems:
    """Notes the first MOST_TOLD problems and counts the others."""

    def __init__(self) -> None:
        self.told: list[Problem] = []
        self.untold = 0
        self._once: set[tuple[Trouble, str]] = set()

    def note(self, line: int, trouble: Trouble, **details: str | int) -> None:
        if len(self.told) < MOST_TOLD:
            self.told.append(Problem(line, trouble, details))
        else:
            self.untold += 1

    def note_once(self, line: int, trouble: Trouble, about: str = "", **details: str | int) -> None:
        """For what would be said of nearly every line."""
        if (trouble, about) not in self._once:
            self._once.add((trouble, about))
            self.note(line, trouble, **details)
