from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueChanged(Fact):
    """Its name, address, pin, zone or rooms: whatever a calendar entry says of the place.

    ``moves``: people who come there must know. ``renamed_room_ids``: rooms that are called otherwise.
    """

    venue_id: int
    at: datetime
    moves: bool = False
    renamed_room_ids: frozenset[int] = frozenset()
