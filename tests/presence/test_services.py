"""What is noted at the door, on real rows."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.events.models import Event
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import Message
from app.network.actors import SYSTEM
from app.presence import queries
from app.presence.errors import HasNoPlace, ListInUse, NobodyUnderAddress, NotTheSame, NotTheTime, WrongCode
from app.presence.inputs import By, ListInput, WalkInInput, WindowInput
from app.presence.models import CheckList, Scan
from app.presence.rules import Answer, ListKind, ScanKind, Standing
from app.presence.services import entering, lists, marking
from app.registration import queries as registrations
from app.registration.models import Registration
from app.registration.rules import Origin, Place
from tests.builders import NOW, make_event
from tests.presence.helpers import code_of, note, noted, seated
from tests.query_counter import counted_queries

OUT, UNDO = ScanKind.OUT, ScanKind.UNDO


@pytest.fixture
def event(database: Session) -> Event:
    return make_event("Workshop", starts_at=NOW, ends_at=NOW + timedelta(days=1, hours=4), capacity=2)


def list_id(key: str, event: Event) -> int:
    return next(one.id for one in queries.lists_of(event.id) if one.key == key)


def test_each_day_has_its_own_presence(event: Event) -> None:
    """Demand 8. The list of a day is made when it is first used."""
    ada, eva = seated(event, ("Ada", "Esempio"), ("Eva", "Prova"))
    assert queries.lists_of(event.id) == []
    assert (
        noted(event.id, note(code_of(ada)), note(code_of(ada), list_key="d2"), note(code_of(eva))) == [Answer.DONE] * 3
    )
    assert noted(event.id, note(code_of(eva), list_key="d3")) == [Answer.REFUSED]
    first, second = list_id("d1", event), list_id("d2", event)
    assert queries.present_at(event.id) == {ada: {first, second}, eva: {first}}
    assert queries.present_days(ada) == {1, 2}
    counts = queries.counts(event.id)
    assert (counts[first].present, counts[second].present, counts[second].expected) == (2, 1, 2)


def test_two_phones_that_were_offline_end_with_one_truth(event: Event) -> None:
    ada, eva = seated(event, ("Ada", "Esempio"), ("Eva", "Prova"))
    one = [note(code_of(ada), at=NOW), note(code_of(eva), at=NOW)]
    other = [
        note(code_of(ada), at=NOW - timedelta(minutes=5)),
        note(code_of(eva), UNDO, at=NOW + timedelta(minutes=1), undoes=one[1].id),
    ]
    assert noted(event.id, *other) == [Answer.DONE, Answer.DONE]  # the undo comes before what it takes back
    assert noted(event.id, *one) == [Answer.DONE, Answer.DONE]
    before = queries.present_at(event.id)
    assert noted(event.id, *other, *one) == [Answer.KNOWN] * 4
    assert queries.present_at(event.id) == before == {ada: {list_id("d1", event)}}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 4


def test_entering_one_room_leaves_the_other(event: Event) -> None:
    """Demand 9, and demand 7: lists of several kinds."""
    (ada,) = seated(event, ("Ada", "Esempio"))
    lab, hall = (
        lists.add_list(
            event_slug=event.slug,
            values=ListInput(kind=ListKind.CUSTOM, label=Texts(en=name), has_exit=True),
            actor=SYSTEM,
            now=NOW,
        )
        for name in ("Lab", "Hall")
    )
    noted(event.id, note(code_of(ada), list_key=lab), note(code_of(ada), list_key=hall, at=NOW + timedelta(minutes=1)))
    counts = queries.counts(event.id)
    in_lab, in_hall = counts[list_id(lab, event)], counts[list_id(hall, event)]
    assert (in_lab.present, in_lab.inside, in_lab.left) == (1, 0, 1)
    assert (in_hall.present, in_hall.inside, in_hall.left) == (1, 1, 0)


@pytest.mark.parametrize(
    ("place", "answer"), [(Place.WAITLISTED, Answer.NO_PLACE), (Place.WITHDRAWN, Answer.WITHDRAWN)]
)
def test_who_has_no_place_is_not_counted_until_it_is_given(event: Event, place: Place, answer: Answer) -> None:
    (ada,) = seated(event, ("Ada", "Esempio"), place=place)
    assert noted(event.id, note(code_of(ada))) == [answer]
    assert queries.present_at(event.id) == {}
    let_in = entering.let_in(
        ada, event_slug=event.slug, list_key="d1", reason="Came all the way", by=By(), actor=SYSTEM, now=NOW
    )
    assert queries.was_there(event.id) == {let_in}
    assert registrations.registration(let_in).place is Place.CONFIRMED


def test_a_code_of_another_event_or_of_nobody_is_told_apart(event: Event) -> None:
    (stranger,) = seated(make_event("Other"), ("Uta", "Fremd"))
    assert noted(event.id, note(code_of(stranger)), note("nobody")) == [Answer.OTHER_EVENT, Answer.UNKNOWN]


def test_a_walk_in_is_let_in_above_the_capacity_and_written_to_only_under_an_address(event: Event) -> None:
    """Demand 5: walk-in visitors stand on the attendance list."""
    seated(event, ("Ada", "Esempio"), ("Eva", "Prova"))
    scan_id = str(uuid4())
    values = WalkInInput(id=scan_id, list_key="d1", given_name="Uta", family_name="Fremd", at=NOW)
    how: dict[str, Any] = {"locale": "en", "reason": "At the door", "by": By(), "actor": SYSTEM, "now": NOW}
    first = entering.walk_in(event_id=event.id, values=values, **how)
    assert entering.walk_in(event_id=event.id, values=values, **how) == first  # sent twice is one person
    uta = registrations.registration(first)
    assert (uta.place, uta.origin, uta.email) == (Place.CONFIRMED, Origin.WALK_IN, f"{scan_id}@walk-in.invalid")
    assert queries.was_there(event.id) == {first}
    counted = queries.counts(event.id)[list_id("d1", event)]
    assert (counted.expected, counted.present, counted.walk_ins) == (2, 1, 1)
    assert db.session.scalars(select(Message)).all() == []


def test_who_was_let_in_on_two_phones_is_made_one_by_one_tap(event: Event) -> None:
    def let_in(given: str, family: str, minute: int) -> int:
        at = NOW + timedelta(minutes=minute)
        values = WalkInInput(id=str(uuid4()), list_key="d1", given_name=given, family_name=family, at=at)
        return entering.walk_in(event_id=event.id, values=values, locale="en", reason="", by=By(), actor=SYSTEM, now=at)

    (ada,) = seated(event, ("Ada", "Esempio"))
    uta, again = let_in("Uta", "Fremd", 0), let_in("uta", "FRÉMD", 1)
    other = let_in("Ida", "Fremd", 2)
    same_name = let_in("Ada", "Esempio", 3)
    assert [(one.id, two.id) for one, two in queries.roll(event.id).twins()] == [(uta, again), (ada, same_name)]
    how: dict[str, Any] = {"event_slug": event.slug, "reason": "Twice", "actor": SYSTEM, "now": NOW}
    for before, walk_in in ((uta, other), (again, uta), (uta, ada)):
        with pytest.raises(NotTheSame):
            entering.merge_twins(before, walk_in, **how)
    entering.merge_twins(uta, again, **how)
    entering.merge_twins(ada, same_name, **how)
    assert queries.roll(event.id).twins() == []
    assert queries.was_there(event.id) == {uta, other, ada}
    assert queries.counts(event.id)[list_id("d1", event)].present == 3
    gone = registrations.registration(again)
    assert gone.place is Place.CANCELLED_BY_ORGANISER
    assert db.session.scalars(select(Message.recipient).where(Message.recipient.endswith(".invalid"))).all() == []
    with pytest.raises(NotTheSame):
        entering.merge_twins(uta, again, **how)


def test_a_walk_in_who_waits_for_a_place_is_sent_to_the_organiser(event: Event) -> None:
    (ada,) = seated(event, ("Ada", "Esempio"), place=Place.WAITLISTED)
    email = registrations.registration(ada).email
    values = WalkInInput(id=str(uuid4()), list_key="d1", given_name="A", family_name="E", email=email, at=NOW)
    with pytest.raises(HasNoPlace):
        entering.walk_in(event_id=event.id, values=values, locale="en", reason="", by=By(), actor=SYSTEM, now=NOW)
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1


def test_afterwards_the_organiser_says_who_was_excused_and_who_absent(event: Event) -> None:
    """Demand 5, and demand 25: who of those expected did not come."""
    ada, eva, uta = seated(event, ("Ada", "A"), ("Eva", "B"), ("Uta", "C"))
    noted(event.id, note(code_of(ada)))
    set_by_hand: dict[str, Any] = {"event_slug": event.slug, "list_key": "d1", "actor": SYSTEM, "now": NOW}
    marking.set_standing(eva, standing=Standing.EXCUSED, reason="Ill", **set_by_hand)
    assert marking.close_list(**set_by_hand) == 1
    day, roll = list_id("d1", event), queries.roll(event.id)
    standings = {one.id: roll.standing(one, day) for one in roll.people}
    assert standings == {ada: Standing.PRESENT, eva: Standing.EXCUSED, uta: Standing.ABSENT}
    marking.set_standing(uta, standing=None, **set_by_hand)
    assert queries.counts(event.id)[day].absent == 0
    assert [one.reason for one in queries.standing_marks_of(eva)] == ["Ill"]
    assert (queries.was_there(event.id), queries.stayed_away(event.id)) == ({ada}, {eva, uta})


def test_people_check_themselves_in_while_the_window_is_open(event: Event) -> None:
    """Demand 6."""
    (ada,) = seated(event, ("Ada", "Esempio"))
    email = registrations.registration(ada).email
    window = WindowInput(has_exit=False, self_from=NOW, self_until=NOW + timedelta(hours=1))
    lists.change_list(event_slug=event.slug, list_key="d1", values=window, actor=SYSTEM, now=NOW)
    code = db.session.scalars(select(CheckList.self_code)).one()
    assert code
    typed = f"{code[:3]} {code[3:]}".upper()
    with pytest.raises(WrongCode):
        entering.check_in_address(event_id=event.id, email=email, code="aaaaaa", now=NOW)
    with pytest.raises(NotTheTime):
        entering.check_in_address(event_id=event.id, email=email, code=typed, now=NOW + timedelta(hours=1))
    with pytest.raises(NobodyUnderAddress):
        entering.check_in_address(event_id=event.id, email="nobody@x.example", code=typed, now=NOW)
    for _twice in range(2):
        entering.check_in_address(event_id=event.id, email=f" {email.upper()}", code=typed, now=NOW)
    assert queries.was_there(event.id) == {ada}
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1


def test_a_list_on_which_somebody_was_noted_stays(event: Event) -> None:
    (ada,) = seated(event, ("Ada", "Esempio"))
    meal = ListInput(kind=ListKind.MEAL, label=Texts(en="Dinner"))
    key = lists.add_list(event_slug=event.slug, values=meal, actor=SYSTEM, now=NOW)
    noted(event.id, note(code_of(ada), list_key=key))
    with pytest.raises(ListInUse):
        lists.remove_list(event_slug=event.slug, list_key=key, actor=SYSTEM, now=NOW)


def test_thirty_scans_a_second_and_no_more_queries_for_many(event: Event) -> None:
    codes = [code_of(one) for one in seated(event, *[(f"G{number}", f"F{number}") for number in range(200)])]
    noted(event.id, note(codes[0]))
    with counted_queries() as for_one:
        noted(event.id, note(codes[1]))
    began = time.perf_counter()
    with counted_queries() as for_many:
        assert set(noted(event.id, *[note(code) for code in codes[2:]])) == {Answer.DONE}
    assert len(for_many) == len(for_one)
    assert time.perf_counter() - began < 198 / 30
