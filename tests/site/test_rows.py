"""Rows of the specification that need several rooms at once, on pages, in feeds and in sheets."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.events.models import Event, EventOrganisation
from app.events.rules import OrganisationRole
from app.kernel.dates import RoughDate
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import GroupInput, PhaseInput
from app.network.rules import OrganisationType
from tests.builders import make_organisation
from tests.feeds.world import publish
from tests.forms import send
from tests.network.scenes import make_project as enter_project
from tests.network.scenes import make_vocabulary
from tests.readers import read_with_icalendar, read_with_vobject
from tests.registration.test_views import TYPED, register
from tests.signing_in import sign_in_manager
from tests.site.scene import make_project, soon

SMART = "“Smart Clusters” per una “smart specialisation” ■ l’Ict è già qui"
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)


def main_of(html: str) -> str:
    return re.sub(r"\s+", " ", html[html.index("<main") :])


def test_a01_the_title_reads_the_same_on_the_page_in_the_feed_and_in_the_sheet(client: FlaskClient) -> None:
    organiser = make_organisation("HIT")
    [event] = publish("Smart", title=Texts(it=SMART), organiser=organiser, starts_at=SOON)
    slug = event.slug
    assert f"<h1>{SMART}</h1>" in main_of(client.get(f"/events/{slug}?lang=it").text)
    for address in ("/events.ics?lang=it", f"/events/{slug}.ics?lang=it"):
        data = client.get(address).data
        assert [seen.summary for seen in (*read_with_icalendar(data), *read_with_vobject(data))] == [SMART, SMART]
    assert register(client, event).status_code == 303
    sign_in_manager(client, organiser, "ada@filo.example")
    sheet = client.get(f"/manage/events/{slug}/participants.csv?lang=it").data.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(sheet, newline=""))
    assert SMART in row.values()


def test_a18_organisations_take_part_before_any_person_is_named(client: FlaskClient) -> None:
    event = soon()
    event.organisations += [
        EventOrganisation(organisation=make_organisation(name, type=kind), role=OrganisationRole.PARTICIPANT)
        for name, kind in (
            ("HIT", OrganisationType.RESEARCH),
            ("Provincia autonoma di Trento", OrganisationType.PUBLIC_AUTHORITY),
        )
    ]
    db.session.commit()
    assert event.persons == []
    html = main_of(client.get(f"/events/{event.slug}").text)
    assert re.search(r"<dt>Participant</dt>(?:(?!</dd>).)*HIT</a>, <a[^>]*>Provincia autonoma di Trento</a>", html)
    assert "1 public authority · 1 research organisation" in html
    assert "<h2>People</h2>" not in html


@pytest.fixture
def funded(client: FlaskClient) -> dict[str, tuple[Event, str]]:
    """An event of each of two projects, and the address of a registration for it."""
    organiser = make_organisation("HIT")
    found = {}
    for acronym, programme in (("S3-4AlpClusters", "Alpine Space"), ("Clusters-Cord", "Central Europe")):
        event = soon(acronym, project_id=make_project(acronym, programme).id, organiser=organiser)
        found[programme] = (event, send(client, f"/events/{event.slug}/register", TYPED).location)
    sign_in_manager(client, organiser, "ada@filo.example")
    return found


PAGES: dict[str, Any] = {
    "event": lambda event, own: f"/events/{event.slug}",
    "register": lambda event, own: f"/events/{event.slug}/register",
    "privacy": lambda event, own: f"/events/{event.slug}/privacy",
    "my registration": lambda event, own: own,
    "my data": lambda event, own: f"{own}/edit",
    "manage": lambda event, own: f"/manage/events/{event.slug}",
    "participants": lambda event, own: f"/manage/events/{event.slug}/participants",
    "places": lambda event, own: f"/manage/events/{event.slug}/seats",
    "people": lambda event, own: f"/manage/events/{event.slug}/people",
    "agenda": lambda event, own: f"/manage/events/{event.slug}/agenda",
    "practices": lambda event, own: f"/manage/events/{event.slug}/practices",
    "edit": lambda event, own: f"/manage/events/{event.slug}/edit",
}


@pytest.mark.parametrize("page", PAGES)
def test_b03_each_programme_stands_on_the_pages_of_its_own_events(
    client: FlaskClient, funded: dict[str, tuple[Event, str]], page: str
) -> None:
    for own, other in (("Alpine Space", "Central Europe"), ("Central Europe", "Alpine Space")):
        html = client.get(PAGES[page](*funded[own])).text
        assert f"Paid by {own}." in html
        assert f'src="/static/emblems/{own}.svg' in html.replace("%20", " ")
        assert f"Paid by {other}." not in html
        assert f"emblems/{other}.svg" not in html.replace("%20", " ")


@pytest.mark.parametrize("address", ["/events", "/events?view=month", "/manage", "/practices", "/network", "/about"])
def test_b03_pages_of_no_event_or_of_several_name_no_programme(
    client: FlaskClient, funded: dict[str, tuple[Event, str]], address: str
) -> None:
    assert "Paid by" not in client.get(address).text


def test_b16_phase_two_shows_its_official_start_and_the_five_groups(client: FlaskClient) -> None:
    make_vocabulary()
    project, launch = enter_project("Clusters-Cord"), RoughDate.parse("2011-10-25")
    for number, starts, ends in ((1, "2010-03", "2011"), (2, "2011-10-25", "2013")):
        phase = PhaseInput(
            number=number, name=Texts(en="Part"), starts=RoughDate.parse(starts), ends=RoughDate.parse(ends)
        )
        network.add_phase(project.id, phase, actor=SYSTEM)
    names = ("Agri-food", "Energy & environment", "Tourism", "ICT", "Life sciences")
    for position, name in enumerate(names):
        group = GroupInput(
            slug=f"g{position}", name=Texts(en=name), position=position, sector_ids=("ict",), launched=launch
        )
        network.add_group(project.id, group, actor=SYSTEM)
    db.session.expire_all()
    html = main_of(client.get(f"/projects/{project.slug}?lang=en").text)
    first, second = html.index("Phase 1"), html.index("Phase 2")
    assert "Groups launched" not in html[first:second]
    phase_two = html[second : html.index("</li>", second)]
    assert "25 October 2011" in phase_two
    assert re.findall(r'href="/groups/(g\d)"', phase_two) == ["g0", "g1", "g2", "g3", "g4"]
    assert "Launched: 25 October 2011" in client.get("/groups/g2?lang=en").text


def test_b11_the_list_and_its_feed_show_the_events_of_a_phase(client: FlaskClient) -> None:
    make_vocabulary()
    project = enter_project()
    phases = [
        network.add_phase(project.id, PhaseInput(number=number, name=Texts(en=f"Phase {number}")), actor=SYSTEM)
        for number in (1, 2)
    ]
    titles = ("Study of services", "Regional workshop")
    for title, phase in zip(titles, phases, strict=True):
        publish(title, project_id=project.id, phase_id=phase.id, starts_at=SOON)
    page = main_of(client.get(f"/events?phase={project.slug}.1").text)
    assert titles[0] in page
    assert titles[1] not in page.partition("Narrow the list")[2]
    [seen] = read_with_icalendar(client.get(f"/events.ics?phase={project.slug}.1").data)
    assert seen.summary == titles[0]
    assert client.get(f"/events.ics?phase={project.slug}.9").status_code == 400
    assert client.get("/events?phase=1e9").status_code == 200
