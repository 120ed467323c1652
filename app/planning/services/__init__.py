"""The verbs of a plan."""

from __future__ import annotations

from app.planning.services.board import leave_between, move, note_down, redo, set_aside, undo
from app.planning.services.releasing import collect, mark_of_the_day, release, show_at_once

__all__ = [
    "collect",
    "leave_between",
    "mark_of_the_day",
    "move",
    "note_down",
    "redo",
    "release",
    "set_aside",
    "show_at_once",
    "undo",
]
