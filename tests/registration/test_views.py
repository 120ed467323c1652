from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Audience, Status
from app.registration import queries
from app.registration.models import Registration
from app.registration.rules import MOST_MAILS_A_DAY, Place
from tests.builders import make_event, make_organisation
from tests.forms import hidden_values, send
from tests.signing_in import sign_in_manager

SOON = datetime.now(UTC) + timedelta(days=10)
TYPED = {
    "given_name": "Ada",
    "family_name": "Esempio",
    "email": "ada@company.example",
    "organisation": "Company Example",
    "org_type": "company",
    "country": "IT",
    "diet": "",
    "access": "",
    "message": "",
    "privacy": "y",
}


@pytest.fixture
def event(database: Session) -> Event:
    return make_event(capacity=1, starts_at=SOON)


def register(client: FlaskClient, event: Event, **changes: str) -> Any:
    return send(client, f"/events/{event.slug}/register", TYPED | changes)


def place_on(html: str) -> str | None:
    found = re.search(r'<main[^>]*data-place="(\w+)"', html)
    return found[1] if found else None


def test_a_visitor_registers_and_the_next_one_waits(client: FlaskClient, event: Event) -> None:
    answer = register(client, event)
    assert answer.status_code == 303
    assert place_on(client.get(answer.location).text) == "confirmed"
    second = client.get(register(client, event, email="max@company.example").location)
    assert place_on(second.text) == "waitlisted"
    assert 'data-queue="1"' in second.text
    assert second.headers["Referrer-Policy"] == "no-referrer"
    assert second.headers["Cache-Control"] == "no-store"


def test_the_form_sent_twice_leads_to_the_same_page(client: FlaskClient, event: Event) -> None:
    page = f"/events/{event.slug}/register"
    values = TYPED | hidden_values(client.get(page).text)
    first, second = client.post(page, data=values), client.post(page, data=values)
    assert first.location == second.location


def test_a_known_address_is_written_to_and_learns_nothing_here(client: FlaskClient, event: Event) -> None:
    register(client, event)
    answer = register(client, event, given_name="Eve")
    assert answer.status_code == 409
    assert "registration.already_registered" in answer.text
    assert "/registrations/" not in answer.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("given_name", ""),
        ("given_name", "A\r\nBcc: x@x.example"),
        ("given_name", "nul\0"),
        ("given_name", "x" * 10_000),
        ("family_name", "abc\u202egnp.exe"),
        ("family_name", "<script>alert(1)</script>"),
        ("organisation", "=HYPERLINK(1)"),
        ("email", "ada@"),
        ("email", "ada@company.example\r\nBcc: x@x.example"),
        ("email", "<script>@x"),
        ("organisation", "  "),
        ("org_type", "emperor"),
        ("country", "Atlantis"),
        ("diet", "x" * 501),
    ],
)
def test_wrong_input_is_answered_beside_its_field_with_what_was_typed(
    client: FlaskClient, event: Event, field: str, typed: str
) -> None:
    page = f"/events/{event.slug}/register"
    values = TYPED | hidden_values(client.get(page).text) | {field: typed}
    answer = client.post(page, data={name: value.encode("utf-8", "surrogatepass") for name, value in values.items()})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "Esempio" in answer.text or field == "family_name"
    assert queries.counts_by_place(event.id) == {}


@pytest.mark.parametrize("typed", ["a < b > c", "<3 cheese", "{{ 7*7 }}", "O’Neill & Söhne", "- none", "+39 Group"])
def test_what_only_looks_like_markup_is_text(client: FlaskClient, event: Event, typed: str) -> None:
    answer = client.get(register(client, event, organisation=typed).location)
    assert answer.status_code == 200
    shown = html.unescape(answer.text.partition("My data")[2].partition("</dl>")[0])
    assert f"<bdi>{typed}</bdi>" in shown


