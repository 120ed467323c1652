"""Parts of the agenda with places of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from app.registration.rules.policy import GroupRule


class ItemStanding(StrEnum):
    """Where somebody stands with a part of the agenda: WANTED until the registration itself is confirmed."""

    WANTED = "wanted"
    SEATED = "seated"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class Slot:
    """When a part of the agenda is: minutes on one line, whatever the zones of the clocks."""

    item_id: int
    begins: int
    ends: int


class Sized(Protocol):
    """Somebody who comes alone or with companions."""

    @property
    def seats(self) -> int: ...


One = TypeVar("One", bound=Sized)


def who_fits(free: int, queue: Sequence[One], rule: GroupRule) -> list[One]:
    """Who of a queue, which is in its order, gets a place: under ``SKIP`` who does not fit is passed."""
    fitting = []
    for one in queue:
        if one.seats <= free:
            fitting.append(one)
            free -= one.seats
        elif rule is GroupRule.PART:
            break
    return fitting


def clash(slots: Sequence[Slot]) -> tuple[int, int] | None:
    """Two items that nobody can be at, because they overlap; back to back is fine. None: all can be attended."""
    in_order = sorted(slots, key=lambda slot: (slot.begins, slot.ends))
    return next(((one.item_id, other.item_id) for one, other in pairwise(in_order) if other.begins < one.ends), None)
