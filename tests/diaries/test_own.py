"""What a participant writes, with and without the script, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem
from app.diaries.handlers import follow_hand_over
from app.events.models import Event
from app.events.rules import Status
from app.kernel.db import db
from app.registration.facts import SeatHandedOver
from app.registration.models import Registration
from app.registration.rules import Place
from tests.builders import make_event
from tests.diaries.helpers import TODAY, change, hidden_of, link, open_visit, people, save_stop, sent, two_stops, write
from tests.sheets.helpers import seat


@pytest.fixture
def visit(database: Session) -> Event:
    return open_visit()


@pytest.fixture
def stops(visit: Event) -> tuple[AgendaItem, AgendaItem]:
    return two_stops(visit)


@pytest.fixture
def ada(visit: Event, stops: object) -> int:
    return people(visit)[0]


def test_a_stop_is_saved_without_a_script_and_stands_in_the_own_data(
    client: FlaskClient, ada: int, stops: tuple[AgendaItem, AgendaItem]
) -> None:
    base = link(ada)
    assert f'href="{base}/diary"' in client.get(base).text
    saved = save_stop(client, base, stops[0], seen_text="A clean room", ask_text="Who pays?", ask_shared="y")
    assert (saved.status_code, saved.location) == (303, f"{base}/diary#stop-{stops[0].id}")
    page = client.get(f"{base}/diary")
    assert "A clean room" in page.text
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    kept = client.get(f"{base}/data").json["diary"]  # type: ignore[index]
    assert [(one["text"], one["shared_with_the_group"]) for one in kept] == [
        ("A clean room", False),
        ("Who pays?", True),
    ]


def test_a_field_that_nobody_touched_does_not_overwrite_what_another_device_wrote_meanwhile(
    client: FlaskClient, ada: int, stops: tuple[AgendaItem, AgendaItem]
) -> None:
    base = link(ada)
    old = client.get(f"{base}/diary").text
    write(ada, change(stops[0].id, "From the phone"))
    typed = {f"stop-{stops[0].id}-useful-text": "From the laptop"}
    answer = client.post(f"{base}/diary/stops/{stops[0].id}", data=hidden_of(old, stops[0]) | typed)
    assert answer.status_code == 303
    page = client.get(f"{base}/diary").text
    assert "From the phone" in page
    assert "From the laptop" in page
    assert "-away-1" not in page


def test_too_much_is_said_beside_the_field_and_what_was_typed_stays(
    client: FlaskClient, ada: int, stops: tuple[AgendaItem, AgendaItem]
) -> None:
    answer = save_stop(client, link(ada), stops[0], seen_text="x" * 4010, useful_text="Kept as typed")
    assert answer.status_code == 422
    assert "10 characters too long" in answer.text
    assert "Kept as typed" in answer.text


STATES = {
    "before the day": ({"begins": TODAY + timedelta(days=3)}, {}, "The diary opens on", 409),
    "weeks later": ({"begins": TODAY - timedelta(days=20)}, {}, "The diary closed on", 409),
    "after the erasure": ({"begins": TODAY - timedelta(days=40)}, {}, "has been erased", 409),
    "called off": ({"status": Status.CALLED_OFF}, {}, "was called off", 409),
    "postponed": ({"status": Status.POSTPONED}, {}, "is postponed", 409),
    "place given back": ({}, {"place": Place.WITHDRAWN}, "or you gave it back", 409),
    "still waiting": ({}, {"place": Place.WAITLISTED}, "with a confirmed place", 409),
}


@pytest.mark.parametrize("name", STATES)
def test_whoever_cannot_write_reads_why(client: FlaskClient, database: Session, name: str) -> None:
    changes, person, words, status = STATES[name]
    visit = open_visit(**changes)
    first, _second = two_stops(visit)
    (someone,) = seat(visit, ("Ada", "Esempio"), **person)  # type: ignore[arg-type]
    base = link(someone)
    page = client.get(f"{base}/diary")
    assert page.status_code == 200
    assert words in page.text
    assert "<textarea" not in page.text
    answer = client.post(f"{base}/diary/changes", json={"changes": [sent(change(first.id, "Anything"))]})
    assert (answer.status_code, "error" in (answer.json or {})) == (status, True)


def test_what_was_written_in_time_still_arrives_when_the_phone_finds_a_network(
    client: FlaskClient, database: Session
) -> None:
    visit = open_visit(begins=TODAY - timedelta(days=18))
    first, second = two_stops(visit)
    (ada,) = seat(visit, ("Ada", "Esempio"))
    on_the_day, today = (change(first.id, "Then", at=TODAY - timedelta(days=18)), change(second.id, "Now"))
    outcomes = write(ada, on_the_day, today)
    assert list(outcomes.values()) == ["kept", "late"]
    assert "Then" in client.get(f"{link(ada)}/diary").text


def test_a_stop_that_leaves_the_agenda_takes_nothing_along(
    client: FlaskClient, ada: int, stops: tuple[AgendaItem, AgendaItem]
) -> None:
    write(ada, change(stops[1].id, "Worth remembering"))
    db.session.delete(db.session.get_one(AgendaItem, stops[1].id))
    db.session.commit()
    page = client.get(f"{link(ada)}/diary").text
    assert "Worth remembering" in page
    assert "No longer on the agenda" in page
    answer = client.post(f"{link(ada)}/diary/changes", json={"changes": [sent(change(stops[1].id, "More"))]})
    assert list(answer.json["outcomes"].values()) == ["gone"]  # type: ignore[index]


def test_a_place_that_goes_to_a_colleague_takes_no_diary_along(
    client: FlaskClient, ada: int, stops: tuple[AgendaItem, AgendaItem]
) -> None:
    write(ada, change(stops[0].id, "Mine alone"))
    fact = {"former_email": "a@x.example", "former_name": "A", "former_locale": "en", "invitation_sequence": 1}
    follow_hand_over(SeatHandedOver(event_id=1, registration_id=ada, at=TODAY, **fact))  # type: ignore[arg-type]
    registration = db.session.get_one(Registration, ada)
    registration.link_version += 1
    db.session.commit()
    assert "Mine alone" not in client.get(f"{link(ada)}/diary").text
    assert "diary" not in client.get(f"{link(ada)}/data").json  # type: ignore[operator]


RUBBISH = ({}, {"changes": 1}, {"changes": [1]}, {"changes": [{"id": "x"}]}, {"changes": [{}] * 101})


def test_what_no_phone_would_send_is_refused(client: FlaskClient, ada: int) -> None:
    for body in RUBBISH:
        assert client.post(f"{link(ada)}/diary/changes", json=body).status_code == 422
    assert client.post(f"{link(ada)}/diary/changes", data="x").status_code == 400


def test_an_event_without_stops_has_no_diary(client: FlaskClient, database: Session) -> None:
    (ada,) = seat(make_event(), ("Ada", "Esempio"))
    assert client.get(f"{link(ada)}/diary").status_code == 404
    assert "diary" not in client.get(link(ada)).text


def test_two_devices_by_network_and_the_loser_is_put_away_without_a_script(
    client: FlaskClient, ada: int, stops: tuple[AgendaItem, AgendaItem]
) -> None:
    base = link(ada)
    hotel = change(stops[0].id, "At the hotel", shared=True)
    tunnel = change(stops[0].id, "In the tunnel", at=TODAY - timedelta(minutes=5))
    for one in (hotel, tunnel, tunnel):
        answer = client.post(f"{base}/diary/changes", json={"changes": [sent(one)]})
        assert answer.json["outcomes"] == {one.change.version.id: "kept"}  # type: ignore[index]
    field = answer.json["fields"][0]  # type: ignore[index]
    assert (field["text"], field["shared"]) == ("At the hotel", False)
    assert [one["text"] for one in field["others"]] == ["In the tunnel"]
    saved = save_stop(
        client, base, stops[0], seen_text="At the hotel", seen_shared="y", seen_away=tunnel.change.version.id
    )
    assert saved.status_code == 303
    page = client.get(f"{base}/diary").text
    assert "In the tunnel" not in page
    assert "At the hotel" in client.get(f"{base}/diary/shared").text
