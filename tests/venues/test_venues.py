from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import db
from app.kernel.errors import Invalid
from app.kernel.facts import on
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM
from app.network.errors import PinOutsideCountry
from app.search.queries import found
from app.venues import queries, services
from app.venues.errors import MayNotManageVenue
from app.venues.facts import VenueChanged
from app.venues.models import Venue
from app.venues.rules import Layout, RoomInput, VenueInput
from tests.builders import NOW, make_country, make_manager, make_organisation, make_room, make_venue
from tests.forms import hidden_values, send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_administrator, sign_in_manager

NEW = "/manage/venues/new"


def venue_input(operator_id: int, **changes: Any) -> VenueInput:
    values: dict[str, Any] = {
        "name": Texts(en="ProM Facility"),
        "operator_id": operator_id,
        "city": "Rovereto",
        "country_code": "IT",
        "timezone": "Europe/Rome",
        "latitude": 45.8906,
        "longitude": 11.0321,
        "rooms": (RoomInput(name="Sala Piave", seats=80, layouts=(Layout.THEATRE,)),),
    }
    return VenueInput(**values | changes)


def room(name: str = "A", seats: int = 1, id: int | None = None) -> RoomInput:
    return RoomInput(name=name, seats=seats, id=id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": Texts()}, "name_en"),
        ({"city": " "}, "city"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"latitude": 60.0}, "latitude"),
        ({"latitude": None}, "latitude"),
        ({"country_code": "XX"}, "country_code"),
        ({"rooms": (room(), room("B", 0))}, "rooms.1.seats"),
        ({"rooms": (room(seats=-3),)}, "rooms.0.seats"),
        ({"rooms": (room(seats=10**9),)}, "rooms.0.seats"),
        ({"rooms": (room(), room())}, "rooms.1.name"),
        ({"rooms": (room(" "),)}, "rooms.0.name"),
    ],
)
def test_a17_what_a_venue_cannot_be_is_refused_beside_its_field(
    database: Session, changes: dict[str, Any], field: str
) -> None:
    operator = make_organisation("Trentino Sviluppo")
    with pytest.raises(Invalid) as caught:
        services.add_venue(venue_input(operator.id, **changes), actor=SYSTEM, now=NOW)
    assert caught.value.details["field"] == field


def test_a17_a_venue_is_found_by_its_name_town_and_operator(database: Session) -> None:
    operator = make_organisation("Trentino Sviluppo")
    venue = services.add_venue(venue_input(operator.id), actor=SYSTEM, now=NOW)
    for query in ("prom", "rovereto", "trentino sviluppo"):
        assert found(query, 5) == [("venue", venue.id)]


def test_rooms_are_changed_added_and_taken_away_and_higher_rooms_are_told(database: Session) -> None:
    told: list[int] = []
    on(VenueChanged)(lambda fact: told.append(fact.venue_id))
    operator = make_organisation()
    venue = services.add_venue(venue_input(operator.id, rooms=(room("A", 10), room("B", 20))), actor=SYSTEM, now=NOW)
    ids = {each.name: each.id for each in venue.rooms}
    wanted = (room("B", 30, ids["B"]), room("A", 5))  # A goes, and a new one takes its name
    services.edit_venue(venue.id, venue_input(operator.id, rooms=wanted), actor=SYSTEM, now=NOW)
    db.session.expire_all()
    again = {each.name: (each.id, each.seats) for each in queries.venue(venue.id).rooms}
    assert again["B"] == (ids["B"], 30)
    assert again["A"][1] == 5
    assert told == [venue.id]


def test_only_the_operator_and_administrators_change_a_venue(database: Session) -> None:
    operator, other = make_organisation("Operator"), make_organisation("Other")
    manager, stranger = make_manager(operator, "o@filo.example"), make_manager(other, "s@filo.example")
    venue = services.add_venue(venue_input(operator.id), actor=manager, now=NOW)
    for actor in (stranger, ANYBODY):
        with pytest.raises(MayNotManageVenue):
            services.edit_venue(venue.id, venue_input(operator.id), actor=actor, now=NOW)
    with pytest.raises(MayNotManageVenue):  # nor can it be given to somebody else's organisation
        services.edit_venue(venue.id, venue_input(other.id), actor=manager, now=NOW)


def test_a_pin_in_another_country_is_refused(database: Session) -> None:
    make_country("DE")
    with pytest.raises(PinOutsideCountry):
        services.add_venue(venue_input(make_organisation().id, country_code="DE"), actor=SYSTEM, now=NOW)


