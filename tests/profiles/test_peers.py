from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.board.models import BoardPost
from app.board.rules import PostKind
from app.demo.network_data import load_network
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network import queries as network_queries
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import GroupInput
from app.network.models import Organisation, OrganisationTypeRow
from app.network.rules import GroupRole, OrganisationStatus, OrganisationType
from app.profiles.models import ClusterProfile
from app.profiles.queries import peers_of
from app.profiles.rules import Peer, Place, by_country, distance, nearest_first
from tests.builders import NOW, make_country, make_organisation
from tests.network.scenes import make_project
from tests.query_counter import counted_queries

LODI = Place(latitude=45.3042, longitude=9.5027)
KRANJ = Place(latitude=46.243, longitude=14.355)
places = st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (LODI, LODI, 0),
        (LODI, KRANJ, 390),
        (Place(latitude=0, longitude=0), Place(latitude=0, longitude=180), 20_015),
        (Place(latitude=0, longitude=179.5), Place(latitude=0, longitude=-179.5), 111),
    ],
)
def test_distances_are_along_the_great_circle(one: Place, other: Place, km: float) -> None:
    assert distance(one, other) == pytest.approx(km, rel=0.01, abs=0.001)


@given(places, places)
def test_it_is_as_far_there_as_back_and_never_beyond_half_the_earth(one: Place, other: Place) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one), abs=1e-6)
    assert 0 <= distance(one, other) <= 20_016


def test_the_nearest_is_first_and_unknown_places_come_last() -> None:
    peers = [
        Peer(organisation_id=number, name=name, country_code=country, distance=km)
        for number, (name, country, km) in enumerate(
            [("B", "PL", None), ("C", "DE", 20.0), ("A", "PL", None), ("D", "SI", 3.0)]
        )
    ]
    assert [peer.name for peer in nearest_first(peers)] == ["D", "C", "A", "B"]
    assert list(by_country(peers).items()) == [("SI", 1), ("DE", 1), ("PL", 2)]


class Field:
    """Lodi with a sector and a group, and others to be compared with it."""

    def __init__(self) -> None:
        for position, sector in enumerate(("food_industry", "tourism")):
            network.put_sector(sector, Texts(en=sector.replace("_", " ").title()), position, actor=SYSTEM)
        project = make_project()
        group = GroupInput(slug="agrifood", name=Texts(en="Agri-food"), position=1, sector_ids=("food_industry",))
        self.group_id = network.add_group(project.id, group, actor=SYSTEM).id
        self.lodi = self.put("Lodi Park", "IT", (45.3042, 9.5027), sectors=("food_industry",), in_group=True)

    def put(
        self,
        name: str,
        country: str,
        pin: tuple[float, float] | None,
        *,
        sectors: tuple[str, ...] = (),
        in_group: bool = False,
        **changes: Any,
    ) -> Organisation:
        make_country(country)
        latitude, longitude = pin or (None, None)
        organisation = make_organisation(name, country=country, latitude=latitude, longitude=longitude, **changes)
        organisation.sectors = list(network_queries.sectors(sectors))
        db.session.commit()
        if in_group:
            network.give_group_role(self.group_id, organisation.id, GroupRole.MEMBER, actor=SYSTEM, now=NOW)
        return organisation


@pytest.fixture
def field(database: object) -> Field:
    return Field()


def shown(client: FlaskClient, address: str) -> list[str]:
    page = client.get(address)
    assert page.status_code == 200
    listed = page.text.partition('<ol class="lines">')[2].partition("</ol>")[0]
    return re.findall(r'<a href="/organisations/[^"]+">([^<]+)</a>', listed)


def test_b07_peers_share_a_sector_or_group_in_another_country_nearest_first(client: FlaskClient, field: Field) -> None:
    field.put("Far Food", "PL", (50.06, 19.94), sectors=("food_industry",))
    field.put("Near Group", "SI", (46.24, 14.35), in_group=True)
    field.put("No Pin", "DE", None, sectors=("food_industry",))
    field.put("At Home", "IT", (45.46, 9.19), sectors=("food_industry",))
    field.put("Other Sector", "SI", (46.24, 14.35), sectors=("tourism",))
    field.put("Gone", "SI", (46.24, 14.35), in_group=True, status=OrganisationStatus.HISTORIC)
    address = f"/organisations/{field.lodi.slug}/peers"

    assert shown(client, address) == ["Near Group", "Far Food", "No Pin"]
    assert shown(client, f"{address}?sector=food_industry") == ["Far Food", "No Pin"]
    assert shown(client, f"{address}?group={field.group_id}") == ["Near Group"]
    assert shown(client, f"{address}?country=PL") == ["Far Food"]
    assert shown(client, f"{address}?sector=tourism&country=XX&page=99") == ["Near Group", "Far Food", "No Pin"]
    assert "distance not known" in client.get(address).text
    assert f'href="{address}"' in client.get(f"/organisations/{field.lodi.slug}").text


