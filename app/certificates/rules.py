"""Who gets a certificate of attendance, what its code looks like, and what became of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.certificates.errors import DoesNotTakePlace, LeastOutOfRange, ReasonMissing, TooEarly
from app.events.rules import Status
from app.kernel.texts import Texts

CODE_LENGTH = 16  # of an alphabet of 31: 79 bits
GROUP = 4
MOST_PARTS = 60
LONGEST_NAME = 50  # signs of a file's name that stand for a person: four bytes each still fit every disk
_DO_NOT_TAKE_PLACE = frozenset({Status.DRAFT, Status.POSTPONED, Status.CALLED_OFF})


class Standing(StrEnum):
    """What a certificate is worth to whoever checks it."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


class Measure(StrEnum):
    """What is counted for a certificate."""

    PARTS = "parts"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """What an organiser decides: at how many parts or for how many hours somebody was there, what the paper says."""

    measure: Measure = Measure.PARTS
    least: int = 1  # of what is measured
    says_hours: bool = False
    is_automatic: bool = False
    text: Texts = Texts()  # noqa: RUF009 (it never changes)
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Where somebody was: the lists that are parts of the event, and how many minutes these took together."""

    parts: frozenset[int]
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of a day of the event, in minutes since its midnight; days are counted from 1."""

    day: int
    start: int
    end: int


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


def entitled(attended: Mapping[int, Attended], rule: RuleInput) -> set[int]:
    """The registrations that were present at as many parts, or for as many hours, as are asked for."""
    if rule.measure is Measure.HOURS:
        return {person for person, one in attended.items() if one.parts and one.minutes >= 60 * rule.least}
    return {person for person, one in attended.items() if len(one.parts) >= rule.least}


def gone_by(periods: Iterable[Period], *, day: int, minute: int) -> list[Period]:
    """What of them is over at that minute of that day of the event; what is planned for later is no presence."""
    now = 24 * 60 * day + minute
    return [
        replace(one, end=min(one.end, now - 24 * 60 * one.day))
        for one in periods
        if 24 * 60 * one.day + one.start < now
    ]


def minutes_together(periods: Iterable[Period]) -> int:
    """How long they take; what two of them cover is counted once, so that no note makes it less."""
    total, day, until = 0, 0, 0
    for one in sorted(periods, key=lambda period: (period.day, period.start)):
        if one.day != day:
            day, until = one.day, 0
        total += max(0, one.end - max(one.start, until))
        until = max(until, one.end)
    return total


def file_names(names: Sequence[str], *, before: str) -> list[str]:
    """A name for the PDF of each person that every system takes: no two alike, whatever their capitals."""
    taken: set[str] = set()
    return [_free_name(f"{before} {_plain_name(name)}".strip(), taken) for name in names]


def _plain_name(name: str) -> str:
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in unicodedata.normalize("NFC", name))
    return " ".join("".join(kept).split())[:LONGEST_NAME].strip()


def _free_name(name: str, taken: set[str]) -> str:
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(found.casefold())
    return f"{found}.pdf"


def check_rule(values: RuleInput) -> None:
    """Raises LeastOutOfRange."""
    if not 1 <= values.least <= MOST_PARTS:
        raise LeastOutOfRange(field="least", most=MOST_PARTS)


def check_event(status: Status, *, ends_at: datetime, now: datetime) -> None:
    """Certificates tell of what was, so the event is over; raises DoesNotTakePlace or TooEarly."""
    if status in _DO_NOT_TAKE_PLACE:
        raise DoesNotTakePlace
    if now < ends_at:
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
