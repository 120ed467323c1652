"""The same file as JSON: jCal (RFC 7265)."""

from __future__ import annotations

import json

import structlog
from icalendar import Calendar, Component

log = structlog.get_logger()
MIMETYPE = "application/calendar+json"


def jcal(file: bytes) -> bytes:
    """A calendar file in the form of jCal, which says the same."""
    calendar = Calendar.from_ical(file)
    calendar.subcomponents = [part for part in calendar.subcomponents if _can_be_written(part)]
    return json.dumps(calendar.to_jcal(), ensure_ascii=False, separators=(",", ":")).encode()


def _can_be_written(part: Component) -> bool:
    """What cannot be written must not spoil the rest."""
    try:
        return bool(part.to_jcal())
    except Exception:
        log.exception("component_left_out", uid=str(part.get("uid", "")))
        return False
