"""The page on a phone and the screen in a room, as those see them who open them and ask again and again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, Leg
from app.agenda.rules import ItemKind, TravelMode
from app.changes.rules import PAGES
from app.changes.services import touch
from app.events.models import Event
from app.events.rules import Audience, Status
from app.forums.models import Cafe, CafeNote, CafeTable
from app.forums.rules.cafe import NoteTag
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from app.walls.links import key_of
from app.walls.views import Shelves
from tests.builders import make_event, make_organisation, make_room, make_venue
from tests.forums.helpers import put_part
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


def today() -> dict[str, Any]:
    """From nine to six o'clock, in a zone where it is past noon by now: a run may see the hour change."""
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    zone = f"Etc/GMT{hour.hour - 12:+d}" if hour.hour != 12 else "Etc/GMT"
    return {"starts_at": hour - timedelta(hours=3), "ends_at": hour + timedelta(hours=6), "timezone": zone}


@pytest.fixture
def event(database: Session) -> Event:
    """From nine to six o'clock today, in a zone where it is past noon."""
    return make_event("Forum", **today())


def put(event: Event, title: str, start: int, end: int, **changes: Any) -> int:
    """An item from so many hours of the event's clock to so many."""
    kind = changes.pop("kind", ItemKind.KEYNOTE)
    return put_part(event, kind, start=start * 60, minutes=(end - start) * 60, title=Texts(en=title), **changes)


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", answer.text)


def part(html: str, heading: str) -> str:
    found = re.search(rf"<h2[^>]*>{heading}[^<]*</h2>(.*?)</section>", html)
    return found[1] if found else ""


@pytest.mark.parametrize("page", ["now", "wall"])
def test_it_says_what_is_on_what_is_next_and_where(client: FlaskClient, event: Event, page: str) -> None:
    red = make_room(event.venue, "Red room")  # type: ignore[arg-type]
    blue = make_room(make_venue("Annex"), "Blue room")
    put(event, "Opening", 9, 10, room_id=red.id)
    put(event, "Talk", 12, 13, room_id=red.id)
    put(event, "Workshop", 13, 14, room_id=blue.id)
    put(event, "Closing", 15, 16)
    html = read(client, f"/events/{event.slug}/{page}?lang=en")
    assert "Talk" in part(html, "Now")
    assert "Red room" in part(html, "Now")
    assert "Workshop" in part(html, "Next")
    for words in ("Blue room", "Annex, Via Esempio 1, Rovereto", ">13:00</time> – 14:00"):
        assert words in part(html, "Next")
    assert "Closing" in part(html, "Later")
    assert "Opening" not in html
    for lang, heading in (("it", "Poi"), ("de", "Danach")):  # on a list of pages the same word is another one
        assert "Workshop" in part(read(client, f"/events/{event.slug}/{page}?lang={lang}"), heading)


def test_who_travels_next_reads_where_to_meet(client: FlaskClient, event: Event) -> None:
    item_id = put(event, "", 13, 14, kind=ItemKind.TRANSFER)
    leg = Leg(mode=TravelMode.COACH, departs_from="Station", arrives_at="Lab", meeting_point="Exit B")
    db.session.get_one(AgendaItem, item_id).leg = leg
    db.session.commit()
    html = read(client, f"/events/{event.slug}/now?lang=en")
    assert "Meet: Exit B" in part(html, "Next")
    assert "Station → Lab" in part(html, "Next")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_at": NOW + timedelta(days=3), "ends_at": NOW + timedelta(days=4)}, "It has not begun yet"),
        ({"starts_at": NOW - timedelta(days=3), "ends_at": NOW - timedelta(days=2)}, "This event is over."),
        ({"status": Status.CALLED_OFF, "status_reason": "Snow."}, "Snow."),
        ({"status": Status.POSTPONED, "status_reason": "Strike."}, "A new date will be announced"),
        ({"status": Status.HELD}, "This event is over."),
        ({"date_precision": DatePrecision.YEAR}, "The day of this event is not set yet."),
        ({"ends_at": NOW + timedelta(days=1)}, "The agenda is not out yet."),
    ],
)
@pytest.mark.parametrize("page", ["now", "wall"])
def test_every_state_says_what_it_is(
    client: FlaskClient, database: Session, changes: dict[str, Any], words: str, page: str
) -> None:
    times = today()
    slug = make_event(**times | changes).slug
    assert words in read(client, f"/events/{slug}/{page}?lang=en")


@pytest.mark.parametrize("changes", [{"status": Status.DRAFT}, {"audience": Audience.INTERNAL}])
@pytest.mark.parametrize("page", ["now", "wall"])
def test_drafts_and_internal_events_are_not_there_for_strangers(
    client: FlaskClient, database: Session, changes: dict[str, Any], page: str
) -> None:
    organiser = make_organisation("HIT")
    event = make_event(organiser=organiser, **changes)
    address = f"/events/{event.slug}/{page}"
    assert client.get(address).status_code == 404
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 404
    sign_in_manager(client, organiser, "ada@filo.example")
    assert client.get(address).status_code == 200


def test_the_link_of_a_screen_opens_an_internal_event_and_no_other_and_no_draft(
    app: Flask, client: FlaskClient, database: Session
) -> None:
    inside, other = (make_event(audience=Audience.INTERNAL) for _number in range(2))
    draft = make_event(status=Status.DRAFT)
    put(inside, "Secret plans", 9, 10)
    statuses = [
        client.get(f"/events/{event.slug}/wall?key={key_of(of.id)}").status_code
        for event, of in ((inside, inside), (other, inside), (draft, draft))
    ]
    assert statuses == [200, 404, 404]
    assert client.get(f"/events/{inside.slug}/wall?key={key_of(inside.id)[:-1]}x").status_code == 404
    assert client.get(f"/events/{inside.slug}/now?key={key_of(inside.id)}").status_code == 404


