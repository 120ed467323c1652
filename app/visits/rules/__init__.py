"""What an itinerary decides: times that follow, ways between places, what hosts say."""

from __future__ import annotations
