from __future__ import annotations

from app.kernel.errors import Conflict, Invalid, NotFound


class CalendarNotFound(NotFound):
    """There is no such personal calendar, or it is somebody else's."""

    code = "personal.calendar_not_found"


class TooManyCalendars(Conflict):
    """``most``: how many addresses one person may have at once."""

    code = "personal.too_many_calendars"


class ProofSpent(Invalid):
    """A mailed link that is forged, or too old."""

    code = "personal.proof_spent"
