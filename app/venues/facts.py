from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueChanged(Fact):
    """Its name, address, pin, zone or rooms: whatever a calendar entry says of the place."""

    venue_id: int
