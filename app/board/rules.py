"""Offers and requests: how long they stand, who answers, and how much may be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.board.errors import BadExpiry, PostClosed

USUALLY_OPEN = timedelta(days=90)
LONGEST_OPEN = timedelta(days=365)
REMINDED_BEFORE = timedelta(days=7)
KEPT_CONTACT = timedelta(days=30)  # what was relayed is erased after that
A_DAY = timedelta(days=1)
MOST_POSTS_A_DAY = 10  # of one account
MOST_REPLIES_A_DAY = 30
MOST_CONTACTS_A_DAY = 10  # of one account
MOST_CONTACTS_TO_POST = 30  # in a day, of all


class PostKind(StrEnum):
    OFFER = "offer"
    REQUEST = "request"


class PostState(StrEnum):
    """What a reader sees; that it expired is reckoned from the date."""

    OPEN = "open"
    EXPIRED = "expired"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    """Which posts a list shows. Empty means all; every part narrows. ``past``: closed and expired ones."""

    kind: str | None = None
    sector: str | None = None
    group: str | None = None
    country: str | None = None
    q: str | None = None
    past: str | None = None

    def parts(self) -> dict[str, str]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def state_of(expires_on: date, *, is_closed: bool, today: date) -> PostState:
    """A post stands to the end of the day on which it expires, in UTC."""
    if is_closed:
        return PostState.CLOSED
    return PostState.EXPIRED if today > expires_on else PostState.OPEN


def check_expiry(expires_on: date, today: date) -> None:
    """Raises BadExpiry for a day that is past or more than a year away."""
    if not today <= expires_on <= today + LONGEST_OPEN:
        raise BadExpiry(field="expires_on", most=LONGEST_OPEN.days)


def check_open(state: PostState) -> None:
    """Raises PostClosed."""
    if state is not PostState.OPEN:
        raise PostClosed


def reminder_due(expires_on: date, today: date) -> bool:
    """A week before it expires, and not once it has."""
    return today <= expires_on <= today + REMINDED_BEFORE