def test_internal_items_of_a_public_event_stand_on_no_screen(client: FlaskClient, event: Event) -> None:
    put(event, "Partners only", 12, 14, audience=Audience.INTERNAL)
    for address in ("now", "wall", f"wall?key={key_of(event.id)}"):
        assert "Partners only" not in read(client, f"/events/{event.slug}/{address}")


def test_a_screen_shows_its_room_and_what_is_for_everybody(client: FlaskClient, event: Event) -> None:
    red, blue = (make_room(event.venue, name) for name in ("Red room", "Blue room"))  # type: ignore[arg-type]
    for title, room in (("In red", red.id), ("In blue", blue.id), ("Lunch", None)):
        put(event, title, 12, 14, room_id=room)
    html = read(client, f"/events/{event.slug}/wall?room={red.id}")
    assert ("In red" in html, "In blue" in html, "Lunch" in html, "Red room" in html) == (True, False, True, True)
    for nonsense in ("", "x", "-1", "999999", str(2**63), "9" * 30):
        assert client.get(f"/events/{event.slug}/wall?room={nonsense}").status_code == 200


def cafe_at(event: Event) -> Cafe:
    item_id = put(event, "Café", 12, 14, kind=ItemKind.WORLD_CAFE)
    table = CafeTable(number=3, public_id="abc")
    cafe = Cafe(item_id=item_id, event_id=event.id, round_minutes=20, tables=[table])
    db.session.add(cafe)
    db.session.commit()
    return cafe


def note(cafe: Cafe, text: str) -> None:
    db.session.add(CafeNote(table_id=cafe.tables[0].id, round=1, tag=NoteTag.IDEA, text=text, at=NOW))
    cafe.version += 1
    db.session.commit()


def test_notes_of_a_cafe_arrive_on_the_screen_that_has_the_link(client: FlaskClient, event: Event) -> None:
    cafe = cafe_at(event)
    address = f"/events/{event.slug}/wall"
    screen = f"{address}?key={key_of(event.id)}&lang=en"
    assert "Nothing is noted yet." in read(client, screen)
    tag = client.get(screen).headers["ETag"]
    note(cafe, "Share <b>labs</b>")
    fresh = client.get(screen, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "Share &lt;b&gt;labs&lt;/b&gt;" in fresh.text
    assert "Table 3" in fresh.text
    assert "labs" not in read(client, address)
    assert "labs" not in read(client, f"{address}?key=forged.{'0' * 40}")


def test_a_cafe_shows_its_notes_beside_a_table_that_collects_needs(client: FlaskClient, event: Event) -> None:
    cafe = cafe_at(event)
    put(event, "Table", 9, 10, kind=ItemKind.WORKING_TABLE)
    put(event, "Lunch", 12, 13, kind=ItemKind.MEAL)
    note(cafe, "Share labs")
    screen = read(client, f"/events/{event.slug}/wall?key={key_of(event.id)}&lang=en")
    assert "Share labs" in screen
    assert screen.count("Nothing is needed yet.") == 1


@pytest.mark.parametrize("page", ["now", "wall"])
def test_who_asks_again_is_told_that_there_is_no_news(client: FlaskClient, event: Event, page: str) -> None:
    put(event, "Talk", 12, 14)
    address = f"/events/{event.slug}/{page}?lang=en"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "no-store" not in again.headers["Cache-Control"]
    other = client.get(f"/events/{event.slug}/{page}?lang=de", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_change_of_the_agenda_is_news(client: FlaskClient, event: Event) -> None:
    item_id, address = put(event, "Talk", 12, 14), f"/events/{event.slug}/now"
    tag = client.get(address).headers["ETag"]
    db.session.get_one(AgendaItem, item_id).title = Texts(en="Better talk")
    db.session.commit()
    touch({PAGES}, now=NOW)
    fresh = client.get(address, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert "Better talk" in fresh.text


def test_no_news_costs_one_query_and_one_more_for_the_notes(app: Flask, client: FlaskClient, event: Event) -> None:
    cafe = cafe_at(event)
    note(cafe, "One")
    address = f"/events/{event.slug}/wall?key={key_of(event.id)}"
    app.extensions["filo_walls"] = Shelves(keeps=True)
    try:
        counts = []
        for path in (address, f"/events/{event.slug}/now"):
            tag = client.get(path).headers["ETag"]
            with counted_queries() as seen:
                assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
            counts.append(len(seen))
    finally:
        app.extensions["filo_walls"] = Shelves(keeps=False)
    assert counts == [2, 1]


@pytest.mark.parametrize("page", ["now", "wall"])
def test_three_items_need_as_many_queries_as_one(client: FlaskClient, event: Event, page: str) -> None:
    rooms = [make_room(make_venue(f"Venue {number}"), f"Room {number}") for number in range(3)]

    def queries() -> int:
        db.session.expire_all()
        with counted_queries() as seen:
            assert client.get(f"/events/{event.slug}/{page}").status_code == 200
        return len(seen)

    put(event, "Talk", 12, 14, room_id=rooms[0].id)
    first = queries()
    for number, room in enumerate(rooms):
        put(event, f"Talk {number}", 12, 14, room_id=room.id)
    assert queries() == first


def test_the_page_of_the_event_leads_there_on_the_day_only(client: FlaskClient, event: Event) -> None:
    assert f'href="/events/{event.slug}/now"' in read(client, f"/events/{event.slug}")
    later = make_event(starts_at=NOW + timedelta(days=10))
    assert f'href="/events/{later.slug}/now"' not in read(client, f"/events/{later.slug}")
