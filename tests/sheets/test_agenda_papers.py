"""What stands on the papers about an agenda: the programme, the doors, the running order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.grid import Block
from app.agenda.models import AgendaItem, AgendaPerson, Leg
from app.agenda.rules import AgendaRole, ItemKind, TravelMode
from app.events.models import Event
from app.events.rules import Audience, Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import Organisation
from app.planning.models import Release
from app.sheets.parallel import Stretch, stretches, turns
from tests.approving import check_approved
from tests.builders import NOW, make_event, make_organisation, make_person, make_room
from tests.forums.helpers import put_part
from tests.papers import fonts_without_their_file, pages, text
from tests.query_counter import counted_queries
from tests.sheets.helpers import fund
from tests.signing_in import sign_in_manager

STARTS = datetime(2027, 3, 18, 8, 0, tzinfo=UTC)  # nine o'clock in Rome
PAPERS = ("programme", "door-sheets", "running-order")


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(client: FlaskClient, organiser: Organisation) -> Event:
    """Two days; the organiser has signed in."""
    sign_in_manager(client, organiser, "ada@filo.example")
    return make_event(
        "Forum of forums",
        slug="forum-of-forums",
        organiser=organiser,
        starts_at=STARTS,
        ends_at=STARTS + timedelta(days=1, hours=6),
    )


def address(event: Event, paper: str, query: str = "lang=en") -> str:
    return f"{'' if paper == 'programme' else '/manage'}/events/{event.slug}/{paper}.pdf?{query}"


def fetch(client: FlaskClient, event: Event, paper: str, query: str = "lang=en") -> bytes:
    got = client.get(address(event, paper, query))
    assert got.status_code == 200, got.text
    assert got.content_type == "application/pdf"
    return got.data


def put(event: Event, title: str, start: int, minutes: int, **changes: Any) -> int:
    kind = changes.pop("kind", ItemKind.KEYNOTE)
    texts = Texts(en=title) if title else Texts()
    return put_part(event, kind, start=start, minutes=minutes, title=texts, **changes)


def name(item_id: int, family: str, *, is_public: bool) -> None:
    person = make_person("Ada", family, is_public=is_public)
    db.session.add(AgendaPerson(item_id=item_id, person_id=person.id, role=AgendaRole.SPEAKER))
    db.session.commit()


def fill(event: Event) -> None:
    """A plenary, two rooms side by side, lunch after a gap, an internal meeting; a coach on the second day."""
    red, blue = (make_room(event.venue, name) for name in ("Red room", "Blue room"))  # type: ignore[arg-type]
    name(put(event, "Opening", 540, 30, kind=ItemKind.WELCOME, room_id=red.id), "Public", is_public=True)
    name(put(event, "Sensors", 570, 60, room_id=red.id), "Private", is_public=False)
    put(event, "Proteins", 570, 45, room_id=blue.id, abstract=Texts(en="Of plants."))
    put(event, "Lunch", 660, 60, kind=ItemKind.MEAL)
    put(event, "Steering group", 720, 30, audience=Audience.INTERNAL, room_id=blue.id)
    leg_id = put(event, "", 540, 30, day=1, kind=ItemKind.TRANSFER)
    leg = Leg(mode=TravelMode.COACH, departs_from="Station", arrives_at="Lab", meeting_point="Exit B")
    db.session.get_one(AgendaItem, leg_id).leg = leg
    put(event, "Closing", 600, 30, day=1, kind=ItemKind.CLOSING, room_id=red.id)


def release(event: Event) -> None:
    row = Release(event_id=event.id, number=2, name="Final", note="", content="{}", digest="", changes=[], at=NOW)
    db.session.add(row)
    db.session.commit()


@pytest.mark.parametrize("lang", ["en", "it", "de"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_papers_as_they_were_approved(client: FlaskClient, event: Event, paper: str, lang: str) -> None:
    fill(event)
    fund(event)
    release(event)
    printed = fetch(client, event, paper, f"lang={lang}")
    assert fonts_without_their_file(printed) == set()
    check_approved(f"papers/{paper}.{lang}", "\n".join(f"{page}\n" for page in pages(printed)))


@pytest.mark.parametrize("paper", PAPERS)
def test_an_empty_agenda_says_so_on_a_page(client: FlaskClient, event: Event, paper: str) -> None:
    words = {"programme": "not out yet", "door-sheets": "has a room yet", "running-order": "Nothing is planned"}
    (page,) = pages(fetch(client, event, paper))
    assert words[paper] in page


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("title", ["#show: none", "$x$ *b* \\ @ref", "{{ 7*7 }}", "x" * 200])
def test_hostile_titles_are_text(client: FlaskClient, event: Event, paper: str, title: str) -> None:
    put(event, title, 540, 60, room_id=make_room(event.venue, "R").id)  # type: ignore[arg-type]
    assert title.replace(" ", "") in text(fetch(client, event, paper)).replace(" ", "").replace("\u200b", "")


@pytest.mark.parametrize("paper", PAPERS)
def test_sixty_items_are_all_printed_with_as_many_queries_as_one(client: FlaskClient, event: Event, paper: str) -> None:
    rooms = [make_room(event.venue, f"Room {number}") for number in range(6)]  # type: ignore[arg-type]

    def queries() -> int:
        db.session.expire_all()
        with counted_queries() as seen:
            fetch(client, event, paper)
        return len(seen)

    put(event, "Talk 0", 540, 10, room_id=rooms[0].id)
    first = queries()
    for number in range(1, 60):
        start = 540 + 10 * (number // 3)  # three at a time, in six rooms
        put(event, f"Talk {number}", start, 10, room_id=rooms[number % 6].id)
    assert queries() == first
    printed = text(fetch(client, event, paper))
    assert [number for number in range(60) if f"Talk {number} " not in f"{printed} "] == []


@pytest.mark.parametrize("changes", [{"status": Status.DRAFT}, {"audience": Audience.INTERNAL}])
def test_the_programme_is_for_whoever_may_see_the_event(
    client: FlaskClient, database: Session, changes: dict[str, Any]
) -> None:
    assert client.get(address(make_event(**changes), "programme")).status_code == 404


def test_who_has_the_programme_is_told_so_in_each_language(client: FlaskClient, event: Event) -> None:
    tag = client.get(address(event, "programme")).headers["ETag"]
    again = {
        lang: client.get(address(event, "programme", f"lang={lang}"), headers={"If-None-Match": tag}).status_code
        for lang in ("en", "de")
    }
    assert again == {"en": 304, "de": 200}


def test_only_the_running_order_has_names_of_those_who_do_not_show_them(client: FlaskClient, event: Event) -> None:
    fill(event)
    named = {paper: "Private" in text(fetch(client, event, paper)) for paper in PAPERS}
    assert named == {"programme": False, "door-sheets": False, "running-order": True}
    assert client.get(address(event, "running-order")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("day", ["0", "3", "x", "9" * 300])
def test_a_day_that_the_event_has_not_is_refused(client: FlaskClient, event: Event, day: str) -> None:
    assert client.get(address(event, "running-order", f"day={day}")).status_code == 422


def test_papers_and_screens_are_found(client: FlaskClient, event: Event) -> None:
    fill(event)
    html = client.get(f"/manage/events/{event.slug}/sheets?lang=en").text
    for link in (
        "running-order.pdf",
        "door-sheets.pdf",
        f"/events/{event.slug}/programme.pdf",
        "/wall?key=",
        "&amp;room=",
    ):
        assert link in html
    assert f"/events/{event.slug}/programme.pdf" in client.get(f"/events/{event.slug}").text


def block(id: int, begins: int, ends: int, place: str = "") -> Block:
    return Block(id=id, begins=begins, ends=ends, place=place)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], []),
        ([block(1, 0, 10), block(2, 10, 20)], [Stretch(items=((1, 2),))]),
        (
            [block(1, 0, 10), block(2, 10, 20, "a"), block(3, 10, 15, "b"), block(4, 15, 20, "b"), block(5, 20, 30)],
            [Stretch(items=((1,),)), Stretch(columns=("b", "a"), items=((3, 4), (2,))), Stretch(items=((5,),))],
        ),
        ([block(1, 0, 10, "a"), block(2, 5, 15, "a")], [Stretch(items=((1, 2),))]),
        ([block(number, 0, 10, f"room {number}") for number in range(6)], [Stretch(items=(tuple(range(6)),))]),
    ],
)
def test_what_runs_side_by_side_has_columns_if_the_sheet_has_room(blocks: list[Block], expected: list[Stretch]) -> None:
    assert stretches(blocks) == expected


def test_the_moderator_sees_gaps_and_how_much_of_the_day_is_behind() -> None:
    found = [
        (one.id, one.minutes, one.gap, one.elapsed)
        for one in turns([block(3, 90, 120), block(1, 0, 60), block(2, 0, 30)])
    ]
    assert found == [(2, 30, 0, 0), (1, 60, 0, 0), (3, 30, 30, 90)]
