"""Forms that follow up, as the one who is asked sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.events.models import Event
from app.questions import queries as questions
from app.questions.models import QuestionForm
from app.questions.rules import Purpose, complete, is_open
from app.registration import queries
from app.registration.models import Registration
from app.registration.presenters.seats import moment_words
from app.registration.rules import FormState, form_state


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """``until`` and ``opens`` are empty where there is no bound."""

    form: QuestionForm
    state: FormState
    is_open: bool
    opens: str
    until: str


def follow_ups_of(registration: Registration, event: Event, now: datetime) -> list[FollowUp]:
    """The forms of an event that are put to those with a place, in their order."""
    forms = [one for one in questions.forms_of(event.id, Purpose.FOLLOW_UP) if one.asked]
    if not forms:
        return []
    given = {one: row.value for one, row in queries.answers_of(registration.id).items() if row.erased_at is None}
    return [follow_up(form, event, given, now) for form in forms]


def follow_up(form: QuestionForm, event: Event, given: Mapping[int, Any], now: datetime) -> FollowUp:
    """One form, and what somebody answered by the question's id."""
    is_done = any(one.id in given for one in form.asked) and not complete(form.asked, given)
    return FollowUp(
        form=form,
        state=form_state(form.opens_at, form.closes_at, is_done=is_done, now=now),
        is_open=is_open(form.opens_at, form.closes_at, now),
        opens=moment_words(form.opens_at, event) if form.opens_at else "",
        until=moment_words(form.closes_at, event) if form.closes_at else "",
    )
