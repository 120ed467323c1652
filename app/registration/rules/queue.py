"""Who moves up, in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.registration.rules.policy import GroupRule, Policy
from app.registration.rules.seats import Seats
from app.registration.rules.window import Door


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in the queue: how many seats are wanted, from which quota one may draw, with whom one came."""

    id: int
    seats: int = 1
    claim: int | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Up:
    """Somebody who moves up, and the quota whose seats are used; None means the common pool."""

    id: int
    quota_id: int | None


@dataclass(frozen=True, slots=True)
class _Unit:
    """What moves up together."""

    members: tuple[Waiting, ...]

    @property
    def seats(self) -> int:
        return sum(member.seats for member in self.members)

    @property
    def claim(self) -> int | None:
        claims = {member.claim for member in self.members}
        return claims.pop() if len(claims) == 1 else None


def moves_up(door: Door, policy: Policy, deadline: datetime | None, now: datetime) -> bool:
    """Whether seats are given to the queue at all: not for an event that is over or does not take place.

    Where people are asked first, none is once there is no time left to answer (``deadline`` None).
    """
    if door.status in {"called_off", "held", "archived"} or now >= door.ends_at:
        return False
    return policy.offer_hours is None or deadline is not None


def moving_up(
    seats: Seats, queue: Sequence[Waiting], *, rule: GroupRule = GroupRule.PART, most: int | None = None
) -> list[Up]:
    """Who gets a seat now; ``queue`` is in its order. ``most`` bounds how many, at the end of a group.

    Inside a quota its own queue goes first; then the common pool goes to the whole queue. Under either rule
    nobody who would fit is passed by somebody behind with the same claim.
    """
    units = list(_units(queue, rule))
    ups: list[Up] = []
    gone: set[int] = set()
    for quota_id in [*(share.id for share in seats.shares if not share.is_released), None]:
        for place, unit in enumerate(units):
            if place in gone or (quota_id is not None and unit.claim != quota_id):
                continue
            if most is not None and len(ups) >= most:
                return ups
            if not seats.fits(unit.seats, quota_id):
                if rule is GroupRule.SKIP:
                    continue
                break
            seats = seats.with_taken(unit.seats, quota_id)
            gone.add(place)
            ups += [Up(member.id, quota_id) for member in unit.members]
    return ups


class Parties:
    """What those who come together need, so that none gets a seat without the others; ``PART``: all come alone."""

    def __init__(self, rule: GroupRule, members: Iterable[tuple[str | None, int, int | None]]) -> None:
        """``members``: party, seats and claim of each who is decided about."""
        self._left: Counter[str] = Counter()
        self._claims: dict[str, set[int | None]] = {}
        for party, seats, claim in members if rule is GroupRule.SKIP else ():
            if party is not None:
                self._left[party] += seats
                self._claims.setdefault(party, set()).add(claim)

    def needed(self, party: str | None, seats: int) -> int:
        """The seats that must be there: one's own, and of those who are still to come."""
        return max(seats, self._left[party]) if party is not None else seats

    def claim(self, party: str | None, own: int | None) -> int | None:
        """From which quota they may draw together: none where their claims differ."""
        claims = self._claims.get(party, {own}) if party is not None else {own}
        return next(iter(claims)) if len(claims) == 1 else None

    def settled(self, party: str | None, seats: int) -> None:
        """One of them is decided about, other than by want of seats: the others come without waiting for this one."""
        if party is not None:
            self._left[party] -= seats


def _units(queue: Sequence[Waiting], rule: GroupRule) -> Iterator[_Unit]:
    """Under ``SKIP`` those of one party stand together where the first of them stands."""
    if rule is GroupRule.PART:
        yield from (_Unit((one,)) for one in queue)
        return
    first: dict[str, int] = {}
    for place, one in enumerate(queue):
        first.setdefault(one.party or f"alone:{one.id}", place)
    together = sorted(queue, key=lambda one: first[one.party or f"alone:{one.id}"])
    for _, members in groupby(together, key=lambda one: one.party or f"alone:{one.id}"):
        yield _Unit(tuple(members))
