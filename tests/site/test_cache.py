from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.changes.queries import version_of
from app.changes.rules import PAGES
from app.events.facts import EventChanged
from app.events.models import Event, EventPerson
from app.events.rules import PersonRole
from app.events.services import reindex
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import PersonInput
from app.network.models import Sector
from app.network.rules import CountryBox
from app.site.cache import LONGEST_LIFE, Part, Parts
from app.site.pages import Shelf
from tests.builders import NOW, make_country, make_organisation, make_person
from tests.forms import send
from tests.signing_in import sign_in_manager
from tests.site.scene import queries_counted, soon

PERSON = {
    "given_name": "Ada",
    "family_name": "Esempio",
    "email": "ada@company.example",
    "organisation": "Company Example",
    "org_type": "company",
    "country": "IT",
    "privacy": "y",
}


@pytest.fixture
def keeping(app: Flask, client: FlaskClient) -> Iterator[FlaskClient]:
    """A client of an application that keeps what it renders, as outside of tests."""
    before = app.extensions["filo_pages"]
    app.extensions["filo_pages"] = Shelf(keeps=True)
    yield client
    app.extensions["filo_pages"] = before


@transactional
def rename(event_id: int, title: str) -> None:
    db.session.get_one(Event, event_id).title = Texts(en=title)
    record(EventChanged(event_id=event_id))


def test_what_is_kept_costs_two_small_queries(keeping: FlaskClient, database: Session) -> None:
    slug = soon().slug
    for address in ("/events", "/events?view=map", f"/events/{slug}"):
        first = keeping.get(address).text
        with queries_counted() as seen:
            assert keeping.get(address).text == first
        assert len(seen) == 2


def test_a_changed_event_is_seen_at_once(keeping: FlaskClient, database: Session) -> None:
    event = soon("Before")
    event_id, addresses = event.id, ("/events", f"/events/{event.slug}", "/events?view=map")
    for address in addresses:
        assert "Before" in keeping.get(address).text
    rename(event_id, "After")
    for address in addresses:
        html = keeping.get(address).text
        assert "After" in html
        assert "Before" not in html


def test_who_no_longer_agrees_to_be_named_is_named_no_more(keeping: FlaskClient, database: Session) -> None:
    event, person = soon("Forum"), make_person("Heiko", "Bartschat", is_public=True)
    event.persons = [EventPerson(person=person, role=PersonRole.SPEAKER)]
    database.commit()
    rename(event.id, "Forum of needs")
    reindex(event.id)
    for address in (f"/events/{event.slug}", "/search?q=bartschat"):
        assert "Forum of needs" in keeping.get(address).text
    slug, hidden = event.slug, PersonInput(given_name="Heiko", family_name="Bartschat", is_public=False)
    network.edit_person(person.id, hidden, actor=SYSTEM, now=NOW)
    assert "Bartschat" not in keeping.get(f"/events/{slug}").text
    for address in ("/search?q=bartschat", "/events?q=bartschat"):
        assert "Forum of needs" not in keeping.get(address).text


def test_a_sector_or_a_country_that_is_called_otherwise_is_seen_at_once(
    keeping: FlaskClient, database: Session
) -> None:
    make_country("IT")
    network.put_sector("food", Texts(en="Food"), 1, actor=SYSTEM)
    slug = soon(sectors=[database.get_one(Sector, "food")]).slug
    for address in ("/events", f"/events/{slug}"):
        assert "Food" in keeping.get(address).text
    network.put_sector("food", Texts(en="Nourishment"), 1, actor=SYSTEM)
    network.put_country("IT", Texts(en="Italia"), CountryBox(south=35, west=6, north=48, east=19), actor=SYSTEM)
    for address in ("/events", f"/events/{slug}"):
        assert "Nourishment" in keeping.get(address).text
        assert "Food" not in keeping.get(address).text
    assert ">Italia</option>" in keeping.get("/events").text


def test_words_that_stay_the_same_raise_no_version(database: Session) -> None:
    versions = []
    for _again in range(2):
        network.put_sector("food", Texts(en="Food"), 1, actor=SYSTEM)
        versions.append(version_of({PAGES}).number)
    assert versions[0] == versions[1]


def test_a_new_registration_is_seen_at_once(keeping: FlaskClient, database: Session) -> None:
    slug = soon(capacity=2).slug
    assert "2 of 2 places" in keeping.get("/events").text
    assert "2 of 2 left" in keeping.get(f"/events/{slug}").text
    assert send(keeping, f"/events/{slug}/register", PERSON).status_code == 303
    assert "1 of 2 places" in keeping.get("/events").text
    assert "1 of 2 left" in keeping.get(f"/events/{slug}").text


def test_each_language_and_filter_is_kept_apart(keeping: FlaskClient, database: Session) -> None:
    event = soon()
    event.title = Texts(en="Needs", de="Bedarf")
    database.flush()
    assert "Needs" in keeping.get("/events?lang=en").text
    assert "Bedarf" in keeping.get("/events?lang=de").text
    assert "Bedarf" not in keeping.get("/events?kind=study_visit").text


def test_what_a_manager_sees_is_kept_for_nobody(keeping: FlaskClient, database: Session) -> None:
    organiser = make_organisation("HIT")
    slug = soon(organiser=organiser).slug
    sign_in_manager(keeping, organiser, "ada@filo.example")
    assert "/manage/events/" in keeping.get(f"/events/{slug}").text
    with keeping.session_transaction() as session:
        session.clear()
    assert "/manage/events/" not in keeping.get(f"/events/{slug}").text


def test_every_change_raises_the_version(database: Session) -> None:
    event_id = soon().id
    before = version_of({PAGES}).number
    rename(event_id, "After")
    assert version_of({PAGES}).number > before


def test_a_part_lasts_until_the_clock_changes_what_it_says() -> None:
    parts = Parts()
    rendered: list[str] = []

    def render() -> Part:
        rendered.append("x")
        return Part(texts={"main": str(len(rendered))}, changes_at=NOW + timedelta(seconds=20))

    def shown(seconds: int) -> str:
        return parts.get("key", version=1, now=NOW + timedelta(seconds=seconds), render=render).texts["main"]

    assert [shown(0), shown(19), shown(20)] == ["1", "1", "2"]
    part = Part(texts={"main": "long"})
    parts.get("other", version=1, now=NOW, render=lambda: part)
    late = NOW + LONGEST_LIFE
    assert parts.get("other", version=1, now=late, render=lambda: Part(texts={"main": "new"})).texts["main"] == "new"


def test_the_store_is_bounded() -> None:
    parts = Parts(most=2)
    for key in "abc":
        parts.get(key, version=1, now=NOW, render=lambda: Part(texts={"main": "old"}))
    fresh = Part(texts={"main": "new"})
    again = [parts.get(key, version=1, now=NOW, render=lambda: fresh).texts["main"] for key in "cba"]
    assert again == ["old", "old", "new"]
