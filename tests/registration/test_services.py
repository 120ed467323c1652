from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.events import services as events
from app.events.errors import EventNotFound, MayNotManage
from app.kernel.db import db
from app.mail.models import Message
from app.network.actors import ANYBODY
from app.registration import letters as letters_of_events
from app.registration import queries, rules, work
from app.registration.errors import (
    AlreadyRegistered,
    EventFull,
    FormSentBefore,
    PeopleAreRegistered,
    ReasonMissing,
    RegistrationNotFound,
    WrittenTooOften,
    WrongPlace,
)
from app.registration.inputs import SeatsInput
from app.registration.models import Allotment, Registration, RegistrationChange
from app.registration.rules import Place
from app.registration.services import deciding, joining, keeping, leaving, seats
from tests.builders import NOW, make_event, make_manager, make_organisation
from tests.registration.helpers import join, person


def places(event_id: int) -> list[Place]:
    return [one.place for one in queries.participants(event_id, place=None, query="", limit=1000)]


def letters() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Message.name, Message.recipient).order_by(Message.id))
    return [(row.name, row.recipient.partition("@")[0]) for row in rows]


def test_the_last_seat_goes_to_one_and_the_others_wait_in_order(database: Session) -> None:
    event = make_event(capacity=1)
    ada, max_, eva = (join(event.id, name) for name in ("ada", "max", "eva"))
    assert [one.place for one in (ada, max_, eva)] == [Place.CONFIRMED, Place.WAITLISTED, Place.WAITLISTED]
    assert [queries.queue_position(one) for one in (max_, eva)] == [1, 2]
    assert letters() == [
        ("registration_confirmed", "ada"),
        ("registration_waitlisted", "max"),
        ("registration_waitlisted", "eva"),
    ]


def test_a_form_sent_twice_is_one_registration(database: Session) -> None:
    event = make_event()
    first = join(event.id, "ada", form_key="the-same-form-key-1")
    assert join(event.id, "ada", form_key="the-same-form-key-1").id == first.id
    assert len(places(event.id)) == 1
    assert len(letters()) == 1
    with pytest.raises(FormSentBefore):
        join(event.id, "max", form_key="the-same-form-key-1")


@pytest.mark.parametrize("typed", ["ada@company.example", " ADA@Company.Example ", "Ada@company.example"])
def test_one_live_registration_an_address(database: Session, typed: str) -> None:
    event = make_event()
    join(event.id, "ada")
    with pytest.raises(AlreadyRegistered):
        join(event.id, "other", email=typed)


def test_leaving_and_coming_back_joins_the_end_of_the_queue(database: Session) -> None:
    event = make_event(capacity=1)
    ada, *_ = (join(event.id, name) for name in ("ada", "max", "eva"))
    leaving.withdraw(ada.id, now=NOW)
    assert places(event.id) == [Place.WITHDRAWN, Place.CONFIRMED, Place.WAITLISTED]
    back = join(event.id, "ada", form_key="another-form-key-22")
    assert queries.queue_position(back) == 2
    assert back.invitation_sequence > ada.invitation_sequence - 1
    assert ("registration_promoted", "max") in letters()


def test_every_move_is_newer_for_calendars_than_what_was_mailed_before(database: Session) -> None:
    event = make_event(capacity=1)
    ada, max_, eva = (join(event.id, name) for name in ("ada", "max", "eva"))
    leaving.withdraw(ada.id, now=NOW)
    leaving.withdraw(eva.id, now=NOW)
    assert queries.registration(max_.id).invitation_sequence == 1  # tentative, then busy
    assert queries.registration(eva.id).invitation_sequence == 1  # tentative, then taken out


def test_nobody_can_make_us_write_to_an_address_over_and_over(database: Session) -> None:
    events_ = [make_event() for _ in range(rules.MOST_MAILS_A_DAY + 1)]
    keys = [f"form-number-{number}-{'x' * 12}" for number in range(len(events_))]
    entered = [
        joining.join(within_limit=True, event_id=event.id, person=person("ada"), form_key=key, now=NOW)
        for event, key in zip(events_[:-1], keys[:-1], strict=True)
    ]
    with pytest.raises(WrittenTooOften):
        joining.join(within_limit=True, event_id=events_[-1].id, person=person("ADA"), form_key=keys[-1], now=NOW)
    assert places(events_[-1].id) == []
    with pytest.raises(WrittenTooOften):
        keeping.write_again(entered[0].id, within_limit=True, now=NOW)
    assert len(letters()) == rules.MOST_MAILS_A_DAY


