"""What stands in somebody's own calendar, and how it changes."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.agenda.models import AgendaPerson
from app.agenda.rules import AgendaRole
from app.events.models import Event, EventPerson
from app.events.rules import PersonRole, Status
from app.invitations.models import Invitation
from app.invitations.rules import InvitationRole
from app.kernel.db import db
from app.kernel.ids import opaque_id
from app.personal.rules import KEPT, Part
from app.personal.services import Wanted, edit_calendar, forget_old
from app.registration.models import Allotment, AllotmentKind, ItemPlace, Registration
from app.registration.rules import ItemStanding, Place
from tests.builders import NOW, make_account, make_event, make_person
from tests.feeds.world import add_item, change, publish
from tests.personal.world import ADA, calendar_of, look_again, register, shown
from tests.query_counter import counted_queries

pytestmark = pytest.mark.usefixtures("database")
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("place", "status", "title", "transp"),
    [
        (Place.CONFIRMED, "CONFIRMED", "Workshop", "OPAQUE"),
        (Place.PENDING, "TENTATIVE", "Not yet confirmed: Workshop", "TRANSPARENT"),
        (Place.WAITLISTED, "TENTATIVE", "Not yet confirmed: Workshop", "TRANSPARENT"),
        (Place.OFFERED, "TENTATIVE", "Not yet confirmed: Workshop", "TRANSPARENT"),
        (Place.WITHDRAWN, "CANCELLED", "Not attending: Workshop", "TRANSPARENT"),
        (Place.CANCELLED_BY_ORGANISER, "CANCELLED", "Not attending: Workshop", "TRANSPARENT"),
    ],
)
def test_an_event_stands_as_the_place_does(
    client: FlaskClient, place: Place, status: str, title: str, transp: str
) -> None:
    event = make_event("Workshop")
    register(event.id, place)
    entry = shown(client, calendar_of(parts=frozenset({Part.PLACES})))[event.uid]
    assert (str(entry["STATUS"]), str(entry["SUMMARY"]), str(entry["TRANSP"])) == (status, title, transp)


def test_nothing_stands_before_an_address_proved_itself_nor_for_others(client: FlaskClient) -> None:
    register(make_event("Workshop").id, Place.UNVERIFIED)
    register(make_event("Forum").id, email="bruno@filo.example")
    assert shown(client, calendar_of()) == {}


def test_sequence_grows_with_every_change_that_counts_and_nothing_else_moves(client: FlaskClient) -> None:
    workshop, forum = make_event("Workshop"), make_event("Forum")
    mine = register(workshop.id, Place.WAITLISTED)
    register(forum.id)
    opened = calendar_of()
    before = shown(client, opened)
    db.session.add(mine)  # a request ends with its session
    mine.place, mine.placed_at = Place.CONFIRMED, LATER
    db.session.commit()
    assert look_again(opened, LATER)
    after = shown(client, opened)
    assert after[workshop.uid]["SEQUENCE"] == before[workshop.uid]["SEQUENCE"] + 1
    assert after[workshop.uid]["LAST-MODIFIED"].dt == LATER
    assert after[forum.uid].to_ical() == before[forum.uid].to_ical()
    assert not look_again(opened, LATER + timedelta(hours=1))


def test_a_registration_that_is_erased_leaves_a_cancelled_entry_for_ninety_days(
    client: FlaskClient, database: Session
) -> None:
    event = make_event("Workshop")
    mine = register(event.id)
    opened = calendar_of()
    database.delete(mine)
    database.commit()
    look_again(opened, LATER)
    assert str(shown(client, opened)[event.uid]["STATUS"]) == "CANCELLED"
    look_again(opened, LATER + KEPT + timedelta(days=1))
    assert shown(client, opened) == {}


def test_chosen_tables_and_duties_stand_beside_the_event(client: FlaskClient, database: Session) -> None:
    account = make_account(ADA)
    person = make_person(account_id=account.id)
    (workshop,) = publish("Workshop")
    table, talk = add_item(workshop.id, "Table: textiles"), add_item(workshop.id, "Keynote")
    mine = register(workshop.id)
    allotment = Allotment(event_id=workshop.id, kind=AllotmentKind.ITEM, agenda_item_id=table.id, capacity=8)
    database.add(allotment)
    database.flush()
    database.add(
        ItemPlace(
            registration_id=mine.id,
            allotment_id=allotment.id,
            standing=ItemStanding.SEATED,
            number=1,
            placed_at=NOW,
        )
    )
    database.add(AgendaPerson(item_id=talk.id, person_id=person.id, role=AgendaRole.SPEAKER))
    forum = make_event("Forum")
    database.add(EventPerson(event_id=forum.id, person_id=person.id, role=PersonRole.MODERATOR))
    database.commit()
    opened = calendar_of()
    assert {*shown(client, opened)} == {workshop.uid, table.uid, talk.uid, forum.uid}
    wanted = _wanted(parts=frozenset({Part.DUTIES}))
    edit_calendar(opened.token_id, email_key=ADA, wanted=wanted, now=LATER)
    assert {*shown(client, opened)} == {talk.uid, forum.uid}


def test_deadlines_are_days_on_the_readers_clocks_with_uids_of_their_own(
    client: FlaskClient, database: Session
) -> None:
    event = make_event("Workshop")
    midnight = NOW.replace(day=17, hour=23, minute=0)  # midnight in Rome
    register(event.id, Place.OFFERED, offer_expires_at=midnight)
    invited = make_event("Forum", closes_at=NOW + timedelta(days=5))
    database.add(
        Invitation(
            event_id=invited.id,
            public_id=opaque_id(),
            email=ADA,
            email_key=ADA,
            given_name="",
            family_name="",
            organisation="",
            locale="en",
            role=InvitationRole.GUEST,
            invited_at=NOW,
        )
    )
    database.commit()
    opened = calendar_of(parts=frozenset({Part.DEADLINES}), reminder_minutes=60)
    entries = shown(client, opened)
    days = {str(one["SUMMARY"]): (one["DTSTART"].dt, one["DTEND"].dt) for one in entries.values()}
    assert days == {
        "Accept your place: Workshop": (date(2027, 1, 17), date(2027, 1, 18)),
        "Registration closes: Forum": (date(2027, 1, 18), date(2027, 1, 19)),
    }
    assert not {event.uid, invited.uid} & {*entries}
    assert all(one.walk("VALARM") for one in entries.values())
    look_again(opened, LATER)
    assert {*shown(client, opened)} == {*entries}


def test_a_filter_that_is_edited_later_moves_the_version_and_takes_away_without_a_trace(client: FlaskClient) -> None:
    event = make_event("Workshop")
    register(event.id)
    opened = calendar_of()
    before = client.get(f"/calendars/{opened.secret}.ics").headers["ETag"]
    edit_calendar(opened.token_id, email_key=ADA, wanted=_wanted(parts=frozenset({Part.DEADLINES})), now=LATER)
    assert shown(client, opened) == {}
    edit_calendar(opened.token_id, email_key=ADA, wanted=_wanted(label="Tablet"), now=LATER)
    answer = client.get(f"/calendars/{opened.secret}.ics")
    assert answer.headers["ETag"] != before
    assert "Tablet" in answer.text
    again = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert again[0]["SEQUENCE"] == 1  # it left and came back: newer than what was there


def test_called_off_and_moved_events_follow(client: FlaskClient) -> None:
    (event,) = publish("Workshop")
    register(event.id)
    opened = calendar_of()
    later = event.starts_at + timedelta(days=1)
    change(event.id, starts_at=later, ends_at=later + timedelta(hours=2), content_changed_at=LATER)
    look_again(opened, LATER)
    moved = shown(client, opened)[event.uid]
    assert (moved["DTSTART"].dt, moved["SEQUENCE"]) == (later, 1)
    change(event.id, status=Status.CALLED_OFF, content_changed_at=LATER)
    look_again(opened, LATER)
    off = shown(client, opened)[event.uid]
    assert (str(off["STATUS"]), str(off["SUMMARY"]), off["SEQUENCE"]) == ("CANCELLED", "Cancelled: Workshop", 2)


def test_making_a_calendar_reads_as_often_for_one_event_as_for_many() -> None:
    register(make_event("Workshop").id)
    calendar_of()  # the first one of all also makes the counter of versions
    with counted_queries() as few:
        calendar_of(parts=frozenset(Part))
    for number in range(12):
        register(make_event(f"Workshop {number}").id)
    with counted_queries() as many:
        calendar_of(parts=frozenset(Part))
    reads = [sum(one.startswith("SELECT") for one in statements) for statements in (few, many)]
    assert reads[0] == reads[1]


def test_an_entry_that_cannot_be_made_leaves_the_others_in_place(client: FlaskClient, database: Session) -> None:
    good, bad = make_event("Workshop"), make_event("Broken")
    for event in (good, bad):
        register(event.id)
    database.get_one(Event, bad.id).timezone = "Nowhere/Atlantis"
    database.commit()
    assert {*shown(client, calendar_of())} == {good.uid}


def test_what_left_is_forgotten_after_half_a_year(database: Session) -> None:
    mine = register(make_event("Workshop").id)
    opened = calendar_of()
    database.delete(database.get_one(Registration, mine.id))
    database.commit()
    for days in (1, 100):
        look_again(opened, NOW + timedelta(days=days))
    forget_old(NOW + timedelta(days=300))
    assert not look_again(opened, NOW + timedelta(days=301))


def _wanted(**changes: object) -> Wanted:
    values: dict[str, object] = {
        "label": "Phone",
        "language": "en",
        "timezone": "Europe/Rome",
        "parts": frozenset(Part),
    }
    return Wanted(**values | changes)  # type: ignore[arg-type]
