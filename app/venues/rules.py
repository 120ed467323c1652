"""What a venue and its rooms must be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.kernel.texts import Texts
from app.venues.errors import RoomNameMissing, RoomNameTwice, SeatsMissing, TooManySeats

MOST_SEATS = 100_000


class Layout(StrEnum):
    """How a room can be set up."""

    THEATRE = "theatre"
    CLASSROOM = "classroom"
    U_SHAPE = "u_shape"
    BOARDROOM = "boardroom"
    TABLES = "tables"
    STANDING = "standing"
    LAB = "lab"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomInput:
    """A room as typed; ``id`` is that of the room that it changes."""

    name: str
    seats: int
    layouts: tuple[Layout, ...] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueInput:
    """``timezone`` is an IANA name; events there hang on its wall clock."""

    name: Texts
    operator_id: int
    city: str
    country_code: str
    timezone: str
    street: str | None = None
    postcode: str | None = None
    region_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    access: Texts = field(default_factory=Texts)
    step_free: bool | None = None  # empty: nobody said
    house_rules: Texts = field(default_factory=Texts)
    rooms: tuple[RoomInput, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """By what people find a venue."""

    name: Texts
    address: tuple[str, ...]
    pin: tuple[float, float] | None


def has_moved(before: Whereabouts, after: Whereabouts) -> bool:
    """Whether those who come there must be told. A translation or a pin that was missing moves nothing."""
    renamed = any(after.name.get(lang) != words for lang, words in before.name.items())
    return renamed or before.address != after.address or (before.pin is not None and before.pin != after.pin)


def check_rooms(rooms: Iterable[RoomInput]) -> None:
    """Every room has a name of its own and seats; raises with the field, ``rooms.<place>.<what>``."""
    names: set[str] = set()
    for place, room in enumerate(rooms):
        if not room.name.strip():
            raise RoomNameMissing(field=f"rooms.{place}.name")
        if room.name.strip() in names:
            raise RoomNameTwice(field=f"rooms.{place}.name")
        names.add(room.name.strip())
        if room.seats <= 0:
            raise SeatsMissing(field=f"rooms.{place}.seats")
        if room.seats > MOST_SEATS:
            raise TooManySeats(field=f"rooms.{place}.seats")
