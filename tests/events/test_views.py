from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events import queries
from app.events.models import Event
from app.events.rules import OrganisationRole, PersonRole, Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Affiliation, Sector
from tests.builders import make_account, make_event, make_manager, make_organisation, make_person, make_venue
from tests.events.signing import send, sign_in_administrator, sign_in_as
from tests.signing_in import sign_in


def typed(**changes: Any) -> dict[str, Any]:
    """A form that is right, as a browser sends it."""
    return {
        "kind": "clusters_workshop",
        "sub_format": "",
        "title_en": "From needs to pilots",
        "format": "on_site",
        "venue_id": "",
        "country_code": "",
        "region_code": "",
        "date_precision": "day",
        "starts": "2027-03-11T09:30",
        "ends": "2027-03-11T13:00",
        "timezone": "Europe/Rome",
        "audience": "public",
        "listed": "y",
        "project_id": "",
        "phase_id": "",
        "series_id": "",
    } | changes


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)


def the_event(database: Session) -> Event:
    return database.scalars(select(Event)).one()


def test_a_manager_plans_an_event_in_three_languages(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation("Own")
    venue = make_venue()
    database.add(Sector(id="ict", name=Texts(en="ICT"), aliases=[], position=1))
    database.commit()
    sign_in_as(client, make_manager(organiser))
    page = "/manage/events/new?kind=clusters_workshop"
    answer = send(
        client, page, page,
        **typed(
            organiser_id=organiser.id, title_it="Dai bisogni", venue_id=venue.id, timezone="",
            languages=["it", "de"], sector_ids=["ict"],
        ),
    )  # fmt: skip
    event = the_event(database)
    assert (answer.status_code, answer.location) == (303, f"/manage/events/{event.slug}")
    assert event.title == {"en": "From needs to pilots", "it": "Dai bisogni"}
    assert (event.status, event.timezone, event.starts_at.hour) == (Status.DRAFT, "Europe/Rome", 8)
    assert [spoken.language for spoken in event.languages] == ["it", "de"]


@pytest.mark.parametrize(
    ("organisations", "manages", "expected"),
    [
        (["Alpha", "Own"], ["Own"], "Own"),
        (["Alpha", "Own"], [], None),
        (["Alpha", "Own", "Second"], ["Own", "Second"], None),
        (["Alpha"], [], "Alpha"),
    ],
)
def test_a_new_event_of_an_administrator_is_of_the_own_organisation_or_asks(
    client: FlaskClient, database: Session, organisations: list[str], manages: list[str], expected: str | None
) -> None:
    made = {name: make_organisation(name) for name in organisations}
    admin = make_account("admin@filo.example", is_administrator=True)
    person = make_person(account_id=admin.id)
    for name in manages:
        database.add(Affiliation(person_id=person.id, organisation_id=made[name].id, job=Texts(), is_manager=True))
    database.commit()
    sign_in(client, admin.id)
    page = "/manage/events/new?kind=clusters_workshop"
    chosen = re.findall(r'<option selected value="(\d+)">', client.get(page).text.partition('id="kind"')[0])
    assert chosen == ([str(made[expected].id)] if expected else [])
    if not expected:
        answer = send(client, page, page, **typed(organiser_id=""))
        assert (answer.status_code, "Choose in whose name you plan the event." in answer.text) == (422, True)


def test_an_earlier_edition_is_named_with_the_year_of_its_own_clocks(client: FlaskClient) -> None:
    make_event("Trentino", starts_at=datetime(2017, 12, 31, 23, tzinfo=UTC), ends_at=datetime(2018, 12, 31, tzinfo=UTC))
    sign_in_administrator(client)
    page = client.get("/manage/events/new").text
    assert "2018" in page
    assert "2017" not in page


def test_the_page_of_a_kind_proposes_times_and_a_copy_proposes_its_edition(
    client: FlaskClient, database: Session
) -> None:
    event = make_event("Forum")
    sign_in_administrator(client)
    assert "Exchange forum" in client.get("/manage/events/new").text
    assert 'T09:30"' in client.get("/manage/events/new?kind=exchange_forum").text
    page = f"/manage/events/new?copy={event.slug}"
    assert "Forum" in client.get(page).text
    assert send(client, page, page, starts_on="2027-03-28").status_code == 303
    answer = send(client, page, page, starts_on="soon")
    assert answer.status_code == 422
    assert 'value="soon"' in answer.text


def test_demand_14_a_copy_repeats_and_a_wrong_number_is_answered_beside_its_field(
    client: FlaskClient, database: Session
) -> None:
    event = make_event("Forum")
    sign_in_administrator(client)
    page = f"/manage/events/new?copy={event.slug}"
    monthly = {"starts_on": "2027-09-15", "repeat": "monthly"}
    for times in ("0", "13", "", "many", "9" * 5000):
        answer = send(client, page, page, **monthly, times=times)
        assert (answer.status_code, f'value="{times}"' in answer.text) == (422, True)
        assert "Write a whole number from 1 to 12." in answer.text
        assert 'id="times-error"' in answer.text
        assert 'value="2027-09-15"' in answer.text
    assert len(database.scalars(select(Event)).all()) == 1
    answer = send(client, page, page, **monthly, times="3")
    assert answer.status_code == 303
    assert "20 Oct 2027, 17 Nov 2027" in client.get(answer.location).text
    assert len(database.scalars(select(Event)).all()) == 4
    assert send(client, page, page, starts_on="2027-09-15", repeat="once", times="many").status_code == 303
    night = make_event("Night", starts_at=datetime(2027, 1, 10, 1, 30, tzinfo=UTC))
    page = f"/manage/events/new?copy={night.slug}"
    skipped = send(client, page, page, starts_on="2027-02-28", repeat="monthly", times="3")
    assert skipped.status_code == 422
    assert "Sunday 28 March 2027: The clocks go forward" in skipped.text


LONG = "x" * 10_000
BAD = [
    ({"title_en": ""}, "title_en", "Write a title in at least one language."),
    ({"title_en": "two\r\nlines"}, "title_en", "cannot be seen"),
    ({"title_en": "nul\0"}, "title_en", "cannot be seen"),
    ({"title_en": "right\u202eto left"}, "title_en", "direction of writing"),
    ({"title_en": LONG}, "title_en", "too long"),
    ({"description_de": "x" * 20_001}, "description_de", "too long"),
    ({"edition_label": LONG}, "edition_label", "too long"),
    ({"starts": ""}, "starts", "Choose a day and a time."),
    ({"starts": "tomorrow"}, "starts", "Not a valid"),
    ({"starts": "2027-03-28T02:30"}, "starts", "does not exist"),
    ({"starts": "0001-01-01T00:00"}, "starts", "Is the year right?"),
    ({"ends": "9999-12-31T23:59"}, "ends", "Is the year right?"),
    ({"ends": "2027-03-11T09:30"}, "ends", "The end must be after the start."),
    ({"ends": "2027-03-10T13:00"}, "ends", "The end must be after the start."),
    ({"ends": "2028-03-11T13:00"}, "ends", "at most 60 days"),
    ({"timezone": "Europe/Atlantis"}, "timezone", "Not a valid choice"),
    ({"timezone": ""}, "timezone", "Choose a time zone, or a venue."),
    ({"date_precision": "year"}, "rough", "Write a year"),
    ({"date_precision": "year", "rough": "2018-05"}, "rough", "Write a year"),
    ({"date_precision": "month", "rough": "2018-13"}, "rough", "Write a year"),
    ({"date_precision": "year", "rough": "1066"}, "rough", "Is the year right?"),
    ({"online_url": "javascript:alert(1)"}, "online_url", "beginning with https://"),
    ({"online_url": "https://[::1"}, "online_url", "beginning with https://"),
    ({"contact_email": "nobody"}, "contact_email", "Write the whole address"),
    ({"contact_email": "a@b.example\r\nBcc: c@d.example"}, "contact_email", "cannot be seen"),
    ({"kind": "party"}, "kind", "Invalid Choice"),
    ({"venue_id": "999999"}, "venue_id", "Not a valid choice"),
    ({"venue_id": "1 OR 1=1"}, "venue_id", "Invalid Choice"),
    ({"sector_ids": ["alchemy"]}, "sector_ids", "only from what is offered"),
    ({"languages": ["xx"]}, "languages", "only from what is offered"),
    ({"region_code": "XX9"}, "region_code", "Not a valid choice"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "message"), BAD, ids=[f"{f}-{m[:18]}" for _, f, m in BAD])
def test_bad_input_is_answered_beside_its_field_and_what_was_typed_stays(
    client: FlaskClient, database: Session, changes: dict[str, Any], field: str, message: str
) -> None:
    organiser = make_organisation("Own")
    sign_in_administrator(client)
    page = "/manage/events/new?kind=clusters_workshop"
    data = typed(organiser_id=organiser.id, summary_it="Un <b>testo</b> & “virgolette”", **changes)
    answer = send(client, page, page, **data)
    assert answer.status_code == 422
    assert "Un &lt;b&gt;testo&lt;/b&gt; &amp; “virgolette”" in answer.text
    part = re.search(rf'id="{field}-error".*?</p>', answer.text, re.DOTALL)
    assert part, answer.text[:3000]
    assert message in part[0]
    assert database.scalars(select(Event)).all() == []


def test_braces_and_angles_are_text_and_come_back_as_text(client: FlaskClient, database: Session) -> None:
    organiser = make_organisation("Own")
    sign_in_administrator(client)
    page = "/manage/events/new?kind=study_visit"
    nasty = "1 < 2 > 1 & {{ 7*7 }}"
    answer = send(client, page, page, **typed(organiser_id=organiser.id, title_en=nasty))
    assert answer.status_code == 303
    event = the_event(database)
    assert event.title["en"] == nasty
    for path in ("", "/edit", "/people"):
        assert "1 &lt; 2 &gt; 1 &amp; {{ 7*7 }}" in client.get(f"/manage/events/{event.slug}{path}").text


@pytest.mark.parametrize(
    "nasty", ["<script>alert(1)</script>", "</title>", "<!-- x", "=1+1", "＝A1", "@SUM(A1)", "-f (2)"]
)
def test_markup_and_formulas_are_no_title(client: FlaskClient, database: Session, nasty: str) -> None:
    organiser = make_organisation("Own")
    sign_in_administrator(client)
    page = "/manage/events/new?kind=study_visit"
    answer = send(client, page, page, **typed(organiser_id=organiser.id, title_en=nasty))
    assert answer.status_code == 422
    assert 'id="title_en-error"' in answer.text
    assert f'value="{escape(nasty)}"' in answer.text


def test_an_edited_event_shows_what_stands_and_keeps_its_rough_date(client: FlaskClient, database: Session) -> None:
    event = make_event(country_code="IT")
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}/edit"
    assert 'value="2027-01-23T13:00"' in client.get(page).text
    rough = typed(revision=1, date_precision="year", rough="2018", venue_id=event.venue_id)
    announced = send(client, page, page, **rough)
    assert announced.status_code == 422
    assert "This day is over." in announced.text
    event.status = Status.DRAFT
    database.commit()
    answer = send(client, page, page, **rough)
    assert answer.status_code == 303
    assert 'value="2018"' in client.get(page).text