def test_peers_are_narrowed_to_a_type_of_organisation(client: FlaskClient, field: Field) -> None:
    firm = field.put("Firm", "PL", (50.06, 19.94), sectors=("food_industry",), type=OrganisationType.COMPANY)
    field.put("Cluster", "SI", (46.24, 14.35), sectors=("food_industry",), type=OrganisationType.CLUSTER_ORGANISATION)
    other = OrganisationTypeRow(organisation_id=firm.id, type=OrganisationType.DEVELOPMENT_AGENCY, is_primary=False)
    db.session.add(other)
    db.session.commit()
    address = f"/organisations/{field.lodi.slug}/peers"
    assert shown(client, f"{address}?type=company") == ["Firm"]
    assert shown(client, f"{address}?type=development_agency") == ["Firm"]
    assert shown(client, f"{address}?type=cluster_organisation") == ["Cluster"]
    assert shown(client, f"{address}?type=cluster_organisation&country=PL") == ["Cluster"]  # nobody there: not asked
    assert shown(client, f"{address}?type=unknown") == ["Cluster", "Firm"]
    page = client.get(f"{address}?country=PL").text
    assert "type=company" in page
    assert "type=cluster_organisation" not in page


def test_a_line_says_what_a_peer_looks_for_and_offers(client: FlaskClient, field: Field) -> None:
    peer = field.put("Far Food", "PL", (50.06, 19.94), sectors=("food_industry",))
    address = f"/organisations/{field.lodi.slug}/peers"
    assert "Looking for" not in client.get(address).text
    long = "Ovens " * 100
    profile = ClusterProfile(
        organisation_id=peer.id, looking_for=Texts(en="Mills <b>"), offers=Texts(it=long), changed_at=NOW
    )
    db.session.add(profile)
    db.session.commit()
    page = client.get(address).text
    assert "Mills &lt;b&gt;" in page
    assert '<span lang="it">Ovens' in page
    assert long.strip() not in page
    assert "Ovens…" in page


def test_a_peer_is_written_to_by_what_it_published(client: FlaskClient, field: Field) -> None:
    quiet = field.put("Quiet", "SI", (46.24, 14.35), sectors=("food_industry",))
    address = f"/organisations/{field.lodi.slug}/peers"
    assert "Write an e-mail" not in client.get(address).text
    quiet.email = "office@quiet.example"
    db.session.commit()
    assert 'href="mailto:office@quiet.example"' in client.get(address).text
    for number in range(3):
        make_post(quiet, f"Post {number}")
    closed = make_post(quiet, "Closed one")
    closed.closed_at = NOW
    make_post(quiet, "Expired one", days=-1)
    db.session.commit()
    page = client.get(address).text
    told = {title: title in page for title in ("Post 0", "Post 1", "Post 2", "Closed one", "Expired one")}
    assert told == {"Post 0": False, "Post 1": True, "Post 2": True, "Closed one": False, "Expired one": False}
    assert 'href="/board/post-2"' in page


def make_post(organisation: Organisation, title: str, days: int = 30) -> BoardPost:
    """Open for so many days from today."""
    now = datetime.now(UTC)
    post = BoardPost(
        slug=title.lower().replace(" ", "-"),
        kind=PostKind.OFFER,
        title=title,
        text="Text",
        language="en",
        organisation_id=organisation.id,
        expires_on=now.date() + timedelta(days=days),
        email="somebody@filo.example",
        locale="en",
        created_at=now,
        changed_at=now,
    )
    db.session.add(post)
    db.session.commit()
    return post


def test_many_peers_cost_as_many_queries_as_one(client: FlaskClient, field: Field) -> None:
    address = f"/organisations/{field.lodi.slug}/peers"
    field.put("Peer 0", "PL", (50.0, 19.0), sectors=("food_industry",))
    with counted_queries() as one:
        client.get(address)
    for number in range(1, 3):
        field.put(f"Peer {number}", "PL", (50.0 + number / 10, 19.0), sectors=("food_industry",), in_group=True)
    with counted_queries() as three:
        client.get(address)
    assert len(three) == len(one)


def test_without_interests_the_page_says_what_is_missing(client: FlaskClient) -> None:
    nobody = make_organisation("Nobody")
    assert "Nothing is known yet" in client.get(f"/organisations/{nobody.slug}/peers").text
    assert client.get("/organisations/unknown/peers").status_code == 404


def test_a_long_list_comes_in_pages(client: FlaskClient, field: Field) -> None:
    for number in range(31):
        field.put(f"Peer {number:02}", "PL", (50.0 + number / 100, 19.0), sectors=("food_industry",))
    address = f"/organisations/{field.lodi.slug}/peers?country=PL"
    assert len(shown(client, address)) == 30
    assert len(shown(client, f"{address}&page=2")) == 1
    assert "country=PL&amp;page=2" in client.get(address).text


def test_a_membership_that_ended_is_kept_but_shown_no_more(client: FlaskClient) -> None:
    cluster, member = make_organisation("Cluster"), make_organisation("Member Firm")
    network.add_member(cluster.id, member.id, actor=SYSTEM)
    assert "Member Firm" in client.get(f"/organisations/{cluster.slug}").text
    network.end_membership(cluster.id, member.id, actor=SYSTEM, on=date(2020, 1, 1))
    assert "Member Firm" not in client.get(f"/organisations/{cluster.slug}").text


def test_b07_from_lodi_the_demonstration_has_agrifood_peers_in_six_other_countries(database: object) -> None:
    ids = load_network(NOW)
    lodi = network_queries.organisation(ids.organisations["o10"])
    peers = nearest_first(peers_of(lodi, sectors=["food_industry"], groups=[ids.groups["agrifood"]]))
    assert set(by_country(peers)) == {"DE", "SI", "SK", "CZ", "HU", "PL"}
    assert (peers[0].country_code, peers[-1].country_code) == ("DE", "PL")
    assert [peer.distance for peer in peers] == sorted(peer.distance or 0 for peer in peers)
