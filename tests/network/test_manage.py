from __future__ import annotations

from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kernel.db import db
from app.network import queries
from app.network.models import Organisation
from app.network.rules import OrganisationType, ProjectRole
from tests.builders import make_country, make_organisation
from tests.forms import hidden_values, send
from tests.network.scenes import make_partner, make_project, make_vocabulary
from tests.signing_in import sign_in_administrator, sign_in_manager

NEW = "/manage/organisations/new"
GOOD = {
    "name": "R&D Città",
    "types": "company",
    "primary_type": "company",
    "country_code": "IT",
    "status": "active",
    "latitude": "45,89",
    "longitude": "11.03",
}


def test_an_administrator_enters_an_organisation(client: FlaskClient) -> None:
    make_vocabulary()
    sign_in_administrator(client)
    answer = send(client, NEW, GOOD | {"aliases": "RDC\nR and D", "region_code": "ITH2"})
    assert answer.status_code == 303, answer.text
    assert answer.location == "/organisations/r-d-citta"
    row = db.session.scalar(select(Organisation).where(Organisation.slug == "r-d-citta"))
    assert row is not None
    assert (row.name, row.aliases, row.latitude) == ("R&D Città", ["RDC", "R and D"], 45.89)
    assert row.primary_type is OrganisationType.COMPANY


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("name", "a\x00b"),
        ("name", "a\r\nBcc: b"),
        ("name", "a\u202eb"),
        ("latitude", "north"),
        ("latitude", "nan"),
        ("latitude", "1e999"),
        ("latitude", "60"),
        ("longitude", ""),
        ("region_code", "DE2"),
        ("country_code", ""),
        ("country_code", "<b>"),
        ("primary_type", "research"),
        ("types", ""),
        ("status", "x"),
        ("unit_of_id", "x"),
        ("unit_of_id", "99999999999999999999"),
        ("web", "javascript:alert(1)"),
        ("name", "<b>Own</b>"),
        ("name", "=1+1"),
        ("email", "nobody"),
        ("aliases", "y" * 300),
        ("about_en", "z" * 10_000),
        ("sector_ids", "magic"),
    ],
)
def test_what_cannot_be_meant_is_answered_beside_its_field_and_kept(
    client: FlaskClient, field: str, typed: str
) -> None:
    make_vocabulary()
    sign_in_administrator(client)
    values = GOOD | {field: typed}
    answer = send(client, NEW, {name: value for name, value in values.items() if (name, value) != ("types", "")})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.scalar(select(Organisation)) is None
    if field == "web":
        assert 'value="javascript:alert(1)"' in answer.text
    if field != "name":
        assert 'value="R&amp;D Città"' in answer.text


def test_a_manager_changes_the_own_organisation_and_no_other(client: FlaskClient) -> None:
    mine, other = make_organisation("Mine"), make_organisation("Other")
    mine_id, mine_slug, other_slug = mine.id, mine.slug, other.slug
    sign_in_manager(client, mine, "m@filo.example")
    listed = client.get("/manage/organisations").text
    assert "Mine" in listed
    assert "Other" not in listed
    page = f"/manage/organisations/{mine_slug}/edit"
    assert 'value="Mine"' in client.get(page).text
    assert send(client, page, GOOD | {"name": "Renamed"}).status_code == 303
    assert queries.organisation(mine_id).name == "Renamed"
    assert client.get(f"/manage/organisations/{other_slug}/edit").status_code == 403
    token = hidden_values(client.get(page).text)
    assert client.post(f"/manage/organisations/{other_slug}/edit", data=token | GOOD).status_code == 403


def test_nobody_signed_in_is_led_to_sign_in_and_cannot_send(client: FlaskClient) -> None:
    organisation = make_organisation()
    page = f"/manage/organisations/{organisation.slug}/edit"
    assert "/sign-in" in client.get(page).location
    token = hidden_values(client.get("/sign-in").text)
    assert client.post(page, data=token | GOOD).status_code == 403


@pytest.mark.parametrize(("lang", "typed"), [("it", "120.000"), ("en", "120,000"), ("de", "120.000,00")])
def test_a06_a_share_is_typed_in_the_way_of_the_reader(client: FlaskClient, lang: str, typed: str) -> None:
    project = make_project()
    lead = make_partner(project, "Lead", ProjectRole.LEAD_PARTNER)
    project_id, lead_id = project.id, lead.id
    sign_in_manager(client, lead, "lead@filo.example")
    values = {"shares-0-organisation_id": str(lead_id), "shares-0-share": typed, "shares-0-is_public": "y"}
    answer = send(client, f"/manage/projects/{project.slug}/partners?lang={lang}", values)
    assert answer.status_code == 303, answer.text
    row = queries.partner_role(project_id, lead_id)
    assert row is not None
    assert (row.budget_share, row.budget_is_public) == (Decimal("120000.00"), True)


def test_an_amount_that_could_mean_two_things_is_refused_beside_its_field(client: FlaskClient) -> None:
    project = make_project()
    lead = make_partner(project, "Lead", ProjectRole.LEAD_PARTNER)
    sign_in_manager(client, lead, "lead@filo.example")
    values = {"shares-0-organisation_id": str(lead.id), "shares-0-share": "120.00"}
    answer = send(client, f"/manage/projects/{project.slug}/partners?lang=it", values)
    assert answer.status_code == 422
    assert 'id="shares-0-share-error"' in answer.text
    assert 'value="120.00"' in answer.text


def test_a_partner_sees_and_changes_the_own_line_only(client: FlaskClient) -> None:
    project = make_project()
    lead, partner = make_partner(project, "Lead", ProjectRole.LEAD_PARTNER), make_partner(project, "Partner")
    project_id, lead_id = project.id, lead.id
    page = f"/manage/projects/{project.slug}/partners"
    sign_in_manager(client, partner, "p@filo.example")
    assert "Lead" not in client.get(page).text
    forged = {"shares-0-organisation_id": str(lead_id), "shares-0-share": "1"}
    send(client, page, forged)
    row = queries.partner_role(project_id, lead_id)
    assert row is not None
    assert row.budget_share is None


def test_who_has_no_part_in_a_project_may_not_enter_shares(client: FlaskClient) -> None:
    make_country("IT")
    project, stranger = make_project(), make_organisation("Stranger")
    make_partner(project, "Lead", ProjectRole.LEAD_PARTNER)
    sign_in_manager(client, stranger, "s@filo.example")
    assert client.get(f"/manage/projects/{project.slug}/partners").status_code == 403
