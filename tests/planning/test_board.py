"""The verbs of the board, on a real database."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.agenda import queries as agenda
from app.agenda import services as agenda_services
from app.agenda.errors import Impossible, ItemNotFound
from app.agenda.facts import AgendaChanged
from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind, parse_clock
from app.events.errors import MayNotManage
from app.events.models import Event
from app.kernel.db import db
from app.kernel.errors import Refusal
from app.kernel.facts import on
from app.kernel.texts import Texts
from app.materials.models import Material
from app.materials.rules import MaterialKind, Visibility
from app.network.actors import SYSTEM
from app.planning import services
from app.planning.errors import NothingToUndo, Overtaken, TakesSignUps, TimeMissing
from app.planning.models import FormerItem, Plan, PlanItem, PlanReason, PlanStep
from app.planning.reading import plan_of
from app.planning.rules import Column, Wish
from app.planning.services.carrying import hold_plan
from app.practices.models import Practice, PracticeUse
from app.practices.rules import Act
from app.registration.models import Allotment, AllotmentKind
from tests.agenda.test_services import add, nine_to_six, values
from tests.builders import NOW, make_manager, make_organisation, make_room, make_venue

told: list[AgendaChanged] = []


@on(AgendaChanged)
def hear(fact: AgendaChanged) -> None:
    told.append(fact)


def version(event: Event) -> int:
    return plan_of(event).version


def move(event: Event, item: AgendaItem | str, **wish: Any) -> int:
    if "start" in wish:
        wish["start"] = parse_clock(wish["start"])
    seen = wish.pop("seen", None)
    key = item if isinstance(item, str) else item.uid
    return services.move(
        event_id=event.id,
        key=key,
        wish=Wish(**wish),
        version=version(event) if seen is None else seen,
        actor=SYSTEM,
        now=NOW,
    )


def aside(event: Event, key: str) -> int:
    return services.set_aside(event_id=event.id, key=key, version=version(event), actor=SYSTEM, now=NOW)


def undo(event: Event) -> int:
    return services.undo(event_id=event.id, version=version(event), actor=SYSTEM, now=NOW)


def redo(event: Event) -> int:
    return services.redo(event_id=event.id, version=version(event), actor=SYSTEM, now=NOW)


def collect(event: Event) -> None:
    hold_plan(event.id).collects = True
    db.session.commit()


def valid(event: Event) -> list[tuple[str, int, int, int | None]]:
    """What everybody sees."""
    return [(row.uid, row.start_minute, row.end_minute, row.room_id) for row in agenda.items(event.id)]


def test_a_move_is_seen_at_once_and_raises_the_sequence_of_that_item_only(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue)
    item, other = add(event), add(event, "14:00", "15:00")
    told.clear()
    move(event, item, start="11:30", column=Column(room_id=room.id), minutes=90)
    rows = {row.uid: row for row in agenda.items(event.id)}
    moved = rows[item.uid]
    assert (moved.start_minute, moved.end_minute, moved.room_id, moved.sequence) == (690, 780, room.id, 1)
    assert rows[other.uid].sequence == 0
    assert told == [AgendaChanged(event_id=event.id, tells=True, moved_ids=frozenset({moved.id}))]
    undo(event)
    assert (agenda.item(event.id, moved.id).start_minute, agenda.item(event.id, moved.id).sequence) == (600, 2)


def test_what_is_impossible_is_refused_where_everybody_sees_it(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue)
    add(event, room_id=room.id)
    item = add(event, "12:00", "13:00", room_id=room.id)
    with pytest.raises(Impossible, match="room_taken"):
        move(event, item, start="10:30")
    with pytest.raises(Impossible, match="outside_event"):
        move(event, item, start="06:00")
    assert version(event) == 2, "adding was remembered, the refused moves were not"


def test_a_draft_takes_what_meets_but_no_time_that_cannot_be(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue)
    add(event, room_id=room.id)
    item = add(event, "12:00", "13:00", room_id=room.id)
    collect(event)
    move(event, item, start="10:30")
    assert [row.start_minute for row in plan_of(event).rows] == [600, 630], "the board says that the room is taken"
    with pytest.raises(Impossible, match="outside_event"):
        move(event, item, start="17:30")
    with pytest.raises(Impossible, match="outside_event"):
        agenda_services.move_all(event_id=event.id, day=0, from_minute=630, minutes=600, actor=SYSTEM, now=NOW)
    db.session.rollback()
    assert [row.start_minute for row in plan_of(event).rows] == [600, 630]


def test_collected_changes_are_seen_by_nobody_until_they_are_released(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue)
    add(event, room_id=room.id)
    item = add(event, "12:00", "13:00", room_id=room.id)
    before, _nothing = valid(event), collect(event)
    told.clear()
    move(event, item, start="10:30")  # impossible, but only planned
    agenda_services.move_all(event_id=event.id, day=0, from_minute=0, minutes=10, actor=SYSTEM, now=NOW)
    added = agenda_services.add_item(event_id=event.id, values=values("15:00", "16:00"), actor=SYSTEM, now=NOW)
    agenda_services.edit_item(
        event_id=event.id, item_id=added.id, values=values("16:00", "17:00"), actor=SYSTEM, now=NOW
    )
    assert (valid(event), told) == (before, [])
    assert [row.start_minute for row in plan_of(event).rows] == [610, 640, 960]
    for _number in range(4):
        undo(event)
    assert (len(plan_of(event).rows), plan_of(event).pending) == (2, set())


def test_an_item_waits_beside_the_board_and_comes_back_as_the_same_entry(database: Session) -> None:
    event = nine_to_six()
    item = add(event, capacity=12)
    aside(event, item.uid)
    assert (valid(event), [row.uid for row in plan_of(event).waiting]) == ([], [item.uid])
    with pytest.raises(TimeMissing):
        move(event, item.uid, start="12:00")
    move(event, item.uid, day=0, start="12:00")
    (back,) = agenda.items(event.id)
    assert (back.uid, back.start_minute, back.capacity, back.sequence) == (item.uid, 720, 12, 1)
    assert plan_of(event).waiting == ()


@pytest.mark.parametrize("way", ["removed and undone", "set aside and put back"])
def test_what_belonged_to_an_item_is_its_own_again_when_it_comes_back(database: Session, way: str) -> None:
    event = nine_to_six()
    item, other = add(event), add(event, "14:00", "15:00")
    uid = item.uid
    slides, minutes = slides_of(item, "a"), slides_of(item, "b")
    use = presented_in(item)
    if way == "removed and undone":
        agenda_services.remove_item(event_id=event.id, item_id=item.id, actor=SYSTEM, now=NOW)
    else:
        aside(event, uid)
    db.session.expire_all()
    assert (slides.agenda_item_id, use.agenda_item_id) == (None, None)
    minutes.agenda_item_id = other.id  # put elsewhere meanwhile
    db.session.commit()
    if way == "removed and undone":
        undo(event)
    else:
        move(event, uid, day=0, start="12:00")
    db.session.expire_all()
    back = next(row for row in agenda.items(event.id) if row.uid == uid)
    assert (slides.agenda_item_id, use.agenda_item_id, minutes.agenda_item_id) == (back.id, back.id, other.id)


def slides_of(item: AgendaItem, public_id: str) -> Material:
    made = Material(
        event_id=item.event_id,
        agenda_item_id=item.id,
        public_id=public_id,
        kind=MaterialKind.SLIDES,
        title="Slides",
        language="en",
        url="https://slides.example/1",
        visibility=Visibility.PARTICIPANTS,
        created_at=NOW,
        position=0,
    )
    db.session.add(made)
    db.session.commit()
    return made


def presented_in(item: AgendaItem) -> PracticeUse:
    practice = Practice(
        slug="lab",
        title=Texts(en="Lab"),
        summary=Texts(),
        body=Texts(),
        owner_id=make_organisation("Owner").id,
        country_code="IT",
        created_at=NOW,
        changed_at=NOW,
    )
    made = PracticeUse(practice=practice, event_id=item.event_id, agenda_item_id=item.id, act=Act.PRESENTED)
    db.session.add(made)
    db.session.commit()
    return made


def test_what_people_sign_up_for_is_not_set_aside_by_a_slip(database: Session) -> None:
    event = nine_to_six()
    item = add(event)
    db.session.add(Allotment(event_id=event.id, kind=AllotmentKind.ITEM, agenda_item_id=item.id, capacity=8))
    db.session.commit()
    with pytest.raises(TakesSignUps):
        aside(event, item.uid)
    with pytest.raises(TakesSignUps):
        undo(event)  # of adding it
    collect(event)
    aside(event, item.uid)
    assert len(valid(event)) == 1


def test_two_organisers_at_once_are_merged_unless_they_touch_the_same_item(database: Session) -> None:
    event = nine_to_six()
    one, other = add(event), add(event, "14:00", "15:00")
    seen = version(event)
    move(event, one, start="11:00")
    move(event, other, start="15:00", seen=seen)
    with pytest.raises(Overtaken) as refusal:
        move(event, one, start="12:00", seen=seen)
    assert refusal.value.details["key"] == one.uid
    assert [row.start_minute for row in plan_of(event).rows] == [660, 900]
    with pytest.raises(Overtaken):
        services.undo(event_id=event.id, version=seen, actor=SYSTEM, now=NOW)


def test_nobody_plans_another_event_and_nothing_of_it(database: Session) -> None:
    event, stranger = nine_to_six(), make_manager(make_organisation("Elsewhere"))
    item, foreign = add(event), add(nine_to_six())
    how: dict[str, Any] = {"version": version(event), "actor": stranger, "now": NOW}
    for verb, more in (
        (services.move, {"key": item.uid, "wish": Wish(day=0)}),
        (services.set_aside, {"key": item.uid}),
        (services.undo, {}),
        (services.redo, {}),
    ):
        with pytest.raises(MayNotManage):
            verb(event_id=event.id, **more, **how)  # type: ignore[operator]
    with pytest.raises(ItemNotFound):
        move(event, foreign.uid, start="12:00")
    with pytest.raises(ItemNotFound):
        aside(event, foreign.uid)


def test_undo_ends_where_the_plan_began_and_redo_goes_the_same_way_again(database: Session) -> None:
    event = nine_to_six()
    with pytest.raises(NothingToUndo):
        undo(event)
    item = add(event)
    move(event, item, start="12:00")
    undo(event)
    undo(event)
    assert valid(event) == []
    redo(event)
    redo(event)
    assert [row[1] for row in valid(event)] == [720]
    undo(event)
    move(event, item, start="14:00")
    with pytest.raises(Refusal, match="nothing_to_redo"):
        redo(event)


def test_a_mended_title_survives_the_undoing_of_the_move_before(database: Session) -> None:
    """What a host says of a stop, say, comes past the plan."""
    event = nine_to_six()
    item = add(event)
    move(event, item, start="12:00")
    row = agenda.item(event.id, item.id)
    row.title = Texts(en="Mended")
    db.session.commit()
    undo(event)
    row = agenda.item(event.id, item.id)
    assert (row.title, row.start_minute) == ({"en": "Mended"}, 600)
    collect(event)
    move(event, item, start="13:00")
    agenda.item(event.id, item.id).title = Texts(en="Mended twice")
    db.session.commit()
    (planned,) = plan_of(event).rows
    assert (planned.title, planned.start_minute) == ({"en": "Mended twice"}, 780)


VERBS = st.lists(
    st.tuples(
        st.sampled_from(["move", "aside", "note", "resize", "shift", "remove", "add", "undo", "redo"]),
        st.integers(0, 9),
        st.integers(0, 60),
    ),
    max_size=6,
)


@pytest.mark.parametrize("collects", [False, True])
def test_any_changes_are_undone_to_exactly_the_plan_before(database: Session, collects: bool) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue, listed=False)  # no calendar is rendered for it

    @settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(VERBS)
    def holds(verbs: list[tuple[str, int, int]]) -> None:
        for table in (PlanStep, PlanItem, PlanReason, FormerItem, Plan, AgendaItem):
            db.session.execute(delete(table).where(table.event_id == event.id))
        db.session.commit()
        first = add(event)
        add(event, "14:00", "15:00", room_id=room.id)
        if collects:
            collect(event)
        begun, standing = version(event), plan_of(event).held
        public = valid(event)
        for verb, which, amount in verbs:
            try:
                _do(event, verb, which, amount * 5, room.id)
            except Refusal:
                db.session.rollback()
        assert not collects or valid(event) == public
        while _steps_done(event) > begun:
            undo(event)
        assert plan_of(event).held == standing
        assert (plan_of(event).pending == set()) or not collects
        assert first.uid in standing

    holds()


def _steps_done(event: Event) -> int:
    from app.planning import queries

    step = queries.step_to_undo(event.id)
    return step.version if step else 0


def _do(event: Event, verb: str, which: int, minutes: int, room_id: int) -> None:
    keys = sorted(plan_of(event).held)
    key = keys[which % len(keys)] if keys else "none"
    match verb:
        case "move":
            column = Column(room_id=room_id) if which % 2 else Column(track="Food")
            services.move(
                event_id=event.id,
                key=key,
                wish=Wish(day=0, start=540 + minutes, column=column),
                version=version(event),
                actor=SYSTEM,
                now=NOW,
            )
        case "resize":
            move(event, key, minutes=minutes)
        case "aside":
            aside(event, key)
        case "note":
            services.note_down(
                event_id=event.id, title=Texts(en="New"), kind=ItemKind.PITCH, minutes=30, actor=SYSTEM, now=NOW
            )
        case "shift":
            agenda_services.move_all(
                event_id=event.id, day=0, from_minute=0, minutes=minutes - 100, actor=SYSTEM, now=NOW
            )
        case "add":
            agenda_services.add_item(event_id=event.id, values=values(), actor=SYSTEM, now=NOW)
        case "remove":
            planned = plan_of(event)
            rows = (*planned.rows, *planned.waiting)
            agenda_services.remove_item(
                event_id=event.id, item_id=rows[which % len(rows)].id if rows else 0, actor=SYSTEM, now=NOW
            )
        case "undo" if version(event) > 2:
            if _steps_done(event) > 2:
                undo(event)
        case "redo":
            redo(event)
