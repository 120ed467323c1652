from __future__ import annotations

from app.diaries.views import debrief, own

BLUEPRINTS = (own.bp, debrief.bp)
