"""How a practice is taken up by an organisation, as one table, and when it is asked how far it has come."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.transfers.errors import NoSuchMove


class Uptake(StrEnum):
    """How far an organisation is with a practice of another."""

    INTERESTED = "uptake_interested"
    ADAPTING = "uptake_adapting"
    PILOTING = "uptake_piloting"
    ADOPTED = "uptake_adopted"
    GIVEN_UP = "uptake_given_up"


OPEN = frozenset({Uptake.INTERESTED, Uptake.ADAPTING, Uptake.PILOTING})

# piloting may lead back to adapting, and so does a tap on adopted that was too early; who gave up may begin again
MOVES: dict[Uptake, tuple[Uptake, ...]] = {
    Uptake.INTERESTED: (Uptake.ADAPTING, Uptake.PILOTING, Uptake.ADOPTED, Uptake.GIVEN_UP),
    Uptake.ADAPTING: (Uptake.PILOTING, Uptake.ADOPTED, Uptake.GIVEN_UP),
    Uptake.PILOTING: (Uptake.ADAPTING, Uptake.ADOPTED, Uptake.GIVEN_UP),
    Uptake.ADOPTED: (Uptake.ADAPTING, Uptake.PILOTING, Uptake.GIVEN_UP),
    Uptake.GIVEN_UP: (Uptake.INTERESTED,),
}
ASKED_AFTER = (3, 6, 12)  # months since the interest was declared


@dataclass(frozen=True, slots=True)
class Asking:
    """A follow-up that is due: its number from one, and after how many months it is."""

    number: int
    months: int


def check_move(before: Uptake, after: Uptake) -> None:
    """Raises NoSuchMove."""
    if after not in MOVES[before]:
        raise NoSuchMove(before=before, after=after)


def asking_due(state: Uptake, since: datetime, asked: int, now: datetime) -> Asking | None:
    """The follow-up that is due now: the latest whose day has come, unless it was asked; none in a closed state."""
    come = sum(months_later(since, months) <= now for months in ASKED_AFTER)
    return Asking(come, ASKED_AFTER[come - 1]) if state in OPEN and come > asked else None


def months_later(at: datetime, months: int) -> datetime:
    """The same day of a later month, or that month's last."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))
