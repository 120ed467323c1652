"""The pages of a plan and of its releases."""

from __future__ import annotations

from app.planning.views import board, public, releases

pages = (board.bp, releases.bp, public.bp)

__all__ = ["pages"]
