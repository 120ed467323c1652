"""From a group or a sector to the board, and to a post about it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.board import services
from app.kernel.texts import Texts
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import GroupInput
from app.network.models import Organisation, ThematicGroup
from tests.board.test_board import NOW, wanted
from tests.builders import make_account, make_manager, make_organisation
from tests.network.scenes import make_project
from tests.signing_in import sign_in


@pytest.fixture
def group(database: Session) -> ThematicGroup:
    network.put_sector("food_industry", Texts(en="Food industry"), 1, actor=SYSTEM)
    found = GroupInput(slug="agrifood", name=Texts(en="Agri-food"), sector_ids=("food_industry",), position=1)
    return network.add_group(make_project().id, found, actor=SYSTEM)


@pytest.fixture
def park(database: Session) -> Organisation:
    return make_organisation("Parco")


def _chosen(page: str, name: str) -> str:
    options = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)
    assert options
    found = re.search(r'<option selected value="([^"]*)"', options.group())
    return found.group(1) if found else ""


@pytest.mark.parametrize(
    ("address", "asked"), [("/groups/agrifood", "group=agrifood"), ("/sectors/food_industry", "sector=food_industry")]
)
def test_a_page_leads_to_its_part_of_the_board_and_to_a_post_about_it(
    client: FlaskClient, group: ThematicGroup, park: Organisation, address: str, asked: str
) -> None:
    page = client.get(address).text
    assert "Nothing is open here yet" in page
    assert f'href="/board?{asked}"' in page
    assert f'href="/manage/board/new?{asked}"' in page
    poster = make_manager(park, "poster@filo.example")
    post = wanted(park, group_id=group.id, sector_id="food_industry")
    services.add(values=post, actor=poster, locale="en", now=NOW)
    page = client.get(address).text
    assert "Kitchen for trials" in page
    assert "Nothing is open here yet" not in page
    assert "Kitchen for trials" in client.get(f"/board?{asked}").text


def test_who_belongs_to_no_organisation_is_not_led_to_the_form(client: FlaskClient, group: ThematicGroup) -> None:
    sign_in(client, make_account("lonely@filo.example").id)
    assert "/manage/board/new" not in client.get("/groups/agrifood").text


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ("group=agrifood&sector=food_industry&kind=offer", ("offer", "food_industry", True)),
        ("group=agrifood", ("request", "", True)),
        ("sector=food_industry", ("request", "food_industry", False)),
        ("group=unknown&sector=unknown", ("request", "", False)),
    ],
)
def test_the_form_takes_over_what_the_address_names(
    client: FlaskClient, group: ThematicGroup, park: Organisation, asked: str, chosen: tuple[str, str, bool]
) -> None:
    sign_in(client, make_manager(park, "poster@filo.example").account_id or 0)
    page = client.get(f"/manage/board/new?{asked}").text
    of_group = _chosen(page, "group_id") == str(group.id)
    assert (_chosen(page, "kind"), _chosen(page, "sector_id"), of_group) == chosen


def test_the_list_hands_on_what_it_is_narrowed_to(client: FlaskClient, group: ThematicGroup) -> None:
    page = client.get("/board?group=agrifood&country=IT&q=kitchen").text
    assert 'href="/manage/board/new?group=agrifood"' in page
    assert 'href="/manage/board/new"' in client.get("/board").text
