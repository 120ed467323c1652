"""Why a calendar may be wrong, in the words of its reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.fetches.models import CalendarFetch
from app.fetches.phrases import ANSWERED, FAILED, OUTCOMES, REFUSED
from app.fetches.rules import TRAITS, Advice, Family, Seen, advice, last_success, up_to_date_since
from app.kernel.date_words import clock_time, local_day, short_day
from app.kernel.phrases import say


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow:
    """One fetch; ``when`` in words, ``outcome`` of the status, ``asked`` an address at which there is nothing."""

    at: datetime
    when: str
    status: int
    outcome: str
    program: str
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramCard:
    """What there is to say of one program."""

    name: str
    advice: tuple[str, ...]
    traits: tuple[str, ...]
    is_well: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """All about one calendar. ``changed`` says when it last changed, in words, or is empty."""

    changed: str
    programs: tuple[ProgramCard, ...]
    rows: tuple[FetchRow, ...]
    never: str


def diagnosis(
    fetches: Sequence[CalendarFetch],
    newest_at: datetime | None,
    now: datetime,
    *,
    zone: str = "UTC",
    may_renew: bool = False,
) -> Diagnosis:
    """Advice on every program that fetched, those of the newest fetches first; times on the clocks of ``zone``."""
    families: dict[Family, list[Seen]] = {}
    for one in fetches:
        families.setdefault(one.family, []).append(Seen(one.at, one.status))
    cards = []
    for family, seen in families.items():
        codes = advice(family, seen, newest_at, now, may_renew=may_renew)
        last = up_to_date_since(seen, newest_at) or last_success(seen)
        cards.append(_card(family, codes, moment(last, zone) if last else ""))
    return Diagnosis(
        changed=moment(newest_at, zone) if newest_at else "",
        programs=tuple(cards),
        rows=rows_of(fetches, zone=zone),
        never="" if fetches else say(Advice.NEVER_FETCHED),
    )


def rows_of(fetches: Sequence[CalendarFetch], *, zone: str = "UTC") -> tuple[FetchRow, ...]:
    """Fetches as rows of a table."""
    return tuple(
        FetchRow(
            at=one.at,
            when=moment(one.at, zone),
            status=one.status,
            outcome=_outcome(one.status),
            program=f"{say(one.family)} {one.version}".rstrip(),
            asked=one.asked,
        )
        for one in fetches
    )


def moment(at: datetime, zone: str) -> str:
    """``18 Mar 2027, 12:03``, with the zone where it is not the reader's own."""
    words = {"day": short_day(local_day(at, zone)), "time": clock_time(at, zone)}
    return str(_("%(day)s, %(time)s UTC", **words)) if zone == "UTC" else str(_("%(day)s, %(time)s", **words))


def _card(family: Family, codes: Sequence[Advice], last: str) -> ProgramCard:
    return ProgramCard(
        name=say(family),
        advice=tuple(say(code, last=last) for code in codes),
        traits=tuple(say(trait) for trait in TRAITS.get(family, ())),
        is_well=codes[0] is Advice.HAS_NEWEST,
    )


def _outcome(status: int) -> str:
    if status in OUTCOMES:
        return str(OUTCOMES[status])
    if status >= 500:
        return str(FAILED)
    return str(REFUSED if status >= 400 else ANSWERED)
