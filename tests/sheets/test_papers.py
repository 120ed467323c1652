"""What stands on the papers. A PDF is read as a search reads it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.events.models import Event, EventOrganisation, EventPerson
from app.events.rules import OrganisationRole, PersonRole, Status
from app.kernel.db import db
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.network.models import Organisation, Region
from app.network.rules import OrganisationType
from app.printing import qr_drawing, render
from app.questions.rules import Kind, Readers
from app.registration.models import Registration
from app.registration.rules import Place
from app.sheets import presenters, services
from app.sheets.rules import Attendee, Layout
from app.sheets.services import GateList
from tests.builders import make_country, make_event, make_organisation, make_person, make_venue
from tests.papers import fonts_without_their_file, pages, reader, text
from tests.query_counter import counted_queries
from tests.sheets.helpers import answer, ask, bring, fund, seat
from tests.signing_in import sign_in_manager

STARTS = datetime(2027, 3, 18, 8, 0, tzinfo=UTC)
PAPERS = ("signature-sheet.pdf", "badges.pdf", "participants.pdf", "gate-list.pdf")
NASTY = ("#show: none", "$x$ *b* \\ @ref", "Łukasz", "Γιώργος", "محمد", "😀", "x" * 120, "\u202eevil", "{{ 7*7 }}")
PEOPLE = [(f"Given{number}", f"Family{number:03}") for number in range(500)]


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_event(
        "Prototyping visit", organiser=organiser, starts_at=STARTS, ends_at=STARTS + timedelta(days=1, hours=6)
    )


@pytest.fixture
def papers(client: FlaskClient, organiser: Organisation, event: Event) -> FlaskClient:
    sign_in_manager(client, organiser, "ada@filo.example")
    return client


def fetch(client: FlaskClient, event: Event, paper: str) -> bytes:
    got = client.get(f"/manage/events/{event.slug}/{paper}")
    assert got.status_code == 200, got.text
    assert got.content_type == "application/pdf"
    assert got.headers["Cache-Control"] == "no-store"
    return got.data


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_names_the_confirmed_and_nobody_else(papers: FlaskClient, event: Event, paper: str) -> None:
    seat(event, ("Ada", "Bianchi"))
    for place in set(Place) - {Place.CONFIRMED}:
        seat(event, (place.value.capitalize(), "Nobody"), place=place)
    printed = fetch(papers, event, paper)
    assert "Ada Bianchi" in text(printed) or "Bianchi, Ada" in text(printed)
    assert "Nobody" not in text(printed)
    assert fonts_without_their_file(printed) == set()


def test_every_day_has_its_signature_sheet_with_all_that_a_funder_asks_for(papers: FlaskClient, event: Event) -> None:
    """demand 2: a sheet per day with name, organisation, region, local or international, event code, page x of y."""
    make_country("DE")
    db.session.add(Region(code="ITH20", country_code="IT", name=Texts(en="Trento")))
    db.session.commit()
    known = make_organisation("HIT", region_code="ITH20")
    fund(event)
    seat(event, *PEOPLE[:46], organisation_id=known.id, organisation="HIT")
    seat(event, ("Max", "Muster"), country_code="DE", organisation="Cluster Bayern")
    first = text(fetch(papers, event, "signature-sheet.pdf?day=1&lang=en"))
    second = reader(fetch(papers, event, "signature-sheet.pdf?day=2&lang=en")).pages[0].extract_text()
    assert "Thursday 18 March 2027" in first
    assert "Day 1 of 2" in first
    assert "Friday 19 March 2027" in second
    assert "Day 2 of 2" in second
    for words in (
        "Prototyping visit",
        "Hall, Rovereto",
        f"Event code: {event.slug}",
        "46 Given45 Family045 HIT Trento, Italy local",
        "47 Max Muster Cluster Bayern Germany international",
        "Co-financed by the Alpine Space programme.",
        "Page 1 of 4",
        "Page 4 of 4",
    ):
        assert words in first, words


def test_a_paper_in_another_language_leaves_the_pages_in_theirs(papers: FlaskClient, event: Event) -> None:
    fetch(papers, event, "signature-sheet.pdf?lang=de")
    assert '<html lang="en"' in papers.get(f"/manage/events/{event.slug}/sheets").text
    papers.get(f"/manage/events/{event.slug}/sheets?lang=de")
    assert '<html lang="de"' in papers.get(f"/manage/events/{event.slug}/sheets").text


def test_a_day_that_the_event_has_not_is_refused_with_a_sentence(papers: FlaskClient, event: Event) -> None:
    for day in ("0", "3", "x", "-1", "9" * 300):
        refused = papers.get(f"/manage/events/{event.slug}/signature-sheet.pdf?day={day}&lang=en")
        assert refused.status_code == 422
        assert "The event has no such day." in refused.text


def test_rows_go_on_in_numbers_for_those_who_walk_in(papers: FlaskClient, event: Event) -> None:
    seat(event, ("Ada", "Bianchi"))
    assert "7" in pages(fetch(papers, event, "signature-sheet.pdf?lang=en"))[0].split()


@pytest.mark.parametrize(
    ("paper", "lang", "sentence"),
    [
        *((paper, "it", "Cofinanziato da Spazio Alpino.") for paper in PAPERS),
        ("signature-sheet.pdf", "en", "Co-financed by the Alpine Space programme."),
        ("gate-list.pdf", "de", "Co-financed by the Alpine Space programme."),
    ],
)
def test_a_paper_speaks_the_language_that_was_asked_for(
    papers: FlaskClient, event: Event, paper: str, lang: str, sentence: str
) -> None:
    seat(event, ("Ada", "Bianchi"))
    fund(event)
    printed = fetch(papers, event, f"{paper}?lang={lang}")
    assert reader(printed).trailer["/Root"]["/Lang"] == lang
    assert paper.startswith("badges") or sentence in text(printed)
    assert "European Union" in text(printed)  # of the emblem


@pytest.mark.parametrize("paper", PAPERS)
def test_without_a_project_no_paper_speaks_of_funding(papers: FlaskClient, event: Event, paper: str) -> None:
    seat(event, ("Ada", "Bianchi"))
    said = text(fetch(papers, event, f"{paper}?lang=en"))
    assert "European Union" not in said
    assert "Project:" not in said


@pytest.mark.parametrize("paper", PAPERS)
def test_hostile_names_are_text(papers: FlaskClient, event: Event, paper: str) -> None:
    seat(event, *((name, name) for name in NASTY))
    said = text(fetch(papers, event, paper))
    assert all(name in said for name in ("#show: none", "$x$ *b* \\ @ref", "Łukasz", "Γιώργος", "{{ 7*7 }}"))


@pytest.mark.parametrize("paper", PAPERS)
def test_nobody_yet_is_a_paper_too(papers: FlaskClient, event: Event, paper: str) -> None:
    assert len(pages(fetch(papers, event, paper))) == 1


@pytest.fixture(scope="module")
def crowd() -> list[Attendee]:
    """As they come from the database; that it is asked as often for many as for one is shown below."""
    return [
        Attendee(
            given_name=given,
            family_name=family,
            organisation="Company Example",
            org_type=OrganisationType.COMPANY,
            country_code="IT",
            public_id=opaque_id(),
        )
        for given, family in PEOPLE
    ]


@pytest.mark.parametrize(
    ("template", "how_many"), [("signature_sheet", 33), ("participants", 12), ("gate_list", 15), ("badges", 63)]
)
def test_five_hundred_people_are_printed_in_time(
    app: Flask, event: Event, crowd: list[Attendee], template: str, how_many: int
) -> None:
    gate = GateList(event=event, people=crowd, diets=[], answers=[], is_managed=True)
    with app.test_request_context():
        started = time.process_time()
        data = {
            "signature_sheet": lambda: presenters.signature_sheet(event, crowd, day=1),
            "participants": lambda: presenters.participant_list(event, crowd),
            "gate_list": lambda: presenters.gate_list(gate),
            "badges": lambda: presenters.badges(event, crowd, layout=Layout.A4),
        }[template]()
        printed = render(template, data)
        assert time.process_time() - started < 5
    sheets = reader(printed).pages
    assert abs(len(sheets) - how_many) <= 3
    assert "Family000" in sheets[0].extract_text()
    assert any("Family499" in page.extract_text() for page in reversed(sheets[-6:]))


@pytest.mark.parametrize("paper", PAPERS)
def test_equal_data_give_equal_bytes(papers: FlaskClient, event: Event, paper: str) -> None:
    seat(event, ("Ada", "Bianchi"), ("Max", "Muster"))
    assert fetch(papers, event, paper) == fetch(papers, event, paper)


@pytest.mark.parametrize("paper", [*PAPERS, "gate-list"])
def test_a_paper_asks_the_database_as_often_for_many_as_for_one(papers: FlaskClient, event: Event, paper: str) -> None:
    counts = []
    for names in (PEOPLE[:1], PEOPLE[1:3]):
        for registration_id in seat(event, *names):
            bring(registration_id, ["Along"])
        with counted_queries() as statements:
            assert papers.get(f"/manage/events/{event.slug}/{paper}").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_who_comes_along_stands_after_the_one_they_come_with(papers: FlaskClient, event: Event) -> None:
    (ada, _max) = seat(event, ("Ada", "Bianchi"), ("Max", "Zeller"))
    bring(ada, ["Zoe Along", None])
    said = text(fetch(papers, event, "participants.pdf?lang=en"))
    assert "4 participants" in said
    order = [said.index(name) for name in ("1 Ada Bianchi", "2 Zoe Along", "3 Guest of Ada Bianchi", "4 Max Zeller")]
    assert order == sorted(order)


def test_a_badge_shows_no_secret(papers: FlaskClient, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    (ada,) = seat(event, ("Ada", "Bianchi"))
    bring(ada, ["Zoe Along"])
    drawn: list[str] = []
    monkeypatch.setattr("app.sheets.presenters.qr_drawing", lambda words: drawn.append(words) or qr_drawing(words))
    said = text(fetch(papers, event, "badges.pdf"))
    registration = db.session.get(Registration, ada)
    assert registration
    (companion,) = registration.companions
    assert drawn == [registration.public_id, f"{registration.public_id}.{companion.id}"]
    assert registration.email not in said


def test_speakers_have_badges_too_unless_only_the_registered_are_wanted(papers: FlaskClient, event: Event) -> None:
    seat(event, ("Ada", "Bianchi"), email="ada.bianchi@company.example")
    ada, eva = make_person("Ada", "Bianchi", email="Ada.Bianchi@company.example"), make_person("Eva", "Expert")
    for who, role in ((ada, PersonRole.MODERATOR), (eva, PersonRole.PARTICIPANT), (eva, PersonRole.SPEAKER)):
        db.session.add(EventPerson(event_id=event.id, person_id=who.id, role=role))
    db.session.commit()
    everybody = text(fetch(papers, event, "badges.pdf?lang=en"))
    assert everybody.count("Bianchi") == 1
    assert "Moderator" in everybody
    assert "Eva Expert" in everybody
    assert "Speaker" in everybody
    assert "Expert" not in text(fetch(papers, event, "badges.pdf?only=confirmed&layout=unheard-of"))


def test_a_foldable_badge_says_the_name_on_both_sides(papers: FlaskClient, event: Event) -> None:
    seat(event, *PEOPLE[:5])
    folded = pages(fetch(papers, event, "badges.pdf?layout=foldable"))
    assert len(folded) == 2
    assert len(pages(fetch(papers, event, "badges.pdf"))) == 1
    assert " ".join(folded).count("Family001") == 2


def test_the_gate_list_keeps_diets_apart_from_names(papers: FlaskClient, event: Event) -> None:
    seat(event, ("Ada", "Bianchi"), ("Max", "Muster"), diet="Vegan", access="Wheelchair")
    for said in (
        text(fetch(papers, event, "gate-list.pdf?lang=en")),
        papers.get(f"/manage/events/{event.slug}/gate-list?lang=en").text,
    ):
        assert said.count("Vegan") == 1
        assert "Wheelchair" not in said
        assert "company.example" not in said
        assert "Bianchi, Ada" in said


def test_the_gate_list_names_the_sub_group_where_there_is_one(app: Flask, event: Event) -> None:
    seat(event, ("Ada", "Bianchi"))
    found = services.gate_list(event.slug, actor=SYSTEM, now=STARTS)
    grouped = replace(found, people=[replace(one, group="Group B") for one in found.people])
    with app.test_request_context():
        assert "Group In Out" in text(render("gate_list", presenters.gate_list(grouped)))
        assert "Company Example Group B" in text(render("gate_list", presenters.gate_list(grouped)))
        assert "Group" not in text(render("gate_list", presenters.gate_list(found)))


def test_the_gate_list_counts_sizes_that_the_host_may_know(papers: FlaskClient, event: Event) -> None:
    people = seat(event, *PEOPLE[:3]) + seat(event, ("Wait", "Ing"), place=Place.WAITLISTED)
    sizes = ask(event, "Shoe size", Kind.NUMBER, readers=Readers.ORGANISERS_AND_HOST)
    secret = ask(event, "Weight", Kind.NUMBER, readers=Readers.ORGANISERS)
    number = ask(event, "Number of the passport", Kind.TEXT, readers=Readers.ORGANISERS_AND_HOST)
    for registration_id, size in zip(people, (44, 42, 44, 45), strict=True):
        answer(registration_id, sizes, size)
        answer(registration_id, secret, 77)
        answer(registration_id, number, "YA123")
    said = text(fetch(papers, event, "gate-list.pdf?lang=en"))
    assert "Shoe size 1 42 2 44" in said
    assert not any(words in said for words in ("45", "Weight", "77", "YA123"))
    assert "<b>2</b> <bdi>44</bdi>" in papers.get(f"/manage/events/{event.slug}/gate-list").text


@pytest.mark.parametrize(
    ("who", "gate", "others"),
    [
        ("organiser", 200, 200),
        ("co-organiser", 200, 200),
        ("host", 200, 403),
        ("operator", 200, 403),
        ("participant", 403, 403),
        ("stranger", 403, 403),
        ("nobody", 303, 303),
    ],
)
def test_who_may_see_which_paper(
    client: FlaskClient, organiser: Organisation, who: str, gate: int, others: int
) -> None:
    parties = {
        name: make_organisation(name) for name in ("co-organiser", "host", "operator", "participant", "stranger")
    }
    event = make_event(organiser=organiser, venue=make_venue(operator=parties["operator"]))
    for name, role in (
        ("co-organiser", OrganisationRole.CO_ORGANISER),
        ("host", OrganisationRole.HOST),
        ("participant", OrganisationRole.PARTICIPANT),
    ):
        event.organisations.append(EventOrganisation(organisation_id=parties[name].id, role=role))
    db.session.commit()
    if who != "nobody":
        sign_in_manager(client, (parties | {"organiser": organiser})[who], f"{who}@filo.example")
    asked = {
        paper: client.get(f"/manage/events/{event.slug}/{paper}").status_code
        for paper in (*PAPERS, "gate-list", "sheets")
    }
    assert {asked.pop("gate-list"), asked.pop("gate-list.pdf")} == {gate}
    assert set(asked.values()) == {others}


def test_a_draft_has_no_gate_list_for_its_host(client: FlaskClient, organiser: Organisation) -> None:
    operator = make_organisation("Operator")
    event = make_event(organiser=organiser, venue=make_venue(operator=operator), status=Status.DRAFT)
    sign_in_manager(client, operator, "host@filo.example")
    assert client.get(f"/manage/events/{event.slug}/gate-list").status_code == 404


def test_reading_the_gate_list_is_noted(papers: FlaskClient, event: Event) -> None:
    papers.get(f"/manage/events/{event.slug}/gate-list")
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "sheets.gate_list_seen"))
    assert entry
    assert entry.subject == f"event:{event.id}"


def test_the_page_of_papers_offers_every_day_and_language(papers: FlaskClient, event: Event) -> None:
    page = papers.get(f"/manage/events/{event.slug}/sheets?lang=en").text
    for words in ("1: Thursday 18 March 2027", "2: Friday 19 March 2027", "Italiano", "Deutsch", *PAPERS):
        assert words in page
    assert 'aria-current="page">Papers' in page
