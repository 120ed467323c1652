"""One's own page: every place, and every way on from there."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.kernel.db import db
from app.mail.models import Message
from app.materials.models import Material
from app.materials.rules import MaterialKind, Visibility
from app.network.actors import SYSTEM
from app.questions.rules import NOTHING, Kind, Purpose
from app.registration import letters, links, queries
from app.registration.errors import ChangesClosed, RegistrationNotFound
from app.registration.inputs import Correction, GivenAnswer, Heir, PersonInput
from app.registration.models import Registration, RegistrationChange
from app.registration.rules import ItemStanding, Place, Verb
from app.registration.services import deciding, handing_over, item_places, joining, keeping, leaving, offers
from tests.builders import make_event
from tests.forms import hidden_values, send
from tests.registration.asking import ask, question, table
from tests.registration.helpers import person
from tests.registration.test_views import TYPED, place_on

SOON = datetime.now(UTC) + timedelta(days=10)


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(starts_at=SOON, contact_email="office@filo.example")


def join(event_id: int, name: str, **changes: Any) -> Registration:
    """As today: pages look at the clock."""
    key = f"form-of-{name}-{'x' * 12}"
    return joining.join(event_id=event_id, person=person(name, **changes), form_key=key, now=datetime.now(UTC))


def own(registration: Registration) -> str:
    return f"/registrations/{links.token(registration)}"


def row(registration_id: int) -> Registration:
    return db.session.get_one(Registration, registration_id, populate_existing=True)


SAID = {
    Place.UNVERIFIED: "Open the link in that mail within two days",
    Place.PENDING: "The organiser looks at your request",
    Place.CONFIRMED: "Hand my place over",
    Place.WAITLISTED: "You are number 1 on the waiting list",
    Place.OFFERED: "Take the place",
    Place.OFFER_EXPIRED: "went to the next in the queue",
    Place.REJECTED: "office@filo.example",
    Place.WITHDRAWN: "If you change your mind",
    Place.CANCELLED_BY_ORGANISER: "Write to the organiser if this is a mistake",
}


@pytest.mark.parametrize("place", list(Place))
def test_every_place_says_what_it_means_and_what_to_do_next(client: FlaskClient, event: Event, place: Place) -> None:
    registration = row(join(event.id, "ada").id)
    registration.place = place
    registration.offer_expires_at = SOON if place is Place.OFFERED else None
    db.session.commit()
    page = client.get(own(registration))
    assert page.status_code == 200
    assert place_on(page.text) == place
    assert SAID[place] in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert ("Hand my place over" in page.text) is (place is Place.CONFIRMED)


def test_looking_at_the_mailed_link_proves_nothing_the_button_does(client: FlaskClient, database: Session) -> None:
    event = make_event(starts_at=SOON, policy={"verifies_address": True})
    registration = join(event.id, "ada")
    proof = links.proof_url(registration).partition("/registrations")[2]
    page = f"/registrations{proof}"
    assert client.get(page).status_code == 200
    assert row(registration.id).place is Place.UNVERIFIED
    assert send(client, page, {}).status_code == 303
    assert row(registration.id).place is Place.CONFIRMED
    assert "done already" in client.get(page).text


def test_the_page_after_joining_is_no_proof_of_the_address(client: FlaskClient, database: Session) -> None:
    event = make_event(starts_at=SOON, policy={"verifies_address": True})
    registration = join(event.id, "ada")
    page = own(registration)
    assert links.proof_url(registration).rpartition("/address")[0].rpartition("/")[2] not in client.get(page).text
    assert client.get(f"{page}/address").status_code == 404
    assert send(client, page, {}, to=f"{page}/address").status_code == 404


def offered() -> Registration:
    event = make_event(capacity=1, starts_at=SOON, policy={"offer_hours": 24})
    first, second = join(event.id, "ada"), join(event.id, "max")
    leaving.withdraw(first.id, now=datetime.now(UTC))
    return row(second.id)


@pytest.mark.parametrize(("tail", "place"), [("offer", "confirmed"), ("offer/refusal", "withdrawn")])
def test_an_offer_is_answered_in_one_tap(client: FlaskClient, database: Session, tail: str, place: str) -> None:
    registration = offered()
    page = own(registration)
    html = client.get(page).text
    assert html.count("<button") >= 2
    assert f'action="{page}/{tail}"' in html
    assert send(client, page, {}, to=f"{page}/{tail}").status_code == 303
    assert place_on(client.get(page).text) == place


def test_an_answer_that_comes_too_late_is_told_so(client: FlaskClient, database: Session) -> None:
    registration = offered()
    page = own(registration)
    seen = hidden_values(client.get(page).text)
    offers.expire(registration.id, now=datetime.now(UTC) + timedelta(hours=25))
    assert client.post(f"{page}/offer", data=seen).status_code == 303
    after = client.get(page).text
    assert "This offer is over" in after
    assert place_on(after) == "offer_expired"


def test_tables_are_changed_and_what_is_left_goes_to_the_next(client: FlaskClient, event: Event) -> None:
    one, other = table(event, "Agrifood", capacity=1), table(event, "Energy", start=700, end=760)
    ada, max_ = join(event.id, "ada"), join(event.id, "max")
    now = datetime.now(UTC)
    for registration in (ada, max_):
        item_places.choose(registration.id, item_ids=[one], now=now)
    answer = send(client, f"{own(ada)}/tables", {"items": str(other)})
    assert answer.status_code == 303
    assert list(queries.standings_of(max_.id).values()) == [ItemStanding.SEATED]
    told = db.session.scalars(select(Message).where(Message.name == "registration_items_changed")).all()
    assert [(one.recipient, one.context["why"]) for one in told] == [("max@company.example", "given")]
    assert "Energy" in client.get(own(ada)).text


def test_who_waits_for_a_table_reads_the_own_number_on_the_page_in_the_choice_and_in_the_mail(
    client: FlaskClient, event: Event
) -> None:
    one = table(event, "Agrifood", capacity=1)
    ids = [join(event.id, name).id for name in ("ada", "max", "lea")]
    for each in ids:
        item_places.choose(each, item_ids=[one], now=datetime.now(UTC))
    last = row(ids[-1])
    said = "waiting for a place, number 2 in the queue"
    assert said in client.get(own(last)).text
    assert said in client.get(f"{own(last)}/tables").text
    (line,) = letters.confirmed({"registration_id": last.id}, "en").values["tables"]
    assert said in line
    leaving.withdraw(ids[0], now=datetime.now(UTC))
    assert "waiting for a place, number 1 in the queue" in client.get(own(row(ids[-1]))).text


def test_companions_can_stay_at_home(client: FlaskClient, database: Session) -> None:
    """demand 19: the seats of those who stay at home go to the queue at once."""
    event = make_event(capacity=3, starts_at=SOON, policy={"most_companions": 2})
    now = datetime.now(UTC)
    ada = joining.join(event_id=event.id, person=person("ada"), form_key="k" * 20, now=now, companions=("Max", "Eva"))
    waits = join(event.id, "lea")
    assert waits.place is Place.WAITLISTED
    page = f"{own(ada)}/companions"
    assert "Max" in client.get(page).text
    assert send(client, page, {"companions": str(row(ada.id).companions[0].id)}).status_code == 303
    assert (row(ada.id).seats, row(waits.id).place) == (2, Place.CONFIRMED)


def test_names_of_companions_are_corrected_until_the_deadline(client: FlaskClient, database: Session) -> None:
    event = make_event(starts_at=SOON, policy={"most_companions": 2})
    now = datetime.now(UTC)
    ada = joining.join(event_id=event.id, person=person("ada"), form_key="k" * 20, now=now, companions=("Max", ""))
    first, second = (one.id for one in row(ada.id).companions)
    page, staying = f"{own(ada)}/companions", {"companions": [str(first), str(second)]}
    named = {f"name_{first}": "Max Muster", f"name_{second}": "Eva Esempio"}
    assert send(client, page, staying | named).status_code == 303  # type: ignore[arg-type]
    assert [one.name for one in row(ada.id).companions] == ["Max Muster", "Eva Esempio"]
    assert (row(ada.id).seats, row(ada.id).place) == (3, Place.CONFIRMED)
    queries.policy_of(event.id).changes_until = now - timedelta(minutes=1)
    db.session.commit()
    assert f"name_{first}" not in client.get(page).text
    with pytest.raises(ChangesClosed):
        leaving.bring_fewer(ada.id, companion_ids=[first], names={first: "Another"}, now=now)


def test_a_correction_that_a_hand_over_overtook_changes_nothing(client: FlaskClient, database: Session) -> None:
    event = make_event(starts_at=SOON, policy={"most_companions": 1})
    now = datetime.now(UTC)
    ada = joining.join(event_id=event.id, person=person("ada"), form_key="k" * 20, now=now, companions=("Max",))
    version, (companion,) = ada.link_version, (one.id for one in row(ada.id).companions)
    heir = Heir(given_name="Lea", family_name="Muster", email="lea@company.example", locale="de")
    handing_over.hand_over(ada.id, to=heir, now=now)
    typed = Correction(**{**person_values(person("ada")), "diet": "Nuts"})
    with pytest.raises(RegistrationNotFound):
        keeping.correct(ada.id, values=typed, link_version=version, now=now)
    with pytest.raises(RegistrationNotFound):
        leaving.bring_fewer(ada.id, companion_ids=[companion], names={companion: "Eva"}, link_version=version, now=now)
    assert (row(ada.id).given_name, row(ada.id).diet) == ("Lea", None)
    assert row(ada.id).companions[0].name == "Max"


def person_values(typed: PersonInput) -> dict[str, Any]:
    return {one.name: getattr(typed, one.name) for one in fields(Correction)}


HEIR = {
    "given_name": "Max",
    "family_name": "Muster",
    "email": "max@company.example",
    "locale": "de",
    "agreed": "y",
}


def test_a_place_goes_to_a_colleague_with_its_number_and_without_the_former_secrets(
    client: FlaskClient, event: Event
) -> None:
    _form, (badge, bus) = ask(event, question(), question(Kind.CHOICE, "Transport", purpose=NOTHING))
    ada = joining.join(
        event_id=event.id,
        person=person("ada", diet="vegan", message="Hello"),
        form_key="k" * 20,
        now=datetime.now(UTC),
        answers={badge: GivenAnswer("Ada", 1), bus: GivenAnswer("bus", 1)},
    )
    number, former_link = ada.number, own(ada)
    answer = send(client, f"{former_link}/hand-over", HEIR)
    assert answer.status_code == 200
    assert "Max Muster" in answer.text
    heir = row(ada.id)
    assert (heir.number, heir.place, heir.email, heir.locale) == (number, Place.CONFIRMED, HEIR["email"], "de")
    assert (heir.diet, heir.message, heir.form_digest) == (None, None, "")
    assert list(queries.answers_of(ada.id)) == [bus]
    assert client.get(former_link).status_code == 404
    assert client.get(own(heir)).status_code == 200
    change = db.session.scalars(select(RegistrationChange).order_by(RegistrationChange.id.desc())).first()
    assert change is not None
    assert change.verb is Verb.HAND_OVER


def test_both_learn_of_the_hand_over_and_their_calendars_too(client: FlaskClient, event: Event) -> None:
    ada = join(event.id, "ada")
    send(client, f"{own(ada)}/hand-over", HEIR)
    mails = {one.recipient: one for one in db.session.scalars(select(Message).order_by(Message.id))}
    former, heir = mails["ada@company.example"], mails["max@company.example"]
    assert (former.name, heir.name) == ("registration_handed_over", "registration_confirmed")
    cancel = letters.handed_over(former.context, "en")
    request = letters.confirmed(heir.context, "de")
    assert cancel
    assert request
    assert (cancel.method, request.method) == ("CANCEL", "REQUEST")
    assert b"mailto:ada@company.example" in (cancel.calendar or b"").replace(b"\r\n ", b"")
    assert b"mailto:ada@company.example" not in (request.calendar or b"").replace(b"\r\n ", b"")
    assert "link" not in cancel.values


def test_a_place_is_not_handed_to_somebody_who_holds_one(client: FlaskClient, event: Event) -> None:
    """demand 22: nobody holds two places by way of a hand-over."""
    ada, max_ = join(event.id, "ada"), join(event.id, "max")
    answer = send(client, f"{own(ada)}/hand-over", HEIR)
    assert answer.status_code == 409
    assert 'value="Muster"' in answer.text
    assert row(ada.id).email == "ada@company.example"
    assert row(max_.id).place is Place.CONFIRMED


def test_a_place_in_the_queue_is_not_handed_over(client: FlaskClient, database: Session) -> None:
    waits = join(make_event(capacity=0, starts_at=SOON).id, "ada")
    assert send(client, f"{own(waits)}/hand-over", HEIR).status_code == 409
    assert row(waits.id).email == "ada@company.example"


@pytest.mark.parametrize("tail", ["edit", "tables", "companions", "hand-over"])
def test_a_form_of_a_place_that_is_gone_leads_to_the_page_that_says_so(
    client: FlaskClient, event: Event, tail: str
) -> None:
    ada = join(event.id, "ada")
    leaving.withdraw(ada.id, now=datetime.now(UTC))
    led = client.get(f"{own(ada)}/{tail}")
    assert (led.status_code, led.location, led.headers["Cache-Control"]) == (303, own(ada), "no-store")


@pytest.mark.parametrize("tail", ["edit", "hand-over"])
def test_after_the_deadline_data_stays_as_it_is(client: FlaskClient, database: Session, tail: str) -> None:
    until = datetime.now(UTC) + timedelta(minutes=5)
    event = make_event(starts_at=SOON, policy={"changes_until": until})
    ada = join(event.id, "ada")
    page = f"{own(ada)}/{tail}"
    assert client.get(page).status_code == 200
    html = client.get(page).text
    queries.policy_of(event.id).changes_until = datetime.now(UTC) - timedelta(seconds=1)
    db.session.commit()
    refused = client.post(page, data=hidden_values(html) | TYPED | HEIR)
    assert refused.status_code == 409
    assert row(ada.id).given_name == "Ada"
    assert "The time to correct data is over" in client.get(own(ada)).text


def test_answers_given_when_joining_can_be_mended(client: FlaskClient, event: Event) -> None:
    _form, (badge,) = ask(event, question(required=True))
    ada = join(event.id, "ada")
    page = f"{own(ada)}/edit"
    assert send(client, page, TYPED).status_code == 422
    assert send(client, page, TYPED | {f"q_{badge}": "A."}).status_code == 303
    assert 'value="A."' in client.get(page).text


def test_everything_that_is_kept_about_me_is_one_file(client: FlaskClient, event: Event) -> None:
    _form, (badge,) = ask(event, question())
    ada = join(event.id, "ada", diet="vegan")
    send(client, f"{own(ada)}/edit", TYPED | {f"q_{badge}": "Ada!", "access": "step-free"})
    answer = client.get(f"{own(ada)}/data")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    data = json.loads(answer.data)
    assert data["person"]["access"] == "step-free"
    assert data["answers"][0]["answer"] == "Ada!"
    assert [one["what"] for one in data["changes"]] == ["join"]


def test_material_for_participants_opens_with_the_link_of_the_confirmed(client: FlaskClient, event: Event) -> None:
    ada = join(event.id, "ada")
    assert links.is_participant(links.token(ada), event.id)
    assert links.is_participant(links.reading(ada), event.id)
    assert client.get(f"/registrations/{links.reading(ada)}").status_code == 404  # whoever it is passed on to
    assert not links.is_participant(links.token(ada), event.id + 1)
    assert not links.is_participant(links.token(ada) + "x", event.id)
    material = Material(
        event_id=event.id,
        public_id="slides",
        kind=MaterialKind.SLIDES,
        title="Slides of the morning",
        language="en",
        url="https://slides.example/1",
        visibility=Visibility.PARTICIPANTS,
        created_at=datetime.now(UTC),
        position=0,
    )
    db.session.add(material)
    db.session.commit()
    assert "Slides of the morning" in client.get(own(ada)).text
    assert "Slides of the morning" not in client.get(f"/events/{event.slug}").text


def test_who_got_the_place_from_a_colleague_is_asked_for_the_privacy_notice_once(
    client: FlaskClient, event: Event
) -> None:
    ada = join(event.id, "ada")
    assert "I have read it" not in client.get(own(ada)).text
    heir = Heir(given_name="Lea", family_name="Muster", email="lea@company.example", locale="en")
    handing_over.hand_over(ada.id, to=heir, now=datetime.now(UTC))
    page = own(row(ada.id))
    assert "I have read it" in client.get(page).text
    assert json.loads(client.get(f"{page}/data").text)["registration"]["privacy_notice_accepted_at"] is None
    before = datetime.now(UTC)
    assert send(client, page, {}, to=f"{page}/privacy").status_code == 303
    assert row(ada.id).privacy_accepted_at >= before
    assert "I have read it" not in client.get(page).text


def test_who_was_rejected_may_ask_again(client: FlaskClient, database: Session) -> None:
    event = make_event(starts_at=SOON, policy={"needs_approval": True})
    first = join(event.id, "ada")
    deciding.reject([first.id], event_slug=event.slug, reason="Full", actor=SYSTEM, now=datetime.now(UTC))
    page = client.get(own(row(first.id))).text
    assert "you may ask again" in page
    assert f'href="/events/{event.slug}/register"' in page
    assert send(client, f"/events/{event.slug}/register", TYPED).status_code == 303
    places = [one.place for one in db.session.query(Registration).order_by(Registration.id)]
    assert places == [Place.REJECTED, Place.PENDING]


def test_the_mail_that_proves_an_address_is_sent_again_once_an_hour(client: FlaskClient, database: Session) -> None:
    event = make_event(starts_at=SOON, policy={"verifies_address": True})
    ada = join(event.id, "ada")
    for _twice in range(2):
        assert send(client, own(ada), {}, to=f"{own(ada)}/mail").status_code == 303
    names = [one.name for one in db.session.query(Message).order_by(Message.id)]
    assert names == ["registration_unverified", "registration_known"]


@pytest.mark.parametrize("page", ["edit", "tables", "companions", "hand-over", "forms"])
def test_a_page_that_was_open_before_the_place_was_given_back_says_what_happened(
    client: FlaskClient, event: Event, page: str
) -> None:
    form_id, (shoe,) = ask(event, question(label="Shoe size"), purpose=Purpose.FOLLOW_UP)
    table(event)
    ada = join(event.id, "ada")
    at = f"{own(ada)}/{page}/{form_id}" if page == "forms" else f"{own(ada)}/{page}"
    typed = hidden_values(client.get(at).text) | TYPED | {f"q_{shoe}": "42"}
    leaving.withdraw(ada.id, now=datetime.now(UTC))
    answer = client.post(at, data=typed)
    assert answer.status_code == 409
    assert "What you sent was not kept: your registration has changed" in answer.text
    assert place_on(answer.text) == Place.WITHDRAWN
    assert "Register once more" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_old_link_to_a_form_leads_to_where_the_registration_stands(client: FlaskClient, event: Event) -> None:
    form_id, _ids = ask(event, question(label="Shoe size"), purpose=Purpose.FOLLOW_UP)
    ada = join(event.id, "ada")
    leaving.withdraw(ada.id, now=datetime.now(UTC))
    answer = client.get(f"{own(ada)}/forms/{form_id}")
    assert answer.status_code == 409
    assert "only for those who have a place" in answer.text
    assert "You gave your place back" in answer.text
    assert client.post(f"{own(ada)}/withdrawal", data=hidden_values(answer.text)).status_code in (400, 409)


@pytest.mark.parametrize(
    ("place", "leave", "heading"),
    [
        (Place.CONFIRMED, leaving.withdraw, "You gave your place back"),
        (Place.WAITLISTED, leaving.withdraw, "You took your registration back"),
        (Place.PENDING, leaving.withdraw, "You took your registration back"),
        (Place.OFFERED, offers.decline, "You declined the place"),
        (Place.UNVERIFIED, leaving.lapse, "Your address was not confirmed in time"),
    ],
)
def test_whoever_left_reads_what_was_left(
    client: FlaskClient, event: Event, place: Place, leave: Any, heading: str
) -> None:
    ada = row(join(event.id, "ada").id)
    ada.place, ada.offer_expires_at = place, SOON if place is Place.OFFERED else None
    db.session.commit()
    leave(ada.id, now=datetime.now(UTC))
    page = client.get(own(ada)).text
    assert f"<h1>{heading}</h1>" in page
    assert "Register once more" in page
