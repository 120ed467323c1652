"""The pages of a plan and of its releases."""

from __future__ import annotations

from app.planning.views.board import bp

__all__ = ["bp"]
