"""What pages show of the seats of an event, and of its day and place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.events.presenters import When, when_of, where_line
from app.kernel.date_words import clock_time, day_words, local_day
from app.kernel.dates import DatePrecision
from app.registration import queries, rules
from app.registration.queries import ShownSeats
from app.registration.rules import Seats, Share, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsView:
    """Seats and what one can do about them now; instants in UTC. ``in_pool``: free, and not kept by a quota."""

    capacity: int | None
    confirmed: int
    offered: int
    waiting: int
    in_pool: int | None
    state: Window
    opens_at: datetime | None
    closes_at: datetime

    @property
    def free(self) -> int | None:
        """Seats for whoever comes next; None without a limit, none while others wait."""
        return 0 if self.waiting and self.in_pool is not None else self.in_pool

    @property
    def next_number(self) -> int:
        return self.waiting + 1

    @property
    def can_register(self) -> bool:
        return self.state in {Window.OPEN, Window.WAITLIST}

    @property
    def are_on_offer(self) -> bool:
        """Whether the number of places and the deadline mean something to a visitor."""
        return self.can_register or self.state in {Window.NOT_YET_OPEN, Window.CLOSED, Window.FULL}


@dataclass(frozen=True, slots=True)
class EventFacts:
    """When and where, as the box beside a form and a mail say it."""

    when: When
    where: str
    has_exact_day: bool


def facts_of(event: Event) -> EventFacts:
    """In the language in force; needs the event's venue with its country."""
    venue = event.venue
    return EventFacts(
        when_of(event.starts_at, event.ends_at, event.timezone, event.date_precision),
        where_line(
            event.format,
            venue.name if venue else None,
            venue.city if venue else None,
            venue.country.name if venue else None,
        ),
        event.date_precision is DatePrecision.DAY,
    )


def seats_of(event: Event, now: datetime, *, is_invited: bool = False) -> SeatsView:
    """The seats of one event, from the counts kept for display."""
    shown = queries.shown_seats([event.id])[event.id]
    return view_of(
        shown,
        status=event.status,
        audience=event.audience,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_invited=is_invited,
        now=now,
    )


def view_of(
    shown: ShownSeats,
    *,
    status: str,
    audience: str,
    starts_at: datetime,
    ends_at: datetime,
    is_invited: bool = False,
    now: datetime,
) -> SeatsView:
    """The same for an event of which only columns are at hand."""
    door = rules.Door(
        status=status,
        audience=audience,
        opens_at=shown.opens_at,
        closes_at=shown.closes_at,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    seats = Seats(
        capacity=shown.capacity,
        taken=shown.confirmed + shown.offered,
        waiting=shown.waiting,
        has_waitlist=shown.has_waitlist,
        shares=(Share(id=0, size=shown.kept),),
    )
    return SeatsView(
        capacity=shown.capacity,
        confirmed=shown.confirmed,
        offered=shown.offered,
        waiting=shown.waiting,
        in_pool=seats.in_pool,
        state=rules.window(door, seats, now, is_invited=is_invited),
        opens_at=door.opens_at,
        closes_at=door.deadline,
    )


def moment_words(instant: datetime, event: Event) -> str:
    """A day and a time on the clocks of the event."""
    return f"{day_words(local_day(instant, event.timezone))}, {clock_time(instant, event.timezone)}"
