"""Who gets a seat, who waits, and what a page may promise before its form is filled in."""

from __future__ import annotations

from app.registration.rules.follow_up import FormState, form_state
from app.registration.rules.items import ItemStanding, Slot, clash, who_fits
from app.registration.rules.places import (
    HOLDING,
    LIVE,
    TRANSITIONS,
    Origin,
    Place,
    Verb,
    fits,
    place_after,
)
from app.registration.rules.policy import GroupRule, Policy, Promotion, offer_deadline
from app.registration.rules.queue import Parties, Up, Waiting, moves_up, moving_up
from app.registration.rules.quotas import Claimant, QuotaKind, QuotaTarget, claim_of
from app.registration.rules.seating import Decision, admit, check_not_called_off, check_takes_place, seat_for
from app.registration.rules.seats import Seats, Share
from app.registration.rules.window import Door, Window, asks_privacy, changes_deadline, check_changes, window
from app.registration.rules.writing import A_DAY, MOST_MAILS_A_DAY, may_write_again

__all__ = [
    "A_DAY",
    "HOLDING",
    "LIVE",
    "MOST_MAILS_A_DAY",
    "TRANSITIONS",
    "Claimant",
    "Decision",
    "Door",
    "FormState",
    "GroupRule",
    "ItemStanding",
    "Origin",
    "Parties",
    "Place",
    "Policy",
    "Promotion",
    "QuotaKind",
    "QuotaTarget",
    "Seats",
    "Share",
    "Slot",
    "Up",
    "Verb",
    "Waiting",
    "Window",
    "admit",
    "asks_privacy",
    "changes_deadline",
    "check_changes",
    "check_not_called_off",
    "check_takes_place",
    "claim_of",
    "clash",
    "fits",
    "form_state",
    "may_write_again",
    "moves_up",
    "moving_up",
    "offer_deadline",
    "place_after",
    "seat_for",
    "who_fits",
    "window",
]
