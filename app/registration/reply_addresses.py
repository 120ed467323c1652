"""The address that calendars answer to: it says, signed, which registration of which person the answer is about.

It is the ORGANIZER of the entry that is mailed, and the same in every mail about a registration, so that calendars
find the entry again. Whoever gets the place from a colleague has another one, and the former person's is worth
nothing any more.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from typing import NamedTuple

from app.kernel.ids import signed_token

PURPOSE = "calendar-reply"
_DIGITS = 24  # of the signature: 96 bits, and the part before the @ stays below its 64 characters
_GREATEST = 2**31 - 1  # number of a registration; databases refuse to look for a greater one
_TOKEN = re.compile(r"\br(\d{1,10})-([0-9a-f]{24})\b", re.ASCII)


class Claim(NamedTuple):
    """A token that was found; it proves something once it is compared with the registration's person."""

    registration_id: int
    signature: str


def reply_address(base: str, registration_id: int, email_key: str, key: str) -> str:
    """``filo+r7-0123…@example.org`` out of ``filo@example.org``."""
    local, _, domain = base.rpartition("@")
    return f"{local}+r{registration_id}-{_signature(registration_id, email_key, key)}@{domain}"


def claims_in(texts: Iterable[str]) -> list[Claim]:
    """Every token in these texts, each once; servers may have changed their case."""
    found = (Claim(int(number), mac) for text in texts for number, mac in _TOKEN.findall(text.lower()))
    return list(dict.fromkeys(claim for claim in found if claim.registration_id <= _GREATEST))


def is_genuine(claim: Claim, email_key: str, key: str) -> bool:
    """Whether the token was made for this person with this key."""
    return hmac.compare_digest(_signature(claim.registration_id, email_key, key), claim.signature)


def _signature(registration_id: int, email_key: str, key: str) -> str:
    return signed_token(key, PURPOSE, f"{registration_id}:{email_key}", 1).rpartition(".")[2][:_DIGITS]
