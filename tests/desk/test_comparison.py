"""The editions of a series side by side, for who manages the template and for each partner."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.desk.comparison import circle_of, compare, rows_of
from app.events import queries, services
from app.events.models import Event
from app.events.rules import REGIONAL_PARTS, Status
from app.events.services import RegionInput
from app.feedback.models import FeedbackAnswer, FeedbackReply
from app.kernel.db import db
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation, Region
from app.network.rules import OrganisationType
from app.practices.models import Practice, PracticeUse
from app.practices.rules import Act
from app.questions import services as asking
from app.questions.queries import forms_of
from app.questions.rules import FormInput, Kind, Purpose, QuestionInput
from app.registration.rules import Place
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.certificates.helpers import check_list, note
from tests.query_counter import counted_queries
from tests.sheets.helpers import seat
from tests.signing_in import sign_in, sign_in_manager

STARTS = datetime(2027, 4, 7, 7, tzinfo=UTC)
NAMES = ("Veneto", "Trentino", "Tirol")
People = list[tuple[str, str]]


def people(number: int) -> People:
    return [(f"Given{one}", f"Family{one}") for one in range(number)]


@pytest.fixture
def template(database: Session) -> Event:
    event = make_event("Workshop", status=Status.DRAFT, organiser=make_organisation("Lead"), venue_id=None)
    form = FormInput(purpose=Purpose.FEEDBACK, title=Texts(en="Survey"), is_anonymous=True)
    form_id = asking.add_form(event_id=event.id, values=form, actor=SYSTEM, now=NOW)
    liked = QuestionInput(kind=Kind.RATING, label=Texts(en="How was it?"), purpose=Texts(en="Why"), code="liked")
    asking.add_question(event_id=event.id, form_id=form_id, values=liked, actor=SYSTEM, now=NOW)
    return event


@pytest.fixture
def copies(template: Event) -> list[Event]:
    """Of three partners: the first with people, feedback and practices, the second with too little feedback."""
    rows = []
    for number, name in enumerate(NAMES):
        partner = make_organisation(name)
        db.session.add(Region(code=f"ITX{number}", country_code="IT", name=Texts(en=name)))
        db.session.commit()
        rows.append(
            RegionInput(
                partner_id=partner.id,
                region_code=f"ITX{number}",
                language="it",
                timezone="Europe/Rome",
                starts_at=STARTS + timedelta(days=number),
            )
        )
    made = services.replicate(template.id, rows=rows, parts=REGIONAL_PARTS, actor=SYSTEM, now=NOW)
    db.session.expire_all()
    first, second, third = (queries.whole_event(one) for one in made)
    came = seat(first, *people(5))
    seat(first, ("Ada", "Research"), org_type=OrganisationType.RESEARCH, country_code="AT")
    seat(first, ("Bea", "Waits"), place=Place.WAITLISTED)
    seat(first, ("Cem", "Left"), place=Place.WITHDRAWN)
    seat(second, *people(2), country_code="DE")
    note(check_list(first), *came[:4])
    note(check_list(first), came[0])  # on two lists, and one person
    note(check_list(second), *seat(second, ("Dan", "Door"), country_code="AT"))
    say(first, 5, 5, 4, 4, 2)
    say(second, 1)
    say(third, 3, 3, 3, 3, 3)
    present(first, second)
    return [first, second, third]


def say(event: Event, *stars: int) -> None:
    (form,) = forms_of(event.id, Purpose.FEEDBACK)
    for one in stars:
        reply = FeedbackReply(public_id=opaque_id(), form_id=form.id, answered_on=NOW.date())
        reply.answers = [FeedbackAnswer(question_id=form.questions[0].id, wording_version=1, value=one)]
        db.session.add(reply)
    db.session.commit()


def present(first: Event, second: Event) -> None:
    owner = make_organisation("Owner")
    both, once = (
        Practice(
            slug=opaque_id(8),
            title=Texts(en="P"),
            summary=Texts(),
            body=Texts(),
            owner_id=owner.id,
            country_code="IT",
            created_at=NOW,
            changed_at=NOW,
        )
        for _number in range(2)
    )
    db.session.add_all([both, once])
    db.session.flush()
    uses = ((both, first), (once, first), (both, second))
    db.session.add_all(PracticeUse(practice_id=one.id, event_id=event.id, act=Act.PRESENTED) for one, event in uses)
    db.session.add(PracticeUse(practice_id=once.id, event_id=second.id, act=Act.DISCUSSED))
    db.session.commit()


def organiser(event: Event) -> Organisation:
    return queries.whole_event(event.id).organisations[0].organisation


def test_the_same_question_and_everything_else_stand_side_by_side_with_totals(
    app: Any, template: Event, copies: list[Event]
) -> None:
    with app.test_request_context():
        sheet = rows_of(compare(circle_of(copies[0].series_id or 0, SYSTEM)))
    assert sheet[0] == ["What", *NAMES, "Together"]
    found = {row[0]: row[1:] for row in sheet}
    assert {name: cells for name, cells in found.items() if name not in {"What", "Date", "Place", "State"}} == {
        "Registered": ["7", "3", "0", "10"],
        "Confirmed": ["6", "3", "0", "9"],
        "Present": ["4", "1", "0", "5"],
        "Countries of the confirmed": ["2 (AT, IT)", "2 (AT, DE)", "0", "3 (AT, DE, IT)"],
        "Company": ["5", "3", "0", "8"],
        "Research & technology transfer": ["1", "0", "0", "1"],
        "How was it?": ["4 (5)", "too few answers", "3 (5)", "3.5 (10)"],
        "Practices presented": ["2", "1", "0", "2"],
    }


def test_who_manages_the_template_sees_all_a_partner_its_own_and_the_totals(
    client: FlaskClient, template: Event, copies: list[Event]
) -> None:
    page = f"/manage/series/{queries.event(template.id).series.slug}/comparison"
    sign_in_manager(client, organiser(copies[1]), "partner@filo.example")
    html = client.get(page).text
    assert [name in html for name in NAMES] == [False, True, False]
    assert "counts 2 editions more" in html
    rows = list(csv.reader(io.StringIO(client.get(f"{page}.csv").data.decode("utf-8-sig"))))
    assert ["Registered", "3", "10"] in rows
    assert ["How was it?", "too few answers", "3.5 (10)"] in rows
    sign_in_manager(client, organiser(template), "lead@filo.example")
    html = client.get(page).text
    assert all(name in html for name in NAMES)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{page}.xlsx").data))
    assert [cell.value for cell in next(book.active.iter_rows())] == ["What", *NAMES, "Together"]
    sign_in_manager(client, make_organisation("Stranger"), "stranger@filo.example")
    assert [client.get(page + kind).status_code for kind in ("", ".csv", ".xlsx")] == [403, 403, 403]


def test_nobody_sees_more_by_joining_the_series_or_by_copying_a_copy(
    client: FlaskClient, template: Event, copies: list[Event]
) -> None:
    series_id = copies[0].series_id
    stranger = make_organisation("Stranger")
    joined = make_event("Intruder", organiser=stranger, series_id=series_id)
    circle = circle_of(series_id or 0, make_manager(stranger, "stranger@filo.example"))
    assert ([one.id for one in circle.shown], circle.counted) == ([joined.id], ())
    partner = make_manager(organiser(copies[1]), "partner@filo.example")
    row = RegionInput(
        partner_id=organiser(copies[1]).id,
        region_code="ITX1",
        language="it",
        timezone="Europe/Rome",
        starts_at=STARTS + timedelta(days=9),
    )
    (again,) = services.replicate(copies[1].id, rows=[row], parts=REGIONAL_PARTS, actor=partner, now=NOW)
    shown = {one.id for one in circle_of(series_id or 0, partner).shown}
    assert shown == {copies[1].id, again}
    account_id = partner.account_id
    sign_in(client, account_id or 0)
    for other in (copies[0], copies[2], template):
        assert client.get(f"/manage/events/{other.slug}/regions").status_code == 404


def test_as_many_queries_for_three_editions_as_for_one(app: Any, template: Event, copies: list[Event]) -> None:
    series_id = copies[0].series_id or 0

    def needed() -> int:
        db.session.expunge_all()
        with app.test_request_context(), counted_queries() as statements:
            compare(circle_of(series_id, SYSTEM))
        return len(statements)

    with_three = needed()
    for copy in copies[1:]:
        db.session.execute(Event.__table__.update().where(Event.id == copy.id).values(series_id=None))
    db.session.commit()
    assert with_three == needed()
