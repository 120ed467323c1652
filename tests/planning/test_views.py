"""The board and the releases, as a browser and a script see them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.agenda import queries as agenda
from app.events.models import Event
from app.network.actors import SYSTEM
from app.planning import queries, services
from app.planning.reading import plan_of
from tests.agenda.test_services import add, nine_to_six
from tests.builders import NOW, make_event, make_organisation, make_room, make_venue
from tests.forms import hidden_values
from tests.planning.test_board import collect, move, version
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager


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


def post(client: FlaskClient, event: Event, path: str, *, json: bool = False, **values: Any) -> TestResponse:
    token = hidden_values(client.get(f"{base(event)}/items/new").text)["csrf_token"]
    values = {"csrf_token": token, "version": version(event)} | values
    headers = {"Accept": "application/json"} if json else {}
    return client.post(f"{base(event)}{path}", data=values, headers=headers)


def test_an_item_moves_by_its_form_to_another_day_and_room(client: FlaskClient, event: Event) -> None:
    assert event.venue
    item, hall = add(event), event.venue.rooms[0]
    html = client.get(base(event)).text
    block = re.search(rf'<li[^>]*data-item="{item.uid}"[^>]*>', html)
    assert block
    for said in ('data-day="0"', 'data-start="600"', 'data-minutes="60"', 'data-column="none"', 'data-version="1"'):
        assert said in block[0]
    sent = post(
        client, event, f"/board/items/{item.uid}", day="1", starts="9:30", minutes="45", column=f"room:{hall.id}"
    )
    assert (sent.status_code, sent.location) == (303, f"{base(event)}#at-{item.uid}")
    (row,) = agenda.items(event.id)
    assert (row.day, row.start_minute, row.end_minute, row.room_id) == (1, 570, 615, hall.id)
    html = client.get(base(event)).text
    assert "Undo" in html
    assert "went from 18 Mar 2027, 10:00–11:00 to 19 Mar 2027, 09:30–10:15, Hall" in html
    assert post(client, event, "/board/undo").status_code == 303
    assert agenda.items(event.id)[0].start_minute == 600


NUDGES = {"earlier": (595, 60), "later": (600, 60), "shorter": (600, 55), "longer": (600, 60), "next": (600, 60)}


def test_small_changes_are_one_press(client: FlaskClient, event: Event) -> None:
    item = add(event)
    for nudge, becomes in NUDGES.items():
        assert post(client, event, f"/board/items/{item.uid}", nudge=nudge).status_code == 303
        (row,) = agenda.items(event.id)
        assert (row.start_minute, row.end_minute - row.start_minute) == becomes, nudge
        assert (row.room_id is not None) == (nudge == "next")


def test_what_waits_beside_the_board_gets_a_time_and_loses_it(client: FlaskClient, event: Event) -> None:
    assert post(client, event, "/board/waiting", title="", kind="pitch", minutes="30").status_code == 422
    assert post(client, event, "/board/waiting", title="Pitches", kind="party", minutes="30").status_code == 422
    noted = post(client, event, "/board/waiting", json=True, title="Pitches", kind="pitch", minutes="30").get_json()
    key = noted["item"]["key"]
    assert noted["item"] == {"key": key, "minutes": 30, "column": "none", "waits": True}
    html = client.get(base(event)).text
    assert "Pitches" in html[html.index("data-waiting") :]
    edit = re.search(r'href="([^"]*/items/-\d+)"', html)
    assert edit
    assert client.get(edit[1]).status_code == 200
    assert post(client, event, f"/board/items/{key}", starts="10:00").status_code == 422
    assert post(client, event, f"/board/items/{key}", day="0", starts="10:00").status_code == 303
    assert [row.title for row in agenda.items(event.id)] == [{"en": "Pitches"}]
    assert post(client, event, f"/board/items/{key}", nudge="aside").status_code == 303
    assert agenda.items(event.id) == []


BAD: dict[str, dict[str, str]] = {
    "no clock time": {"starts": "soon"},
    "a column that is none": {"column": "cellar"},
    "a room that is nowhere": {"column": "room:987654"},
    "no day": {"day": "x"},
    "a day that no event has": {"day": "99999"},
    "outside the event": {"starts": "04:00"},
    "no minutes": {"minutes": "0"},
    "minutes of a week": {"minutes": "99999"},
    "NUL": {"starts": "1\x000:00"},
}


def test_bad_input_is_answered_at_the_item_and_changes_nothing(client: FlaskClient, event: Event) -> None:
    item = add(event)
    token = hidden_values(client.get(f"{base(event)}/items/new").text)["csrf_token"]
    target = f"{base(event)}/board/items/{item.uid}"
    for name, typed in BAD.items():
        sent = {"csrf_token": token, "version": "1"} | typed
        page = client.post(target, data=sent)
        told = client.post(target, data=sent, headers={"Accept": "application/json"})
        assert (page.status_code, told.status_code) == (422, 422), name
        assert f'id="move-{item.id}-error"' in page.text, name
        assert told.get_json()["message"], name
    assert [row.start_minute for row in agenda.items(event.id)] == [600]


def test_a_script_is_told_how_the_board_stands(client: FlaskClient, event: Event) -> None:
    assert event.venue
    hall = event.venue.rooms[0].id
    add(event, room_id=hall)
    item = add(event, "12:00", "13:00", room_id=hall)
    taken = post(client, event, f"/board/items/{item.uid}", json=True, starts="10:30")
    assert (taken.status_code, taken.get_json()["error"]) == (422, "agenda.room_taken")
    assert taken.get_json()["message"].endswith("It meets: 10:00 Table"), "and where to look"
    collect(event)
    moved = post(client, event, f"/board/items/{item.uid}", json=True, starts="10:30")
    state = moved.get_json()
    assert moved.status_code == 200
    assert state["item"] | {"column": ""} == {
        "key": item.uid, "day": 0, "start": 630, "minutes": 60, "column": "", "waits": False,
    }  # fmt: skip
    assert (state["version"], state["pending"], state["collects"]) == (version(event), 1, True)
    assert [(one["item"], one["trouble"], one["is_error"]) for one in state["clashes"]] == [
        (item.uid, "room_taken", True)
    ]
    assert "went from" in state["undo"]


def test_the_second_organiser_is_shown_what_the_first_did_and_can_insist(client: FlaskClient, event: Event) -> None:
    item = add(event)
    seen = version(event)
    move(event, item, start="11:00")
    late = post(client, event, f"/board/items/{item.uid}", version=seen, starts="12:00", day="0")
    assert late.status_code == 409
    for said in ("Somebody else changed this", "10:00–11:00 to 18 Mar 2027, 11:00–12:00", 'value="12:00"'):
        assert said in late.text
    told = post(client, event, f"/board/items/{item.uid}", json=True, version=seen, starts="12:00")
    assert (told.status_code, told.get_json()["item"]["start"], len(told.get_json()["changes"])) == (409, 660, 1)
    assert agenda.items(event.id)[0].start_minute == 660
    fresh = re.search(r'name="version" value="(\d+)"', late.text)
    assert fresh
    assert post(client, event, f"/board/items/{item.uid}", version=fresh[1], starts="12:00").status_code == 303
    for forged in ("x", "-1", "", "9" * 40):
        assert post(client, event, f"/board/items/{item.uid}", version=forged, starts="13:00").status_code == 409


def test_an_open_board_learns_what_others_did_and_costs_nothing_while_nobody_does(
    client: FlaskClient, event: Event
) -> None:
    item = add(event)
    watch, seen = f"{base(event)}/board/version", version(event)
    assert client.get(watch, headers={"If-None-Match": f'"{seen}"'}).status_code == 304
    move(event, item, start="11:00")
    assert post(client, event, f"/board/items/{item.uid}", minutes="45").status_code == 303
    news = client.get(f"{watch}?since={seen}", headers={"If-None-Match": f'"{seen}"'})
    assert (news.status_code, news.headers["ETag"]) == (200, f'"{version(event)}"')
    (told,) = news.get_json()["changes"]  # the own change is known
    assert "10:00–11:00 to 18 Mar 2027, 11:00–12:00" in told["words"]
    assert client.get(f"{watch}?since=x").status_code == 200
    sign_in_manager(client, make_organisation("Elsewhere"), "mallory@filo.example")
    assert client.get(watch).status_code == 403


def test_by_room_every_room_is_a_column_and_a_move_out_of_all_rooms_keeps_the_track(
    client: FlaskClient, event: Event
) -> None:
    assert event.venue
    hall = event.venue.rooms[0].id
    item, other = add(event, room_id=hall, track="Food"), add(event, "12:00", "13:00", track="Wood")
    html = client.get(f"{base(event)}?by=room").text
    assert re.findall(r'data-head data-column="([^"]*)"', html)[:2] == [f"room:{hall}", "room:0"]
    assert f'data-column="room:0" data-version="{version(event)}"' in html
    sent = post(client, event, f"/board/items/{item.uid}?by=room", column="room:0")
    assert sent.location == f"{base(event)}?by=room#at-{item.uid}"
    assert post(client, event, f"/board/items/{other.uid}?by=room", nudge="next").status_code == 303
    assert [(row.room_id, row.track) for row in agenda.items(event.id)] == [(None, "Food"), (hall, "Wood")]


def test_organisers_say_how_long_a_room_needs_between_two_items(client: FlaskClient, event: Event) -> None:
    assert event.venue
    hall = event.venue.rooms[0].id
    add(event, room_id=hall)
    add(event, "11:05", "12:00", room_id=hall)
    assert post(client, event, "/board/changeover", changeover="-1").status_code == 422
    assert post(client, event, "/board/changeover", changeover="10").status_code == 303
    assert "5 minutes to clear the room of what was there before. Leave 10" in client.get(base(event)).text
    assert post(client, event, "/board/changeover", changeover="0").status_code == 303
    assert "to clear the room" not in client.get(base(event)).text


def test_foreign_and_unknown_items_are_not_found_and_strangers_see_nothing(client: FlaskClient, event: Event) -> None:
    foreign = add(nine_to_six())
    assert post(client, event, f"/board/items/{foreign.uid}", starts="12:00").status_code == 404
    assert post(client, event, f"/board/items/{foreign.uid}", nudge="later", json=True).status_code == 404
    token = hidden_values(client.get(f"{base(event)}/items/new").text)["csrf_token"]
    sign_in_manager(client, make_organisation("Elsewhere"), "mallory@filo.example")
    for path in (
        f"/board/items/{foreign.uid}",
        "/board/undo",
        "/board/redo",
        "/board/waiting",
        "/releases",
        "/collecting",
    ):
        assert client.post(f"{base(event)}{path}", data={"csrf_token": token}).status_code in {400, 403}
    assert client.get(f"{base(event)}/releases/1.json").status_code == 403


def test_a_release_is_named_listed_shown_as_it_was_and_kept_as_a_file(client: FlaskClient, event: Event) -> None:
    item = add(event)
    public = f"/events/{event.slug}"
    assert "Nothing was released yet" in client.get(f"{public}/agenda/changes").text
    assert post(client, event, "/releases", name="").status_code == 422
    assert post(client, event, "/collecting", collects="y").status_code == 303
    assert post(client, event, f"/board/items/{item.uid}", starts="11:00").status_code == 303
    page = client.get(base(event)).text
    assert "“Table” moved from 10:00–11:00 to 11:00–12:00" in page
    assert "10:00" in client.get(public).text
    assert post(client, event, "/releases", name="First").status_code == 303
    assert post(client, event, "/releases", name="Again").status_code == 409
    move(event, item, start="14:00")
    assert post(client, event, "/releases", name="Second").status_code == 303
    log = client.get(f"{public}/agenda/changes").text
    assert (
        log.index("Release 2: Second") < log.index("“Table” moved from 11:00–12:00 to 14:00–15:00") < log.index("First")
    )
    assert "an older agenda" in (old := client.get(f"{public}/agenda/releases/1").text)
    assert "11:00" in old
    assert queries.release(event.id, 1).digest in old
    kept = client.get(f"{base(event)}/releases/1.json")
    assert (kept.mimetype, kept.text) == ("application/json", queries.release(event.id, 1).content)
    assert client.get(f"{public}/agenda/releases/3").status_code == 404
    assert f'href="{public}/agenda/changes"' in client.get(public).text


def test_what_is_planned_is_shown_in_every_order_and_edited_in_its_form(client: FlaskClient, event: Event) -> None:
    item = add(event)
    collect(event)
    added = {"day": "1", "starts": "10:00", "ends": "11:00", "kind": "pitch", "title_en": "Only planned"}
    assert post(client, event, "/items/new", **added).status_code == 303
    assert "Only planned" not in client.get(f"/events/{event.slug}").text
    for way in ("", "?by=room", "?by=list"):
        assert "Only planned" in client.get(base(event) + way).text
    assert client.get(f"{base(event)}?by=person").status_code == 200
    planned = next(row for row in plan_of(event).rows if row.uid != item.uid)
    assert planned.id < 0
    page = f"{base(event)}/items/{planned.id}"
    form = hidden_values(client.get(page).text)
    assert client.post(page, data=form | added | {"title_en": "Edited"}).status_code == 303
    assert client.post(page, data=form | added | {"title_en": "Too late"}).status_code == 409
    assert "Edited" in client.get(base(event)).text
    assert post(client, event, f"/items/{planned.id}/removal").status_code == 303
    assert len(plan_of(event).rows) == 1


def test_the_board_costs_as_many_queries_with_three_planned_items_as_with_one(
    client: FlaskClient, event: Event
) -> None:
    collect(event)
    counts = []
    for number in range(3):
        key, _version = services.note_down(
            event_id=event.id,
            title={"en": "x"},
            kind="pitch",
            minutes=30,
            actor=SYSTEM,
            now=NOW,  # type: ignore[arg-type]
        )
        move(event, key, day=0, start=f"{10 + number}:00")
        add(event, f"{14 + number}:00", f"{14 + number}:30")
        if number != 1:
            client.get(base(event))
            with counted_queries() as seen:
                client.get(base(event))
            counts.append(len(seen))
    assert 1 < counts[0] == counts[1]
    assert counts[0] < 60
