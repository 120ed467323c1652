"""What becomes of what a host says, who is reminded, and when names may be seen."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum

from app.agenda.inputs import HouseTerms
from app.visits.errors import NamesDueOutOfRange

REMIND_BEFORE = timedelta(days=3)
ANSWERS_AFTER = timedelta(days=14)  # after the visit: the page says thank you, later nothing
LONGEST_NOTICE = 365


class HostState(StrEnum):
    """Where a stop stands with its host; ``NOT_ASKED`` is never stored."""

    NOT_ASKED = "host_not_asked"
    ASKED = "host_asked"
    CONFIRMED = "host_confirmed"  # as it was planned
    CHANGED = "host_changed"  # with something otherwise
    DECLINED = "host_declined"


ANSWERED = frozenset({HostState.CONFIRMED, HostState.CHANGED, HostState.DECLINED})


def differences(planned: HouseTerms, said: HouseTerms) -> tuple[str, ...]:
    """The names of what the host says otherwise than it was planned."""
    return tuple(one.name for one in fields(planned) if getattr(planned, one.name) != getattr(said, one.name))


def applied(planned: HouseTerms, said: HouseTerms) -> HouseTerms:
    """What holds at once: the house decides about itself. Only more people than planned wait for the organiser.

    A smaller group is safe for everybody and the plan is warned at once; a larger one may not be wanted.
    """
    wants_more = planned.group_limit is not None and (
        said.group_limit is None or said.group_limit > planned.group_limit
    )
    return replace(said, group_limit=planned.group_limit) if wants_more else said


def days_before(stop_day: date | None, names_due: date | None) -> int | None:
    """The day until which names are needed, as days before the stop; raises NamesDueOutOfRange."""
    if names_due is None or stop_day is None:
        return None
    days = (stop_day - names_due).days
    if not 0 <= days <= LONGEST_NOTICE:
        raise NamesDueOutOfRange(field="names_due_on")
    return days


def is_due(names_due: date | None, *, needs_names: bool, today: date, stop_day: date | None) -> bool:
    """Whether a host sees names: from the day on which they are needed until the day of the stop is over.

    A host who named no day sees them on the day of the stop itself.
    """
    if not needs_names or stop_day is None:
        return False
    return (names_due or stop_day) <= today <= stop_day


def is_to_remind(*, due_on: date, asked_on: date, today: date) -> bool:
    """Whether a silent host is reminded: from three days before the deadline on, but never on the day of asking."""
    return asked_on < today <= due_on and today >= due_on - REMIND_BEFORE