def test_the_same_form_is_answered_whatever_the_address_got_meanwhile(database: Session) -> None:
    event, *others = (make_event() for _ in range(rules.MOST_MAILS_A_DAY + 1))
    first = join(event.id, "ada", form_key="the-same-form-key-1")
    for other in others:
        join(other.id, "ada")
    again = joining.join(
        within_limit=True,
        event_id=event.id,
        person=person("ada"),
        form_key="the-same-form-key-1",
        now=NOW + timedelta(minutes=1),
    )
    assert again.id == first.id


def test_withdrawing_twice_is_refused_and_promotes_one_only(database: Session) -> None:
    event = make_event(capacity=1)
    ada = join(event.id, "ada")
    join(event.id, "max")
    join(event.id, "eva")
    leaving.withdraw(ada.id, now=NOW)
    with pytest.raises(WrongPlace):
        leaving.withdraw(ada.id, now=NOW)
    assert places(event.id) == [Place.WITHDRAWN, Place.CONFIRMED, Place.WAITLISTED]


def test_raising_the_capacity_promotes_and_lowering_removes_nobody(database: Session) -> None:
    organiser = make_organisation()
    event = make_event(capacity=1, organiser=organiser)
    actor = make_manager(organiser)
    for name in ("a", "b", "c", "d"):
        join(event.id, name)
    seats.change_seats(event_slug=event.slug, values=SeatsInput(capacity=3), actor=actor, now=NOW)
    assert places(event.id) == [Place.CONFIRMED] * 3 + [Place.WAITLISTED]
    seats.change_seats(event_slug=event.slug, values=SeatsInput(capacity=1), actor=actor, now=NOW)
    assert places(event.id) == [Place.CONFIRMED] * 3 + [Place.WAITLISTED]
    leaving.withdraw(queries.live_registration_ids(event.id)[0], now=NOW)
    assert places(event.id)[1:] == [Place.CONFIRMED] * 2 + [Place.WAITLISTED]


def test_counts_for_display_follow_every_verb(database: Session) -> None:
    organiser = make_organisation()
    event = make_event(capacity=2, organiser=organiser)
    actor = make_manager(organiser)

    def shown() -> tuple[int, int]:
        counted = queries.shown_seats([event.id])[event.id]
        return counted.confirmed, counted.waiting

    registrations = [join(event.id, name) for name in ("a", "b", "c", "d")]
    assert shown() == (2, 2)
    leaving.withdraw(registrations[0].id, now=NOW)
    assert shown() == (2, 1)
    deciding.promote_by_hand(registrations[3].id, event_slug=event.slug, reason="A speaker", actor=actor, now=NOW)
    assert shown() == (3, 0)
    leaving.remove(registrations[1].id, event_slug=event.slug, reason=None, actor=actor, now=NOW)
    assert shown() == (2, 0)


def test_promoting_by_hand_needs_a_reason_and_is_on_the_record(database: Session) -> None:
    organiser = make_organisation()
    event = make_event(capacity=1, organiser=organiser)
    actor = make_manager(organiser)
    join(event.id, "ada")
    late = join(event.id, "max")
    with pytest.raises(ReasonMissing):
        deciding.promote_by_hand(late.id, event_slug=event.slug, reason="  ", actor=actor, now=NOW)
    deciding.promote_by_hand(late.id, event_slug=event.slug, reason="Presents G1", actor=actor, now=NOW)
    change = db.session.scalars(select(RegistrationChange).order_by(RegistrationChange.id.desc())).first()
    assert change is not None
    assert (change.account_id, change.reason, change.before) == (actor.account_id, "Presents G1", Place.WAITLISTED)


