"""Groups of a real visit: made, kept, moved, printed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.facts import AgendaChanged
from app.agenda.models import AgendaItem, Stop
from app.agenda.rules import ItemKind
from app.audit.models import AuditEntry
from app.events.errors import MayNotManage
from app.events.models import Event
from app.events.rules import Kind as EventKind
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM
from app.network.models import Organisation
from app.questions.rules import Kind, Readers
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import Place
from app.registration.services import leaving
from app.subgroups import presenters, queries, services
from app.subgroups.errors import GroupFull, NobodyToDivide, NotAMember
from app.subgroups.models import SubGroup
from tests.builders import NOW, make_event, make_organisation
from tests.forms import hidden_values
from tests.papers import fonts_without_their_file, pages
from tests.query_counter import counted_queries
from tests.registration.helpers import join
from tests.sheets.helpers import answer, ask, bring, seat
from tests.signing_in import sign_in_manager

PEOPLE = [(f"Given{number}", f"Family{number:02}") for number in range(26)]


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_event("Visit", organiser=organiser, kind=EventKind.STUDY_VISIT, capacity=60)


def station(event: Event, title: str, *, limit: int | None = 9, start: int = 14 * 60, minutes: int = 75) -> int:
    item = AgendaItem(
        event_id=event.id,
        uid=new_uid(),
        day=0,
        start_minute=start,
        end_minute=start + minutes,
        kind=ItemKind.SITE_VISIT,
        title=Texts(en=title),
        abstract=Texts(),
        created_at=NOW,
        content_changed_at=NOW,
        stop=Stop(group_limit=limit, protective_equipment=["safety_shoes"]),
    )
    db.session.add(item)
    db.session.commit()
    return item.id


def three_stations(event: Event) -> None:
    for title in ("Laser", "Foundry", "Metrology"):
        station(event, title)


def make(event: Event, size: int = 9, **changes: bool) -> int:
    return services.make(event_slug=event.slug, size=size, actor=SYSTEM, now=NOW, **changes)


def sizes(event: Event) -> list[int]:
    return [group.taken for group in presenters.groups_of(event.id)]


def test_26_people_go_round_3_stations_for_25_minutes_each_in_groups_of_9_9_and_8(event: Event) -> None:
    three_stations(event)
    seat(event, *PEOPLE)
    assert make(event) == 3
    assert sizes(event) == [9, 9, 8]
    (rotation,) = presenters.rotations_of(event, 3)
    assert rotation.slot_minutes == 25
    assert not rotation.is_too_long
    shown = [(turn.time, [station.title for station in turn.stations if station]) for turn in rotation.turns]
    assert shown == [
        ("14:00 – 14:25", ["Laser", "Foundry", "Metrology"]),
        ("14:25 – 14:50", ["Foundry", "Metrology", "Laser"]),
        ("14:50 – 15:15", ["Metrology", "Laser", "Foundry"]),
    ]
    capacities = db.session.scalars(select(Allotment.capacity).where(Allotment.kind == AllotmentKind.SUB_GROUP))
    assert list(capacities) == [9, 9, 9]


def test_no_group_is_larger_than_the_smallest_stop_takes(event: Event) -> None:
    station(event, "Small", limit=4)
    station(event, "Large", limit=20)
    seat(event, *PEOPLE[:10])
    make(event, size=12)
    assert sizes(event) == [4, 3, 3]


def test_groups_need_people_and_an_organiser(event: Event) -> None:
    with pytest.raises(NobodyToDivide):
        make(event)
    with pytest.raises(MayNotManage):
        services.make(event_slug=event.slug, size=9, actor=ANYBODY, now=NOW)


def test_companions_and_parties_stay_together(event: Event) -> None:
    seat(event, *PEOPLE[:5])
    together = seat(event, *PEOPLE[5:8], party="p1")
    (host,) = seat(event, PEOPLE[8], seats=3)
    bring(host, ["One", "Two"])
    make(event, size=6)
    assert sum(sizes(event)) == 11
    assert max(sizes(event)) <= 6
    assert len({queries.names_of(event.id)[one] for one in together}) == 1


def test_a_newcomer_joins_the_smallest_group_and_who_leaves_frees_the_place(event: Event) -> None:
    for name in ("bob", "cia", "dan", "eva", "fay"):
        join(event.id, name)
    make(event, size=3)
    assert sizes(event) == [3, 2]
    before = queries.names_of(event.id)
    newcomer = join(event.id, "ada")
    assert sizes(event) == [3, 3]
    assert queries.names_of(event.id) == {**before, newcomer.id: (2, "")}
    leaving.withdraw(newcomer.id, now=NOW)
    assert queries.names_of(event.id) == before
    assert db.session.scalars(
        select(Allotment.confirmed).where(Allotment.kind == AllotmentKind.SUB_GROUP).order_by(Allotment.id)
    ).all() == [3, 2]


def test_who_fits_nowhere_waits_for_the_organiser_and_making_again_changes_little(event: Event) -> None:
    for name in ("bob", "cia", "dan", "eva"):
        join(event.id, name)
    make(event, size=2)
    before = queries.names_of(event.id)
    join(event.id, "ada")
    assert [one.given_name for one in queries.ungrouped(event.id)] == ["Ada"]
    make(event, size=2)
    assert sizes(event) == [2, 2, 1]
    assert before.items() <= queries.names_of(event.id).items()
    make(event, size=5, anew=True)
    assert sizes(event) == [5]


def test_without_groups_nothing_is_done_when_people_come(event: Event) -> None:
    join(event.id, "ada")
    assert not queries.has_groups(event.id)


def test_by_hand_a_group_grows_beyond_its_limit_only_with_a_reason_that_is_logged(event: Event) -> None:
    people = seat(event, *PEOPLE[:4])
    make(event, size=2)
    number = queries.names_of(event.id)[people[0]][0]
    (mover,) = [one for one in people if queries.names_of(event.id)[one][0] != number][:1]
    with pytest.raises(GroupFull):
        services.put(mover, event_slug=event.slug, number=number, actor=SYSTEM, now=NOW)
    services.put(mover, event_slug=event.slug, number=number, reason="Interpreter", actor=SYSTEM, now=NOW)
    assert sorted(sizes(event)) == [1, 3]
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "subgroups.moved")).one()
    assert noted.details == {"group": number, "beyond_limit": True, "reason": "Interpreter"}
    services.put(mover, event_slug=event.slug, number=None, actor=SYSTEM, now=NOW)
    assert sorted(sizes(event)) == [1, 2]


def test_only_people_of_the_event_with_a_place_are_moved(event: Event) -> None:
    (waiting,) = seat(event, PEOPLE[0], place=Place.WAITLISTED)
    (stranger,) = seat(make_event("Other"), PEOPLE[1])
    seat(event, PEOPLE[2])
    make(event)
    for one in (waiting, stranger, 0):
        with pytest.raises(NotAMember):
            services.put(one, event_slug=event.slug, number=1, actor=SYSTEM, now=NOW)


def test_a_stop_that_takes_fewer_people_lowers_what_groups_may_have(event: Event) -> None:
    seat(event, *PEOPLE[:6])
    make(event, size=3)
    station(event, "Narrow", limit=2)
    _tell_of_agenda(event.id)
    assert [group.limit for group in presenters.groups_of(event.id)] == [2, 2]
    assert all(group.is_beyond for group in presenters.groups_of(event.id))


def test_more_groups_than_stations_pause_in_turn_and_a_long_slot_is_pointed_out(event: Event) -> None:
    three_stations(event)
    services.set_slot(event_slug=event.slug, day=0, start_minute=840, slot_minutes=30, actor=SYSTEM, now=NOW)
    (rotation,) = presenters.rotations_of(event, 4)
    assert rotation.is_too_long
    assert [turn.stations.count(None) for turn in rotation.turns] == [1, 1, 1, 1]


def test_a_participant_sees_the_own_group_and_its_way(event: Event) -> None:
    three_stations(event)
    people = seat(event, *PEOPLE)
    make(event)
    group_id = db.session.scalars(select(SubGroup.id).where(SubGroup.number == 2)).one()
    services.name(group_id, event_slug=event.slug, words="Blue", guide_id=None, guide_text="Eva", actor=SYSTEM, now=NOW)
    mine = next(one for one in people if queries.names_of(event.id)[one][0] == 2)
    own = presenters.group_of(event, mine)
    assert own
    assert (own.words, own.guide) == ("Group 2: Blue", "Eva")
    assert [stop[:2] for stop in own.stops] == [
        ("14:00 – 14:25", "Foundry"),
        ("14:25 – 14:50", "Metrology"),
        ("14:50 – 15:15", "Laser"),
    ]
    (outside,) = seat(event, ("Late", "Comer"))
    assert presenters.group_of(event, outside) is None


@pytest.mark.parametrize(("lang", "word"), [("en", "Safety shoes"), ("it", ""), ("de", "")])
def test_each_guide_has_a_page_with_the_way_the_names_and_the_sizes(
    event: Event, organiser: Organisation, client: FlaskClient, lang: str, word: str
) -> None:
    three_stations(event)
    people = seat(event, *PEOPLE)
    size = ask(event, "Shoe size", Kind.NUMBER, readers=Readers.ORGANISERS_AND_HOST)
    for one in people:
        answer(one, size, 42)
    make(event)
    address = f"/manage/events/{event.slug}/groups.pdf?lang={lang}"
    sign_in_manager(client, organiser, "ada@filo.example")
    pdf = client.get(address).data
    found = pages(pdf)
    assert len(found) == 3
    for number, page in enumerate(found, 1):
        for said in (str(number), "Laser", "Foundry", "Metrology", "14:25 – 14:50", "Shoe size", "42", word):
            assert said in page
    assert sum(f"{family}, {given}" in page for page in found for given, family in PEOPLE) == 26
    assert fonts_without_their_file(pdf) == set()


def test_without_groups_there_is_no_paper_but_what_to_do_first(
    event: Event, organiser: Organisation, client: FlaskClient
) -> None:
    sign_in_manager(client, organiser, "ada@filo.example")
    answer = client.get(f"/manage/events/{event.slug}/groups.pdf")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "Make the groups first" in answer.text


def test_the_organiser_makes_moves_names_and_removes_on_the_page(organiser: Organisation, client: FlaskClient) -> None:
    event = make_event("Visit", organiser=organiser, starts_at=datetime(2027, 3, 18, 8, tzinfo=UTC))
    event_id, base = event.id, f"/manage/events/{event.slug}/groups"
    three_stations(event)
    people = seat(event, *PEOPLE[:4])
    sign_in_manager(client, organiser, "ada@filo.example")
    hidden = {"csrf_token": hidden_values(client.get(base).text)["csrf_token"]}
    assert client.post(f"{base}/making", data={**hidden, "size": "0"}).status_code == 422
    assert client.post(f"{base}/making", data={**hidden, "size": "2"}).status_code == 303
    page = client.get(base).text
    assert "Family03" in page
    assert "14:00 – 14:25" in page
    number = 3 - queries.names_of(event_id)[people[0]][0]
    moved = {**hidden, "registration": str(people[0]), "group": str(number)}
    refused = client.post(f"{base}/members", data=moved)
    assert refused.status_code == 409
    assert "2 people already" in refused.text
    assert client.post(f"{base}/members", data={**moved, "reason": "Together"}).status_code == 303
    assert queries.names_of(event_id)[people[0]][0] == number
    group_id = db.session.scalars(select(SubGroup.id).where(SubGroup.number == 1)).one()
    named = client.post(f"{base}/{group_id}", data={**hidden, "words": "Blue", "guide": "0", "guide_text": "Eva"})
    assert named.status_code == 303
    rounds = {**hidden, "day": "0", "start_minute": "840", "slot_minutes": "20"}
    assert client.post(f"{base}/rounds", data=rounds).status_code == 303
    page = client.get(base).text
    assert "Group 1: Blue" in page
    assert "14:20 – 14:40" in page
    assert client.post(f"{base}/removal", data=hidden).status_code == 303
    assert "no groups yet" in client.get(base).text
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 4


def test_the_page_asks_as_often_for_many_as_for_few(event: Event, organiser: Organisation, client: FlaskClient) -> None:
    three_stations(event)
    slug = event.slug
    sign_in_manager(client, organiser, "ada@filo.example")
    counts = []
    for people in (PEOPLE[:6], PEOPLE[6:]):
        seat(db.session.scalars(select(Event).where(Event.slug == slug)).one(), *people)
        services.make(event_slug=slug, size=9, anew=True, actor=SYSTEM, now=NOW)
        with counted_queries() as counted:
            assert client.get(f"/manage/events/{slug}/groups").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


@transactional
def _tell_of_agenda(event_id: int) -> None:
    record(AgendaChanged(event_id=event_id))


def test_the_gate_list_names_the_group_of_everybody(event: Event, organiser: Organisation, client: FlaskClient) -> None:
    (host, *_others) = seat(event, *PEOPLE[:4])
    bring(host, ["Companion"])
    make(event, size=3)
    address = f"/manage/events/{event.slug}/gate-list"
    sign_in_manager(client, organiser, "ada@filo.example")
    page = client.get(address).text
    assert page.count(">Group 1<") + page.count(">Group 2<") == 5
