from __future__ import annotations

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class VenueNotFound(NotFound):
    code = "venues.not_found"


class VenueNameMissing(Invalid):
    code = "venues.name_missing"


class CityMissing(Invalid):
    code = "venues.city_missing"


class UnknownTimeZone(Invalid):
    code = "venues.unknown_time_zone"


class RoomNameMissing(Invalid):
    code = "venues.room_name_missing"


class RoomNameTwice(Invalid):
    code = "venues.room_name_twice"


class SeatsMissing(Invalid):
    code = "venues.seats_missing"


class TooManySeats(Invalid):
    code = "venues.too_many_seats"


class RoomInUse(Conflict):
    """An agenda takes place in a room that should go."""

    code = "venues.room_in_use"


class MayNotManageVenue(Forbidden):
    code = "venues.may_not_manage"
