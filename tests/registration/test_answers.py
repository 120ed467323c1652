"""Forms that follow up: who is asked, until when, who is reminded, and when answers go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.kernel.db import db
from app.mail.models import Message
from app.network.actors import SYSTEM
from app.questions import answered as keepers
from app.questions import queries as questions_of
from app.questions import services as questions
from app.questions.errors import ChoiceFull
from app.questions.rules import Kind, Purpose
from app.registration import letters, links, queries, work
from app.registration.errors import FormClosed, WrongPlace
from app.registration.inputs import Application, GivenAnswer
from app.registration.models import Answer, Registration
from app.registration.rules import FormState, Place, form_state
from app.registration.services import answering, joining
from tests.builders import NOW, make_event
from tests.forms import send
from tests.registration.asking import ask, question
from tests.registration.helpers import join, person
from tests.registration.test_own_page import join as join_today
from tests.registration.test_own_page import own, row

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("opens", "closes", "is_done", "expected"),
    [
        (None, None, False, FormState.TO_DO),
        (NOW + HOUR, None, False, FormState.SOON),
        (NOW, NOW + HOUR, False, FormState.TO_DO),
        (None, NOW, False, FormState.MISSED),
        (None, NOW, True, FormState.DONE),
    ],
)
def test_where_somebody_stands_with_a_form(
    opens: datetime | None, closes: datetime | None, is_done: bool, expected: FormState
) -> None:
    assert form_state(opens, closes, is_done=is_done, now=NOW) is expected


def follow_up(event: Event, **changes: Any) -> tuple[int, list[int]]:
    return ask(event, question(label="Number of your passport", required=True), purpose=Purpose.FOLLOW_UP, **changes)


def answer(registration: Registration, form_id: int, question_id: int, value: Any = "X1", now: datetime = NOW) -> None:
    answering.answer(registration.id, form_id=form_id, answers={question_id: GivenAnswer(value, 1)}, now=now)


def test_only_the_confirmed_are_asked_afterwards(client: FlaskClient, database: Session) -> None:
    """demand 18: the form that follows up is for those with a place, and for nobody else."""
    event = make_event(capacity=1, starts_at=datetime.now(UTC) + 10 * DAY)
    form_id, (passport,) = follow_up(event)
    ada, waits = join_today(event.id, "ada"), join_today(event.id, "max")
    assert f"/forms/{form_id}" in client.get(own(ada)).text
    assert "passport" not in client.get(f"/events/{event.slug}/register").text
    assert f"/forms/{form_id}" not in client.get(own(waits)).text
    assert client.get(f"{own(waits)}/forms/{form_id}").status_code == 409
    page = f"{own(ada)}/forms/{form_id}"
    assert 'data-form="to_do"' in client.get(page).text
    assert send(client, page, {}).status_code == 422
    assert send(client, page, {f"q_{passport}": "X1"}).status_code == 303
    assert 'data-form="done"' in client.get(own(ada)).text
    assert 'value="X1"' in client.get(page).text


def test_a_form_of_another_event_or_purpose_is_not_there(client: FlaskClient, database: Session) -> None:
    soon = datetime.now(UTC) + 10 * DAY
    event, other = make_event(starts_at=soon), make_event(starts_at=soon)
    ada = join_today(event.id, "ada")
    foreign, _ = follow_up(other)
    joining_form, _ = ask(event, question())
    for form_id in (foreign, joining_form, 999_999):
        assert client.get(f"{own(ada)}/forms/{form_id}").status_code == 404


def test_after_the_deadline_nothing_is_taken(database: Session) -> None:
    event = make_event()
    form_id, (passport,) = follow_up(event, closes_at=NOW + HOUR)
    ada = join(event.id, "ada")
    answer(ada, form_id, passport, now=NOW)
    answer(ada, form_id, passport, "X2", now=NOW)
    with pytest.raises(FormClosed):
        answer(ada, form_id, passport, "X3", now=NOW + HOUR)
    assert [one.value for one in db.session.scalars(select(Answer))] == ["X2"]


def test_who_gave_the_place_back_answers_no_more(database: Session) -> None:
    event = make_event()
    form_id, (passport,) = follow_up(event)
    ada = join(event.id, "ada")
    row(ada.id).place = Place.WITHDRAWN
    db.session.commit()
    with pytest.raises(WrongPlace):
        answer(ada, form_id, passport)


def test_limited_choices_count_companions_and_not_those_who_left(database: Session) -> None:
    """demand 19: a bus of three takes two with a companion each only once."""
    event = make_event(policy={"most_companions": 1})
    form_id, (bus,) = ask(event, question(Kind.CHOICE, "Transport"), purpose=Purpose.FOLLOW_UP)
    ids = []
    for name in ("ada", "max"):
        one = join(event.id, name)
        row(one.id).seats = 2
        db.session.commit()
        ids.append(one.id)
    chosen = {bus: GivenAnswer("bus", 1)}
    answering.answer(ids[0], form_id=form_id, answers=chosen, now=NOW)
    answering.answer(ids[0], form_id=form_id, answers=chosen, now=NOW)  # one's own seats are no obstacle
    with pytest.raises(ChoiceFull):
        answering.answer(ids[1], form_id=form_id, answers=chosen, now=NOW)
    row(ids[0]).place = Place.WITHDRAWN
    db.session.commit()
    answering.answer(ids[1], form_id=form_id, answers=chosen, now=NOW)


def test_limited_choices_are_counted_among_those_who_come_at_once(database: Session) -> None:
    event = make_event(policy={"most_companions": 1})
    form_id, (bus,) = ask(event, question(Kind.CHOICE, "Transport"))
    asked = questions_of.form(event.id, form_id).asked

    def comes(name: str, *companions: str) -> Application:
        return Application(
            person=person(name),
            form_key=f"form-of-{name}-{'x' * 12}",
            companions=companions,
            answers={bus: GivenAnswer("bus", 1)},
            limited=tuple(asked),
        )

    outcomes = joining.admit(event.id, [comes("ada", "Max"), comes("eva", "Lea"), comes("ivo"), comes("una")], now=NOW)
    assert [type(one) for one in outcomes] == [Registration, ChoiceFull, Registration, ChoiceFull]


def reminded() -> list[str]:
    found = db.session.scalars(
        select(Message.recipient).where(Message.name == "registration_form_reminder").order_by(Message.id)
    )
    return list(found)


def test_the_silent_are_reminded_once_before_the_deadline(database: Session) -> None:
    """demand 18: who has not answered is written to, who has is not."""
    event = make_event()
    form_id, (passport,) = follow_up(event, closes_at=NOW + 5 * DAY, remind_days_before=2)
    ada, silent = join(event.id, "ada"), join(event.id, "max")
    answer(ada, form_id, passport)
    work.remind_of_forms(NOW + 2 * DAY)
    assert reminded() == []
    for later in (3 * DAY, 4 * DAY):
        work.remind_of_forms(NOW + later)
    assert reminded() == [silent.email]
    work.remind_of_forms(NOW + 6 * DAY)
    assert reminded() == [silent.email]


def test_a_reminder_that_waited_too_long_says_nothing(database: Session) -> None:
    soon = datetime.now(UTC) + DAY
    event = make_event(starts_at=soon + DAY)
    form_id, (passport,) = follow_up(event, closes_at=soon, remind_days_before=2)
    ada = join_today(event.id, "ada")
    about = {"registration_id": ada.id, "form_id": form_id}
    worded = letters.form_reminder(about, "en")
    assert worded
    assert worded.values["form_link"] == f"{links.url(row(ada.id))}/forms/{form_id}"
    answer(ada, form_id, passport, now=datetime.now(UTC))
    assert letters.form_reminder(about, "en") is None


def test_answers_go_on_the_day_that_was_promised(database: Session) -> None:
    event = make_event()
    form_id, (passport, stays) = ask(
        event, question(erased_after_days=7), question(label="Table"), purpose=Purpose.FOLLOW_UP
    )
    ada = join(event.id, "ada")
    both = {passport: GivenAnswer("X1", 1), stays: GivenAnswer("3", 1)}
    answering.answer(ada.id, form_id=form_id, answers=both, now=NOW)
    assert answering.erase_answers(now=event.ends_at + 6 * DAY) == 0
    assert answering.erase_answers(now=event.ends_at + 7 * DAY) == 1
    assert answering.erase_answers(now=event.ends_at + 8 * DAY) == 0
    kept = {one: kept.value for one, kept in queries.answers_of(ada.id).items()}
    assert kept == {passport: None, stays: "3"}
    assert row(ada.id).form_digest == ""


def test_a_question_with_answers_is_known_to_have_them(database: Session) -> None:
    event = make_event()
    form_id, (bus, empty) = ask(
        event, question(Kind.CHOICE, "Transport"), question(label="Table"), purpose=Purpose.FOLLOW_UP
    )
    ada = join(event.id, "ada")
    answer(ada, form_id, bus, "own")
    assert keepers.answered([bus, empty]) == {bus: frozenset({"own"})}
    assert questions.retire_question(event_id=event.id, question_id=bus, actor=SYSTEM, now=NOW)
