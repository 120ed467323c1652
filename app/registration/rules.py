"""Who gets a seat, who waits, and what a page may promise before the form is filled in."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """Where a registration stands."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser"


LIVE = frozenset({Place.CONFIRMED, Place.WAITLISTED})
