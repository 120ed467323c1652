"""What a mail in the inbox may be; each room that understands a kind of mail registers a recogniser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail that arrived. Who it says that it is from proves nothing. ``now`` is when it was read, in UTC."""

    mail: EmailMessage
    now: datetime


Recogniser = Callable[[Arrival], bool]
_recognisers: dict[str, Recogniser] = {}


def recognises(name: str) -> Callable[[Recogniser], Recogniser]:
    """Register a recogniser: it says whether the mail was of its kind, and has dealt with it then.

    It runs inside a transaction and only writes rows; it is asked once for each mail, whatever else happens.
    """

    def register(recogniser: Recogniser) -> Recogniser:
        _recognisers[name] = recogniser
        return recogniser

    return register


def recognisers() -> list[tuple[str, Recogniser]]:
    """All of them, in the order of their registration."""
    return list(_recognisers.items())
