"""Papers to print, and the gate list for the phone."""

from __future__ import annotations

from app.sheets.views import people, programme

BLUEPRINTS = (people.bp, programme.bp)
