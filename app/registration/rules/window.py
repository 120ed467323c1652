"""When and for whom registration is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.registration import errors
from app.registration.rules.seats import Seats


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


def window(door: Door, seats: Seats, now: datetime, *, is_invited: bool = False) -> Window:
    """What somebody who wants to register finds now; the questions in the order in which a clerk asks them."""
    by_status = {"draft": Window.NOT_PUBLISHED, "called_off": Window.CALLED_OFF, "postponed": Window.POSTPONED}
    if found := by_status.get(door.status):
        return found
    if now >= door.ends_at or door.status in {"held", "archived"}:
        return Window.PAST
    if door.audience == "internal":
        return Window.INTERNAL
    if door.audience == "invited" and not is_invited:
        return Window.BY_INVITATION
    if door.opens_at and now < door.opens_at and not is_invited:
        return Window.NOT_YET_OPEN
    if now >= door.deadline:
        return Window.CLOSED
    if seats.is_free:
        return Window.OPEN
    return Window.WAITLIST if seats.has_waitlist else Window.FULL


def changes_deadline(changes_until: datetime | None, starts_at: datetime) -> datetime:
    """Until when people mend their data and hand places over: as the organiser says, else until the event starts."""
    return changes_until or starts_at


def asks_privacy(accepted_at: datetime, handed_over_at: datetime | None) -> bool:
    """Whether the privacy notice was accepted by the one who had the place before, and not yet by who has it now."""
    return handed_over_at is not None and accepted_at <= handed_over_at


def check_changes(deadline: datetime, now: datetime) -> None:
    """Raises ChangesClosed once the deadline is over; the deadline itself is too late."""
    if now >= deadline:
        raise errors.ChangesClosed(until=deadline)
