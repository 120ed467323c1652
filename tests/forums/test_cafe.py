"""A world café from its frame to the harvest, on the database and through its pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.rules import AgendaRole, ItemKind
from app.events.errors import MayNotManage
from app.events.models import Event
from app.forums import errors, links
from app.forums.inputs import CafeInput, NoteInput
from app.forums.models import Cafe, CafeNote, CafeSeat
from app.forums.presenters.cafe import CafeView, view_of
from app.forums.presenters.harvest import harvest, harvest_version
from app.forums.queries import cafe as queries
from app.forums.rules.cafe import NoteTag
from app.forums.services import cafe as services
from app.kernel import clock
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM
from app.network.models import Organisation
from app.registration.models import Registration
from app.registration.services import item_places, leaving
from tests.builders import NOW, make_organisation, make_person
from tests.forms import hidden_values
from tests.forums.helpers import link, make_forum, put_part
from tests.papers import pages
from tests.presence.helpers import code_of, noted
from tests.presence.helpers import note as scanned
from tests.query_counter import counted_queries
from tests.registration.helpers import join
from tests.sheets.helpers import seat as register
from tests.signing_in import sign_in_manager

QUESTIONS = tuple(Texts(en=f"Question {number}") for number in (1, 2, 3))
ON_THE_DAY = NOW + timedelta(days=10, hours=1)
IDEA = NoteInput(round=1, tag=NoteTag.IDEA, text="Share the lab")


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_forum(organiser)


@pytest.fixture
def item_id(event: Event) -> int:
    return put_part(event, ItemKind.WORLD_CAFE)


def people(event: Event, count: int, first: int = 0) -> list[int]:
    return register(event, *[(f"Given{number}", f"Family{number:02}") for number in range(first, first + count)])


def set_up(event: Event, item_id: int, **changes: Any) -> None:
    values: dict[str, Any] = {"questions": QUESTIONS, "round_minutes": 25, "tables": None}
    services.set_up(event_slug=event.slug, item_id=item_id, values=CafeInput(**values | changes), actor=SYSTEM, now=NOW)


def seat(event: Event, item_id: int, **changes: bool) -> int:
    given = {"only_present": False} | changes
    return services.seat(event_slug=event.slug, item_id=item_id, actor=SYSTEM, now=NOW, **given)


def host(event: Event, item_id: int, number: int, registration_id: int | None, name: str = "") -> None:
    services.name_host(
        event_slug=event.slug,
        item_id=item_id,
        table_id=cafe(item_id).tables[number - 1].id,
        registration_id=registration_id,
        name=name,
        actor=SYSTEM,
        now=NOW,
    )


def cafe(item_id: int) -> Cafe:
    found = queries.cafe(item_id)
    assert found
    return found


def view(item_id: int) -> CafeView:
    return view_of(cafe(item_id), db.session.get_one(AgendaItem, item_id))


def seats(item_id: int) -> dict[tuple[int, int], int]:
    rows = db.session.scalars(select(CafeSeat).where(CafeSeat.item_id == item_id))
    return {(row.registration_id, row.round): row.table_id for row in rows}


def test_30_people_6_tables_3_rounds_with_hosts_that_stay_and_nobody_meets_twice(event: Event, item_id: int) -> None:
    everybody = people(event, 30)
    set_up(event, item_id)
    for number, one in enumerate(everybody[:6], 1):
        host(event, item_id, number, one)
    assert seat(event, item_id) == 24
    shown = view(item_id)
    assert len(shown.tables) == 6
    assert [[len(guests) for guests in table.guests] for table in shown.tables] == [[4, 4, 4]] * 6
    assert (shown.repeats, shown.fewest, shown.is_settled) == (0, 0, True)
    assert [one.time for one in shown.rounds] == ["14:00 – 14:25", "14:25 – 14:50", "14:50 – 15:15"]
    assert not {one for one, _round in seats(item_id)} & set(everybody[:6])
    assert [table.host for table in shown.tables][:2] == ["Given0 Family00", "Given1 Family01"]


def test_late_ones_and_those_who_left_move_hardly_anybody_else(event: Event, item_id: int) -> None:
    left = join(event.id, "ada").id
    people(event, 20, first=1)
    set_up(event, item_id, tables=5)
    seat(event, item_id)
    before = seats(item_id)
    leaving.withdraw(left, now=NOW)
    late = people(event, 2, first=50)
    assert (view(item_id).late, view(item_id).gone) == (2, 1)
    assert seat(event, item_id) == 22
    after = seats(item_id)
    assert {one for one, _round in after} == {one for one, _round in before} - {left} | set(late)
    moved = [key for key in after if key in before and before[key] != after[key]]
    assert len(moved) <= 3
    assert view(item_id).is_settled


def test_on_the_day_only_those_who_are_there_are_seated(event: Event, item_id: int) -> None:
    everybody = people(event, 12)
    set_up(event, item_id, tables=3)
    seat(event, item_id)
    before = seats(item_id)
    noted(event.id, *(scanned(code_of(one), at=event.starts_at) for one in everybody[:9]), now=event.starts_at)
    assert seat(event, item_id, only_present=True) == 9
    after = seats(item_id)
    assert {one for one, _round in after} == set(everybody[:9])
    assert sum(before[key] != table for key, table in after.items()) <= 9
    noted(event.id, scanned(code_of(everybody[11]), at=event.starts_at), now=event.starts_at)
    assert view(item_id).late == 1


def test_where_people_sign_up_for_the_cafe_only_they_are_seated(event: Event, item_id: int) -> None:
    item_places.open_sign_up(event_slug=event.slug, item_id=item_id, capacity=8, actor=SYSTEM, now=NOW)
    invited = [join(event.id, name).id for name in ("ada", "eva", "uta")]
    for one in invited[:2]:
        item_places.choose(one, item_ids={item_id}, now=NOW)
    set_up(event, item_id, tables=2)
    assert seat(event, item_id) == 2
    assert {one for one, _round in seats(item_id)} == set(invited[:2])


def test_a_guest_who_becomes_a_host_stays_and_the_former_host_gets_a_seat(event: Event, item_id: int) -> None:
    everybody = people(event, 12)
    set_up(event, item_id, tables=3)
    host(event, item_id, 1, everybody[0])
    seat(event, item_id)
    host(event, item_id, 1, everybody[1])
    seated = {one for one, _round in seats(item_id)}
    assert everybody[0] in seated
    assert everybody[1] not in seated
    with pytest.raises(errors.HostsTwice):
        host(event, item_id, 2, everybody[1])
    leaving.withdraw(everybody[1], now=NOW)
    assert view(item_id).tables[0].host == ""
    with pytest.raises(errors.NotAParticipant):
        host(event, item_id, 2, people(make_forum(make_organisation()), 1)[0])


def test_hosts_on_the_agenda_host_the_tables_as_participants_where_they_are_registered(
    event: Event, item_id: int
) -> None:
    registered = join(event.id, "ada")
    for person in (make_person("Ada", email=registered.email), make_person("Eva", "Ospite")):
        db.session.add(AgendaPerson(item_id=item_id, person_id=person.id, role=AgendaRole.TABLE_HOST))
    db.session.commit()
    set_up(event, item_id, tables=3)
    assert [(table.host_id, table.host_name) for table in cafe(item_id).tables] == [
        (registered.id, ""),
        (None, "Eva Ospite"),
        (None, ""),
    ]


def test_only_who_manages_the_event_sets_up_and_only_a_cafe(event: Event, item_id: int) -> None:
    fair = put_part(event, ItemKind.FAIR)
    with pytest.raises(errors.FormatNotFound):
        set_up(event, fair)
    set_up(event, item_id)
    with pytest.raises(errors.NobodyToSeat):
        seat(event, item_id)
    with pytest.raises(MayNotManage):
        services.seat(event_slug=event.slug, item_id=item_id, only_present=False, actor=ANYBODY, now=NOW)


def test_a_frame_with_notes_loses_none_of_them(event: Event, item_id: int) -> None:
    people(event, 10)
    set_up(event, item_id, tables=3)
    seat(event, item_id)
    table = cafe(item_id).tables[2]
    services.note_as_host(table.id, link_version=1, values=IDEA, now=ON_THE_DAY)
    with pytest.raises(errors.FrameHasNotes):
        set_up(event, item_id, tables=2)
    set_up(event, item_id, tables=4)
    assert not cafe(item_id).seated_at
    assert seats(item_id) == {}


def test_notes_of_hosts_and_guests_come_together_in_the_harvest(event: Event, item_id: int) -> None:
    everybody = people(event, 9)
    set_up(event, item_id, tables=3)
    host(event, item_id, 1, everybody[0])
    seat(event, item_id)
    first, version = cafe(item_id).tables[0], harvest_version(event.id)
    services.note_as_host(first.id, link_version=1, values=IDEA, now=ON_THE_DAY)
    services.note_as_host(first.id, link_version=1, values=IDEA, now=ON_THE_DAY)  # a second tap
    need = NoteInput(round=2, tag=NoteTag.NEED, text="A shared calendar")
    services.note_as_guest(everybody[1], item_id=item_id, values=need, now=ON_THE_DAY)
    found = harvest(event.id)
    assert found.version != version
    assert [[(note.tag, note.text) for note in one.notes] for one in found.cafes[0].rounds] == [
        [(NoteTag.IDEA, "Share the lab")],
        [(NoteTag.NEED, "A shared calendar")],
        [],
    ]
    assert found.cafes[0].rounds[0].notes[0].table == 1
    sat = next(one.number for one in cafe(item_id).tables if one.id == seats(item_id)[everybody[1], 2])
    assert found.cafes[0].rounds[1].notes[0].table == sat
    services.remove_note(
        event_slug=event.slug, item_id=item_id, note_id=found.cafes[0].rounds[0].notes[0].id, actor=SYSTEM, now=NOW
    )
    assert harvest(event.id).cafes[0].count == 1
    assert harvest_version(event.id) != found.version


@pytest.mark.parametrize(
    ("at", "refusal"),
    [(NOW, errors.NotesNotYet), (ON_THE_DAY + timedelta(days=3), errors.NotesOver)],
)
def test_notes_are_taken_on_the_day(event: Event, item_id: int, at: Any, refusal: type[Exception]) -> None:
    (one,) = people(event, 1)
    set_up(event, item_id, tables=2)
    seat(event, item_id)
    with pytest.raises(refusal):
        services.note_as_guest(one, item_id=item_id, values=IDEA, now=at)


def test_a_note_stands_where_somebody_sat(event: Event, item_id: int) -> None:
    people(event, 4)
    set_up(event, item_id, tables=2)
    seat(event, item_id)
    (stranger,) = people(event, 1, first=30)
    with pytest.raises(errors.NoSeatInRound):
        services.note_as_guest(stranger, item_id=item_id, values=IDEA, now=ON_THE_DAY)
    table = cafe(item_id).tables[0]
    late = NoteInput(round=4, tag=NoteTag.IDEA, text="x")
    with pytest.raises(errors.NoSeatInRound):
        services.note_as_host(table.id, link_version=1, values=late, now=ON_THE_DAY)
    with pytest.raises(errors.TableLinkNotFound):
        services.note_as_host(table.id, link_version=2, values=IDEA, now=ON_THE_DAY)


def test_the_organiser_sets_up_seats_prints_and_reads(
    client: FlaskClient, organiser: Organisation, event: Event, item_id: int
) -> None:
    sign_in_manager(client, organiser, "organiser@filo.example")
    everybody = people(event, 11)
    base = f"/manage/events/{event.slug}/forum"
    assert f'href="{base}/cafe/{item_id}"' in client.get(base).text
    page = f"{base}/cafe/{item_id}"
    token = {"csrf_token": hidden_values(client.get(page).text)["csrf_token"]}
    wrong = client.post(page, data=token | {"rounds": "7", "round_minutes": "25", "question1_en": "Kept?"})
    assert (wrong.status_code, "Kept?" in wrong.text, "from 2 to 4" in wrong.text) == (422, True, True)
    answer = client.post(page, data=token | {"rounds": "2", "round_minutes": "25", "question1_en": "What helps?"})
    assert answer.status_code == 303
    assert client.post(f"{page}/seating", data=token).status_code == 303
    table = cafe(item_id).tables[0]
    hosts = f"{page}/tables/{table.id}"
    typed = client.post(hosts, data=token | {"host": "0", "name": "Rita <b>"})
    assert (typed.status_code, 'value="Rita &lt;b&gt;"' in typed.text) == (422, True)
    assert f'id="name-{table.id}-error"' in typed.text
    assert client.post(hosts, data=token | {"host": str(everybody[0])}).status_code == 303
    shown = client.get(page).text
    assert "Given0 Family00" in shown
    words = "\n".join(pages(client.get(f"{page}/plan.pdf").data))
    for said in ("Given0 Family00", "Given10 Family10", "What helps?", "Table 1", "Table 3"):
        assert said in words
    assert client.get(f"{page}/harvest").status_code == 200
    old = links.token(cafe(item_id).tables[0])
    assert client.post(f"{page}/tables/{table.id}/link", data=token).status_code == 303
    assert client.get(f"/cafe/{old}").status_code == 404


def test_guests_and_hosts_note_on_the_phone(
    client: FlaskClient, event: Event, item_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = people(event, 8)
    set_up(event, item_id, tables=2)
    host(event, item_id, 2, everybody[7])
    seat(event, item_id)
    own, page = link(everybody[0]), f"{link(everybody[0])}/cafe/{item_id}"
    assert f'href="{page}"' in client.get(own).text
    assert "from the day of the café on" in client.get(page).text
    assert "You host table 2." in client.get(link(everybody[7])).text
    monkeypatch.setattr(clock, "now", lambda: ON_THE_DAY)
    hidden = hidden_values(client.get(page).text)
    note = {"round": "2", "tag": "need", "text": "A bus between the parks"}
    assert client.post(page, data=hidden | note | {"text": " "}).status_code == 422
    assert client.post(page, data=hidden | note | {"tag": "gossip"}).status_code == 422
    assert client.post(page, data=hidden | note).status_code == 303
    assert "A bus between the parks" in client.get(page).text
    address = f"/cafe/{links.token(cafe(item_id).tables[1])}"
    hosting = client.get(address)
    assert "Given7 Family07" in hosting.text
    assert hosting.headers["Cache-Control"] == "no-store"
    assert client.post(address, data=hidden_values(hosting.text) | note).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(CafeNote)) == 2
    monkeypatch.setattr(clock, "now", lambda: ON_THE_DAY + timedelta(days=3))
    over = client.get(address).text
    assert "The café is over." in over
    assert not any(said in over for said in ("Given7 Family07", "A bus between the parks"))
    monkeypatch.setattr(clock, "now", lambda: ON_THE_DAY)
    assert client.get(f"{link(people(make_forum(make_organisation()), 1)[0])}/cafe/{item_id}").status_code == 404
    registration = db.session.get_one(Registration, everybody[1])
    leaving.withdraw(registration.id, now=NOW)
    assert client.get(f"{link(everybody[1])}/cafe/{item_id}").status_code == 303


def test_a_plan_of_many_is_read_in_as_many_queries_as_one_of_few(event: Event, item_id: int) -> None:
    people(event, 6)
    set_up(event, item_id, tables=2)
    seat(event, item_id)
    counted = []
    for _turn in range(2):
        db.session.expire_all()
        with counted_queries() as queries_made:
            view(item_id)
        counted.append(len(queries_made))
        people(event, 6, first=40)
        seat(event, item_id)
    assert counted[0] == counted[1]
