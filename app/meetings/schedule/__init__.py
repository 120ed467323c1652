"""The schedule of one-to-one meetings: made greedily, improved by a solver, counted by neither of them.

Plain values in, plain values out; see docs/decisions/0015-who-meets-and-when.md for the model.
"""

from __future__ import annotations

from app.meetings.schedule.checking import BrokenRules, broken_rules, value_of
from app.meetings.schedule.greedy import greedy
from app.meetings.schedule.solving import Progress, Solved, solve
from app.meetings.schedule.values import Attendee, Meeting, Pair, Problem, Slot, Want

__all__ = [
    "Attendee",
    "BrokenRules",
    "Meeting",
    "Pair",
    "Problem",
    "Progress",
    "Slot",
    "Solved",
    "Want",
    "broken_rules",
    "greedy",
    "solve",
    "value_of",
]
