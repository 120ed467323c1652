"""The same file as JSON: jCal (RFC 7265)."""

from __future__ import annotations

import json

from icalendar import Calendar

MIMETYPE = "application/calendar+json"


def jcal(file: bytes) -> bytes:
    """A calendar file in the form of jCal, which says the same."""
    return json.dumps(Calendar.from_ical(file).to_jcal(), ensure_ascii=False, separators=(",", ":")).encode()
