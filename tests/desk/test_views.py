from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events import queries
from app.events.models import Event
from app.events.rules import Format, Status
from app.kernel import clock
from app.kernel.texts import Texts
from app.mail.models import Message, MessageState
from app.network.actors import SYSTEM
from app.network.rules import ProjectRole
from app.questions import services as questions
from app.questions.models import Question
from app.questions.rules import FormInput, Kind, Purpose, QuestionInput
from app.registration import queries as registrations
from app.registration.models import Allotment, Answer
from app.registration.services import deciding
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.events.signing import send, sign_in_administrator, sign_in_as
from tests.events.test_views import counted
from tests.network.scenes import give, make_project
from tests.registration.helpers import join


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_the_desk_leads_anybody_to_the_sign_in_and_back(client: FlaskClient, database: Session) -> None:
    answer = client.get("/manage")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/manage")


def test_who_manages_nothing_is_told_so(client: FlaskClient, database: Session) -> None:
    actor = make_manager(make_organisation())
    database.execute(queries.Affiliation.__table__.update().values(is_manager=False))
    database.commit()
    sign_in_as(client, actor)
    assert "you manage no organisation" in client.get("/manage").text
    assert client.get("/manage/events/new").status_code == 403


def test_the_desk_says_what_waits_for_its_organiser_and_nothing_of_others(
    client: FlaskClient, database: Session
) -> None:
    own = make_organisation("Own")
    make_event("Draft of mine", organiser=own, status=Status.DRAFT, venue_id=None, format=Format.HYBRID)
    queued = make_event("Queue of mine", organiser=own, capacity=5)
    make_event("Held of mine", organiser=own, status=Status.HELD, starts_at=NOW - timedelta(days=9))
    make_event("Of others", status=Status.DRAFT)
    allotment = database.scalars(select(Allotment).where(Allotment.event_id == queued.id)).one()
    allotment.confirmed, allotment.waiting = 3, 2
    database.commit()
    sign_in_as(client, make_manager(own))
    text = client.get("/manage").text
    for said in (
        "Draft of mine",
        "The link for those who take part online",
        "2 people wait although places are free.",
        "3 of 5 confirmed",
        "Held of mine",
    ):
        assert said in text
    assert "Of others" not in text
    assert "could not be delivered" not in text


def test_the_desk_counts_who_waits_for_an_approval_or_has_not_answered(client: FlaskClient, database: Session) -> None:
    own = make_organisation("Own")
    event = make_event("Visit", organiser=own, policy={"needs_approval": True})
    for name in ("ada", "eva", "max"):
        join(event.id, name)
    (one, other, _third) = registrations.participants(event.id, place=None, query="", limit=9)
    deciding.approve([one.id, other.id], event_slug=event.slug, actor=SYSTEM, now=NOW)
    for days in (5, 9):  # one closes within a week
        form = FormInput(purpose=Purpose.FOLLOW_UP, title=Texts(en="Gate"), closes_at=NOW + timedelta(days=days))
        form_id = questions.add_form(event_id=event.id, values=form, actor=SYSTEM, now=NOW)
        asked = QuestionInput(kind=Kind.NUMBER, label=Texts(en="Shoe size"))
        question = questions.add_question(event_id=event.id, form_id=form_id, values=asked, actor=SYSTEM, now=NOW)
    first = database.scalars(select(Question.id).where(Question.id != question)).one()
    database.add(Answer(registration_id=one.id, question_id=first, wording_version=1, value=42, answered_at=NOW))
    database.commit()
    sign_in_as(client, make_manager(own))
    text = client.get("/manage").text
    assert "1 person waits for your approval." in text
    assert "1 participant has not answered the questions that close within a week." in text


@pytest.mark.parametrize(
    ("seats", "is_said"),
    [({"confirmed": 3}, True), ({"confirmed": 3, "offered": 2}, False), ({"confirmed": 3, "kept": 2}, False)],
)
def test_places_that_are_offered_or_kept_are_not_free(
    client: FlaskClient, database: Session, seats: dict[str, int], is_said: bool
) -> None:
    own = make_organisation("Own")
    event = make_event(organiser=own, capacity=5)
    values = {"waiting": 1} | seats
    database.execute(Allotment.__table__.update().where(Allotment.event_id == event.id).values(**values))
    database.commit()
    sign_in_as(client, make_manager(own))
    assert ("waits although places are free" in client.get("/manage").text) is is_said


