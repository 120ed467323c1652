"""Who gets a certificate of attendance, what its code looks like, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.certificates.errors import DoesNotTakePlace, LeastOutOfRange, ReasonMissing, TooEarly
from app.events.rules import Status
from app.kernel.texts import Texts

CODE_LENGTH = 16  # of an alphabet of 31: 79 bits
GROUP = 4
MOST_PARTS = 60
_DO_NOT_TAKE_PLACE = frozenset({Status.DRAFT, Status.POSTPONED, Status.CALLED_OFF})


class Standing(StrEnum):
    """What a certificate is worth to whoever checks it."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """What an organiser decides: at how many parts somebody was, what the paper says, who signs it."""

    least: int = 1
    is_automatic: bool = False
    text: Texts = Texts()  # noqa: RUF009 (it never changes)
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What a certificate says of a person; a later correction makes it another one."""

    name: str
    organisation: str


def standing(*, revoked_at: datetime | None, replaced_at: datetime | None) -> Standing:
    """A certificate that was replaced leads to the next one, also if it had been revoked before."""
    if replaced_at is not None:
        return Standing.REPLACED
    return Standing.VALID if revoked_at is None else Standing.REVOKED


def entitled(present: Mapping[int, Collection[int]], least: int) -> set[int]:
    """The registrations that were present at as many parts as are asked for."""
    return {registration_id for registration_id, parts in present.items() if len(set(parts)) >= least}


def check_rule(values: RuleInput) -> None:
    """Raises LeastOutOfRange."""
    if not 1 <= values.least <= MOST_PARTS:
        raise LeastOutOfRange(field="least", most=MOST_PARTS)


def check_event(status: Status, *, starts_at: datetime, now: datetime) -> None:
    """Certificates tell of what was; raises DoesNotTakePlace or TooEarly."""
    if status in _DO_NOT_TAKE_PLACE:
        raise DoesNotTakePlace
    if now < starts_at:
        raise TooEarly


def reason_given(reason: str) -> str:
    """Raises ReasonMissing."""
    if not (given := reason.strip()):
        raise ReasonMissing(field="reason")
    return given


def shown_code(code: str) -> str:
    """``ABCD-EFGH-JKMN-PQRS``: as people read it from paper."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP)).upper()


def typed_code(text: str) -> str:
    """The code that somebody typed from paper: hyphens, blanks and capitals do not matter."""
    return "".join(sign for sign in text.lower() if sign.isascii() and sign.isalnum())[: 2 * CODE_LENGTH]
