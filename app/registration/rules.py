"""Who gets a seat, who waits, and what a page may promise before its form is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.registration import errors


class Place(StrEnum):
    """Where a registration stands."""

    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    WITHDRAWN = "withdrawn"
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser"


class Verb(StrEnum):
    """What moves a registration to another place."""

    JOIN = "join"
    ADD = "add"
    PROMOTE = "promote"
    PROMOTE_BY_HAND = "promote_by_hand"
    WITHDRAW = "withdraw"
    REMOVE = "remove"


class Window(StrEnum):
    """What somebody who wants to register finds."""

    OPEN = "open"
    WAITLIST = "waitlist"
    FULL = "full"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    POSTPONED = "postponed"
    PAST = "past"
    BY_INVITATION = "by_invitation"
    INTERNAL = "internal"
    NOT_PUBLISHED = "not_published"


LIVE = frozenset({Place.CONFIRMED, Place.WAITLISTED})
MOST_MAILS_A_DAY = 5
A_DAY = timedelta(days=1)

# verb → from where; every other cell of the table is refused
_FROM: Mapping[Verb, frozenset[Place]] = {
    Verb.PROMOTE: frozenset({Place.WAITLISTED}),
    Verb.PROMOTE_BY_HAND: frozenset({Place.WAITLISTED}),
    Verb.WITHDRAW: LIVE,
    Verb.REMOVE: LIVE,
}
_TO: Mapping[Verb, Place] = {
    Verb.PROMOTE: Place.CONFIRMED,
    Verb.PROMOTE_BY_HAND: Place.CONFIRMED,
    Verb.WITHDRAW: Place.WITHDRAWN,
    Verb.REMOVE: Place.CANCELLED_BY_ORGANISER,
}
_REFUSALS: Mapping[Window, type[errors.NotRegistrable]] = {
    Window.FULL: errors.EventFull,
    Window.NOT_YET_OPEN: errors.NotYetOpen,
    Window.CLOSED: errors.RegistrationClosed,
    Window.CALLED_OFF: errors.EventCalledOff,
    Window.POSTPONED: errors.EventPostponed,
    Window.PAST: errors.EventPast,
    Window.BY_INVITATION: errors.ByInvitation,
    Window.INTERNAL: errors.InternalEvent,
    Window.NOT_PUBLISHED: errors.NotPublished,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """What the rules may know about an event. ``capacity`` None means no limit."""

    capacity: int | None
    taken: int
    waiting: int
    has_waitlist: bool

    @property
    def unclaimed(self) -> int | None:
        """Seats that nobody sits on; None without a limit, never negative."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_free(self) -> bool:
        """Whether the next to come gets a seat: one is unclaimed and nobody in the queue has a better claim."""
        return self.unclaimed is None or (self.unclaimed > 0 and not self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """When and for whom registration is open. Instants in UTC; None of ``opens_at`` means from publication on."""

    status: str
    audience: str
    opens_at: datetime | None
    closes_at: datetime | None
    starts_at: datetime
    ends_at: datetime

    @property
    def deadline(self) -> datetime:
        """Registration ends when the organiser says, and at the latest when the event does."""
        return min(self.closes_at or self.starts_at, self.ends_at)


def window(door: Door, seats: Seats, now: datetime) -> Window:
    """What somebody who wants to register finds now; the questions in the order in which a clerk asks them."""
    by_status = {"draft": Window.NOT_PUBLISHED, "called_off": Window.CALLED_OFF, "postponed": Window.POSTPONED}
    by_audience = {"internal": Window.INTERNAL, "invited": Window.BY_INVITATION}
    if found := by_status.get(door.status):
        return found
    if now >= door.ends_at or door.status in {"held", "archived"}:
        return Window.PAST
    if found := by_audience.get(door.audience):
        return found
    if door.opens_at and now < door.opens_at:
        return Window.NOT_YET_OPEN
    if now >= door.deadline:
        return Window.CLOSED
    if seats.is_free:
        return Window.OPEN
    return Window.WAITLIST if seats.has_waitlist else Window.FULL


def place_for(door: Door, seats: Seats, now: datetime) -> Place:
    """Decide which place a newcomer gets; raises the refusal that the window stands for."""
    found = window(door, seats, now)
    if refusal := _REFUSALS.get(found):
        raise refusal(opens_at=door.opens_at, closed_at=door.deadline, capacity=seats.capacity)
    return Place.CONFIRMED if found is Window.OPEN else Place.WAITLISTED


def place_when_added(seats: Seats) -> Place:
    """Decide the place of somebody whom the organiser adds: no window, but the same seats. Raises EventFull."""
    if seats.is_free:
        return Place.CONFIRMED
    if seats.has_waitlist:
        return Place.WAITLISTED
    raise errors.EventFull(capacity=seats.capacity)


def place_after(verb: Verb, place: Place) -> Place:
    """The table of transitions for those who are in; raises WrongPlace for every cell that is not in it."""
    if place not in _FROM[verb]:
        raise errors.WrongPlace(verb=verb, place=place)
    return _TO[verb]


def moving_up(seats: Seats) -> int:
    """How many of the queue get a seat now: as many as are unclaimed. Lowered below the taken ones, nobody."""
    return seats.waiting if seats.unclaimed is None else min(seats.unclaimed, seats.waiting)


def may_write_again(written_today: int) -> bool:
    """Whether an address may get another mail that somebody unknown set off."""
    return written_today < MOST_MAILS_A_DAY