def test_mass_assignment_changes_nothing_that_the_form_does_not_ask(client: FlaskClient, database: Session) -> None:
    event = make_event()
    before = (event.status, event.uid, event.sequence, event.slug, event.on_lists, event.demonstration)
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}/edit"
    answer = send(
        client, page, page,
        **typed(
            revision=1, venue_id=event.venue_id, status="archived", uid="x@y", sequence="99", slug="mine",
            on_lists="", demonstration="y", id="7", organiser_id="1", starts="2027-01-23T13:00",
            ends="2027-01-23T17:00",
        ),
    )  # fmt: skip
    assert answer.status_code == 303
    database.expire_all()
    event = the_event(database)
    assert (event.status, event.uid, event.sequence, event.slug, event.on_lists, event.demonstration) == before


def test_a_form_of_an_older_revision_is_refused_with_what_was_typed(client: FlaskClient, database: Session) -> None:
    event = make_event(revision=3)
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}/edit"
    answer = send(client, page, page, **typed(revision=2, title_en="Mine"))
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Somebody else saved this event" in answer.text


PAGES = ("", "/edit", "/people", "/postponement", "/calling-off")
POSTS = (
    "/edit",
    "/people/organisations",
    "/people/organisations/1/removal",
    "/people/persons",
    "/people/persons/1/removal",
    "/publication",
    "/publication/withdraw",
    "/postponement",
    "/calling-off",
    "/archive",
    "/deletion",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_lead_anybody_to_the_sign_in(client: FlaskClient, database: Session, path: str) -> None:
    event = make_event()
    answer = client.get(f"/manage/events/{event.slug}{path}")
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize(("status", "code"), [(Status.PUBLISHED, 403), (Status.DRAFT, 404)])
@pytest.mark.parametrize("path", [*(("GET", page) for page in PAGES), *(("POST", post) for post in POSTS)])
def test_somebody_elses_event_is_refused_and_a_draft_is_not_even_known(
    client: FlaskClient, database: Session, path: tuple[str, str], status: Status, code: int
) -> None:
    event = make_event(status=status)
    make_event(organiser=(own := make_organisation("Own")), slug="own")
    sign_in_as(client, make_manager(own))
    method, tail = path
    address = f"/manage/events/{event.slug}{tail}"
    answer = client.get(address) if method == "GET" else send(client, address, "/manage/events/own/people")
    assert answer.status_code == code
    assert client.get("/manage/events/new?copy=" + event.slug).status_code == code


@pytest.mark.parametrize("path", POSTS)
def test_a_forged_form_is_refused(client: FlaskClient, database: Session, path: str) -> None:
    event = make_event(status=Status.PUBLISHED)
    sign_in_administrator(client)
    assert client.post(f"/manage/events/{event.slug}{path}", data={"reason": "x"}).status_code == 400
    database.expire_all()
    assert queries.event(event.id).status is Status.PUBLISHED


def test_people_are_named_with_their_part_and_taken_away_again(client: FlaskClient, database: Session) -> None:
    event, guest, person = make_event(), make_organisation("Guest & Söhne"), make_person()
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}/people"
    organisation = {"organisation-organisation_id": guest.id, "organisation-role": "participant"}
    assert (
        send(client, f"{page}/organisations", page, **organisation, **{"organisation-unnamed_heads": 6}).status_code
        == 303
    )
    speaker = {"person-person_id": person.id, "person-role": "speaker", "person-organisation_id": ""}
    assert send(client, f"{page}/persons", page, **speaker).status_code == 303
    assert "Guest &amp; Söhne" in client.get(page).text
    database.expire_all()
    event = queries.whole_event(event.id)
    assert [(part.role, part.unnamed_heads) for part in event.organisations][1:] == [(OrganisationRole.PARTICIPANT, 6)]
    assert [part.role for part in event.persons] == [PersonRole.SPEAKER]
    foreign = make_event("Other")
    part_id = foreign.organisations[0].id
    assert send(client, f"{page}/organisations/{part_id}/removal", page).status_code == 404
    assert send(client, f"{page}/organisations/{event.organisations[0].id}/removal", page).status_code == 409
    assert send(client, f"{page}/persons/{event.persons[0].id}/removal", page).status_code == 303


