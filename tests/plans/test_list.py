"""The thematic groups of all projects, for everybody."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import GroupInput
from app.network.models import Project, ThematicGroup
from app.network.rules import GroupRole
from app.plans.presenters.listing import group_list
from app.plans.rules.plans import PlanState, Stand, public_stand
from app.plans.services import drafting
from tests.builders import NOW
from tests.network.scenes import make_project
from tests.plans.helpers import Scene, adopt, ask, begin, form_district, make_scene, publish, put
from tests.query_counter import counted_queries

DAY = date(2026, 3, 1)
DRAFTING, CONSULTED = Stand(state=PlanState.DRAFTING), Stand(state=PlanState.CONSULTATION)
HELD = Stand(state=PlanState.ADOPTED, adopted_on=DAY, adopted_number=2)
FORMER = Stand(state=PlanState.SUPERSEDED, adopted_on=DAY, adopted_number=1)


@pytest.fixture
def scene(database: Session) -> Scene:
    return make_scene()


def _group(project: Project, slug: str, position: int = 2) -> ThematicGroup:
    found = GroupInput(slug=slug, name=Texts(en=slug.upper()), sector_ids=(), position=position)
    return network.add_group(project.id, found, actor=SYSTEM)


def _card(client: FlaskClient, slug: str, address: str = "/groups") -> str:
    page = client.get(address).text
    return next(one for one in page.split('<li class="card stack">')[1:] if f'href="/groups/{slug}"' in one)


@pytest.mark.parametrize(
    ("plans", "told"),
    [
        ([], None),
        ([DRAFTING], (PlanState.DRAFTING, None)),
        ([CONSULTED], (PlanState.CONSULTATION, None)),
        ([HELD], (PlanState.ADOPTED, 2)),
        ([HELD, DRAFTING], (PlanState.DRAFTING, 2)),
        ([FORMER, HELD, CONSULTED], (PlanState.CONSULTATION, 2)),
        ([FORMER], (PlanState.SUPERSEDED, 1)),
    ],
)
def test_everybody_is_told_what_is_written_and_what_holds(
    plans: list[Stand], told: tuple[PlanState, int | None] | None
) -> None:
    found = public_stand(plans)
    assert (found and (found.state, found.adopted_number)) == told


def test_an_empty_list_says_so(client: FlaskClient, database: Session) -> None:
    page = client.get("/groups")
    assert page.status_code == 200
    assert "No thematic group has been entered yet." in page.text
    assert 'aria-label="Project"' not in page.text


def test_a_group_stands_with_project_countries_and_coordinator(client: FlaskClient, scene: Scene) -> None:
    card = _card(client, "agrifood")
    for words in ("Agri-food", "CORD", "Metropoli", "Germany, Italy, Slovakia", "No plan yet"):
        assert words in card
    assert "Parco" not in card  # the supporting body stands on the group's own page


def test_b08_b17_the_state_of_plan_and_meta_district_follows(client: FlaskClient, scene: Scene) -> None:
    form_district(scene.coordinator, scene.german)
    begin(scene)
    assert "Being drafted" in _card(client, "agrifood")
    assert "Forming" in _card(client, "agrifood")
    publish()
    ask()
    assert "In consultation" in _card(client, "agrifood")
    adopt(scene.coordinator)
    card = _card(client, "agrifood")
    assert "Adopted" in card
    assert "Version 1 was adopted on" in card
    assert "Plan agreed" in card
    assert "by 2012" in card
    drafting.begin(**put())
    card = _card(client, "agrifood")
    assert "Being drafted" in card
    assert "Version 1 was adopted on" in card


def test_what_a_draft_says_stays_with_those_who_may_see_it(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    page = client.get("/groups").text
    assert "Title" not in page.split("<main")[1].split("</main>")[0]
    own = client.get("/groups/agrifood").text
    assert ("Being drafted" in page) == ("Being drafted" in own)


def test_the_list_is_narrowed_to_a_project_once_there_are_two(client: FlaskClient, scene: Scene) -> None:
    assert 'aria-label="Project"' not in client.get("/groups").text
    other = make_project("ALPS")
    _group(other, "ict")
    both = client.get("/groups").text
    assert 'href="/groups/agrifood"' in both
    assert 'href="/groups/ict"' in both
    one = client.get(f"/groups?project={other.slug}").text
    assert 'href="/groups/agrifood"' not in one
    assert 'href="/groups/ict"' in one
    assert 'aria-current="true">ALPS' in one
    assert 'href="/groups/agrifood"' in client.get("/groups?project=unknown").text


def test_the_list_costs_three_queries_however_many_groups_there_are(scene: Scene) -> None:
    begin(scene)
    for position, slug in enumerate(("ict", "tourism", "energy", "life")):
        group = _group(scene.project, slug, position + 2)
        network.give_group_role(group.id, scene.german.id, GroupRole.COORDINATOR, actor=SYSTEM, now=NOW)
        drafting.begin(**put(group_slug=slug))
    with counted_queries() as found:
        assert len(group_list("", "All").lines) == 5
    assert len(found) == 3


def test_whoever_has_the_page_is_told_when_it_is_still_the_same(client: FlaskClient, scene: Scene) -> None:
    first = client.get("/groups")
    tag = first.headers["ETag"]
    assert client.get("/groups", headers={"If-None-Match": tag}).status_code == 304
    begin(scene)
    assert client.get("/groups", headers={"If-None-Match": tag}).status_code == 200


def test_ways_lead_to_the_list(client: FlaskClient, scene: Scene) -> None:
    for address in ("/network", "/groups/agrifood", f"/projects/{scene.project.slug}", "/board"):
        assert 'href="/groups' in client.get(address).text.split("<main")[1].replace("/groups/agrifood", ""), address
    assert "/groups</loc>" in client.get("/sitemap.xml").text
