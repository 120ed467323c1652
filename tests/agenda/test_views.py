"""The organiser's form of an agenda, as a browser sees it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.agenda import queries
from app.agenda.models import AgendaItem
from app.agenda.rules import parse_clock
from app.events.models import Event, EventPerson
from app.events.rules import Kind, PersonRole
from app.kernel.db import db
from tests.builders import make_event, make_organisation, make_person, make_room, make_venue
from tests.forms import hidden_values, send
from tests.signing_in import sign_in_manager

GOOD = {"day": "0", "starts": "10:00", "ends": "11:00", "kind": "working_table", "title_en": "Needs & ideas"}
STOP = {**GOOD, "kind": "site_visit", "photo_policy": "forbidden", "group_limit": "8"}
LEG = {**GOOD, "kind": "transfer", "mode": "coach", "departs_from": "Station", "arrives_at": "Plant"}


@pytest.fixture
def event(client: FlaskClient) -> Event:
    organiser, venue = make_organisation(), make_venue()
    make_room(venue, "Hall")
    event = make_event(
        organiser=organiser,
        venue=venue,
        starts_at=datetime(2027, 3, 18, 8, 0, tzinfo=UTC),
        ends_at=datetime(2027, 3, 19, 17, 0, tzinfo=UTC),
    )
    sign_in_manager(client, organiser, "ada@filo.example")
    return event


def base(event: Event) -> str:
    return f"/manage/events/{event.slug}/agenda"


def add(client: FlaskClient, event: Event, values: dict[str, str], shape: str = "item") -> TestResponse:
    return send(client, f"{base(event)}/items/new?as={shape}", values)


def put(client: FlaskClient, event: Event, values: dict[str, str], shape: str = "item") -> AgendaItem:
    assert add(client, event, values, shape).status_code == 303
    return max(queries.items(event.id), key=lambda item: item.id)


def test_an_item_a_stop_and_a_leg_are_added_and_stand_on_the_page(client: FlaskClient, event: Event) -> None:
    put(client, event, GOOD)
    stop = put(client, event, {**STOP, "day": "1", "protective_equipment": "coat", "needs_identity": "y"}, "stop")
    assert stop.stop
    assert (stop.stop.group_limit, stop.stop.protective_equipment, stop.stop.needs_identity) == (8, ["coat"], True)
    leg = put(client, event, {**LEG, "starts": "8:30", "ends": "9:45", "day": "1"}, "leg")
    assert leg.leg
    html = client.get(base(event)).get_data(as_text=True)
    assert "Needs &amp; ideas" in html
    assert "Coach, 1 h 15 min" in html
    assert "Thursday 18 March 2027" in html


BAD: dict[str, tuple[dict[str, str], str]] = {
    "no time": ({"starts": ""}, "starts"),
    "no clock time": ({"starts": "half past nine"}, "starts"),
    "minutes that no clock has": ({"ends": "10:75"}, "ends"),
    "NUL": ({"starts": "10:0\x00"}, "starts"),
    "end before start": ({"ends": "09:00"}, "ends"),
    "outside the event": ({"starts": "07:00"}, "starts"),
    "a day that the event has not": ({"day": "9"}, "day"),
    "a kind that is none": ({"kind": "party"}, "kind"),
    "ten thousand characters": ({"title_en": "x" * 10_000}, "title_en"),
    "marks that turn the writing": ({"title_en": "abc\u202edef"}, "title_en"),
    "a negative capacity": ({"capacity": "-1"}, "capacity"),
    "no number": ({"capacity": "many"}, "capacity"),
    "a room that does not exist": ({"room_id": "987654"}, "room_id"),
    "a zone that does not exist": ({"timezone": "Europe/Nowhere"}, "timezone"),
    "a person who does not exist": (
        {"persons-0-person_id": "987654", "persons-0-role": "speaker"},
        "persons-0-person_id",
    ),
    "a person whom no database could know": (
        {"persons-0-person_id": "9" * 30, "persons-0-role": "speaker"},
        "persons-0-person_id",
    ),
}


@pytest.mark.parametrize(("typed", "field"), BAD.values(), ids=BAD)
def test_bad_input_is_answered_beside_its_field_and_kept(
    client: FlaskClient, event: Event, typed: dict[str, str], field: str
) -> None:
    answer = add(client, event, {**GOOD, "track": "1 < kept", **typed})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in html
    assert "1 &lt; kept" in html
    assert queries.items(event.id) == []


def test_a_taken_room_and_a_person_in_two_places_are_refused_where_they_were_chosen(
    client: FlaskClient, event: Event
) -> None:
    person = make_person()
    db.session.add(EventPerson(event_id=event.id, person_id=person.id, role=PersonRole.SPEAKER))
    db.session.commit()
    assert event.venue
    chosen = {"room_id": str(event.venue.rooms[0].id)}
    nobody = {"persons-0-person_id": "", "persons-0-role": "speaker"}
    speaks = {**nobody, "persons-1-person_id": str(person.id), "persons-1-role": "speaker"}
    put(client, event, {**GOOD, **chosen, **speaks})
    assert 'id="room_id-error"' in add(client, event, {**GOOD, **chosen}).get_data(as_text=True)
    answer = add(client, event, {**GOOD, **speaks})
    assert answer.status_code == 422
    assert 'id="persons-1-person_id-error"' in answer.get_data(as_text=True)


def test_a_time_that_the_clock_change_skips_is_refused(client: FlaskClient) -> None:
    organiser = make_organisation()
    night = make_event(
        organiser=organiser,
        starts_at=datetime(2027, 3, 27, 23, 0, tzinfo=UTC),
        ends_at=datetime(2027, 3, 28, 10, 0, tzinfo=UTC),
    )
    sign_in_manager(client, organiser, "ada@filo.example")
    answer = add(client, night, {**GOOD, "starts": "02:30", "ends": "03:30"})
    assert answer.status_code == 422
    assert "The clocks go forward" in answer.get_data(as_text=True)


def test_an_item_is_edited_with_its_values_in_the_form_and_removed(client: FlaskClient, event: Event) -> None:
    item = put(client, event, {**LEG, "arrival_timezone": "Europe/London", "ends": "10:30"}, "leg")
    page = f"{base(event)}/items/{item.id}"
    html = client.get(page).get_data(as_text=True)
    assert 'value="10:30"' in html  # as the clock shows it over there
    assert 'value="Station"' in html
    assert send(client, page, {**LEG, "departs_from": "Lodi"}).status_code == 303
    assert queries.item(event.id, item.id).sequence == 1
    assert send(client, base(event), {}, to=f"{page}/removal").status_code == 303
    assert queries.items(event.id) == []
    assert client.get(page).status_code == 404


def test_a_warning_stands_beside_its_item_until_a_reason_is_given(client: FlaskClient, event: Event) -> None:
    item = put(client, event, {**STOP, "capacity": "15"}, "stop")
    html = client.get(base(event)).get_data(as_text=True)
    assert "The host admits 8 at once and 15 come. Plan 2 sub-groups" in html
    overrulings = f"{base(event)}/items/{item.id}/overrulings"
    wrong = send(client, base(event), {"warning": "group_too_large", "reason": " "}, to=overrulings)
    assert wrong.status_code == 422
    assert "Say in a few words" in wrong.get_data(as_text=True)
    forged = send(client, base(event), {"warning": "room_taken", "reason": "because"}, to=overrulings)
    assert forged.status_code == 422
    right = send(client, base(event), {"warning": "group_too_large", "reason": "Two < three groups"}, to=overrulings)
    assert right.status_code == 303
    html = client.get(base(event)).get_data(as_text=True)
    assert "Accepted: Two &lt; three groups" in html


def test_a_delay_moves_what_follows(client: FlaskClient, event: Event) -> None:
    put(client, event, GOOD)
    put(client, event, {**GOOD, "starts": "18:00", "ends": "20:00", "day": "1"} | {"starts": "17:00", "ends": "18:00"})

    def shift(**values: str) -> TestResponse:
        return send(client, base(event), {"day": "0", "from_time": "09:00", **values}, to=f"{base(event)}/delays")

    assert shift(minutes="20").status_code == 303
    assert queries.items(event.id)[0].start_minute == parse_clock("10:20")
    late = shift(day="1", minutes="10")
    assert late.status_code == 422
    assert "because of “Needs &amp; ideas”" in late.get_data(as_text=True)
    for typed in ({"minutes": ""}, {"minutes": "soon"}, {"minutes": "99999"}, {"minutes": "5", "from_time": "25:00"}):
        assert shift(**typed).status_code == 422


def test_an_empty_agenda_offers_the_one_of_its_kind(client: FlaskClient, event: Event) -> None:
    assert "Begin with a ready agenda" in client.get(base(event)).get_data(as_text=True)
    assert send(client, base(event), {}, to=f"{base(event)}/template").status_code == 303
    assert len(queries.items(event.id)) > 4
    assert send(client, base(event), {}, to=f"{base(event)}/template").status_code == 409


@pytest.mark.parametrize("page", ["", "/items/new", "/items/new?as=stop", "/items/new?as=leg", "/items/new?as=rubbish"])
def test_every_page_answers_in_three_languages(client: FlaskClient, event: Event, page: str) -> None:
    for language in ("en", "it", "de"):
        assert client.get(base(event) + page, headers={"Accept-Language": language}).status_code == 200


def test_others_see_nothing_of_it(client: FlaskClient, event: Event) -> None:
    sign_in_manager(client, make_organisation("Elsewhere"), "mallory@filo.example")
    for page in ("", "/items/new", "/items/1"):
        assert client.get(base(event) + page).status_code == 403
    assert client.get(f"/manage/events/{'no-such-event'}/agenda").status_code == 404


def test_the_editor_costs_as_many_queries_with_three_items_as_with_one(client: FlaskClient, event: Event) -> None:
    from tests.agenda.test_presenters import queries_counted

    counts: list[int] = []
    event.kind = Kind.STUDY_VISIT
    for number in range(3):
        hours: dict[str, Any] = {"starts": f"{10 + number}:00", "ends": f"{10 + number}:30"}
        put(client, event, {**STOP, **hours}, "stop")
        if number != 1:
            with queries_counted() as seen:
                client.get(base(event))
            counts.append(len(seen))
    assert 1 < counts[0] == counts[1]


def test_a_second_editor_sees_what_the_first_changed_and_loses_nothing(client: FlaskClient, event: Event) -> None:
    item = put(client, event, GOOD)
    page = f"{base(event)}/items/{item.id}"
    opened = hidden_values(client.get(page).get_data(as_text=True))
    assert send(client, page, {**GOOD, "title_en": "Needs of labs", "ends": "11:30"}).status_code == 303
    overtaken = client.post(page, data=opened | {**GOOD, "track": "Table <2>"})
    html = overtaken.get_data(as_text=True)
    assert overtaken.status_code == 409
    for said in ("Somebody else changed this item", "Needs of labs", "11:30", "Table &lt;2&gt;", "Needs &amp; ideas"):
        assert said in html
    assert queries.item(event.id, item.id).title == {"en": "Needs of labs"}
    again = client.post(page, data=hidden_values(html) | {**GOOD, "track": "Table <2>"})
    assert again.status_code == 303
    assert queries.item(event.id, item.id).track == "Table <2>"


@pytest.mark.parametrize("revision", ["", "x", "0001-01-01", "2027-01-01T00:00:00+25:00"])
def test_a_forged_revision_counts_as_an_old_one(client: FlaskClient, event: Event, revision: str) -> None:
    item = put(client, event, GOOD)
    page = f"{base(event)}/items/{item.id}"
    assert send(client, page, {**GOOD, "revision": revision}).status_code == 409


def test_a_new_item_is_never_proposed_at_the_end_of_the_event(client: FlaskClient, event: Event) -> None:
    put(client, event, {**GOOD, "day": "1", "starts": "09:00", "ends": "12:00"})
    put(client, event, {**GOOD, "day": "1", "starts": "13:00", "ends": "18:00"})
    html = client.get(f"{base(event)}/items/new").get_data(as_text=True)
    assert re.search(r'name="starts"[^>]*value="12:00"', html)


def test_demand_16_the_agenda_by_room_moves_an_item_and_answers_a_clash_beside_it(
    client: FlaskClient, event: Event
) -> None:
    assert event.venue
    hall, small = event.venue.rooms[0], make_room(event.venue, "Small room")
    rooms = f"{base(event)}?by=room&as=list"
    item = put(client, event, {**GOOD, "title_en": "Pitches"})
    put(client, event, {**GOOD, "room_id": str(hall.id)})
    move = f"{base(event)}/items/{item.id}/room"
    html = client.get(rooms).text
    assert html.index("Needs &amp; ideas") < html.index("No room yet") < html.index("Pitches")

    def sent(room_id: str, **changes: str) -> TestResponse:
        revision = queries.item(event.id, item.id).content_changed_at.isoformat()
        return send(client, rooms, {"room_id": room_id, "revision": revision, **changes}, to=move)

    taken = sent(str(hall.id))
    assert taken.status_code == 422
    assert f'id="room-{item.id}-error"' in taken.text
    assert f'value="{hall.id}" selected' in taken.text.split(f'id="room-{item.id}-error"')[1]
    assert sent("987654").status_code == sent("x").status_code == 422
    assert sent(str(small.id), revision="x").status_code == 409
    assert queries.item(event.id, item.id).room_id is None
    moved = sent(str(small.id))
    assert (moved.status_code, moved.location) == (303, f"{rooms}#item-{item.id}")
    assert queries.item(event.id, item.id).room_id == small.id
    assert "No room yet" not in client.get(rooms).text
