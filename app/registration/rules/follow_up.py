"""Forms that are put afterwards, to those who are confirmed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class FormState(StrEnum):
    """Where somebody stands with a form."""

    SOON = "soon"
    TO_DO = "to_do"
    DONE = "done"
    MISSED = "missed"


def form_state(opens_at: datetime | None, closes_at: datetime | None, *, is_done: bool, now: datetime) -> FormState:
    """Done stays done when the deadline is over; the deadline itself is too late."""
    if is_done:
        return FormState.DONE
    if opens_at is not None and now < opens_at:
        return FormState.SOON
    return FormState.MISSED if closes_at is not None and now >= closes_at else FormState.TO_DO
