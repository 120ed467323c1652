"""Releases, on a real database: what is seen, kept, told and to whom."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda import queries as agenda
from app.agenda import services as agenda_services
from app.agenda.facts import AgendaChanged
from app.agenda.inputs import PersonInput, StopInput
from app.agenda.models import AgendaItem
from app.agenda.rules import AgendaRole, Trouble
from app.events.errors import MayNotManage
from app.events.models import Event
from app.events.services.steps import hold
from app.jobs.models import Job
from app.kernel.db import db
from app.kernel.facts import on
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.network.models import Person
from app.planning import queries, services
from app.planning.errors import (
    ChangesWait,
    ErrorsStand,
    NothingToRelease,
    Overtaken,
    ReleasedBefore,
    WarningsUnexplained,
)
from app.planning.models import Release
from app.planning.reading import plan_of
from app.planning.work import tell_moved_speakers
from app.registration.work import tell_of_moved_items
from tests.agenda.test_services import add, nine_to_six, values
from tests.approving import check_approved
from tests.builders import NOW, make_manager, make_organisation, make_person, make_room, make_venue
from tests.planning.test_board import aside, collect, move, undo, version

told: list[AgendaChanged] = []


@on(AgendaChanged)
def hear(fact: AgendaChanged) -> None:
    told.append(fact)


def release(event: Event, name: str = "For the speakers", **changes: Any) -> Release:
    how: dict[str, Any] = {"version": version(event), "actor": SYSTEM, "now": NOW} | changes
    number = services.release(event_id=event.id, name=name, **how)
    return queries.release(event.id, number)


def standing(event: Event) -> dict[str, tuple[int, int]]:
    return {row.uid: (row.start_minute, row.sequence) for row in agenda.items(event.id)}


def test_a_release_applies_the_plan_in_one_go_and_raises_exactly_what_moved(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue), nine_to_six(venue=venue)
    stays, moves, goes = add(event, room_id=room.id), add(event, "12:00", "13:00"), add(event, "14:00", "15:00")
    collect(event)
    move(event, moves, start="15:00")
    aside(event, goes.uid)
    new = agenda_services.add_item(event_id=event.id, values=values("16:00", "17:00"), actor=SYSTEM, now=NOW)
    planned = plan_of(event).held
    told.clear()
    made = release(event)
    assert standing(event) == {stays.uid: (600, 0), moves.uid: (900, 1), new.uid: (960, 0)}
    assert {uid: held for uid, held in plan_of(event).held.items() if not held.waits} == {
        uid: held for uid, held in planned.items() if not held.waits
    }
    assert [row.uid for row in plan_of(event).waiting] == [goes.uid]
    assert told == [AgendaChanged(event_id=event.id, tells=True, moved_ids=frozenset({moves.id}), tells_holders=False)]
    assert made.digest == hashlib.sha256(made.content.encode()).hexdigest()
    kept = {item["uid"]: item for item in json.loads(made.content)["items"]}
    assert (kept[stays.uid]["where"], kept[moves.uid]["start"], kept[moves.uid]["sequence"]) == ("Room 1", 900, 1)
    assert [(one["what"], one["uid"]) for one in made.changes] == [
        ("moved", moves.uid),
        ("new", new.uid),
        ("off", goes.uid),
    ]


def test_after_the_first_release_changes_are_collected(database: Session) -> None:
    event = nine_to_six()
    item = add(event)
    assert release(event).changes == []
    move(event, item, start="12:00")
    assert standing(event) == {item.uid: (600, 0)}
    with pytest.raises(ReleasedBefore):
        services.show_at_once(event_id=event.id, actor=SYSTEM)
    undo(event)
    with pytest.raises(NothingToRelease):
        release(event)
    move(event, item, start="12:00")
    assert release(event).number == 2
    assert standing(event) == {item.uid: (720, 1)}


def test_an_item_that_a_release_took_off_comes_back_with_a_higher_sequence(database: Session) -> None:
    event = nine_to_six()
    item = add(event)
    release(event)
    aside(event, item.uid)
    release(event)
    assert standing(event) == {}
    move(event, item.uid, day=0, start="11:00")
    release(event)
    assert standing(event) == {item.uid: (660, 1)}


def test_collecting_is_taken_back_as_long_as_nothing_waits(database: Session) -> None:
    event = nine_to_six()
    item = add(event)
    services.collect(event_id=event.id, actor=SYSTEM)
    move(event, item, start="12:00")
    with pytest.raises(ChangesWait):
        services.show_at_once(event_id=event.id, actor=SYSTEM)
    undo(event)
    services.show_at_once(event_id=event.id, actor=SYSTEM)
    move(event, item, start="13:00")
    assert standing(event) == {item.uid: (780, 1)}


def test_what_is_impossible_refuses_a_release_and_warnings_ask_why(database: Session) -> None:
    venue = make_venue()
    room, event = make_room(venue, seats=10), nine_to_six(venue=venue)
    add(event, room_id=room.id)
    other = add(event, "12:00", "13:00", room_id=room.id, capacity=15)
    collect(event)
    move(event, other, start="10:30")
    with pytest.raises(ErrorsStand):
        release(event)
    move(event, other, start="14:00")
    with pytest.raises(WarningsUnexplained):
        release(event)
    assert queries.releases(event.id) == []
    release(event, reason="Five stand.")
    assert [(row.item_id, row.warning, row.reason) for row in agenda.overrulings(event.id)] == [
        (other.id, Trouble.ROOM_TOO_SMALL, "Five stand.")
    ]


def test_a_reason_given_while_it_is_planned_goes_along_with_the_release(database: Session) -> None:
    event = nine_to_six()
    collect(event)
    item = agenda_services.add_item(
        event_id=event.id, values=values(capacity=15, stop=StopInput(group_limit=8)), actor=SYSTEM, now=NOW
    )
    agenda_services.overrule(
        event_id=event.id, item_id=item.id, warning=Trouble.GROUP_TOO_LARGE, reason="Two groups", actor=SYSTEM, now=NOW
    )
    release(event)
    (accepted,) = agenda.overrulings(event.id)
    assert (accepted.reason, accepted.item_id) == ("Two groups", agenda.items(event.id)[0].id)


def test_nobody_releases_another_event_or_a_plan_that_somebody_changed_meanwhile(database: Session) -> None:
    event, stranger = nine_to_six(), make_manager(make_organisation("Elsewhere"))
    item = add(event)
    for verb in (services.collect, services.show_at_once):
        with pytest.raises(MayNotManage):
            verb(event_id=event.id, actor=stranger)
    with pytest.raises(MayNotManage):
        release(event, actor=stranger)
    seen = version(event)
    move(event, item, start="12:00")
    with pytest.raises(Overtaken):
        release(event, version=seen)


def test_the_release_that_was_valid_on_the_day_is_marked(database: Session) -> None:
    organiser = make_organisation()
    event, without = nine_to_six(organiser=organiser), nine_to_six(organiser=organiser)
    item = add(event)
    release(event)
    move(event, item, start="12:00")
    release(event, now=event.ends_at)
    for one in (event, without):
        hold(one.id, actor=SYSTEM, now=event.ends_at.replace(day=19))
    assert [(one.number, one.is_of_the_day) for one in queries.releases(event.id)] == [(2, True), (1, False)]
    assert queries.releases(without.id) == []


# Who hears of it.


@pytest.fixture
def speaker(database: Session) -> Person:
    return make_person("Heiko", "Esempio", email="heiko@cluster.example")


def speaking(person: Person) -> dict[str, Any]:
    return {"persons": (PersonInput(person_id=person.id, role=AgendaRole.SPEAKER),)}


def do_jobs() -> None:
    for job in db.session.scalars(select(Job).order_by(Job.id)):
        if job.kind == "tell_moved_speakers":
            tell_moved_speakers(**job.payload)
            tell_moved_speakers(**job.payload)  # a second run writes to nobody a second time
        elif job.kind == "tell_of_moved_items":
            tell_of_moved_items(**job.payload)


def letters() -> list[tuple[str, str]]:
    return [(one.name, one.recipient) for one in db.session.scalars(select(Message).order_by(Message.id))]


def test_a_speaker_whose_slot_moved_gets_one_mail_and_others_none(database: Session, speaker: Person) -> None:
    event, calm = nine_to_six(), make_person("Ada", "Calma", email="ada@cluster.example")
    moves = [add(event, **speaking(speaker)), add(event, "12:00", "13:00", **speaking(speaker))]
    add(event, "15:00", "16:00", **speaking(calm))
    release(event)
    for number, item in enumerate(moves):
        move(event, item, start=f"1{number}:30", minutes=30)
    release(event)
    do_jobs()
    assert letters() == [("speaker_slot_moved", "heiko@cluster.example")]


def test_the_mail_says_what_was_approved(app: Flask, database: Session, speaker: Person) -> None:
    venue = make_venue()
    small, event = make_room(venue, "Small room"), nine_to_six(venue=venue, slug="workshop")
    event.venue_id = venue.id
    item: AgendaItem = add(event, title=Texts(en="Table Food", it="Tavolo Alimentare", de="Tisch Ernährung"))
    edited = values(title=item.title, **speaking(speaker))
    agenda_services.edit_item(event_id=event.id, item_id=item.id, values=edited, actor=SYSTEM, now=NOW)
    release(event)
    agenda_services.move_to_room(event_id=event.id, item_id=item.id, room_id=small.id, actor=SYSTEM, now=NOW)
    move(event, item, start="11:00")
    made = release(event, "After the speakers answered", note="The hall opens at 9.")
    context = {"release_id": made.id, "person_id": speaker.id}
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name="speaker_slot_moved", locale=locale, context=context), "http://filo.example")
        assert worded
        check_approved(f"mails/speaker_slot_moved.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")
    move(event, item, start="13:00")
    release(event)
    assert _word(Message(name="speaker_slot_moved", locale="en", context=context), "http://filo.example") is None
