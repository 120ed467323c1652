from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.events.models import EventLanguage, EventOrganisation, EventPerson, EventSeries, SeriesRegion
from app.events.rules import Audience, Format, Kind, OrganisationRole, PersonRole, Status
from app.kernel.dates import DatePrecision
from app.kernel.texts import Texts
from app.network.models import Phase, Region
from app.network.rules import OrganisationType
from app.practices.models import Practice, PracticeUse
from app.practices.rules import Act
from tests.builders import NOW, make_country, make_organisation, make_person, make_venue
from tests.signing_in import sign_in_manager
from tests.site.scene import AGO, SOON, make_group, make_project, make_sector, put, queries_counted, soon, taken


def page(client: FlaskClient, slug: str, query: str = "") -> str:
    answer = client.get(f"/events/{slug}{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_the_page_says_when_where_and_what_to_do_next(client: FlaskClient, database: Session) -> None:
    event = soon(
        starts_at=datetime(2027, 3, 18, 7, 30, tzinfo=UTC),
        summary=Texts(en="In short"),
        description=Texts(en="**At length**\n\n<script>alert(1)</script>"),
        cost_note=Texts(en="Free of charge"),
        languages=[EventLanguage(language="it", position=0), EventLanguage(language="de", position=1)],
        contact_email="events@hit.example",
    )
    html = page(client, event.slug)
    expected = [
        "<h1>Workshop</h1>",
        "In short",
        "<strong>At length</strong>",
        "Thursday 18 March 2027",
        "08:30 – 12:30",
        "Rome time",
        f'href="/venues/{event.venue.slug}"',
        "40 of 40 left",
        "18 March 2027, 08:30",
        "Free of charge",
        "Italian and German",
        "Open to everybody",
        "mailto:events@hit.example",
        f'class="btn wide" href="/events/{event.slug}/register"',
        'class="action-bar"',
        f'href="/events/{event.slug}.ics"',
        'href="/subscribe?kind=clusters_workshop"',
        f'<link rel="canonical" href="http://localhost/events/{event.slug}">',
        f'<link rel="alternate" type="text/calendar" href="/events/{event.slug}.ics?lang=en">',
        f'<link rel="alternate" type="application/calendar+json" href="/events/{event.slug}.jcal?lang=en">',
    ]
    assert [words for words in expected if words not in html] == []
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("changes", "counts", "window", "words"),
    [
        ({}, (0, 0), "open", "Register"),
        ({"capacity": 15}, (15, 6), "waitlist", "You would be number 7."),
        ({"capacity": 15}, (15, 0), "waitlist", "You would be number 1."),
        ({"capacity": 15, "has_waitlist": False}, (15, 0), "full", "keeps no waiting list"),
        ({"opens_at": SOON - timedelta(days=1)}, (0, 0), "not_yet_open", "Registration opens on"),
        ({"closes_at": SOON - timedelta(days=20)}, (0, 0), "closed", "Registration has closed"),
        ({"status": Status.CALLED_OFF, "status_reason": "Snow."}, (0, 0), "called_off", "Snow."),
        ({"status": Status.POSTPONED, "status_reason": "Strike."}, (0, 0), "postponed", "Strike."),
        ({"audience": Audience.INVITED}, (0, 0), "by_invitation", "by invitation"),
        ({"starts_at": AGO}, (0, 0), "past", "This event is over."),
        ({"starts_at": AGO, "status": Status.HELD}, (0, 0), "past", "This event is over."),
        ({"capacity": None}, (3, 0), "open", "No limit"),
    ],
)
def test_each_state_says_what_can_be_done(
    client: FlaskClient, changes: dict[str, Any], counts: tuple[int, int], window: str, words: str
) -> None:
    event = soon(**changes)
    taken(event, confirmed=counts[0], waiting=counts[1])
    html = page(client, event.slug)
    assert f'data-window="{window}"' in html
    assert words in html
    assert (f'/events/{event.slug}/register"' in html) is (window in {"open", "waitlist"})


