"""What a newcomer gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.registration import errors
from app.registration.rules.places import Place
from app.registration.rules.policy import Policy
from app.registration.rules.seats import Seats
from app.registration.rules.window import Door, Window, window

_REFUSALS: Mapping[Window, type[errors.NotRegistrable]] = {
    Window.NOT_YET_OPEN: errors.NotYetOpen,
    Window.CLOSED: errors.RegistrationClosed,
    Window.CALLED_OFF: errors.EventCalledOff,
    Window.POSTPONED: errors.EventPostponed,
    Window.PAST: errors.EventPast,
    Window.BY_INVITATION: errors.ByInvitation,
    Window.INTERNAL: errors.InternalEvent,
    Window.NOT_PUBLISHED: errors.NotPublished,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A place, and the quota whose seats it uses; None means the common pool."""

    place: Place
    quota_id: int | None = None


def admit(
    door: Door,
    seats: Seats,
    policy: Policy,
    *,
    claim: int | None = None,
    wanted: int = 1,
    together: int = 0,
    is_invited: bool = False,
    skips_approval: bool = False,
    is_verified: bool = False,
    now: datetime,
) -> Decision:
    """Decide what somebody who registers gets; raises the refusal that the window stands for.

    Who is neither verified nor approved holds no seat; the seat is looked for when that is done.
    """
    found = window(door, seats, now, is_invited=is_invited)
    if refusal := _REFUSALS.get(found):
        raise refusal(opens_at=door.opens_at, closed_at=door.deadline)
    decision = seat_for(seats, claim=claim, wanted=wanted, together=together)
    if policy.verifies_address and not is_verified:
        return Decision(Place.UNVERIFIED)
    if policy.needs_approval and not skips_approval:
        return Decision(Place.PENDING)
    return decision


def check_not_called_off(door: Door) -> None:
    """Nothing is decided by hand any more about places that nobody will take; raises EventCalledOff."""
    if door.status == "called_off":
        raise errors.EventCalledOff


def check_takes_place(door: Door, now: datetime) -> None:
    """Nobody is let in any more where the event is over or does not take place; raises EventCalledOff or EventPast."""
    check_not_called_off(door)
    if now >= door.ends_at or door.status in {"held", "archived"}:
        raise errors.EventPast


def seat_for(
    seats: Seats, *, claim: int | None = None, wanted: int = 1, together: int = 0, others_wait: bool = False
) -> Decision:
    """A seat of one's quota, else one of the pool, else a place in the queue, which nobody overtakes.

    ``together``: so many seats must be there, for those who come with somebody, or none is given; ``claim`` is then
    theirs, see Parties. ``others_wait``: those whom one came with are in the queue already, and are joined there.
    Raises EventFull where no queue is kept, and TooManyTogether for more than there are seats at all.
    """
    if seats.capacity is not None and wanted > max(seats.capacity, 1):
        raise errors.TooManyTogether(capacity=seats.capacity)
    needed = max(wanted, together)
    share = None if others_wait else seats.share(claim)
    if share and not share.waiting and seats.fits(needed, claim):
        return Decision(Place.CONFIRMED, claim)
    if not others_wait and (seats.capacity is None or not seats.waiting) and seats.fits(needed, None):
        return Decision(Place.CONFIRMED)
    if seats.has_waitlist:
        return Decision(Place.WAITLISTED)
    raise errors.EventFull(capacity=seats.capacity)
