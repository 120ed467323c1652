"""The verbs of an agenda, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.agenda import queries, services
from app.agenda.errors import CannotOverrule, Impossible, ItemNotFound, NotEmpty, NothingFollows, RoomElsewhere
from app.agenda.facts import AgendaChanged
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.models import AgendaItem
from app.agenda.reading import read_agenda
from app.agenda.rules import AgendaRole, ItemKind, Slot, TravelMode, Trouble, parse_clock
from app.agenda.services.copying import copy_agenda
from app.events.errors import MayNotManage
from app.events.models import Event
from app.events.rules import Kind, Part, Status
from app.events.services import copy, create, values_of
from app.kernel.dates import DatePrecision
from app.kernel.db import transactional
from app.kernel.facts import on
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from tests.builders import NOW, make_event, make_manager, make_organisation, make_person, make_room, make_venue

told: list[AgendaChanged] = []


@on(AgendaChanged)
def hear(fact: AgendaChanged) -> None:
    told.append(fact)


@pytest.fixture(autouse=True)
def nothing_told() -> None:
    told.clear()


def values(start: str = "10:00", end: str = "11:00", **changes: Any) -> ItemInput:
    slot = Slot(day=changes.pop("day", 0), start_minute=parse_clock(start), end_minute=parse_clock(end))
    plain: dict[str, Any] = {"slot": slot, "kind": ItemKind.WORKING_TABLE, "title": Texts(en="Table")}
    return ItemInput(**plain | changes)


def nine_to_six(**changes: Any) -> Event:
    plain: dict[str, Any] = {
        "starts_at": datetime(2027, 3, 18, 8, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 18, 17, 0, tzinfo=UTC),
    }
    return make_event(**plain | changes)


def add(event: Event, start: str = "10:00", end: str = "11:00", **changes: Any) -> AgendaItem:
    return services.add_item(event_id=event.id, values=values(start, end, **changes), actor=SYSTEM, now=NOW)


def test_a_manager_of_the_organiser_adds_an_item_and_calendars_are_told(database: Session) -> None:
    organiser = make_organisation()
    event, manager = nine_to_six(organiser=organiser), make_manager(organiser)
    item = services.add_item(event_id=event.id, values=values(), actor=manager, now=NOW)
    assert item.uid.endswith("@filo.example")
    assert str(event.id) not in item.uid.partition("@")[0] or len(item.uid) > 20
    assert told == [AgendaChanged(event_id=event.id, tells=True)]


def test_others_may_not_touch_the_agenda(database: Session) -> None:
    event, stranger = nine_to_six(), make_manager(make_organisation("Elsewhere"))
    with pytest.raises(MayNotManage):
        services.add_item(event_id=event.id, values=values(), actor=stranger, now=NOW)
    item = add(event)
    for verb in (services.remove_item, services.edit_item):
        extra = {"values": values()} if verb is services.edit_item else {}
        with pytest.raises(MayNotManage):
            verb(event_id=event.id, item_id=item.id, actor=stranger, now=NOW, **extra)  # type: ignore[arg-type]
    with pytest.raises(MayNotManage):
        services.move_all(event_id=event.id, day=0, from_minute=0, minutes=10, actor=stranger, now=NOW)


def test_an_item_of_another_event_is_not_found(database: Session) -> None:
    item = add(nine_to_six())
    with pytest.raises(ItemNotFound):
        services.remove_item(event_id=nine_to_six().id, item_id=item.id, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("start", "end", "trouble", "field"),
    [
        ("08:00", "09:30", Trouble.OUTSIDE_EVENT, "starts"),
        ("17:30", "18:30", Trouble.OUTSIDE_EVENT, "starts"),
        ("11:00", "10:00", Trouble.ENDS_BEFORE_START, "ends"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    database: Session, start: str, end: str, trouble: Trouble, field: str
) -> None:
    with pytest.raises(Impossible) as refusal:
        add(nine_to_six(), start, end)
    assert (refusal.value.code, refusal.value.details["field"]) == (f"agenda.{trouble}", field)


def test_a_room_and_a_person_are_in_one_place_at_a_time(database: Session) -> None:
    venue = make_venue()
    room, other, person = make_room(venue), make_room(venue, "Room 2"), make_person()
    event = nine_to_six(venue=venue)
    add(event, room_id=room.id, persons=(PersonInput(person_id=person.id, role=AgendaRole.SPEAKER),))
    with pytest.raises(Impossible, match="room_taken"):
        add(event, "10:30", "11:30", room_id=room.id)
    moderates = PersonInput(person_id=person.id, role=AgendaRole.MODERATOR)
    with pytest.raises(Impossible, match="person_twice"):
        add(event, "10:30", "11:30", room_id=other.id, persons=(moderates,))
    assert len(queries.items(event.id)) == 1  # a refused item left nothing


def test_a_room_of_another_venue_is_refused_unless_the_stop_is_there(database: Session) -> None:
    elsewhere = make_venue("Plant")
    room, event = make_room(elsewhere), nine_to_six()
    with pytest.raises(RoomElsewhere):
        add(event, room_id=room.id)
    assert add(event, room_id=room.id, stop=StopInput(venue_id=elsewhere.id)).room_id == room.id


@pytest.mark.parametrize(("capacity", "warns"), [(15, True), (8, False), (None, False)])
def test_a_stop_that_admits_eight_is_too_small_for_the_seats_of_the_event(
    database: Session, capacity: int | None, warns: bool
) -> None:
    event = nine_to_six(capacity=capacity)
    add(event, kind=ItemKind.SITE_VISIT, stop=StopInput(group_limit=8))
    found = [finding.trouble for finding in read_agenda(event, queries.items(event.id))]
    assert found == [Trouble.GROUP_TOO_LARGE] * warns


def test_another_time_or_room_raises_the_sequence_and_other_words_do_not(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue)
    item = add(event)
    told.clear()

    def edit(**changes: Any) -> int:
        return services.edit_item(
            event_id=event.id, item_id=item.id, values=replace(values(), **changes), actor=SYSTEM, now=NOW
        ).sequence

    assert edit(title=Texts(en="Another title")) == 0
    assert edit(room_id=room.id) == 1
    assert edit(slot=values("12:00", "13:00").slot, room_id=room.id) == 2
    assert [fact.tells for fact in told] == [False, True, True]


def test_the_organisation_at_that_time_stays_when_the_person_moves_on_a23(database: Session) -> None:
    before, event = make_organisation("Cluster Mechatronik & Automation"), nine_to_six()
    manager = make_manager(before)
    assert manager.person_id
    expert = PersonInput(person_id=manager.person_id, role=AgendaRole.INVITED_EXPERT)
    item = add(event, persons=(expert,))
    assert item.persons[0].organisation_id == before.id
    edited = services.edit_item(
        event_id=event.id, item_id=item.id, values=values(persons=(expert,)), actor=SYSTEM, now=NOW
    )
    assert edited.persons[0].organisation_id == before.id


def test_a_delay_moves_what_follows_or_nothing_at_all(database: Session) -> None:
    event = nine_to_six()
    for start, end in (("09:00", "10:00"), ("10:00", "11:00"), ("16:00", "17:50")):
        add(event, start, end)

    def shift(minutes: int, at: str = "10:00") -> int:
        return services.move_all(
            event_id=event.id, day=0, from_minute=parse_clock(at), minutes=minutes, actor=SYSTEM, now=NOW
        )

    with pytest.raises(Impossible, match="outside_event"):
        shift(15)
    assert [item.start_minute for item in queries.items(event.id)] == [540, 600, 960]
    assert shift(10) == 2
    assert [(item.start_minute, item.sequence) for item in queries.items(event.id)] == [(540, 0), (610, 1), (970, 1)]
    with pytest.raises(NothingFollows):
        shift(5, "17:00")


def test_an_arrival_in_another_zone_is_kept_in_the_zone_of_departure(database: Session) -> None:
    event = nine_to_six()
    leg = LegInput(mode=TravelMode.PLANE, departs_from="Verona", arrives_at="London", arrival_timezone="Europe/London")
    flight = add(event, "10:00", "11:00", kind=ItemKind.TRANSFER, leg=leg)
    assert flight.end_minute == parse_clock("12:00")
    with pytest.raises(Impossible, match="arrives_before_departing"):
        add(event, "14:00", "12:50", leg=leg)


def test_a_warning_is_overruled_with_a_reason_until_the_item_moves(database: Session) -> None:
    event = nine_to_six()
    stop = StopInput(group_limit=8)
    item = add(event, kind=ItemKind.SITE_VISIT, capacity=15, stop=stop)

    def overrule(warning: Trouble, reason: str = "Two groups take turns.") -> None:
        services.overrule(event_id=event.id, item_id=item.id, warning=warning, reason=reason, actor=SYSTEM, now=NOW)

    assert [found.trouble for found in read_agenda(event, queries.items(event.id))] == [Trouble.GROUP_TOO_LARGE]
    with pytest.raises(CannotOverrule):
        overrule(Trouble.ROOM_TAKEN)
    with pytest.raises(CannotOverrule):
        overrule(Trouble.NO_PAUSE)  # it is not the matter
    overrule(Trouble.GROUP_TOO_LARGE)
    overrule(Trouble.GROUP_TOO_LARGE, "They split.")
    assert [accepted.reason for accepted in queries.overrulings(event.id)] == ["They split."]
    moved = values("12:00", "13:00", kind=ItemKind.SITE_VISIT, capacity=15, stop=stop)
    services.edit_item(event_id=event.id, item_id=item.id, values=moved, actor=SYSTEM, now=NOW)
    assert queries.overrulings(event.id) == []


def test_without_an_exact_day_items_have_times_but_no_date(database: Session) -> None:
    event = nine_to_six(
        starts_at=datetime(2017, 12, 31, 23, 0, tzinfo=UTC),
        ends_at=datetime(2018, 12, 31, 22, 59, tzinfo=UTC),
        date_precision=DatePrecision.YEAR,
        status=Status.HELD,
    )
    add(event, "09:50", "10:40")
    assert not told[-1].tells
    with pytest.raises(Impossible, match="ends_before_start"):
        add(event, "11:00", "11:00")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_an_outline_that_fits_and_is_free_of_errors(database: Session, kind: Kind) -> None:
    event = nine_to_six(kind=kind, ends_at=datetime(2027, 3, 19, 17, 0, tzinfo=UTC))
    laid = services.apply_template(event_id=event.id, actor=SYSTEM, now=NOW)
    rows = queries.items(event.id)
    assert len(rows) == laid > 4
    assert read_agenda(event, rows) == []
    assert all(set(row.title) == {"en", "it", "de"} for row in rows)
    with pytest.raises(NotEmpty):
        services.apply_template(event_id=event.id, actor=SYSTEM, now=NOW)


def test_an_outline_is_cut_to_a_short_event(database: Session) -> None:
    event = nine_to_six(ends_at=datetime(2027, 3, 18, 9, 30, tzinfo=UTC))
    assert services.apply_template(event_id=event.id, actor=SYSTEM, now=NOW) == 3


def test_a_copy_of_an_event_takes_its_agenda_over_without_the_people(database: Session) -> None:
    venue = make_venue()
    room, person = make_room(venue), make_person()
    original = nine_to_six(venue=venue)
    speaker = PersonInput(person_id=person.id, role=AgendaRole.SPEAKER)
    source = add(original, room_id=room.id, persons=(speaker,), stop=StopInput(group_limit=8))

    def copied(*parts: Part) -> list[AgendaItem]:
        event_id = copy(original.id, starts_on=date(2027, 6, 3), parts=frozenset(parts), actor=SYSTEM, now=NOW)
        return list(queries.items(event_id))

    [item] = copied(Part.AGENDA, Part.PLACE)
    assert (item.start_minute, item.title, item.room_id) == (600, source.title, room.id)
    assert item.stop
    assert item.stop.group_limit == 8
    assert item.uid != source.uid
    assert item.persons == []
    assert copied() == []


def test_a_copy_held_elsewhere_leaves_the_rooms_behind(database: Session) -> None:
    venue = make_venue()
    room, original, elsewhere = make_room(venue), nine_to_six(venue=venue), nine_to_six()
    add(original, room_id=room.id)
    transactional(copy_agenda)(from_id=original.id, to_id=elsewhere.id, now=NOW)
    assert [item.room_id for item in queries.items(elsewhere.id)] == [None]


def test_a_new_event_begins_with_the_agenda_of_its_kind_if_asked(database: Session) -> None:
    organiser = make_organisation()
    values = values_of(nine_to_six())
    event_id = create(values=values, organiser_id=organiser.id, actor=SYSTEM, now=NOW, with_agenda=True)
    assert queries.items(event_id)
