"""The itinerary on a real database: what moves, what calendars hear, what the pages say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.agenda.errors import Impossible
from app.agenda.facts import AgendaChanged
from app.agenda.inputs import LegInput, PersonInput
from app.agenda.models import AgendaItem
from app.agenda.presenters import arrival_minute
from app.agenda.reading import input_of, span_of
from app.agenda.rules import AgendaRole, ItemKind, TravelMode, clock, parse_clock
from app.agenda.services import edit_item
from app.events.errors import MayNotManage
from app.events.models import Event
from app.kernel.db import db
from app.kernel.facts import on
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM
from app.network.models import Organisation
from app.planning.reading import plan_of
from app.planning.services import releasing
from app.visits import plans
from app.visits.errors import BeforeThePrevious, ChangedMeanwhile
from app.visits.inputs import EntryInput
from app.visits.rules.times import Pauses
from app.visits.services import itinerary
from tests.builders import NOW, make_organisation, make_person
from tests.forms import hidden_values
from tests.query_counter import counted_queries
from tests.sheets.helpers import seat
from tests.signing_in import sign_in_administrator, sign_in_manager
from tests.visits.helpers import entry, leg, make_visit, stop, two_days

told: list[AgendaChanged] = []
Items = dict[str, AgendaItem]


@on(AgendaChanged)
def hear(fact: AgendaChanged) -> None:
    told.append(fact)


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def visit(organiser: Organisation) -> Event:
    return make_visit(organiser=organiser)


@pytest.fixture
def items(visit: Event) -> Items:
    found = two_days(visit)
    told.clear()
    return found


def times(items: Items) -> dict[str, str]:
    for row in items.values():
        db.session.refresh(row)
    return {name: f"{clock(row.start_minute)} {clock(row.end_minute)}" for name, row in items.items()}


def sequences(items: Items) -> dict[str, int]:
    return {name: row.sequence for name, row in items.items()}


def state(visit: Event) -> str:
    return plans.state_of(plans.rows_of(visit))


def values(
    row: AgendaItem, starts: str, minutes: int, pauses: Pauses = Pauses.USE, **leg_changes: object
) -> EntryInput:
    known = input_of(row)
    return EntryInput(
        starts=parse_clock(starts),
        minutes=minutes,
        pauses=pauses,
        host_id=row.stop.host_id if row.stop else None,
        venue_id=row.stop.venue_id if row.stop else None,
        leg=replace(known.leg, **leg_changes) if known.leg else None,
    )


def change(visit: Event, row: AgendaItem, given: EntryInput) -> int:
    return itinerary.change_entry(
        event_id=visit.id, item_id=row.id, values=given, state=state(visit), actor=SYSTEM, now=NOW
    )


@pytest.mark.parametrize(
    ("pauses", "moved"),
    [
        (
            Pauses.KEEP,
            {
                "bus": "10:00 11:05",
                "second": "11:20 12:20",
                "lunch": "12:20 13:20",
                "walk": "13:20 13:35",
                "third": "13:50 15:20",
            },
        ),
        # of a quarter of an hour behind an arrival ten minutes are needed: five are spare, twice
        (
            Pauses.USE,
            {
                "bus": "10:00 11:05",
                "second": "11:15 12:15",
                "lunch": "12:15 13:15",
                "walk": "13:15 13:30",
                "third": "13:40 15:10",
            },
        ),
    ],
)
def test_b20_a_bus_that_takes_twenty_minutes_more_moves_what_follows_and_only_that(
    visit: Event, items: Items, pauses: Pauses, moved: dict[str, str]
) -> None:
    before = times(items)
    assert change(visit, items["bus"], values(items["bus"], "10:00", 65, pauses)) == 4
    assert times(items) == before | moved
    assert sequences(items) == {name: int(name in moved) for name in items}
    assert {one for fact in told for one in fact.moved_ids} == {items[name].id for name in moved}
    assert all(fact.tells for fact in told)


def test_what_is_no_time_and_no_place_moves_nothing(visit: Event, items: Items) -> None:
    before = times(items)
    assert change(visit, items["bus"], values(items["bus"], "10:00", 45, operator="Others", seats=50)) == 0
    assert times(items) == before
    assert set(sequences(items).values()) == {0}
    assert [leg.operator for leg in (items["bus"].leg,) if leg] == ["Others"]


def test_somebody_who_guides_all_day_is_never_needed_twice_on_the_way(visit: Event) -> None:
    guide = (PersonInput(person_id=make_person().id, role=AgendaRole.MODERATOR),)
    bus = entry(
        visit,
        "0 09:00 10:00",
        kind=ItemKind.TRANSFER,
        persons=guide,
        leg=LegInput(mode=TravelMode.COACH, departs_from="A", arrives_at="B"),
    )
    both = {"bus": bus, "plant": entry(visit, "0 10:10 11:00", "Plant", persons=guide)}
    for minutes, plant in ((75, "10:25 11:15"), (30, "09:40 10:30")):
        change(visit, bus, values(bus, "09:00", minutes, Pauses.KEEP))
        assert times(both)["plant"] == plant
    assert sequences(both) == {"bus": 2, "plant": 2}


def test_times_on_both_sides_of_a_border_move_by_the_same_minutes(visit: Event) -> None:
    flight = leg(
        visit, "0 10:00 11:00", mode=TravelMode.PLANE, arrival_timezone="Europe/London"
    )  # two hours in the air
    there = stop(visit, "0 11:30 13:00", "In London", zone="Europe/London")
    home = leg(visit, "0 13:30 16:45", mode=TravelMode.PLANE, zone="Europe/London", arrival_timezone="Europe/Rome")
    change(visit, flight, values(flight, "10:00", 150, Pauses.KEEP))
    assert times({"flight": flight, "there": there, "home": home}) == {
        "flight": "10:00 12:30",
        "there": "12:00 13:30",
        "home": "14:00 16:15",
    }
    arrivals = [clock(arrival_minute(row, row.leg, span_of(visit))) for row in (flight, home) if row.leg]
    assert arrivals == ["11:30", "17:15"]


def test_a_leg_between_two_stops_takes_the_gap_or_pushes_what_follows(visit: Event, items: Items) -> None:
    way = LegInput(mode=TravelMode.FOOT, departs_from="Canteen", arrives_at="Station")
    given = EntryInput(starts=parse_clock("15:00"), minutes=20, pauses=Pauses.USE, leg=way)
    moved = itinerary.add_entry(
        event_id=visit.id, after_id=items["third"].id, day=0, values=given, state=state(visit), actor=SYSTEM, now=NOW
    )
    assert moved == 0
    assert "15:00 15:20" in times({str(row.id): row for row in plans.rows_of(visit)}).values()
    assert set(sequences(items).values()) == {0}
    new_stop = EntryInput(
        starts=parse_clock("10:00"), minutes=30, pauses=Pauses.USE, title=Texts(en="Hall"), venue_id=visit.venue_id
    )
    moved = itinerary.add_entry(
        event_id=visit.id, after_id=items["first"].id, day=0, values=new_stop, state=state(visit), actor=SYSTEM, now=NOW
    )
    assert moved == 6
    assert sequences(items)["first"] == 0
    assert times(items)["fourth"] == "09:15 11:00"


def test_two_stops_change_places(visit: Event, items: Items) -> None:
    before = times(items)
    itinerary.turn_round(
        event_id=visit.id, item_id=items["second"].id, earlier=True, state=state(visit), actor=SYSTEM, now=NOW
    )
    assert times(items) == before | {"second": "08:30 09:30", "bus": "09:30 10:15", "first": "10:30 12:00"}
    assert {name for name, number in sequences(items).items() if number} == {"second", "bus", "first"}


def test_legs_lead_to_where_the_stops_are_after_two_changed_places(visit: Event) -> None:
    def way(span: str, departs_from: str, arrives_at: str, title: str, **changes: object) -> AgendaItem:
        given = LegInput(mode=TravelMode.COACH, departs_from=departs_from, arrives_at=arrives_at, **changes)  # type: ignore[arg-type]
        return entry(visit, span, title, kind=ItemKind.TRANSFER, leg=given)

    way("0 09:00 09:30", "Station", "Lab", "Coach to Lab", distance_km=9)
    lab = stop(visit, "0 09:45 11:00", "Laboratory")
    over = way("0 11:00 11:20", "Lab", "Mill", "Coach to Mill", meeting_point="Lab, north gate", distance_km=4)
    stop(visit, "0 11:30 12:30", "Mill")
    way("0 12:30 13:00", "Mill", "Station", "Back to Station", meeting_point="Mill yard", distance_km=11)
    later = way(
        "0 14:00 14:30", "Lab", "Station", "Coach of others"
    )  # begins in the name of a stop, but leads from none

    def legs() -> list[tuple[object, ...]]:
        return [
            (row.title["en"], row.leg.departs_from, row.leg.arrives_at, row.leg.meeting_point, row.leg.distance_km)
            for row in plans.rows_of(visit)
            if row.leg
        ]

    before = legs()
    for earlier in (False, True):
        itinerary.turn_round(
            event_id=visit.id, item_id=lab.id, earlier=earlier, state=state(visit), actor=SYSTEM, now=NOW
        )
        if not earlier:
            assert legs() == [
                ("Coach to Mill", "Station", "Mill", None, None),
                ("Coach to Lab", "Mill", "Lab", "Mill yard", 4),
                ("Back to Station", "Lab", "Station", "Lab, north gate", None),
                before[-1],
            ]
            assert (over.sequence, later.sequence) == (1, 0)
    assert [row[:4] for row in legs()] == [row[:4] for row in before]


def test_what_cannot_be_moves_nothing_at_all(visit: Event, items: Items) -> None:
    before = times(items)
    for name, starts, minutes, refusal in (
        ("bus", "09:50", 45, BeforeThePrevious),
        ("fourth", "09:15", 800, Impossible),  # beyond the end of the event
        ("bus", "10:00", 1000, Impossible),  # the third stop would begin after midnight
    ):
        with pytest.raises(refusal):
            change(visit, items[name], values(items[name], starts, minutes))
        assert times(items) == before
        assert set(sequences(items).values()) == {0}


def test_nobody_overwrites_what_another_changed_meanwhile(visit: Event, items: Items) -> None:
    seen, given = state(visit), values(items["bus"], "10:00", 65)
    edit_item(
        event_id=visit.id,
        item_id=items["lunch"].id,
        values=input_of(items["lunch"]),
        actor=SYSTEM,
        now=NOW.replace(hour=13),
    )
    for verb in (
        lambda: itinerary.change_entry(
            event_id=visit.id, item_id=items["bus"].id, values=given, state=seen, actor=SYSTEM, now=NOW
        ),
        lambda: itinerary.turn_round(
            event_id=visit.id, item_id=items["second"].id, earlier=True, state=seen, actor=SYSTEM, now=NOW
        ),
    ):
        with pytest.raises(ChangedMeanwhile):
            verb()
    with pytest.raises(MayNotManage):
        itinerary.change_entry(
            event_id=visit.id, item_id=items["bus"].id, values=given, state=state(visit), actor=ANYBODY, now=NOW
        )


def test_what_is_only_planned_is_told_with_the_release(
    client: FlaskClient, organiser: Organisation, visit: Event, items: Items
) -> None:
    releasing.collect(event_id=visit.id, actor=SYSTEM)
    before = times(items)
    change(visit, items["bus"], values(items["bus"], "10:00", 65))
    given = EntryInput(starts=parse_clock("11:00"), minutes=30, pauses=Pauses.USE, title=Texts(en="Fifth"))
    itinerary.add_entry(
        event_id=visit.id, after_id=items["fourth"].id, day=1, values=given, state=state(visit), actor=SYSTEM, now=NOW
    )
    assert times(items) == before
    assert set(sequences(items).values()) == {0}
    (new,) = (row for row in plans.rows_of(visit) if row.id < 0)
    sign_in_manager(client, organiser, "ada@filo.example")
    shown = page(client, visit)
    assert "5. Fifth" in shown
    assert f"/itinerary/hosts/{items['fourth'].id}" in shown
    assert f"/itinerary/hosts/{new.id}" not in shown
    assert client.get(f"/manage/events/{visit.slug}/itinerary/entries/{new.id}").status_code == 200
    assert client.get(f"/manage/events/{visit.slug}/itinerary/hosts/{items['fourth'].id}").status_code == 200
    version = plan_of(visit).version
    releasing.release(event_id=visit.id, name="First", reason="Known", version=version, actor=SYSTEM, now=NOW)
    times(items)
    assert {name for name, number in sequences(items).items() if number} == {"bus", "second", "lunch", "walk", "third"}


def page(client: FlaskClient, visit: Event, path: str = "") -> str:
    answer = client.get(f"/manage/events/{visit.slug}/itinerary{path}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def post(client: FlaskClient, visit: Event, path: str, **data: str) -> TestResponse:
    """As a browser sends it that has just opened the itinerary, unless the revision is said."""
    shown = hidden_values(client.get("/about").text)
    proof = {"csrf_token": shown["csrf_token"], "revision": state(visit)}
    return client.post(f"/manage/events/{visit.slug}/itinerary{path}", data=proof | data)


BUS = {
    "starts": "10:00",
    "minutes": "65",
    "pauses": "use_slack",
    "mode": "coach",
    "departs_from": "Here",
    "arrives_at": "There",
    "seats": "1",
}


def test_the_organiser_looks_first_and_then_saves(
    client: FlaskClient, organiser: Organisation, visit: Event, items: Items
) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    seat(visit, ("Ada", "A"), ("Bo", "B"))
    shown = page(client, visit)
    assert "1. First stop" in shown
    assert 'class="route"' in shown
    assert "guessed from the straight line × 1.3" in shown
    path, revision = f"/entries/{items['bus'].id}", state(visit)
    looked = post(client, visit, path, **BUS, look="1")
    said = looked.get_data(as_text=True)
    assert looked.status_code == 200
    assert "Arrival: 11:05" in said
    assert "11:15 – 12:15" in said
    assert "Fourth stop" not in said
    assert items["bus"].end_minute == 645
    assert post(client, visit, path, **BUS).status_code == 303
    said = page(client, visit)
    assert "4 other entries moved along." in said
    assert "2 people have a place and there are 1 seats." in said
    late = post(client, visit, path, **BUS | {"minutes": "70", "revision": revision})
    assert late.status_code == 409
    assert 'value="70"' in late.get_data(as_text=True)


WRONG = [
    ({"starts": "25:00"}, "09:30"),
    ({"minutes": ""}, "how many minutes"),
    ({"minutes": "0"}, "1 to 1440"),
    ({"starts": "09:00"}, "is not over by then"),
    ({"arrival_timezone": "Nowhere/Land"}, "does not exist any more"),
    ({"pauses": "both"}, "Not a valid choice"),
    ({"minutes": "1000"}, "outside the event"),
]


def test_what_is_wrong_stands_beside_what_was_typed(client: FlaskClient, visit: Event, items: Items) -> None:
    sign_in_administrator(client)
    path = f"/manage/events/{visit.slug}/itinerary/entries/{items['bus'].id}"
    proof = hidden_values(client.get(path).get_data(as_text=True))
    for wrong, said in WRONG:
        for look in ({}, {"look": "1"}):
            answer = client.post(path, data=proof | BUS | wrong | look)
            is_shown_first = bool(look) and wrong.get("minutes") == "1000"
            assert answer.status_code == (200 if is_shown_first else 422), wrong
            assert said in answer.text
            assert 'value="There"' in answer.text


def test_a_stop_is_added_and_turned_round_by_pages(
    client: FlaskClient, organiser: Organisation, visit: Event, items: Items
) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    path = f"/entries/new?as=stop&after={items['fourth'].id}"
    given = {"starts": "11:00", "minutes": "30", "pauses": "use_slack", "title_en": "Fifth"}
    assert post(client, visit, path, **given, look="1").status_code == 200
    assert post(client, visit, path, **given).status_code == 303
    turn = f"/entries/{items['fourth'].id}/place"
    assert post(client, visit, turn, way="later").status_code == 303
    assert post(client, visit, turn, way="later").status_code == 409
    assert post(client, visit, turn, way="earlier", revision="").status_code == 409
    assert post(client, visit, turn, way="up").status_code == 422
    way = client.get(f"/manage/events/{visit.slug}/itinerary/entries/new?as=leg&after={items['first'].id}").text
    assert "guessed from the straight line × 1.3. Ask the operator." in way
    for wrong in ("x", "-99", "99999"):
        assert client.get(f"/manage/events/{visit.slug}/itinerary/entries/new?after={wrong}").status_code == 404


def test_the_page_asks_no_more_for_a_longer_day(
    client: FlaskClient, organiser: Organisation, visit: Event, items: Items
) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    page(client, visit)
    with counted_queries() as few:
        page(client, visit)
    for number in range(6):
        stop(visit, f"1 1{number + 2}:00 1{number + 2}:30", f"More {number}")
    with counted_queries() as many:
        page(client, visit)
    assert len(many) <= len(few)
