"""What organisers decide about people: approving many at once, the queue by hand, and what they see of it."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.kernel.texts import Texts
from app.mail.models import AddressState, BounceKind, Message
from app.network.actors import SYSTEM
from app.questions import services as questions
from app.questions.rules import FormInput, Kind, Purpose, QuestionInput
from app.registration import queries
from app.registration.inputs import GivenAnswer
from app.registration.models import Registration
from app.registration.rules import Place, Promotion
from app.registration.services import joining, leaving
from tests.builders import make_event, make_organisation
from tests.forms import hidden_values, send
from tests.query_counter import counted_queries
from tests.registration.helpers import person
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def organiser(client: FlaskClient, database: Session) -> Any:
    found = make_organisation("Own")
    sign_in_manager(client, found, "ada@filo.example")
    return found


def an_event(organiser: Any, **changes: Any) -> Event:
    return make_event(organiser=organiser, **{"starts_at": NOW + timedelta(days=10)} | changes)


def enter(event: Event, name: str, **more: Any) -> Registration:
    return joining.join(event_id=event.id, person=person(name), form_key=f"form-of-{name}-{'x' * 12}", now=NOW, **more)


def decide(client: FlaskClient, event: Event, decision: str, *people: Registration, **values: str) -> Any:
    page = f"/manage/events/{event.slug}/participants"
    data = hidden_values(client.get(page).text) | {"action": decision, "person": [str(one.id) for one in people]}
    return client.post(f"{page}/decisions", data=data | values)


def place_of(registration: Registration, database: Session) -> Place:
    database.expire_all()
    return queries.registration(registration.id).place


def test_many_are_approved_at_once_and_join_the_queue_in_the_order_of_asking(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    """demand 24, demand 1"""
    event = an_event(organiser, capacity=2, policy={"needs_approval": True})
    people = [enter(event, name) for name in ("ada", "eva", "max", "uta")]
    assert queries.counts_by_place(event.id) == {Place.PENDING: 4}
    every = client.get(f"/manage/events/{event.slug}/participants?place=pending&chosen=all").text
    assert every.count(" checked>") == 4
    assert decide(client, event, "approve", *reversed(people)).status_code == 303
    assert [place_of(one, database) for one in people] == [Place.CONFIRMED] * 2 + [Place.WAITLISTED] * 2
    shown = client.get(f"/manage/events/{event.slug}/participants?place=waitlisted").text
    assert "number 1 in the queue" in shown
    assert "number 2 in the queue" in shown


def test_a_decision_about_many_is_for_all_or_for_none(client: FlaskClient, database: Session, organiser: Any) -> None:
    event = an_event(organiser, policy={"needs_approval": True})
    pending, confirmed = enter(event, "ada"), enter(event, "eva")
    assert decide(client, event, "approve", confirmed).status_code == 303
    answer = decide(client, event, "approve", pending, confirmed)
    assert answer.status_code == 409
    assert "Nobody was changed. Take the tick off" in answer.text
    assert place_of(pending, database) is Place.PENDING


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ("reject", "Only who has no place yet can be turned away"),
        ("put_forward", "Only who is on the waiting list can be put at its head."),
    ],
)
def test_whoever_stands_in_the_way_of_a_decision_is_named(
    client: FlaskClient, database: Session, organiser: Any, decision: str, sentence: str
) -> None:
    event = an_event(organiser, policy={"needs_approval": True})
    pending, confirmed = enter(event, "ada"), enter(event, "eva")
    decide(client, event, "approve", confirmed)
    answer = decide(client, event, decision, pending, confirmed, reason="Only for clusters")
    assert answer.status_code == 409
    name = f"{confirmed.given_name} {confirmed.family_name}"
    assert "Take the tick off" in answer.text
    assert f"{name} (Confirmed), then press the button again." in answer.text
    assert sentence in answer.text
    assert answer.text.count(" checked>") == 2
    assert "Only for clusters" in answer.text
    assert place_of(pending, database) is Place.PENDING


def test_on_somebodys_own_page_a_decision_that_does_not_fit_says_where_they_stand(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    event = an_event(organiser)
    one = enter(event, "ada")
    page = f"/manage/events/{event.slug}/participants/{one.id}"
    data = hidden_values(client.get(page).text) | {"action": "approve", "person": str(one.id)}
    answer = client.post(f"/manage/events/{event.slug}/participants/decisions?from={one.id}", data=data)
    assert answer.status_code == 409
    assert "(Confirmed). Only who waits for approval can be approved." in answer.text


def test_whoever_is_turned_away_reads_the_reason(client: FlaskClient, database: Session, organiser: Any) -> None:
    event = an_event(organiser, policy={"needs_approval": True})
    one = enter(event, "ada")
    assert decide(client, event, "reject", one, reason="Only for clusters").status_code == 303
    assert place_of(one, database) is Place.REJECTED
    assert queries.history(one.id)[-1].reason == "Only for clusters"
    names = database.scalars(select(Message.name).where(Message.recipient_key == one.email_key)).all()
    assert "registration_rejected" in names


@pytest.mark.parametrize(
    "values",
    [{"action": "promote"}, {"action": "put_forward", "reason": " "}, {"action": "fly", "reason": "x"}],
)
def test_what_passes_the_queue_needs_a_reason(
    client: FlaskClient, database: Session, organiser: Any, values: dict[str, str]
) -> None:
    event = an_event(organiser, capacity=1)
    enter(event, "ada")
    second = enter(event, "eva")
    assert decide(client, event, "", second, **values).status_code == 422
    assert place_of(second, database) is Place.WAITLISTED
    assert decide(client, event, "promote", second, reason="Speaker").status_code == 303
    assert place_of(second, database) is Place.CONFIRMED


def test_nobody_chosen_is_said_and_a_stranger_is_not_found(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    event, other = an_event(organiser), make_event("Other", organiser=organiser, starts_at=NOW + timedelta(days=11))
    enter(event, "ada")
    stranger = enter(other, "eva")
    assert "Choose at least one person." in decide(client, event, "remove").text
    assert decide(client, event, "remove", stranger).status_code == 404
    assert client.get(f"/manage/events/{event.slug}/participants/{stranger.id}").status_code == 404
    assert place_of(stranger, database) is Place.CONFIRMED


def test_the_queue_is_of_the_event_and_put_forward_is_logged_with_its_reason(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    """demand 12, demand 13"""
    event = an_event(organiser, capacity=1)
    first, second, third = (enter(event, name) for name in ("ada", "eva", "max"))
    assert decide(client, event, "put_forward", third, reason="Brings the case").status_code == 303
    leaving.withdraw(first.id, now=NOW)
    assert place_of(third, database) is Place.CONFIRMED
    assert place_of(second, database) is Place.WAITLISTED
    page = client.get(f"/manage/events/{event.slug}/participants/{third.id}").text
    for said in ("Put forward in the queue", "Brings the case", "Ada Esempio", "Moved up from the waiting list"):
        assert said in page


def test_by_hand_nobody_moves_up_before_the_organiser_says_how_many(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    """demand 1"""
    event = an_event(organiser, capacity=2, policy={"promotion": Promotion.BY_HAND, "offer_hours": 24})
    people = [enter(event, name) for name in ("ada", "eva", "max", "uta")]
    for one in people[:2]:
        leaving.withdraw(one.id, now=NOW)
    assert place_of(people[2], database) is Place.WAITLISTED
    page = f"/manage/events/{event.slug}/participants"
    assert "Let them move up" in client.get(page).text
    assert send(client, page, {"how_many": "1"}, to=f"{page}/rising").status_code == 303
    assert [place_of(one, database) for one in people[2:]] == [Place.OFFERED, Place.WAITLISTED]
    assert "until " in client.get(f"{page}?place=offered").text
    assert send(client, page, {"how_many": "0"}, to=f"{page}/rising").status_code == 422


def test_the_pending_are_a_sheet_with_their_state_and_their_answers(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    """demand 24, demand 22"""
    event = an_event(organiser, policy={"needs_approval": True, "most_companions": 2})
    form = questions.add_form(
        event_id=event.id, values=FormInput(purpose=Purpose.JOINING, title=Texts(en="More")), actor=SYSTEM, now=NOW
    )
    asked = QuestionInput(kind=Kind.TEXT, label=Texts(en="Shoe size"), purpose=Texts(en="Safety shoes"))
    question = questions.add_question(event_id=event.id, form_id=form, values=asked, actor=SYSTEM, now=NOW)
    enter(event, "ada", answers={question: GivenAnswer("=42", 1)}, companions=("Bo",))
    decide(client, event, "approve", enter(event, "eva"))
    sheet = client.get(f"/manage/events/{event.slug}/participants.csv?place=pending")
    assert "participants-" in sheet.headers["Content-Disposition"]
    lines = sheet.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    titles, cells = (line.split(",") for line in lines)
    row = dict(zip(titles, cells, strict=True))
    assert (row["State"], row["Given name"], row["Companions"], row["Places"], row["Shoe size"]) == (
        "Waiting for approval",
        "Ada",
        "Bo",
        "2",
        "'=42",
    )
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/manage/events/{event.slug}/participants.xlsx").data))
    assert [cell.value for cell in book.active[1]] == titles
    assert book.active.max_row == 3


def test_an_organiser_mends_the_address_and_who_is_there_now_is_written_to(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    event = an_event(organiser)
    known = make_organisation("Known")
    one, other = enter(event, "ada"), enter(event, "eva")
    page = f"/manage/events/{event.slug}/participants/{one.id}"
    typed = {
        "given_name": "Ada",
        "family_name": "Esempio",
        "email": "new@company.example",
        "organisation": "Known",
        "org_type": "company",
        "country": "IT",
        "organisation_id": str(known.id),
    }
    assert send(client, f"{page}/edit", typed | {"email": other.email}).status_code == 409
    assert send(client, f"{page}/edit", typed).status_code == 303
    database.expire_all()
    mended = queries.registration(one.id)
    assert (mended.email, mended.organisation_id, mended.link_version) == ("new@company.example", known.id, 1)
    assert database.scalars(select(Message.name).where(Message.recipient_key == "new@company.example")).all() == [
        "registration_confirmed"
    ]
    assert "Data changed by the organiser" in client.get(page).text


def test_the_list_marks_addresses_that_mail_does_not_reach(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    event = an_event(organiser)
    one = enter(event, "ada")
    database.add(AddressState(address_key=one.email_key, kind=BounceKind.HARD, bounced_at=NOW, diagnostic="5.1.1"))
    database.commit()
    assert "Mail does not arrive" in client.get(f"/manage/events/{event.slug}/participants").text


def test_the_list_asks_as_often_for_many_as_for_one(client: FlaskClient, database: Session, organiser: Any) -> None:
    event = an_event(organiser, capacity=2, policy={"most_companions": 1})
    counts = []
    for names in (("ada",), ("eva", "max", "uta", "leo", "pia")):
        for name in names:
            enter(event, name, companions=("Bo",) if name == "eva" else ())
        client.get(f"/manage/events/{event.slug}/participants")
        with counted_queries() as sent:
            client.get(f"/manage/events/{event.slug}/participants")
        counts.append(len(sent))
    assert counts[0] == counts[1], counts


def test_organisations_take_part_before_anybody_is_named_and_heads_are_not_evidenced(
    client: FlaskClient, database: Session, organiser: Any
) -> None:
    event = an_event(organiser)
    guest = make_organisation("Guest of honour")
    page = f"/manage/events/{event.slug}/participants"
    values = {"organisation_id": str(guest.id), "unnamed_heads": "12"}
    assert send(client, page, values, to=f"{page}/organisations").status_code == 303
    shown = client.get(page).text
    for said in ("Guest of honour", "12 people without a name", "not evidenced"):
        assert said in shown
    assert queries.counts_by_place(event.id) == {}
    assert send(client, page, values | {"unnamed_heads": "-1"}, to=f"{page}/organisations").status_code == 422
