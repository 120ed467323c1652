from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.events.rules import Audience, Status
from app.kernel.texts import Texts
from app.practices.models import Practice
from app.search import services as search
from app.site import panels
from app.site.presenters.lines import EventLine
from tests.builders import NOW, make_organisation, make_person, make_venue
from tests.site.scene import AGO, make_group, make_project, make_sector, put, queries_counted, soon


def fill(word: str) -> None:
    """One of everything that can be found, and some that must not be."""
    venue, organisation, project = make_venue(), make_organisation("Habitech"), make_project("Cord")
    group = make_group(project)
    texts = {"title": Texts(en="Lab"), "summary": Texts(), "body": Texts(), "created_at": NOW, "changed_at": NOW}
    practices = [
        put(Practice(slug=slug, owner_id=organisation.id, country_code="IT", is_published=published, **texts))
        for slug, published in (("lab", True), ("unfinished", False))
    ]
    found = {
        "event": [soon(), soon("Draft", status=Status.DRAFT), soon("Meeting", audience=Audience.INTERNAL)],
        "practice": practices,
        "organisation": [organisation],
        "project": [project],
        "group": [group],
        "venue": [venue],
        "person": [make_person("Ada", "Public", is_public=True), make_person("Max", "Private")],
    }
    for subject, rows in found.items():
        for row in rows:
            search.index(subject, row.id, names=[word])


def test_search_shows_what_it_found_by_what_it_is(client: FlaskClient, database: Session) -> None:
    fill("Mechatronik")
    html = client.get("/search?q=mechatronik").text
    subjects = re.findall(r'data-subject="(\w+)"', html)
    assert sorted(subjects) == ["event", "group", "organisation", "person", "practice", "project", "venue"]
    for hidden in ("Draft", "Meeting", "unfinished", "Private"):
        assert hidden not in html


def test_search_needs_as_many_queries_for_much_as_for_little(client: FlaskClient, database: Session) -> None:
    def queries_for() -> int:
        with queries_counted() as seen:
            client.get("/search?q=mechatronik")
        return len(seen)

    fill("Mechatronik")
    first = queries_for()
    for number in range(3):
        search.index("organisation", make_organisation(f"Other {number}").id, names=["Mechatronik"])
    assert queries_for() == first


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "type a part of a name"),
        ("q=", "type a part of a name"),
        ("q=%00", "type a part of a name"),
        ("q=zzzz", "Nothing is called or says"),
        ("q=%25%27%22%3Cscript%3E", "Nothing is called or says"),
        ("q=" + "x" * 10_000, "Nothing is called or says"),
    ],
)
def test_any_search_is_answered(client: FlaskClient, database: Session, query: str, words: str) -> None:
    answer = client.get(f"/search?{query}")
    assert answer.status_code == 200
    assert words in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("address", ["/privacy", "/about", "/search"])
@pytest.mark.parametrize("lang", ["en", "it", "de"])
def test_plain_pages_open_in_every_language(client: FlaskClient, address: str, lang: str) -> None:
    answer = client.get(f"{address}?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text


def test_a09_the_glossary_says_what_a_cluster_is(client: FlaskClient) -> None:
    assert "cooperate in an area of specialisation" in client.get("/about").text


def test_robots_are_kept_from_what_is_nobodys_business(client: FlaskClient, database: Session) -> None:
    text = client.get("/robots.txt").text
    for path in ("/manage", "/registrations", "/sign-in"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_the_sitemap_names_listed_events(client: FlaskClient, database: Session) -> None:
    event = soon()
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    assert f"<loc>http://localhost/events/{event.slug}</loc>" in answer.text


def titles(months: list[tuple[str, list[EventLine]]]) -> list[str]:
    return [line.title.text for _heading, lines in months for line in lines]


def test_whoever_takes_part_has_the_events_on_its_page(app: object, client: FlaskClient, database: Session) -> None:
    organisation, project, sector = make_organisation("HIT"), make_project("Cord"), make_sector()
    group = make_group(project)
    event = soon("Coming", organiser=organisation, project_id=project.id, sectors=[sector], groups=[group])
    soon("Gone", organiser=organisation, project_id=project.id, sectors=[sector], groups=[group], starts_at=AGO)
    soon("Draft", organiser=organisation, project_id=project.id, status=Status.DRAFT)
    with app.test_request_context():  # type: ignore[attr-defined]
        found = {
            "organisations/" + organisation.slug: panels.of_organisation(organisation),
            "projects/cord": panels.of_project(project),
            "groups/agrifood": panels.of_group(group),
            "sectors/food_industry": panels.of_sector(sector),
            "venues/" + event.venue.slug: panels.of_venue(event.venue),
        }
        for path, (_template, panel) in found.items():
            assert titles(panel["upcoming"]) == ["Coming"]
            assert titles(panel["past"]) == ([] if "venues" in path else ["Gone"])
            assert f"/{path}/events.ics" in panel["subscription"].url