@pytest.mark.parametrize("is_administrator", [True, False])
def test_the_desk_leads_to_everything_that_one_manages(client: FlaskClient, is_administrator: bool) -> None:
    own = make_organisation("Own")
    slug = make_event(organiser=own).slug
    if is_administrator:
        sign_in_administrator(client)
    else:
        sign_in_as(client, make_manager(own))
    base = f"/manage/events/{slug}"
    desk = _tabs(client.get("/manage").text)
    rooms = ["series", "organisations", "venues", "calendars", "practices", "services", "studies", "board", "stories"]
    rooms += ["groups", "mail", "feeds"] * is_administrator
    assert desk == ["/manage", *(f"/manage/{room}" for room in rooms)]
    pages = {
        "edit", "people", "agenda", "practices", "materials", "questions", "invitations", "participants", "seats",
        "tables", "groups", "check-in", "messages", "sheets", "feedback", "certificates", "speakers",
    }  # fmt: skip
    groups = _tabs(client.get(base).text)
    event = {page for group in groups for page in [group, *_tabs(client.get(group).text, "tabs sub")]}
    assert event == {base, *(f"{base}/{page}" for page in pages)}
    for address in [*desk, *event]:
        answer = client.get(address)
        assert answer.status_code == 200
        if address in event:
            assert f'<a href="{address}" aria-current="page">' in answer.text


def _tabs(html: str, row: str = "tabs") -> list[str]:
    start = html.find(f'<nav class="{row}"')
    if start < 0:
        return []
    return re.findall(r'href="([^"]+)"', html[start : html.index("</nav>", start)])


def test_the_administrator_sees_every_event_and_the_mails_that_were_given_up(
    client: FlaskClient, database: Session
) -> None:
    make_event("Of others", status=Status.DRAFT)
    database.add(
        Message(
            name="x", recipient="a@b.example", recipient_key="a@b.example", locale="en", context={}, message_id="m",
            about="x", state=MessageState.DEAD, queued_at=NOW,
        )
    )  # fmt: skip
    database.commit()
    sign_in_administrator(client)
    text = client.get("/manage").text
    assert "Of others" in text
    assert "1 mail could not be delivered." in text


@pytest.mark.parametrize("page", ["2", "0", "-1", "1e9", "x", "9" * 50, "٣"])
def test_any_page_number_is_answered(client: FlaskClient, database: Session, page: str) -> None:
    sign_in_administrator(client)
    assert client.get("/manage", query_string={"page": page}).status_code == 200


def test_the_desk_asks_the_database_as_often_for_many_events_as_for_one(client: FlaskClient, database: Session) -> None:
    sign_in_administrator(client)
    counts = []
    for number in (1, 4):
        for _ in range(number):
            make_event("Workshop", status=Status.DRAFT)
            make_event("Workshop", starts_at=NOW - timedelta(days=3))
        client.get("/manage")
        with counted() as sent:
            assert client.get("/manage").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1], counts


STEPS: list[tuple[Status, str, Status | int]] = [
    (Status.DRAFT, "publication", Status.PUBLISHED),
    (Status.DRAFT, "publication/withdraw", 409),
    (Status.DRAFT, "postponement", 409),
    (Status.DRAFT, "calling-off", 409),
    (Status.DRAFT, "archive", 409),
    (Status.PUBLISHED, "publication", 409),
    (Status.PUBLISHED, "publication/withdraw", Status.DRAFT),
    (Status.PUBLISHED, "postponement", Status.POSTPONED),
    (Status.PUBLISHED, "calling-off", Status.CALLED_OFF),
    (Status.PUBLISHED, "archive", 409),
    (Status.POSTPONED, "publication", Status.PUBLISHED),
    (Status.POSTPONED, "calling-off", Status.CALLED_OFF),
    (Status.POSTPONED, "postponement", 409),
    (Status.CALLED_OFF, "publication", 409),
    (Status.CALLED_OFF, "archive", Status.ARCHIVED),
    (Status.HELD, "calling-off", 409),
    (Status.HELD, "archive", Status.ARCHIVED),
    (Status.ARCHIVED, "publication", 409),
]