@pytest.mark.parametrize(
    ("changes", "window"),
    [
        ({"status": Status.CALLED_OFF}, "called_off"),
        ({"status": Status.POSTPONED}, "postponed"),
        ({"audience": Audience.INVITED}, "by_invitation"),
        ({"capacity": 0, "has_waitlist": False}, "full"),
        ({"opens_at": SOON - timedelta(days=1)}, "not_yet_open"),
        ({"closes_at": datetime(2026, 1, 1, tzinfo=UTC)}, "closed"),
        ({"starts_at": datetime(2026, 1, 1, tzinfo=UTC)}, "past"),
    ],
)
def test_the_page_says_so_before_one_fills_in_the_form(
    client: FlaskClient, database: Session, changes: dict[str, Any], window: str
) -> None:
    event = make_event(**{"starts_at": SOON} | changes)
    page = client.get(f"/events/{event.slug}/register")
    assert f'data-window="{window}"' in page.text
    assert 'name="given_name"' not in page.text
    refused = client.post(
        f"/events/{event.slug}/register", data=TYPED | {"form_key": "a" * 20, "csrf_token": token(client)}
    )
    assert refused.status_code == 409
    assert 'value="Company Example"' in refused.text
    assert re.search(r'<main[^>]*data-code="registration\.\w+"', refused.text)


