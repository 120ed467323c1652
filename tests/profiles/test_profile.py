from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.network.models import Organisation
from app.network.rules import OrganisationType
from app.profiles import queries
from tests.builders import make_country, make_organisation
from tests.forms import send
from tests.signing_in import sign_in_administrator, sign_in_manager

GOOD = {
    "looking_for_en": "Test beds for drives",
    "offers_it": "Corsi di meccatronica",
    "founded_year": "2006",
    "staff": "1,5",
    "committed_members": "200",
    "small_companies": "150",
    "research_bodies": "20",
    "target_countries": "DE",
}


@pytest.fixture
def cluster(client: FlaskClient) -> Organisation:
    make_country("DE")
    cluster = make_organisation("Polo Example")
    sign_in_manager(client, cluster, "manager@filo.example")
    return cluster


def test_a_manager_keeps_the_profile_and_everybody_reads_it(client: FlaskClient, cluster: Organisation) -> None:
    address = f"/manage/organisations/{cluster.slug}/profile"
    assert send(client, address, GOOD).status_code == 303
    profile = queries.find_profile(cluster.id)
    assert profile is not None
    assert (str(profile.staff), profile.committed_members, profile.target_countries) == ("1.5", 200, ["DE"])
    page = client.get(f"/organisations/{cluster.slug}").text
    for words in ("Test beds for drives", "Corsi di meccatronica", "2006", "1.5", "150 small and medium companies"):
        assert words in page
    assert 'value="200"' in client.get(address).text
    assert send(client, address, {**GOOD, "looking_for_en": ""}).status_code == 303
    assert "Test beds" not in client.get(f"/organisations/{cluster.slug}").text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("founded_year", "20", "year of four digits"),
        ("founded_year", "old", "year of four digits"),
        ("staff", "-1", "such as 1.5"),
        ("committed_members", "100", "add up to more than all members"),
        ("small_companies", "many", "whole number"),
        ("looking_for_en", "a\x00b", "cannot be"),
        ("looking_for_en", "x" * 2001, "too many"),
        ("target_countries", "XX", ""),
    ],
)
def test_wrong_input_is_said_beside_the_field_and_kept(
    client: FlaskClient, cluster: Organisation, field: str, typed: str, said: str
) -> None:
    answer = send(client, f"/manage/organisations/{cluster.slug}/profile", {**GOOD, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Corsi di meccatronica" in answer.text
    assert queries.find_profile(cluster.id) is None


def test_only_clusters_have_a_profile(client: FlaskClient) -> None:
    firm = make_organisation("Firm", type=OrganisationType.COMPANY)
    sign_in_administrator(client)
    answer = client.get(f"/manage/organisations/{firm.slug}/profile")
    assert answer.status_code == 409
    assert "Only cluster organisations" in answer.text


def test_a_manager_enters_and_ends_memberships_and_awards_no_labels(client: FlaskClient, cluster: Organisation) -> None:
    member = make_organisation("Officine Segnaposto", type=OrganisationType.COMPANY)
    address = f"/manage/organisations/{cluster.slug}/members"
    assert send(client, address, {"member_id": str(member.id), "since": "2020-01-01"}).status_code == 303
    assert "Officine Segnaposto" in client.get(f"/organisations/{cluster.slug}").text
    assert send(client, address, {"member_id": ""}).status_code == 422
    assert send(client, address, {"member_id": str(cluster.id)}).status_code == 422
    assert send(client, address, {}, to=f"{address}/{member.id}/end").status_code == 303
    assert "until" in client.get(address).text
    assert send(client, address, {}, to=f"{address}/{member.id + 99}/end").status_code == 404
    label = {
        "scheme": "Excellence",
        "level": "gold",
        "issuer": "Jury",
        "awarded_on": "2026-01-01",
        "valid_until": "2028-01-01",
    }
    assert send(client, address, label, to=f"/manage/organisations/{cluster.slug}/labels").status_code == 403


def test_an_administrator_enters_a_label_with_its_end(client: FlaskClient, cluster: Organisation) -> None:
    sign_in_administrator(client)
    members = f"/manage/organisations/{cluster.slug}/members"
    address = f"/manage/organisations/{cluster.slug}/labels"
    label = {
        "scheme": "Excellence",
        "level": "gold",
        "issuer": "Jury",
        "awarded_on": "2026-01-01",
        "valid_until": "2025-01-01",
    }
    refused = send(client, members, label, to=address)
    assert refused.status_code == 422
    assert "The end lies before the start" in refused.text
    assert send(client, members, {**label, "valid_until": "2099-01-01"}, to=address).status_code == 303
    assert "Jury" in client.get(f"/organisations/{cluster.slug}").text