@pytest.mark.parametrize(("before", "step", "after"), STEPS, ids=[f"{a}-{b}" for a, b, _ in STEPS])
def test_a_step_is_taken_or_refused_with_a_sentence(
    client: FlaskClient, database: Session, before: Status, step: str, after: Status | int
) -> None:
    event = make_event(status=before)
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}"
    answer = send(client, f"{page}/{step}", f"{page}/edit", reason="Snow <b>")
    database.expire_all()
    if isinstance(after, Status):
        assert (answer.status_code, queries.event(event.id).status) == (303, after)
        assert client.get(page).status_code == 200
    else:
        assert (answer.status_code, queries.event(event.id).status) == (after, before)
        assert "The event is in another state by now." in answer.text


@pytest.mark.parametrize("step", ["postponement", "calling-off"])
@pytest.mark.parametrize(
    ("reason", "says"), [("  ", "Say why"), ("x" * 10_000, "too long"), ("nul\0", "cannot be seen")]
)
def test_a_reason_is_asked_for_and_its_page_says_how_many_are_told(
    client: FlaskClient, database: Session, step: str, reason: str, says: str
) -> None:
    event = make_event()
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}/{step}"
    assert "Nobody has registered." in client.get(page).text
    answer = send(client, page, page, reason=reason)
    assert answer.status_code == 422
    assert says in answer.text


@pytest.mark.parametrize(("days", "is_past"), [(-400, True), (40, False)])
def test_publishing_what_is_past_works_and_says_so(
    client: FlaskClient, database: Session, days: int, is_past: bool
) -> None:
    starts_at = NOW + timedelta(days=days)
    event = make_event(status=Status.DRAFT, starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}"
    assert ("Its dates are past. It can still be published" in client.get(page).text) is is_past
    assert send(client, f"{page}/publication", page).status_code == 303
    assert ("it stands among the past events" in client.get(page).text) is is_past
    database.expire_all()
    assert queries.event(event.id).status is Status.PUBLISHED


def test_the_life_of_an_event_says_who_took_each_step(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation("Own")
    event = make_event(organiser=organiser)
    actor = make_manager(organiser)
    page = f"/manage/events/{event.slug}/postponement"
    send(sign_in_as(client, actor), page, page, reason="The hall is flooded.")
    assert actor.name in client.get(f"/manage/events/{event.slug}").text
    send(sign_in_administrator(client), page.replace("postponement", "calling-off"), page, reason="For good.")
    assert "admin@filo.example" in client.get(f"/manage/events/{event.slug}").text


def test_publishing_what_is_not_complete_names_what_is_missing(client: FlaskClient, database: Session) -> None:
    event = make_event(status=Status.DRAFT, venue_id=None, format=Format.HYBRID)
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}"
    answer = send(client, f"{page}/publication", f"{page}/edit")
    assert answer.status_code == 409
    assert "The link for those who take part online" in answer.text


def test_a_draft_that_was_never_out_is_deleted_another_is_not(client: FlaskClient, database: Session) -> None:
    draft, published = make_event(status=Status.DRAFT), make_event("Other")
    sign_in_administrator(client)
    pages = [f"/manage/events/{event.slug}" for event in (draft, published)]
    answers: list[Any] = [send(client, f"{page}/deletion", f"{page}/edit") for page in pages]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert database.scalars(select(Event.id)).all() == [published.id]


def test_who_coordinates_exchanges_finds_the_groups_side_by_side(client: FlaskClient, database: Session) -> None:
    own, project = make_organisation("Own"), make_project()
    give(project, own, ProjectRole.EXCHANGE_COORDINATOR)
    sign_in_as(client, make_manager(own))
    assert "/manage/groups" in _tabs(client.get("/manage").text)
    assert client.get("/manage/groups").status_code == 200
