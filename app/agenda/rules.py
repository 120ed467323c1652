"""What an agenda is made of: kinds of items, their place in time, and what can be the trouble with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from app.agenda.errors import NotAClockTime
from app.kernel.dates import instant, shown_zone

DAY = 24 * 60


class ItemKind(StrEnum):
    REGISTRATION = "registration"
    WELCOME = "welcome"
    KEYNOTE = "keynote"
    PRACTICE_PRESENTATION = "practice_presentation"
    WORKING_TABLE = "working_table"
    NEEDS_SESSION = "needs_session"
    PROPOSALS_SESSION = "proposals_session"
    NETWORKING = "networking"
    BREAK = "break"
    MEAL = "meal"
    SITE_VISIT = "site_visit"
    TRANSFER = "transfer"
    WORLD_CAFE = "world_cafe"
    FAIR = "fair"
    PITCH = "pitch"
    PEER_REVIEW = "peer_review"
    B2B_BLOCK = "b2b_block"
    DEBRIEF = "debrief"
    CLOSING = "closing"


PAUSES = frozenset({ItemKind.BREAK, ItemKind.MEAL, ItemKind.NETWORKING})
PLENARIES = frozenset({ItemKind.WELCOME, ItemKind.KEYNOTE, ItemKind.CLOSING})


class AgendaRole(StrEnum):
    SPEAKER = "speaker"
    INVITED_EXPERT = "invited_expert"
    MODERATOR = "moderator"
    RAPPORTEUR = "rapporteur"
    TABLE_HOST = "table_host"
    INTERPRETER = "interpreter"


class TravelMode(StrEnum):
    COACH = "coach"
    TRAIN = "train"
    FOOT = "foot"
    CAR = "car"
    SHIP = "ship"
    PLANE = "plane"


class PhotoPolicy(StrEnum):
    ALLOWED = "allowed"
    ASK = "ask"
    FORBIDDEN = "forbidden"


class Protection(StrEnum):
    """What a gate asks visitors to wear."""

    SAFETY_SHOES = "safety_shoes"
    COAT = "coat"
    HAIR_NET = "hair_net"
    HELMET = "helmet"
    GOGGLES = "goggles"
    EAR_PROTECTION = "ear_protection"
    VEST = "vest"


class Trouble(StrEnum):
    """What is wrong with an item, or worth knowing. Those in ERRORS are never overruled."""

    ENDS_BEFORE_START = "ends_before_start"
    ARRIVES_BEFORE_DEPARTING = "arrives_before_departing"
    NO_SUCH_TIME = "no_such_time"
    OUTSIDE_EVENT = "outside_event"
    ROOM_TAKEN = "room_taken"
    PERSON_TWICE = "person_twice"

    SHORT_CHANGEOVER = "short_changeover"
    ROOM_CHANGEOVER = "room_changeover"
    ROOM_TOO_SMALL = "room_too_small"
    LITTLE_SLACK = "little_slack"
    NO_WAY_BETWEEN = "no_way_between"
    GROUP_TOO_LARGE = "group_too_large"
    PLENARY_OVERLAPPED = "plenary_overlapped"
    NO_PAUSE = "no_pause"
    ROOM_BUSY = "room_busy"
    SEATS_SHORT = "seats_short"
    SIGNED_UP_TWICE = "signed_up_twice"


ERRORS = frozenset(
    {
        Trouble.ENDS_BEFORE_START,
        Trouble.ARRIVES_BEFORE_DEPARTING,
        Trouble.NO_SUCH_TIME,
        Trouble.OUTSIDE_EVENT,
        Trouble.ROOM_TAKEN,
        Trouble.PERSON_TWICE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Wall-clock minutes since the midnight that begins ``day`` (0: the event's first). ``zone`` None: the event's."""

    day: int
    start_minute: int
    end_minute: int
    zone: str | None = None

    def moved(self, minutes: int) -> Slot:
        return Slot(
            day=self.day,
            start_minute=self.start_minute + minutes,
            end_minute=self.end_minute + minutes,
            zone=self.zone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When an event takes place. Without ``starts_at`` and ``ends_at`` its exact day is not known."""

    zone: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def first_day(self) -> date | None:
        return self.starts_at.astimezone(shown_zone(self.zone)).date() if self.starts_at else None

    @property
    def day_count(self) -> int | None:
        """How many calendar days the event touches; None when its days are not known."""
        if not self.starts_at or not self.ends_at:
            return None
        last = (self.ends_at.astimezone(shown_zone(self.zone)) - timedelta(microseconds=1)).date()
        return max((last - self.starts_at.astimezone(shown_zone(self.zone)).date()).days, 0) + 1

    @property
    def hours(self) -> tuple[int, int]:
        """The minute of its first day at which the event begins, and of its last at which it ends.

        Without an exact day: nine o'clock and midnight.
        """
        if not self.starts_at or not self.ends_at:
            return 9 * 60, DAY
        first, last = (moment.astimezone(shown_zone(self.zone)) for moment in (self.starts_at, self.ends_at))
        return first.hour * 60 + first.minute, (last.hour * 60 + last.minute) or DAY

    def instant(self, day: int, minute: int, zone: str | None = None) -> datetime:
        """The instant of a wall-clock minute; raises NoSuchTime. Only for an event whose day is known."""
        if self.first_day is None:
            raise ValueError("an event without an exact day has no instants")
        days, minutes = divmod(minute, DAY)
        on = self.first_day + timedelta(days=day + days)
        return instant(on, time(*divmod(minutes, 60)), zone or self.zone)

    def place(self, slot: Slot) -> tuple[int, int]:
        """Begin and end as minutes on one line, so that items can be compared; raises NoSuchTime."""
        if self.first_day is None:
            return slot.day * DAY + slot.start_minute, slot.day * DAY + slot.end_minute
        return self._line(slot, slot.start_minute), self._line(slot, slot.end_minute)

    def _line(self, slot: Slot, minute: int) -> int:
        return int(self.instant(slot.day, minute, slot.zone).timestamp() // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What the rules may know about an item. ``venue_id`` is where it is, when that is known."""

    id: int
    slot: Slot
    kind: ItemKind
    room_id: int | None = None
    room_seats: int | None = None
    venue_id: int | None = None
    capacity: int | None = None
    people: frozenset[int] = frozenset()
    is_leg: bool = False
    is_stop: bool = False
    group_limit: int | None = None
    signed_up: frozenset[int] = frozenset()  # who has a place there, by any number that tells people apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A trouble with an item; ``other_id`` is the item that it meets, details fill the words.

    ``busy`` is what the room has elsewhere: a ``busy.BusyTime``, which not everybody may read.
    """

    item_id: int
    trouble: Trouble
    other_id: int | None = None
    person_id: int | None = None
    room_id: int | None = None
    details: Mapping[str, int | str] = field(default_factory=dict)
    busy: Any = None

    @property
    def is_error(self) -> bool:
        return self.trouble in ERRORS


def next_start(taken: Iterable[tuple[int, int]], opens: int, closes: int) -> int | None:
    """Where one more item can begin on a day: behind the last one, else in the first gap; None when all is full.

    ``taken`` are the day's items as minutes from and to; ``opens`` and ``closes`` bound what the event has of the day.
    """
    free = opens
    gaps = []
    for begins, ends in sorted(taken):
        if begins > free:
            gaps.append(free)
        free = max(free, ends)
    if free < closes:
        return free
    return gaps[0] if gaps else None


def parse_clock(text: str) -> int:
    """Minutes since midnight of ``HH:MM``, up to 24:00; raises NotAClockTime."""
    match = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})", text.strip())
    if not match or int(match[2]) > 59 or (minute := int(match[1]) * 60 + int(match[2])) > DAY:
        raise NotAClockTime(value=text)
    return minute


def clock(minute: int) -> str:
    """``HH:MM`` of a wall-clock minute; minutes past midnight belong to the next day."""
    return "{:02d}:{:02d}".format(*divmod(minute % DAY, 60))


def minute_here(span: Span, day: int, minute: int, *, there: str, here: str | None) -> int:
    """A wall-clock minute of another zone, as minutes since the midnight of ``day`` in the zone ``here``.

    Arrivals are typed as the station's clock shows them; kept in one zone they can be compared.
    Without an exact day the difference is that of the zones in mid-January. Raises NoSuchTime.
    """
    midnight = span.first_day or date(2001, 1, 15)
    dated = span if span.first_day else Span(zone=span.zone, starts_at=instant(midnight, time(12), span.zone))
    wall = dated.instant(day, minute, there).astimezone(shown_zone(here or span.zone)).replace(tzinfo=UTC)
    start = datetime.combine(midnight + timedelta(days=day), time(), UTC)
    return int((wall - start).total_seconds() // 60)
