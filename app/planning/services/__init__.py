"""The verbs of a plan."""

from __future__ import annotations

from app.planning.services.board import move, note_down, redo, set_aside, undo

__all__ = ["move", "note_down", "redo", "set_aside", "undo"]
