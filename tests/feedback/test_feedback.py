"""From the link in the mail to the summary, with and without names."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.feedback import presenters, queries, services, work
from app.feedback.errors import AnsweredOnce, NotAsked, NotYetOpen, OverAlready
from app.feedback.models import FeedbackAnswer, FeedbackReply, FeedbackRespondent, FeedbackRound
from app.feedback.rules import FeedbackState
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.composing import composer_of
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.questions.answered import answered
from app.questions.errors import Missing
from app.questions.models import Question, QuestionForm
from app.questions.rules import Kind, Purpose
from app.registration import links
from app.registration.models import Registration
from app.registration.rules import Place
from tests.approving import check_approved
from tests.builders import make_event, make_organisation
from tests.certificates.helpers import check_list, note
from tests.forms import hidden_values
from tests.query_counter import counted_queries
from tests.sheets.helpers import seat
from tests.signing_in import sign_in_manager

PEOPLE = [(f"Given{number}", f"Family{number}") for number in range(8)]
DAY = timedelta(days=1)
REAL = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    """It ended three hours ago."""
    return make_event("Workshop", organiser=organiser, starts_at=REAL - timedelta(hours=7))


def make_form(event: Event, *, is_anonymous: bool, **changes: Any) -> QuestionForm:
    def ask(code: str, kind: Kind, **more: Any) -> Question:
        return Question(code=code, kind=kind, label=Texts(en=code), help=Texts(), purpose=Texts(), **more)

    form = QuestionForm(
        event_id=event.id,
        purpose=Purpose.FEEDBACK,
        title=Texts(en="How was it"),
        introduction=Texts(),
        is_anonymous=is_anonymous,
        questions=[ask("overall", Kind.RATING, required=True, position=0), ask("words", Kind.LONG_TEXT, position=1)],
        **changes,
    )
    db.session.add(form)
    db.session.commit()
    return form


def say(form: QuestionForm, registration_id: int, stars: int = 4, words: str | None = None, *, now: Any = REAL) -> None:
    overall, text = form.questions
    services.answer(registration_id, form_id=form.id, answers={overall.id: stars, text.id: words}, now=now)


def rows_of(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_each_person_answers_once(event: Event, is_anonymous: bool) -> None:
    form = make_form(event, is_anonymous=is_anonymous)
    first, second = seat(event, *PEOPLE[:2])
    say(form, first)
    with pytest.raises(AnsweredOnce):
        say(form, first, stars=1)
    say(form, second)
    assert rows_of(FeedbackReply) == 2


def test_an_anonymous_reply_holds_nothing_that_leads_to_a_person(event: Event) -> None:
    form = make_form(event, is_anonymous=True)
    (person,) = seat(event, PEOPLE[0])
    say(form, person, words="Honest words")
    reply = db.session.scalars(select(FeedbackReply)).one()
    assert (reply.registration_id, reply.answered_at) == (None, None)
    digest = db.session.scalars(select(FeedbackRespondent.digest)).one()
    assert reply.public_id not in digest
    services.seal_closed(now=REAL + timedelta(days=59))
    assert rows_of(FeedbackRespondent) == 1
    assert services.seal_closed(now=REAL + timedelta(days=61)) == 1
    row = db.session.get_one(FeedbackRound, form.id)
    assert (row.key, rows_of(FeedbackRespondent), rows_of(FeedbackReply)) == (None, 0, 1)
    form.closes_at = REAL + timedelta(days=90)  # opened again, nobody could be told from the others
    db.session.commit()
    with pytest.raises(OverAlready):
        say(form, person, now=REAL + timedelta(days=62))


def test_it_asks_those_with_a_place_after_the_event(event: Event) -> None:
    form = make_form(event, is_anonymous=False)
    (waiting,) = seat(event, PEOPLE[0], place=Place.WAITLISTED)
    (person,) = seat(event, PEOPLE[1])
    with pytest.raises(NotAsked):
        say(form, waiting)
    with pytest.raises(NotYetOpen):
        say(form, person, now=REAL - DAY)
    with pytest.raises(Missing):
        services.answer(person, form_id=form.id, answers={}, now=REAL)
    with pytest.raises(OverAlready):
        say(form, person, now=REAL + timedelta(days=61))


def test_or_only_those_who_were_there(event: Event) -> None:
    form = make_form(event, is_anonymous=True)
    there, away = seat(event, *PEOPLE[:2])
    note(check_list(event), there, at=REAL - timedelta(hours=5))
    services.ask_only_present(event_slug=event.slug, form_id=form.id, only_present=True, actor=SYSTEM, now=REAL)
    say(form, there)
    with pytest.raises(NotAsked):
        say(form, away)
    assert presenters.forms_of(event)[0].asked == 1


def test_demand_25_the_organiser_sees_who_has_not_answered_a_named_form(event: Event) -> None:
    named = make_form(event, is_anonymous=False)
    anonymous = make_form(event, is_anonymous=True, position=1)
    first, second = seat(event, *PEOPLE[:2])
    for form in (named, anonymous):
        say(form, first)
    shown = {one.id: one for one in presenters.forms_of(event)}
    assert [one.id for one in shown[named.id].silent or ()] == [second]
    assert shown[anonymous.id].silent is None
    assert (shown[anonymous.id].asked, shown[anonymous.id].replies) == (2, 1)


def test_the_silent_are_reminded_once_and_nobody_else(event: Event) -> None:
    form = make_form(event, is_anonymous=True, closes_at=REAL + 10 * DAY, remind_days_before=7)
    first, second = seat(event, *PEOPLE[:2])
    say(form, first)
    work.remind(REAL + 2 * DAY)
    assert rows_of(Message) == 0
    for _turn in range(2):
        work.remind(REAL + 4 * DAY)
    message = db.session.scalars(select(Message)).one()
    assert message.about == f"registration:{second}"
    letter = composer_of(services.REMINDER)(message.context, "en")
    assert letter
    assert letter.values["form_link"].endswith(f"/feedback/{form.id}")
    say(form, second)
    assert composer_of(services.REMINDER)(message.context, "en") is None


def test_the_reminder_says_what_was_approved(database: Session) -> None:
    event = make_event("Workshop", slug="workshop", starts_at=datetime(2024, 3, 13, 8, 30, tzinfo=UTC))
    form = make_form(event, is_anonymous=True, closes_at=datetime(2099, 3, 13, 17, tzinfo=UTC))
    (one,) = seat(event, ("Ada", "Esempio"))
    db.session.get_one(Registration, one).public_id = "abcdefghjkmnpqrstuvwxy"
    db.session.commit()
    context = {"registration_id": one, "form_id": form.id}
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=services.REMINDER, locale=locale, context=context), "http://filo.example")
        assert worded
        text = worded.text.replace(f"/feedback/{form.id}", "/feedback/1")
        check_approved(f"mails/{services.REMINDER}.{locale}", f"Subject: {worded.subject}\n\n{text}")


def test_the_link_shows_each_state_and_takes_one_answer(event: Event, client: FlaskClient) -> None:
    form = make_form(event, is_anonymous=True)
    form_id, overall, words = form.id, f"q_{form.questions[0].id}", f"q_{form.questions[1].id}"
    (person,) = seat(event, PEOPLE[0])
    (waiting,) = seat(event, PEOPLE[1], place=Place.WAITLISTED)
    token = links.token(db.session.get_one(Registration, person))
    other = links.token(db.session.get_one(Registration, waiting))
    page, url = f"/registrations/{token}/feedback/{form_id}", queries.feedback_url(person, REAL)
    assert url.endswith(page)
    shown = client.get(page)
    assert 'data-feedback="open"' in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    hidden = hidden_values(shown.text)
    wrong = client.post(page, data={**hidden, words: "typed"})
    assert wrong.status_code == 422
    assert "typed" in wrong.text
    sent = client.post(page, data={**hidden, overall: "5", words: "Good"})
    assert sent.status_code == 303
    assert 'data-feedback="answered"' in client.get(page).text
    again = client.post(page, data={**hidden, overall: "1"})
    assert again.status_code == 409
    assert 'data-feedback="answered"' in again.text
    assert 'data-feedback="not_asked"' in client.get(f"/registrations/{other}/feedback/{form_id}").text
    assert client.get(f"/registrations/{token}x/feedback/{form_id}").status_code == 404
    foreign = client.get(f"/registrations/{token}/feedback/999")
    assert (foreign.status_code, "Open your registration by the latest link" in foreign.text) == (404, True)
    assert queries.feedback_url(person, REAL) == ""


@pytest.mark.parametrize(("opens", "closes", "state"), [(1, 2, "not_yet"), (-2, -1, "closed")])
def test_before_and_after_the_window_the_page_says_when(
    event: Event, client: FlaskClient, opens: int, closes: int, state: str
) -> None:
    form = make_form(event, is_anonymous=False, opens_at=REAL + opens * DAY, closes_at=REAL + closes * DAY)
    (person,) = seat(event, PEOPLE[0])
    token = links.token(db.session.get_one(Registration, person))
    assert f'data-feedback="{state}"' in client.get(f"/registrations/{token}/feedback/{form.id}").text


@pytest.mark.parametrize(("replies", "is_shown"), [(4, False), (5, True)])
def test_the_summary_shows_no_anonymous_answer_below_five(
    event: Event, organiser: Organisation, client: FlaskClient, replies: int, is_shown: bool
) -> None:
    form = make_form(event, is_anonymous=True)
    for one in seat(event, *PEOPLE[:replies]):
        say(form, one, words="Secret thought")
    base, form_id = f"/manage/events/{event.slug}/feedback", form.id
    sign_in_manager(client, organiser, "ada@filo.example")
    page = client.get(base).text
    assert ("Secret thought" in page) is is_shown
    assert ('<svg class="chart"' in page) is is_shown
    assert "Family0" not in page
    for file in ("summary.csv", "replies.csv", "summary.xlsx", "replies.xlsx"):
        assert client.get(f"{base}/{form_id}/{file}").status_code == (200 if is_shown else 409)


def test_a_drawing_stands_beside_a_table_of_the_same(
    event: Event, organiser: Organisation, client: FlaskClient
) -> None:
    form = make_form(event, is_anonymous=False)
    people = seat(event, *PEOPLE[:4])
    for one, stars in zip(people, (5, 5, 4), strict=False):
        say(form, one, stars)
    slug = event.slug
    sign_in_manager(client, organiser, "ada@filo.example")
    page = client.get(f"/manage/events/{slug}/feedback").text
    assert page.count("<rect") == 5
    for said in ("mean 4.7", "67 %", "Family3"):
        assert said in page
    assert "style=" not in page


def test_demand_25_the_summary_is_exported_and_no_cell_is_a_formula(
    event: Event, organiser: Organisation, client: FlaskClient
) -> None:
    form = make_form(event, is_anonymous=False)
    (person,) = seat(event, ("=cmd|' /C calc'!A0", "Family"))
    say(form, person, words="=1+1")
    base = f"/manage/events/{event.slug}/feedback/{form.id}"
    sign_in_manager(client, organiser, "ada@filo.example")
    summary = client.get(f"{base}/summary.csv").text
    assert "overall,4 of 5,1,1,4" in summary
    assert "'=1+1" in summary
    assert "'=cmd" in client.get(f"{base}/replies.csv").text
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}/replies.xlsx").data))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}


def test_named_answers_are_erased_on_their_day(event: Event) -> None:
    form = make_form(event, is_anonymous=False)
    form.questions[1].erased_after_days = 7
    db.session.commit()
    (person,) = seat(event, PEOPLE[0])
    say(form, person, words="Personal")
    work.erase(REAL + 5 * DAY)
    assert rows_of(FeedbackAnswer) == 2
    work.erase(REAL + 9 * DAY)
    assert db.session.scalars(select(FeedbackAnswer.value)).all() == [4]


def test_questions_know_that_they_were_answered(event: Event) -> None:
    form = make_form(event, is_anonymous=False)
    ids = [question.id for question in form.questions]
    (person,) = seat(event, PEOPLE[0])
    say(form, person)
    assert set(answered(ids)) == {ids[0]}


def test_the_own_page_lists_what_can_be_answered(event: Event) -> None:
    make_form(event, is_anonymous=False)
    make_form(event, is_anonymous=True, opens_at=REAL + DAY, position=1)
    (person,) = seat(event, PEOPLE[0])
    shown = presenters.own_forms(db.session.get_one(Registration, person), REAL)
    assert [one.state for one in shown] == [FeedbackState.OPEN, FeedbackState.NOT_YET]


def test_the_summary_asks_as_often_for_many_as_for_few(
    event: Event, organiser: Organisation, client: FlaskClient
) -> None:
    form = make_form(event, is_anonymous=False)
    form_id, slug = form.id, event.slug
    sign_in_manager(client, organiser, "ada@filo.example")
    counts = []
    for people in (PEOPLE[:2], PEOPLE[2:]):
        found = db.session.get_one(QuestionForm, form_id)
        for one in seat(db.session.scalars(select(Event).where(Event.slug == slug)).one(), *people):
            say(found, one, words="Words")
        with counted_queries() as counted:
            assert client.get(f"/manage/events/{slug}/feedback").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
