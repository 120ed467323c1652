"""What stands on papers, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.events.rules import PersonRole
from app.kernel.texts import Texts
from app.network.rules import OrganisationType
from app.questions.rules import Asked
from app.search.rules import fold
from app.sheets.errors import NoSuchDay

FEWEST_BLANK_ROWS = 6
# of several parts that somebody has, the badge names the first
ROLES = (
    PersonRole.ORGANISER,
    PersonRole.HOST_CONTACT,
    PersonRole.MODERATOR,
    PersonRole.SPEAKER,
    PersonRole.INVITED_EXPERT,
    PersonRole.RAPPORTEUR,
    PersonRole.INTERPRETER,
    PersonRole.OBSERVER,
    PersonRole.PRESS,
    PersonRole.PARTICIPANT,
)


class Layout(StrEnum):
    """How badges lie on the sheet."""

    A4 = "a4"
    FOLDABLE = "foldable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who comes: with a confirmed place, along with somebody who has one, or with a part in the event."""

    given_name: str
    family_name: str
    organisation: str
    org_type: OrganisationType | None
    country_code: str
    region: Texts | None = None  # of an organisation that the network knows
    public_id: str = ""  # what the code for the door says; empty for who has no registration
    email_key: str = ""
    role: PersonRole = PersonRole.PARTICIPANT
    group: str = ""
    with_whom: str = ""  # of a companion without a name: who brings them

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many want the same."""

    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often each answer to a question was given: sizes rising, choices as the question offers them."""

    question: Asked
    counts: tuple[tuple[Any, int], ...]


def days_of(first: date, last: date) -> list[date]:
    """Every day of an event."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def day_of(days: Sequence[date], number: str) -> int:
    """The number of a day, counted from 1, as an address names it; raises NoSuchDay."""
    if not (number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= len(days)):
        raise NoSuchDay(days=len(days))
    return int(number)


def blank_rows(named: int) -> int:
    """How many rows a signature sheet keeps for those who walk in: one in ten, and a few in any case."""
    return max(FEWEST_BLANK_ROWS, -(-named // 10))


def is_local(country_code: str, event_country: str | None) -> bool | None:
    """Whether somebody comes from the country of the event; None for an event without one."""
    return None if event_country is None else country_code == event_country


def in_order(people: Iterable[Attendee]) -> list[Attendee]:
    """By family name and given name, accents aside: as one looks for a name at a table."""
    return sorted(people, key=lambda one: (fold(one.family_name), fold(one.given_name), one.public_id))


def first_role(roles: Iterable[PersonRole]) -> PersonRole:
    """What a badge calls somebody with these parts."""
    return min(roles, key=ROLES.index, default=PersonRole.PARTICIPANT)


def totals(wishes: Iterable[str | None]) -> list[Total]:
    """What the kitchen must know: equal words counted together, the most first; never who wrote them."""
    written = [" ".join(wish.split()) for wish in wishes if wish and wish.strip()]
    counts = Counter(wish.casefold() for wish in written)
    spelled = {wish.casefold(): wish for wish in reversed(written)}
    return [
        Total(words=spelled[key], count=count)
        for key, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def tally(question: Asked, answers: Iterable[Any]) -> Tally:
    """Count answers that are a number, a choice or several; what is not there any more stands last."""
    counts = Counter(one for answer in answers for one in (answer if isinstance(answer, list) else [answer]))
    offered = [choice.code for choice in question.choices]
    rank = {code: number for number, code in enumerate(offered)}

    def key(value: Any) -> tuple[float, str]:
        return (float(value), "") if isinstance(value, (int, float)) else (rank.get(value, len(rank)), str(value))

    return Tally(question=question, counts=tuple((value, counts[value]) for value in sorted(counts, key=key)))
