"""What an organiser decides about how places are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Promotion(StrEnum):
    """Who starts the moving up when a seat comes free."""

    AUTOMATIC = "automatic"
    BY_HAND = "by_hand"


class GroupRule(StrEnum):
    """What happens when only a part of a group fits.

    ``PART``: the queue is strict; the members of a group move up one by one, and nobody passes anybody.
    ``SKIP``: a group moves up together or not at all; while it does not fit, whoever fits passes it.
    """

    PART = "part"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How places are given at one event. ``offer_hours`` None: who moves up has the seat without being asked."""

    needs_approval: bool = False
    verifies_address: bool = False
    promotion: Promotion = Promotion.AUTOMATIC
    offer_hours: int | None = None
    group_rule: GroupRule = GroupRule.PART
    most_companions: int = 0
    invited_skip_approval: bool = True


def offer_deadline(policy: Policy, *, closes_at: datetime, now: datetime) -> datetime | None:
    """Until when an offer made now stands: its lifetime or the closing, the earlier. None: none can be made."""
    if policy.offer_hours is None:
        return None
    deadline = min(now + timedelta(hours=policy.offer_hours), closes_at)
    return deadline if deadline > now else None
