"""How an agenda is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, render_template
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session

from app.agenda import services
from app.agenda.grid import Block, Cell, grid_of
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.models import AgendaItem
from app.agenda.presenters import agenda_of
from app.agenda.rules import AgendaRole, ItemKind, Slot, TravelMode, parse_clock
from app.events.models import Event
from app.events.rules import Audience, Kind
from app.kernel.dates import DatePrecision
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from tests.builders import NOW, make_event, make_manager, make_organisation, make_person, make_room, make_venue


def one_day(**changes: Any) -> Event:
    plain: dict[str, Any] = {
        "starts_at": datetime(2027, 3, 18, 8, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 18, 17, 0, tzinfo=UTC),
    }
    return make_event(**plain | changes)


def add(event: Event, start: str, end: str, **changes: Any) -> AgendaItem:
    slot = Slot(day=changes.pop("day", 0), start_minute=parse_clock(start), end_minute=parse_clock(end))
    plain: dict[str, Any] = {"slot": slot, "kind": ItemKind.WORKING_TABLE, "title": Texts(en=f"At {start}")}
    return services.add_item(event_id=event.id, values=ItemInput(**plain | changes), actor=SYSTEM, now=NOW)


def page(app: Flask, event: Event, *, language: str = "en") -> str:
    with app.test_request_context(headers={"Accept-Language": language}):
        agenda = agenda_of(event, language=language)
        html = render_template("agenda/_agenda.html", agenda=agenda, event=event)
    return re.sub(r"\s+", " ", html)


@contextmanager
def queries_counted() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            seen.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)


def test_a_day_without_parallel_rooms_is_one_thread_in_the_order_of_time(app: Flask, database: Session) -> None:
    event = one_day()
    add(event, "11:00", "12:00")
    add(event, "09:00", "10:00", kind=ItemKind.BREAK)
    html = page(app, event)
    assert 'class="thread workshop"' in html
    assert html.index("At 09:00") < html.index("At 11:00")
    assert '<time datetime="2027-03-18T08:00:00+00:00" data-zone="Europe/Rome">09:00</time>' in html
    assert 'class="pause"' in html


def test_parallel_rooms_are_a_grid_that_still_reads_in_the_order_of_time(app: Flask, database: Session) -> None:
    venue = make_venue()
    hall, room = make_room(venue, "Hall"), make_room(venue, "Room 2")
    event = one_day(venue=venue)
    add(event, "09:00", "09:50", room_id=hall.id)
    add(event, "09:50", "10:40", room_id=hall.id)
    add(event, "09:50", "11:00", room_id=room.id)
    [day] = agenda_of(event, language="en").days
    assert day.grid
    assert day.grid.columns == ("Hall", "Room 2")
    assert [day.grid.cells[item.id] for item in day.items] == [
        Cell(column=None, starts=1, ends=4),  # nothing beside it: across all rooms
        Cell(column=1, starts=4, ends=8),
        Cell(column=2, starts=4, ends=9),
    ]
    html = page(app, event)
    assert 'class="rooms cols-2 workshop"' in html
    assert 'class="item col-all from-1 to-4"' in html
    assert 'class="item col-2 from-4 to-9"' in html
    assert html.count("Room 2") == 2  # the column's head for the eye, and beside the item for a phone and the ear


@pytest.mark.parametrize(
    ("blocks", "columns"),
    [
        ([Block(id=1, begins=540, ends=600, place="A"), Block(id=2, begins=600, ends=660, place="B")], None),
        ([Block(id=1, begins=540, ends=600, place="A"), Block(id=2, begins=540, ends=600)], ("A", "")),
        ([Block(id=1, begins=540, ends=600), Block(id=2, begins=550, ends=600)], None),
        (
            [
                Block(id=1, begins=540, ends=545, place="A"),
                Block(id=2, begins=545, ends=550, place="A"),
                Block(id=3, begins=540, ends=550, place="B"),
            ],
            ("A", "B"),
        ),
    ],
    ids=["one after the other", "beside a room", "both nowhere in particular", "shorter than a quarter"],
)
def test_when_a_day_is_a_grid(blocks: list[Block], columns: tuple[str, ...] | None) -> None:
    grid = grid_of(blocks)
    assert (grid.columns if grid else None) == columns
    if grid:
        assert all(cell.ends > cell.starts for cell in grid.cells.values())
        assert grid.marks[0].clock == "09:00"


def test_an_itinerary_shows_stops_and_legs_b20(app: Flask, database: Session) -> None:
    host, plant = make_organisation("Polo & Co"), make_venue("Plant")
    event = one_day(kind=Kind.STUDY_VISIT)
    coach = LegInput(mode=TravelMode.COACH, departs_from="Station", arrives_at="Plant", distance_km=6)
    add(event, "09:00", "09:15", kind=ItemKind.TRANSFER, leg=coach)
    stop = StopInput(
        host_id=host.id,
        venue_id=plant.id,
        group_limit=8,
        protective_equipment=("safety_shoes",),
        needs_identity=True,
        identity_days_before=5,
    )
    add(event, "09:30", "11:30", kind=ItemKind.SITE_VISIT, stop=stop)
    html = page(app, event)
    assert 'class="thread visit"' in html
    assert 'class="leg"' in html
    for words in (
        "Coach, 15 min · 6 km",
        "Polo &amp; Co",
        "Safety shoes",
        "5 days before",
        "8 at a time",
        "2 h",
        "Ask before",
    ):
        assert words in html


def test_an_invited_expert_is_named_as_such_and_who_did_not_agree_is_not_named_a22(
    app: Flask, database: Session
) -> None:
    cluster = make_organisation("Cluster Mechatronik & Automation")
    manager = make_manager(cluster)
    known = make_person("Heiko", "Bartschat", is_public=True, form_of_address="Mr")
    assert manager.person_id
    event = one_day()
    persons = (
        PersonInput(person_id=known.id, role=AgendaRole.INVITED_EXPERT, organisation_id=cluster.id),
        PersonInput(person_id=manager.person_id, role=AgendaRole.MODERATOR),
    )
    add(event, "09:50", "10:40", persons=persons)
    html = page(app, event)
    assert "Invited expert: <a" in html
    assert "Mr Heiko Bartschat" in html
    assert "Cluster Mechatronik &amp; Automation" in html
    assert "Moderator: <a" in html
    assert "Esempio" not in html


def test_an_event_without_an_exact_day_shows_times_and_no_date(app: Flask, database: Session) -> None:
    event = one_day(date_precision=DatePrecision.YEAR)
    add(event, "09:50", "10:40")
    html = page(app, event)
    assert '<time datetime="09:50">09:50</time>' in html
    assert "2027" not in html


def test_a_missing_language_falls_back_and_says_so(app: Flask, database: Session) -> None:
    event = one_day()
    add(event, "09:50", "10:40", title=Texts(it="Tavolo di lavoro"))
    assert '<span lang="it">Tavolo di lavoro</span>' in page(app, event)


def test_closed_parts_are_marked_and_internal_ones_are_for_organisers(app: Flask, database: Session) -> None:
    event = one_day()
    add(event, "09:00", "10:00")
    add(event, "10:00", "11:00", audience=Audience.INVITED)
    add(event, "11:00", "12:00", audience=Audience.INTERNAL)
    html = page(app, event)
    assert html.count("By invitation") == 1
    assert "At 11:00" not in html
    assert len(agenda_of(event, language="en", shows_internal=True).days[0].items) == 3


def test_an_agenda_costs_as_many_queries_with_three_items_as_with_one(app: Flask, database: Session) -> None:
    counts = []
    for items in (1, 3):
        event = one_day()
        for number in range(items):
            person = make_person(family=f"P{number}")
            add(
                event,
                f"{10 + number}:00",
                f"{10 + number}:30",
                persons=(PersonInput(person_id=person.id, role=AgendaRole.SPEAKER),),
                stop=StopInput(host_id=make_organisation().id, venue_id=make_venue().id),
            )
        db.session.expire_all()
        db.session.refresh(event)
        with app.test_request_context(), queries_counted() as seen:
            agenda_of(event, language="en")
        counts.append(len(seen))
    assert 1 < counts[0] == counts[1] <= 6  # items, their people, and one for each room that annotates