@pytest.mark.parametrize("changes", [{"status": Status.DRAFT}, {"audience": Audience.INTERNAL}])
def test_drafts_and_internal_events_are_for_those_who_manage_them(
    client: FlaskClient, database: Session, changes: dict[str, Any]
) -> None:
    organiser = make_organisation("HIT")
    slug = soon(organiser=organiser, **changes).slug
    assert client.get(f"/events/{slug}").status_code == 404
    sign_in_manager(client, make_organisation("Other"), "other@filo.example")
    assert client.get(f"/events/{slug}").status_code == 404
    sign_in_manager(client, organiser, "ada@filo.example")
    html = page(client, slug)
    assert f'href="/manage/events/{slug}"' in html
    assert ("This is a draft" in html) is ("status" in changes)


def test_unlisted_events_are_reached_by_their_address_alone(client: FlaskClient, database: Session) -> None:
    event = soon(listed=False)
    html = page(client, event.slug)
    assert 'name="robots" content="noindex"' in html
    assert ".ics" not in html


def test_nobody_finds_what_is_not_there(client: FlaskClient, database: Session) -> None:
    for address in ("/events/nothing", "/series/nothing", "/events/%00", "/events/" + "x" * 3000):
        assert client.get(address).status_code == 404


def test_a_rough_date_is_shown_as_roughly_and_has_no_calendar_entry(client: FlaskClient, database: Session) -> None:
    event = soon(
        starts_at=datetime(2018, 1, 1, tzinfo=UTC),
        ends_at=datetime(2018, 12, 31, 22, tzinfo=UTC),
        date_precision=DatePrecision.YEAR,
        status=Status.HELD,
    )
    html = page(client, event.slug)
    assert "2018" in html
    assert "January" not in html
    assert f"{event.slug}.ics" not in html


def test_a03_texts_in_another_language_say_so(client: FlaskClient, database: Session) -> None:
    event = soon(summary=Texts(it="In breve"))
    html = page(client, event.slug, "?lang=de")
    assert '<span lang="en">Workshop</span>' in html
    assert '<span lang="it">In breve</span>' in html


def test_a04_b03_the_funding_stands_on_the_events_of_its_programme_alone(
    client: FlaskClient, database: Session
) -> None:
    alpine = soon(project_id=make_project("S3-4AlpClusters", "Alpine Space").id)
    central = soon(project_id=make_project("Clusters-Cord", "Central Europe").id)
    plain = soon()
    on_alpine, on_central = page(client, alpine.slug), page(client, central.slug)
    assert "Paid by Alpine Space." in on_alpine
    assert 'alt="Alpine Space"' in on_alpine
    assert "Central Europe" not in on_alpine
    assert "Paid by Central Europe." in on_central
    assert "Alpine Space" not in on_central
    for address in (f"/events/{plain.slug}", "/events", "/about"):
        assert "Paid by" not in client.get(address).text


def test_a19_a20_participants_are_counted_by_type(client: FlaskClient, database: Session) -> None:
    make_country("IT")
    put(Region(code="ITH2", country_code="IT", name=Texts(en="Trentino")))
    event = soon(region_code="ITH2")
    event.organisations += [
        EventOrganisation(organisation=make_organisation(name, region_code="ITH2"), role=OrganisationRole.PARTICIPANT)
        for name in ("Polo Meccatronica", "Progetto Manifattura", "Habitech")
    ]
    companies = make_organisation("A company", type=OrganisationType.COMPANY)
    event.organisations.append(
        EventOrganisation(organisation=companies, role=OrganisationRole.PARTICIPANT, unnamed_heads=6)
    )
    host = make_organisation("Trentino Sviluppo", type=OrganisationType.DEVELOPMENT_AGENCY)
    event.organisations.append(EventOrganisation(organisation=host, role=OrganisationRole.HOST))
    database.flush()
    html = page(client, event.slug)
    assert "3 clusters, all local · 1 company, 6 people without a name (not evidenced)" in html
    assert re.search(rf'Host</dt> <dd class="plain"><a href="/organisations/{host.slug}">Trentino Sviluppo', html)


def test_a22_experts_are_named_and_those_who_merely_came_are_not(client: FlaskClient, database: Session) -> None:
    event = soon()
    augsburg = make_organisation("Mechatronik & Automation")
    heiko = make_person("Heiko", "Bartschat", form_of_address="Mr", is_public=True)
    event.persons = [
        EventPerson(person=heiko, role=PersonRole.INVITED_EXPERT, organisation=augsburg),
        EventPerson(person=make_person("Max", "Mustermann", is_public=True), role=PersonRole.PARTICIPANT),
        EventPerson(person=make_person("Erika", "Musterfrau"), role=PersonRole.SPEAKER),
    ]
    database.flush()
    html = page(client, event.slug)
    assert f'<a href="/people/{heiko.slug}">Mr Heiko Bartschat</a>, Invited expert' in html
    assert "Mechatronik &amp; Automation" in html
    assert "Mustermann" not in html
    assert "Musterfrau" not in html


