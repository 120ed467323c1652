from __future__ import annotations

from app.diaries.views import own

BLUEPRINTS = (own.bp,)
