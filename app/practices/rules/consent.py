"""Whether an author agrees to be named, which only the author says."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

CONSENT_VERSION = 1  # raised when the words of the consent change
ASKED_AGAIN_AFTER = timedelta(days=1)


class Consent(StrEnum):
    """What writers learn of an author's answer, and nothing more."""

    NOT_ASKED = "consent_not_asked"
    ASKED = "consent_asked"
    AGREED = "consent_agreed"
    DECLINED = "consent_declined"
    WITHDRAWN = "consent_withdrawn"


def consent_of(
    *,
    asked_at: datetime | None,
    agreed_at: datetime | None,
    declined_at: datetime | None,
    withdrawn_at: datetime | None,
) -> Consent:
    """The newest answer; a new one takes the old one's place, so at most one of no and withdrawal stands."""
    if withdrawn_at is not None:
        return Consent.WITHDRAWN
    if declined_at is not None:
        return Consent.DECLINED
    if agreed_at is not None:
        return Consent.AGREED
    return Consent.NOT_ASKED if asked_at is None else Consent.ASKED


def may_ask(asked_at: datetime | None, now: datetime) -> bool:
    """Nobody is written to more than once a day."""
    return asked_at is None or now - asked_at >= ASKED_AGAIN_AFTER
