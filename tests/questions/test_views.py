"""The organiser's pages of questions."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.events.models import Event
from app.kernel.db import db
from app.questions import queries
from app.questions.rules import Kind, Purpose, Readers
from tests.builders import make_event, make_organisation
from tests.forms import send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager


@pytest.fixture
def event(client: FlaskClient) -> Event:
    organiser = make_organisation("Organiser")
    sign_in_manager(client, organiser, "organiser@filo.example")
    return make_event("Visit", organiser=organiser, slug="visit")


BASE = "/manage/events/visit/questions"
FORM = {"purpose": "follow_up", "title_en": "Before the visit", "title_de": "Vor dem Besuch"}
QUESTION = {
    "kind": "choice",
    "label_en": "Size",
    "purpose_en": "To order coats",
    "readers": "organisers_and_host",
    "erased_after_days": "7",
    "choices-0-label_en": "Small",
    "choices-1-label_en": "Large",
    "choices-1-seats": "3",
    "choices-2-label_en": "",
}


def make_form(client: FlaskClient, event: Event) -> int:
    assert send(client, f"{BASE}/new", FORM).status_code == 303
    db.session.expire_all()
    return queries.forms_of(event.id)[-1].id


def test_an_organiser_asks_from_an_empty_page_to_a_preview(client: FlaskClient, event: Event) -> None:
    """demand 4"""
    assert "Nothing is asked besides" in client.get(BASE).text
    form_id = make_form(client, event)
    assert send(client, BASE, {"ready": "identity"}, to=f"{BASE}/{form_id}/ready").status_code == 303
    assert send(client, f"{BASE}/{form_id}/add", QUESTION).status_code == 303
    page = client.get(BASE).text
    assert page.index("Number of the document") < page.index("Nationality") < page.index("Size")
    asked = queries.form(event.id, form_id).asked[-1]
    assert (asked.kind, asked.readers, asked.erased_after_days) == (Kind.CHOICE, Readers.ORGANISERS_AND_HOST, 7)
    assert [(choice.code, choice.seats) for choice in asked.choices] == [("small", None), ("large", 3)]
    german = client.get(f"{BASE}/{form_id}/preview?in=de").text
    assert "Vor dem Besuch" in german
    assert "Nummer des Ausweises" in german
    assert '<div class="form" lang="de"' in german
    assert "Back to the questions" in german  # the page around it stays in the organiser's language


def test_what_cannot_be_kept_is_said_beside_the_field_and_what_was_typed_stays(
    client: FlaskClient, event: Event
) -> None:
    form_id = make_form(client, event)
    wrong = {"kind": "text", "label_en": "Your telephone", "readers": "organisers"}
    answer = send(client, f"{BASE}/{form_id}/add", wrong)
    assert answer.status_code == 422
    assert "Say what it is asked for" in answer.text
    assert "Your telephone" in answer.text
    for page, values in (
        (f"{BASE}/new", FORM | {"remind_days_before": "3"}),
        (f"{BASE}/new", FORM | {"purpose": "nothing"}),
        (f"{BASE}/{form_id}", FORM | {"title_en": "", "title_de": ""}),
        (f"{BASE}/{form_id}/add", QUESTION | {"choices-1-label_en": ""}),
        (f"{BASE}/{form_id}/add", QUESTION | {"kind": "rating"}),
        (f"{BASE}/{form_id}/add", QUESTION | {"erased_after_days": "-1"}),
    ):
        answer = send(client, page, values)
        assert (answer.status_code, 'class="error"' in answer.text) == (422, True), (page, values)


def test_a_page_of_yesterday_does_not_overwrite_what_was_saved_since(client: FlaskClient, event: Event) -> None:
    form_id = make_form(client, event)
    assert send(client, f"{BASE}/{form_id}", FORM | {"title_en": "First"}).status_code == 303
    answer = send(client, f"{BASE}/{form_id}", FORM | {"title_en": "Second", "revision": "1"})
    assert answer.status_code == 409
    assert "Somebody else has saved this" in answer.text
    assert "Second" in answer.text


def test_a_question_is_edited_moved_and_removed(client: FlaskClient, event: Event) -> None:
    form_id = make_form(client, event)
    send(client, BASE, {"ready": "identity"}, to=f"{BASE}/{form_id}/ready")
    db.session.expire_all()
    kind, number, country = queries.form(event.id, form_id).asked
    page = client.get(f"{BASE}/items/{kind.id}").text
    assert 'value="identity_card"' in page
    send(client, BASE, {"direction": "down"}, to=f"{BASE}/items/{kind.id}/place")
    send(client, BASE, {}, to=f"{BASE}/items/{number.id}/retirement")
    db.session.expire_all()
    assert [one.id for one in queries.form(event.id, form_id).asked] == [kind.id, country.id]
    assert send(client, BASE, {}, to=f"{BASE}/{form_id}/removal").status_code == 303
    db.session.expire_all()
    assert not queries.forms_of(event.id)


def test_a_list_of_many_questions_needs_no_more_queries(client: FlaskClient, event: Event) -> None:
    counts = []
    for _ in range(2):
        form_id = make_form(client, event)
        send(client, BASE, {"ready": "travel_days"}, to=f"{BASE}/{form_id}/ready")
        db.session.expire_all()
        with counted_queries() as statements:
            client.get(BASE)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_strangers_find_nothing_to_ask(client: FlaskClient, event: Event) -> None:
    form_id = make_form(client, event)
    sign_in_manager(client, make_organisation("Other"), "other@filo.example")
    for path in ("", "/new", f"/{form_id}", f"/{form_id}/add", f"/{form_id}/preview"):
        assert client.get(f"{BASE}{path}").status_code == 403, path
    assert queries.forms_of(event.id)[0].purpose is Purpose.FOLLOW_UP