@pytest.mark.parametrize("heads", ["-1", "many", "1e9", "99999999999999999999"])
def test_heads_are_a_number(client: FlaskClient, database: Session, heads: str) -> None:
    event, guest = make_event(), make_organisation("Guest")
    sign_in_administrator(client)
    page = f"/manage/events/{event.slug}/people"
    data = {
        "organisation-organisation_id": guest.id,
        "organisation-role": "participant",
        "organisation-unnamed_heads": heads,
    }
    answer = send(client, f"{page}/organisations", page, **data)
    assert answer.status_code == 422
    assert f'value="{heads}"' in answer.text


def test_the_number_of_queries_does_not_depend_on_the_number_of_people(client: FlaskClient, database: Session) -> None:
    event = make_event()
    sign_in_administrator(client)
    counts = []
    for _ in range(2):
        for _ in range(2):
            client.get(f"/manage/events/{event.slug}/people")
        with counted() as sent:
            assert client.get(f"/manage/events/{event.slug}/people").status_code == 200
        counts.append(len(sent))
        page = f"/manage/events/{event.slug}/people"
        for number in range(3):
            guest = make_organisation(f"Guest {number}")
            send(client, f"{page}/organisations", page, **{
                "organisation-organisation_id": guest.id, "organisation-role": "participant",
            })  # fmt: skip
    assert counts[0] == counts[1], counts
