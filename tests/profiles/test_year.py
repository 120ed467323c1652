from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.events.models import Event, EventOrganisation
from app.events.rules import Audience, OrganisationRole
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from app.needs import services as needs
from app.needs.inputs import NeedInput
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.pilots import services
from app.pilots.inputs import ServiceInput
from app.practices.models import Practice, PracticeUse
from app.practices.rules import Act
from tests.builders import NOW, make_event, make_organisation
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

YEAR = NOW.year


def take_part(organisation: Organisation, title: str, **changes: Any) -> Event:
    event = make_event(title, starts_at=NOW, ends_at=NOW.replace(hour=18), **changes)
    part = EventOrganisation(
        event_id=event.id, organisation_id=organisation.id, role=OrganisationRole.PARTICIPANT, unnamed_heads=0
    )
    db.session.add(part)
    db.session.commit()
    return event


def show(owner: Organisation, event: Event, title: str = "Shared lab") -> None:
    practice = Practice(
        slug=title.lower().replace(" ", "-"),
        title=Texts(en=title),
        summary=Texts(en="Short"),
        body=Texts(en="Long"),
        owner_id=owner.id,
        country_code="IT",
        is_published=True,
        created_at=NOW,
        changed_at=NOW,
    )
    db.session.add(practice)
    db.session.flush()
    for act in (Act.PRESENTED, Act.DISCUSSED):
        db.session.add(PracticeUse(practice_id=practice.id, event_id=event.id, act=act))
    db.session.commit()


@pytest.fixture
def cluster(database: object) -> Organisation:
    return make_organisation("Polo Example")


def test_a_need_that_was_written_down_later_belongs_to_the_year_of_its_event(
    client: FlaskClient, cluster: Organisation
) -> None:
    event = take_part(cluster, "Spring workshop")
    later = NOW.replace(year=YEAR + 1)
    need = needs.state_need(values=NeedInput(text="Shared benches", cluster_id=cluster.id), actor=SYSTEM, now=later)
    need.event_id = event.id
    db.session.commit()
    address = f"/organisations/{cluster.slug}/our-year?year="
    assert "Shared benches" in client.get(f"{address}{YEAR}").text
    assert "Shared benches" not in client.get(f"{address}{YEAR + 1}").text


def test_a31_the_year_of_a_cluster_stands_on_one_page(client: FlaskClient, cluster: Organisation) -> None:
    event = take_part(cluster, "Spring workshop")
    take_part(cluster, "Steering group", audience=Audience.INTERNAL)
    show(cluster, event)
    need = needs.state_need(values=NeedInput(text="Shared benches", cluster_id=cluster.id), actor=SYSTEM, now=NOW)
    values = ServiceInput(title=Texts(en="Lab voucher"), owner_id=cluster.id, need_ids=(need.id,))
    services.propose(values=values, proposer_id=cluster.id, actor=SYSTEM, now=NOW)
    address = f"/organisations/{cluster.slug}/our-year?year={YEAR}"
    page = client.get(address).text
    for words in (
        "Spring workshop",
        "Participant",
        "Shared lab",
        "Presented: Spring workshop",
        "Shared benches",
        "Lab voucher",
    ):
        assert words in page, words
    assert "Steering group" not in page
    assert "registration" not in page
    last = client.get(f"/organisations/{cluster.slug}/our-year?year={YEAR - 1}").text
    assert "Spring workshop" not in last
    assert "No event this year" in last

    paper = client.get(f"/organisations/{cluster.slug}/our-year.pdf?year={YEAR}")
    assert paper.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(paper.data)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "Shared benches" in text
    assert "Shared lab" in text


def test_the_fullest_year_still_fits_one_sheet(client: FlaskClient, cluster: Organisation) -> None:
    for number in range(9):
        event = take_part(cluster, f"A workshop with a rather long title that needs its room, number {number}")
        show(cluster, event, f"A practice with a long title of its own {number}")
        said = NeedInput(text=f"{'A need that takes some words. ' * 6}{number}", cluster_id=cluster.id)
        need = needs.state_need(values=said, actor=SYSTEM, now=NOW)
        title = Texts(en=f"A service with a long title of its own, number {number}")
        values = ServiceInput(title=title, owner_id=cluster.id, need_ids=(need.id,))
        services.propose(values=values, proposer_id=cluster.id, actor=SYSTEM, now=NOW)
    paper = client.get(f"/organisations/{cluster.slug}/our-year.pdf?year={YEAR}")
    pages = PdfReader(BytesIO(paper.data)).pages
    assert len(pages) == 1
    assert "and 4 more" in pages[0].extract_text()


def test_an_event_of_which_only_the_year_is_known_belongs_to_that_year(
    client: FlaskClient, cluster: Organisation
) -> None:
    event = take_part(cluster, "Workshop of Rovereto")
    event.starts_at, event.ends_at = datetime(2017, 12, 31, 23, tzinfo=UTC), datetime(2018, 1, 1, 22, tzinfo=UTC)
    event.timezone, event.date_precision = "Europe/Rome", DatePrecision.YEAR
    db.session.commit()
    address = f"/organisations/{cluster.slug}/our-year"
    assert "Workshop of Rovereto" in client.get(f"{address}?year=2018").text
    assert "Workshop of Rovereto" not in client.get(f"{address}?year=2017").text
    page = client.get(address).text
    assert 'value="2018"' in page
    assert 'value="2017"' not in page


def test_how_many_came_is_for_its_own_people(client: FlaskClient, cluster: Organisation) -> None:
    take_part(cluster, "Spring workshop")
    sign_in_manager(client, cluster, "manager@filo.example")
    assert "registrations of our people" in client.get(f"/organisations/{cluster.slug}/our-year?year={YEAR}").text


@pytest.mark.parametrize("year", ["", "0", "abcd", "99999", "-202", "3000"])
def test_an_odd_year_is_this_year(client: FlaskClient, cluster: Organisation, year: str) -> None:
    page = client.get(f"/organisations/{cluster.slug}/our-year?year={year}&project=none")
    assert page.status_code == 200
    assert f"Our year {datetime.now(UTC).year}</h1>" in page.text


def test_a_fuller_year_costs_no_more_queries(client: FlaskClient, cluster: Organisation) -> None:
    address = f"/organisations/{cluster.slug}/our-year?year={YEAR}"
    show(cluster, take_part(cluster, "One"), "First practice")
    with counted_queries() as one:
        client.get(address)
    for name in ("Two", "Three"):
        show(cluster, take_part(cluster, name), f"Practice {name}")
    with counted_queries() as three:
        client.get(address)
    assert len(three) == len(one)