def test_a_page_open_for_too_long_says_only_that_and_keeps_what_was_typed(client: FlaskClient, event: Event) -> None:
    answer = client.post(f"/events/{event.slug}/register", data=TYPED | {"form_key": "a" * 20, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "One field needs a look" in answer.text
    assert "This page was open for too long" in answer.text
    assert "CSRF" not in answer.text
    assert 'value="Company Example"' in answer.text


def token(client: FlaskClient) -> str:
    other = make_event("Other", starts_at=SOON)
    return hidden_values(client.get(f"/events/{other.slug}/register").text)["csrf_token"]


@pytest.mark.parametrize("changes", [{"status": Status.DRAFT}, {"audience": Audience.INTERNAL}])
def test_drafts_and_internal_meetings_are_not_there_for_strangers(
    client: FlaskClient, database: Session, changes: dict[str, Any]
) -> None:
    event = make_event(starts_at=SOON, **changes)
    assert client.get(f"/events/{event.slug}/register").status_code == 404
    assert client.get(f"/events/{event.slug}/privacy").status_code == 404


def test_an_old_page_keeps_what_was_typed(client: FlaskClient, event: Event) -> None:
    answer = client.post(f"/events/{event.slug}/register", data=TYPED | {"form_key": "b" * 20})
    assert answer.status_code == 400
    assert 'value="ada@company.example"' in answer.text
    assert queries.counts_by_place(event.id) == {}


@pytest.mark.parametrize("change", ["x", ".x", ".0", "."])
def test_a_forged_link_opens_nothing(client: FlaskClient, event: Event, change: str) -> None:
    location = register(client, event).location
    assert client.get(location + change).status_code == 404
    assert client.get(location.partition(".")[0]).status_code == 404


def test_withdrawing_promotes_the_next_and_says_so(client: FlaskClient, event: Event) -> None:
    first = register(client, event).location
    second = register(client, event, email="max@company.example").location
    answer = send(client, first, {}, to=f"{first}/withdrawal")
    assert answer.status_code == 303
    assert place_on(client.get(first).text) == "withdrawn"
    assert place_on(client.get(second).text) == "confirmed"


def test_data_can_be_mended_but_not_the_address(client: FlaskClient, event: Event) -> None:
    link = register(client, event).location
    answer = send(client, f"{link}/edit", TYPED | {"organisation": "New Company", "email": "other@x.example"})
    assert answer.status_code == 303
    page = client.get(link).text
    assert "New Company" in page
    assert "other@x.example" not in page


def test_nothing_but_the_form_s_fields_is_taken(client: FlaskClient, event: Event) -> None:
    register(client, event)
    answer = register(client, event, email="eve@company.example", place="confirmed", number="1", capacity="99")
    assert place_on(client.get(answer.location).text) == "waitlisted"


def test_the_organiser_s_list_is_for_the_organiser(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation()
    event = make_event(starts_at=SOON, organiser=organiser)
    pages = ["participants", "participants.csv", "participants.xlsx", "participants/add", "seats"]
    for page in pages:
        answer = client.get(f"/manage/events/{event.slug}/{page}")
        assert (answer.status_code, answer.location) == (303, f"/sign-in?next=/manage/events/{event.slug}/{page}")
    sign_in_manager(client, make_organisation("Stranger"), "stranger@filo.example")
    assert {client.get(f"/manage/events/{event.slug}/{page}").status_code for page in pages} == {403}
    sign_in_manager(client, organiser, "ada@filo.example")
    assert {client.get(f"/manage/events/{event.slug}/{page}").status_code for page in pages} == {200}


def test_the_organiser_adds_promotes_and_removes(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation()
    event = make_event(starts_at=SOON, organiser=organiser, capacity=1)
    sign_in_manager(client, organiser, "ada@filo.example")
    base = f"/manage/events/{event.slug}"
    for name in ("a", "b"):
        typed = TYPED | {"email": f"{name}@company.example"}
        assert send(client, f"{base}/participants/add", typed, to=f"{base}/participants").status_code == 303
    waiting = queries.participants(event.id, place=Place.WAITLISTED, query="", limit=9)[0].id
    page = f"{base}/participants"
    chosen, to = {"person": str(waiting)}, f"{page}/decisions"
    assert send(client, page, chosen | {"action": "promote", "reason": ""}, to=to).status_code == 422
    assert send(client, page, chosen | {"action": "promote", "reason": "Speaker"}, to=to).status_code == 303
    assert queries.counts_by_place(event.id) == {Place.CONFIRMED: 2}
    assert send(client, page, chosen | {"action": "remove", "reason": ""}, to=to).status_code == 303
    assert queries.counts_by_place(event.id) == {Place.CONFIRMED: 1, Place.CANCELLED_BY_ORGANISER: 1}


def test_sheets_hold_text_and_no_formula(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation()
    event = make_event(starts_at=SOON, organiser=organiser)
    evil = ["=1+1", "+cmd", "-2", "@SUM(A1)", "＝1"]  # lists of others bring them; a form refuses most of them
    for number in range(len(evil)):
        assert register(client, event, email=f"p{number}@company.example").status_code == 303
    rows = database.scalars(select(Registration).order_by(Registration.id)).all()
    for row, name in zip(rows, evil, strict=True):
        row.given_name = name
    database.flush()
    sign_in_manager(client, organiser, "ada@filo.example")
    sheet = client.get(f"/manage/events/{event.slug}/participants.csv").data.decode("utf-8-sig")
    for name in evil:
        assert f",'{name}," in sheet
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/manage/events/{event.slug}/participants.xlsx").data))
    cells = [row[2] for row in book.active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == evil
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"capacity": "-1"}, 422),
        ({"capacity": "NaN"}, 422),
        ({"capacity": str(2**31)}, 422),
        ({"opens_at": "2027-03-28T02:30"}, 422),
        ({"opens_at": "2027-03-20T10:00", "closes_at": "2027-03-19T10:00"}, 422),
        ({"capacity": "", "has_waitlist": "y"}, 303),
    ],
)
def test_seats_take_only_what_can_be(
    client: FlaskClient, database: Session, changes: dict[str, str], status: int
) -> None:
    organiser = make_organisation()
    event = make_event(starts_at=SOON, organiser=organiser)
    sign_in_manager(client, organiser, "ada@filo.example")
    assert send(client, f"/manage/events/{event.slug}/seats", {"capacity": "5"} | changes).status_code == status


def test_the_privacy_notice_names_the_controller_and_the_days(client: FlaskClient, event: Event) -> None:
    page = client.get(f"/events/{event.slug}/privacy").text
    assert "Cluster Example" in page
    assert "30 days" in page


def test_an_address_written_to_too_often_keeps_what_was_typed(
    client: FlaskClient, event: Event, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    monkeypatch.setitem(app.config, "FILO", replace(app.config["FILO"], rate_limits=True))
    for number in range(MOST_MAILS_A_DAY):
        assert register(client, make_event(f"Workshop {number}", starts_at=SOON)).status_code == 303
    answer = register(client, event)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert 'data-code="registration.written_too_often"' in answer.text
    assert 'value="ada@company.example"' in answer.text


@pytest.mark.parametrize(
    ("changes", "says_places"),
    [
        ({"status": Status.CALLED_OFF}, False),
        ({"status": Status.HELD}, False),
        ({"audience": Audience.INVITED}, False),
        ({"opens_at": SOON - timedelta(days=1)}, True),
    ],
)
def test_places_and_deadline_stand_only_where_there_is_something_to_get(
    client: FlaskClient, database: Session, changes: dict[str, Any], says_places: bool
) -> None:
    event = make_event(**{"starts_at": SOON} | changes)
    html = client.get(f"/events/{event.slug}/register").text
    assert ("Register by" in html) is says_places
    assert ("40 of 40 left" in html) is says_places