def test_project_phase_groups_sectors_and_practices_are_linked(client: FlaskClient, database: Session) -> None:
    project = make_project("Cord")
    phase = put(Phase(project_id=project.id, number=2, name=Texts(en="Groups"), goal=Texts(), results=Texts()))
    event = soon(project_id=project.id, phase_id=phase.id, groups=[make_group(project)], sectors=[make_sector()])
    values = {"summary": Texts(), "body": Texts(), "country_code": "IT", "created_at": NOW, "changed_at": NOW}
    owner = make_organisation("Owner")
    for slug, is_published in (("shared-lab", True), ("secret", False)):
        practice = put(
            Practice(slug=slug, title=Texts(en=slug), owner_id=owner.id, is_published=is_published, **values)
        )
        for act in (Act.DISCUSSED, Act.PRESENTED, Act.DISCUSSED):
            put(PracticeUse(practice_id=practice.id, event_id=event.id, act=act))
    html = page(client, event.slug)
    for address in ("/projects/cord", "/groups/agrifood", "/sectors/food_industry", "/practices/shared-lab"):
        assert f'href="{address}"' in html
    assert "Phase 2: Groups" in html
    assert "(Presented, Discussed)" in html
    assert "/practices/secret" not in html
    assert 'href="/subscribe?group=agrifood"' in html


def test_a_hybrid_event_has_its_link(client: FlaskClient, database: Session) -> None:
    event = soon(format=Format.HYBRID, online_url="https://meet.example/x")
    assert 'href="https://meet.example/x"' in page(client, event.slug)


def test_more_of_everything_needs_no_more_queries(client: FlaskClient, database: Session) -> None:
    def queries_for(how_many: int) -> int:
        event = soon(languages=[EventLanguage(language=code) for code in ("de", "it", "en")[:how_many]])
        for number in range(how_many):
            organisation = make_organisation(f"Organisation {number}")
            event.organisations.append(EventOrganisation(organisation=organisation, role=OrganisationRole.PARTICIPANT))
            event.persons.append(
                EventPerson(person=make_person(is_public=True), role=PersonRole.SPEAKER, organisation=organisation)
            )
        slug = event.slug
        database.commit()
        database.expire_all()
        with queries_counted() as seen:
            page(client, slug)
        return len(seen)

    assert queries_for(1) == queries_for(3)


def test_a16_a_series_names_the_regions_without_an_edition(client: FlaskClient, database: Session) -> None:
    make_country("IT")
    make_country("DE")
    put(Region(code="ITH2", country_code="IT", name=Texts(en="Trentino")))
    put(Region(code="DE2", country_code="DE", name=Texts(en="Bavaria")))
    regions = [SeriesRegion(region_code=code) for code in ("ITH2", "DE2")]
    series = put(
        EventSeries(
            slug="workshops", title=Texts(en="Clusters workshops"), kind=Kind.CLUSTERS_WORKSHOP, regions=regions
        )
    )
    edition = soon("Edition", series_id=series.id, region_code="ITH2", edition_label="2018", venue=make_venue())
    soon("Hidden", series_id=series.id, status=Status.DRAFT)
    assert 'href="/series/workshops"' in page(client, edition.slug)
    html = re.sub(r"\s+", " ", client.get("/series/workshops").text)
    assert re.search(r"<h2>Trentino</h2>(?:(?!<h2>).)*Edition", html)
    assert re.search(r"<h2>Bavaria</h2>(?:(?!<h2>).)*none yet", html)
    assert "Hidden" not in html


def test_a_series_carries_the_sentence_of_its_programme_and_no_other(client: FlaskClient, database: Session) -> None:
    paid = make_project("Alp", "Alpine Space")
    kind, title = Kind.CLUSTERS_WORKSHOP, Texts(en="Workshops")
    put(EventSeries(slug="paid", title=title, kind=kind, project_id=paid.id))
    put(EventSeries(slug="free", title=title, kind=kind))
    assert "Paid by Alpine Space." in client.get("/series/paid").text
    assert "Paid by" not in client.get("/series/free").text
