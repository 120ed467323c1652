"""What a personal calendar holds, for how long, and what its secrets look like."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from enum import StrEnum

from app.agenda.rules import AgendaRole
from app.calendars.entries import EntryStatus
from app.events.rules import PersonRole
from app.registration.rules import Place

KEPT = timedelta(days=90)
"""How long what no longer concerns somebody stays as a cancelled entry, and what is over stays at all."""

REMEMBERED = timedelta(days=180)
"""How long it is known that an entry left, for those who ask what changed since; afterwards they fetch all."""

PROOF_LIFE = timedelta(minutes=30)
PROOFS_AN_HOUR = 5
MOST_CALENDARS = 20
LONGEST_LABEL = 80
REMINDERS = (15, 60, 24 * 60, 48 * 60)  # minutes before the start

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 7, 4
_BETWEEN = re.compile(r"[\s-]+")


class Part(StrEnum):
    """What somebody may want in their calendar."""

    PLACES = "places"
    TABLES = "tables"
    DUTIES = "duties"
    DEADLINES = "deadlines"


DUTIES = frozenset(
    {
        PersonRole.ORGANISER,
        PersonRole.MODERATOR,
        PersonRole.SPEAKER,
        PersonRole.INVITED_EXPERT,
        PersonRole.RAPPORTEUR,
        PersonRole.HOST_CONTACT,
        PersonRole.INTERPRETER,
    }
)
AGENDA_DUTIES = frozenset(AgendaRole)

_STATUS = {
    Place.PENDING: EntryStatus.TENTATIVE,
    Place.WAITLISTED: EntryStatus.TENTATIVE,
    Place.OFFERED: EntryStatus.TENTATIVE,
    Place.CONFIRMED: EntryStatus.CONFIRMED,
    Place.OFFER_EXPIRED: EntryStatus.CANCELLED,
    Place.REJECTED: EntryStatus.CANCELLED,
    Place.WITHDRAWN: EntryStatus.CANCELLED,
    Place.CANCELLED_BY_ORGANISER: EntryStatus.CANCELLED,
}


def status_of(place: Place) -> EntryStatus | None:
    """How a registration stands in its owner's calendar; not at all before its address proved itself."""
    return _STATUS.get(place)


def new_password() -> str:
    """An app password that can be typed on a phone: 138 bits, in groups, without letters that look alike."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def typed_password(text: str) -> str:
    """An app password as it was made, whatever blanks, dashes and capitals a person or a phone put in."""
    return _BETWEEN.sub("", text[:200]).casefold()