def test_a17_the_page_shows_operator_address_coordinates_rooms_and_pin(client: FlaskClient) -> None:
    operator = make_organisation("Trentino Sviluppo")
    data = venue_input(operator.id, street="Via Fortunato Zeni 8", house_rules=Texts(en="No photographs"))
    venue = services.add_venue(data, actor=SYSTEM, now=NOW)
    shown = client.get(f"/venues/{venue.slug}?lang=en").text
    for words in ("Trentino Sviluppo", "Via Fortunato Zeni 8", "45.8906, 11.0321", "Sala Piave", "Rows", 'class="pin"'):
        assert words in shown
    assert "No photographs" in shown


def test_the_list_is_filtered_by_country(client: FlaskClient) -> None:
    make_venue("Hall")
    make_venue("Saal", country="DE", latitude=48.3, longitude=10.9)
    shown = client.get("/venues?country=DE").text
    assert ">Saal</a>" in shown
    assert ">Hall</a>" not in shown
    assert client.get("/venues?country=%00").status_code == 200
    assert client.get("/venues/none").status_code == 404


def test_the_list_needs_as_many_queries_for_three_venues_as_for_one(client: FlaskClient) -> None:
    counts = []
    for names in (("One",), ("Two", "Three")):
        for name in names:
            make_room(make_venue(name))
        with counted_queries() as statements:
            assert client.get("/venues").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def good(operator_id: int) -> dict[str, str]:
    return {
        "name_en": "ProM Facility",
        "operator_id": str(operator_id),
        "city": "Rovereto",
        "country_code": "IT",
        "timezone": "Europe/Rome",
        "longitude": "11.03",
        "latitude": "45.89",
        "rooms-0-name": "",
        "rooms-1-name": "Sala Piave",
        "rooms-1-seats": "80",
        "rooms-1-layouts": "theatre",
    }


def test_the_operator_enters_a_venue_with_its_rooms(client: FlaskClient) -> None:
    operator = make_organisation("Trentino Sviluppo")
    operator_id = operator.id
    sign_in_manager(client, operator, "host@filo.example")
    answer = send(client, NEW, good(operator_id) | {"rooms-0-seats": ""})
    assert answer.status_code == 303, answer.text
    venue = db.session.scalar(select(Venue))
    assert venue is not None
    assert [(each.name, each.seats, each.layouts) for each in venue.rooms] == [("Sala Piave", 80, ["theatre"])]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name_en", ""),
        ("name_en", "\x00"),
        ("city", ""),
        ("city", "x" * 10_000),
        ("timezone", "Nowhere/At All"),
        ("latitude", "91,5"),
        ("step_free", "perhaps"),
        ("operator_id", "999999"),
        ("operator_id", ""),
        ("rooms-1-seats", "0"),
        ("rooms-1-seats", "-4"),
        ("rooms-1-seats", "many"),
        ("rooms-1-seats", "99999999999999999999"),
        ("rooms-1-name", ""),
        ("rooms-1-name", "y" * 121),
        ("rooms-1-layouts", "heap"),
    ],
)
def test_what_cannot_be_meant_is_answered_beside_its_field_and_kept(
    client: FlaskClient, field: str, typed: str
) -> None:
    operator = make_organisation("Trentino Sviluppo")
    operator_id = operator.id
    sign_in_administrator(client)
    answer = send(client, NEW, good(operator_id) | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.scalar(select(Venue)) is None
    if field == "timezone":
        assert 'value="Nowhere/At All"' in answer.text
    if not field.startswith("rooms"):
        assert 'value="Sala Piave"' in answer.text


def test_a_stranger_may_neither_open_nor_send_the_form(client: FlaskClient) -> None:
    venue, stranger = make_venue(), make_organisation("Stranger")
    slug = venue.slug
    sign_in_manager(client, stranger, "s@filo.example")
    page = f"/manage/venues/{slug}/edit"
    assert client.get(page).status_code == 403
    token = hidden_values(client.get(NEW).text)
    assert client.post(page, data=token | good(stranger.id)).status_code == 403
    assert slug not in client.get("/manage/venues").text


def test_a_room_goes_when_it_is_ticked(client: FlaskClient) -> None:
    venue = make_venue()
    first, second = make_room(venue, "A"), make_room(venue, "B")
    venue_id, slug, operator_id = venue.id, venue.slug, venue.operator_id
    ids = {"rooms-0-id": str(first.id), "rooms-1-id": str(second.id)}
    sign_in_administrator(client)
    values = good(operator_id) | ids | {"rooms-0-name": "A", "rooms-0-seats": "4", "rooms-0-goes": "y"}
    answer = send(client, f"/manage/venues/{slug}/edit", values)
    assert answer.status_code == 303, answer.text
    assert [each.name for each in queries.rooms(venue_id)] == ["Sala Piave"]