def test_only_the_organiser_decides_by_hand(database: Session) -> None:
    event = make_event(capacity=1)
    stranger = make_manager(make_organisation("Stranger"))
    join(event.id, "ada")
    late = join(event.id, "max")
    for actor in (stranger, ANYBODY):
        with pytest.raises(MayNotManage):
            deciding.promote_by_hand(late.id, event_slug=event.slug, reason="Friend", actor=actor, now=NOW)
        with pytest.raises(MayNotManage):
            leaving.remove(late.id, event_slug=event.slug, reason=None, actor=actor, now=NOW)
        with pytest.raises(MayNotManage):
            joining.add(event_slug=event.slug, person=person("eva"), actor=actor, now=NOW)
        with pytest.raises(MayNotManage):
            seats.change_seats(event_slug=event.slug, values=SeatsInput(capacity=9), actor=actor, now=NOW)


def test_an_organiser_reaches_no_registration_of_another_event(database: Session) -> None:
    organiser = make_organisation()
    mine = make_event(organiser=organiser)
    actor = make_manager(organiser)
    foreign = join(make_event("Foreign", capacity=0).id, "ada")
    with pytest.raises(RegistrationNotFound):
        leaving.remove(foreign.id, event_slug=mine.slug, reason=None, actor=actor, now=NOW)
    with pytest.raises(RegistrationNotFound):
        deciding.promote_by_hand(foreign.id, event_slug=mine.slug, reason="x", actor=actor, now=NOW)


def test_full_without_a_waiting_list_refuses_and_keeps_nothing(database: Session) -> None:
    event = make_event(capacity=0, has_waitlist=False)
    with pytest.raises(EventFull):
        join(event.id, "ada")
    assert places(event.id) == []
    assert letters() == []


def test_an_event_with_participants_is_not_taken_back_but_told_of(database: Session) -> None:
    organiser = make_organisation()
    event = make_event(organiser=organiser)
    actor = make_manager(organiser)
    registration = join(event.id, "ada")
    with pytest.raises(PeopleAreRegistered):
        events.take_back(event.id, actor=actor, now=NOW)
    leaving.withdraw(registration.id, now=NOW)
    events.take_back(event.id, actor=actor, now=NOW)


def test_everybody_with_a_place_or_in_the_queue_is_told_of_changes_once(
    database: Session,
) -> None:
    organiser = make_organisation()
    event = make_event(organiser=organiser, capacity=1)
    actor = make_manager(organiser)
    for name in ("ada", "max", "eva"):
        join(event.id, name)
    leaving.withdraw(queries.live_registration_ids(event.id)[2], now=NOW)
    events.postpone(event.id, reason="Snow", actor=actor, now=NOW)
    events.call_off(event.id, reason="More snow", actor=actor, now=NOW)
    ids = queries.live_registration_ids(event.id)
    for _ in range(2):
        work.tell_participants(event.id, "event_called_off", sequence=2)
    told = [recipient for name, recipient in letters() if name == "event_called_off"]
    assert told == ["ada", "max"]
    assert len(ids) == 2


def test_an_event_that_is_not_there_takes_nobody(database: Session) -> None:
    with pytest.raises(EventNotFound):
        join(999_999, "ada")


def test_needs_are_forgotten_when_their_time_is_over(database: Session) -> None:
    event = make_event()
    registration = join(event.id, "ada", diet="vegan", access="step-free")
    assert keeping.erase_needs(before=event.ends_at, now=NOW) == 0
    later = event.ends_at + timedelta(seconds=1)
    assert keeping.erase_needs(before=later, now=NOW) == 1
    assert keeping.erase_needs(before=later, now=NOW) == 0
    row = db.session.get(Registration, registration.id, populate_existing=True)
    assert row is not None
    assert (row.diet, row.access, row.place) == (None, None, Place.CONFIRMED)


def test_numbers_come_from_the_allotment_and_are_never_reused(database: Session) -> None:
    event = make_event(capacity=1)
    numbers = [join(event.id, name).number for name in ("a", "b")]
    leaving.withdraw(queries.live_registration_ids(event.id)[1], now=NOW)
    numbers.append(join(event.id, "c").number)
    assert numbers == [1, 2, 3]
    assert db.session.scalar(select(Allotment.next_number).where(Allotment.event_id == event.id)) == 4


def test_of_two_quick_changes_only_the_latest_is_told(database: Session) -> None:
    event = make_event()
    registration = join(event.id, "ada")
    event.sequence = 5
    database.commit()
    about = {"registration_id": registration.id}
    assert letters_of_events.changed(about | {"sequence": 4}, "en") is None
    assert letters_of_events.changed(about | {"sequence": 5}, "en") is not None
