"""What the pages of venues show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from app.kernel.i18n import language
from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.phrases import say
from app.venues.models import Room, Venue
from app.venues.rules import Layout


@dataclass(frozen=True, slots=True)
class RoomLine:
    name: str
    seats: int
    layouts: list[str]


def room_line(room: Room) -> RoomLine:
    """A room with its layouts in words; a layout that this version does not know is left out."""
    known = {str(layout) for layout in Layout}
    return RoomLine(room.name, room.seats, [say(Layout(layout)) for layout in room.layouts if layout in known])


def map_of(venues: Iterable[Venue]) -> OutlineMap:
    """All venues that have a pin; the list beside the map names every one."""
    pinned = [venue for venue in venues if venue.latitude is not None and venue.longitude is not None]
    pins = [
        pin(
            venue.latitude or 0.0,
            venue.longitude or 0.0,
            label=f"{venue.name.wording(language()).text}, {venue.city}",
            url=url_for("venues.show", slug=venue.slug),
        )
        for venue in pinned
    ]
    return outline(pins, countries=sorted({venue.country_code for venue in pinned}))
