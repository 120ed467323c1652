"""A calendar is looked at, kept, asked again and let go; its times warn, and its titles stay inside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agenda import queries as agenda
from app.agenda import services as agenda_services
from app.agenda.editor import editor_of
from app.agenda.models import AgendaPerson
from app.agenda.reading import read_agenda
from app.agenda.rules import AgendaRole, Trouble
from app.calendars.free_busy import BusyKind
from app.events.rules import Status
from app.freebusy import queries, work
from app.freebusy.errors import (
    CalendarNotFound,
    DraftNotFound,
    MayNotImport,
    NoCalendar,
    NotFetched,
    RoomsMissing,
    RoomsOfTwoVenues,
)
from app.freebusy.models import CalendarDraft, ImportedCalendar, ImportedTimeRow
from app.freebusy.occupied import times_of_persons, times_of_rooms
from app.freebusy.presenters import differences, other_dates
from app.freebusy.rules import FetchResult, Source, Use, next_try
from app.freebusy.services import importing, opening
from app.jobs.worker import work_off
from app.kernel import clock
from app.network.actors import ANYBODY, SYSTEM, Actor
from tests.builders import make_event, make_manager, make_organisation, make_person, make_room, make_venue
from tests.freebusy.files import NOW, booking, calendar, event
from tests.freebusy.scenes import keep, put_item, rooms_input
from tests.freebusy.test_fetching import answer, internet

pytestmark = pytest.mark.usefixtures("database")
AFTERNOON = (14 * 60, 16 * 60)


def test_nothing_counts_before_it_is_kept(database: Session) -> None:
    venue = make_venue()
    room, manager = make_room(venue), make_manager(venue.operator)
    draft_id = importing.draft(rooms_input(venue.operator, room), Source(content=booking()), actor=manager, now=NOW)
    assert database.scalars(select(ImportedTimeRow)).all() == []
    calendar_id = importing.confirm(draft_id, actor=manager, now=NOW)
    (time,) = queries.times(calendar_id).values()
    assert (time.begins, time.title) == (datetime(2027, 1, 23, 12, tzinfo=UTC), "Choir")
    assert queries.calendar(calendar_id).timezone == "Europe/Rome"  # the venue's
    assert database.scalars(select(CalendarDraft)).all() == []


def test_a_second_file_tells_what_is_new_changed_and_gone() -> None:
    venue = make_venue()
    values = rooms_input(venue.operator, make_room(venue))
    at = "DTSTART;TZID=Europe/Rome:202702{}T090000"
    first = (event(uid, at.format(uid), "DURATION:PT1H", f"SUMMARY:{uid}") for uid in ("01", "02", "03"))
    past = event("0", "DTSTART:20270113T080000Z", "DURATION:PT1H")
    calendar_id = keep(values, calendar(*past, *(line for each in first for line in each)))
    second = calendar(
        *event("01", at.format("01"), "DURATION:PT1H", "SUMMARY:01"),
        *event("02", at.format("05"), "DURATION:PT1H", "SUMMARY:02"),
        *event("04", at.format("04"), "DURATION:PT1H", "SUMMARY:04"),
    )
    found = importing.read_source(Source(content=second), timezone="Europe/Rome", now=NOW)
    told = differences(calendar_id, found, now=NOW)
    assert [time.title for time in told.new] == ["04"]
    assert [(before.begins.day, after.begins.day) for before, after in told.changed] == [(2, 5)]
    assert [time.title for time in told.gone] == ["03"]  # and not what is over
    assert told.same == 1
    keep(values, second, calendar_id=calendar_id)
    assert sorted(time.title for time in queries.times(calendar_id).values()) == ["01", "02", "04"]
    assert not differences(calendar_id, found, now=NOW)


def test_who_may_not_and_what_cannot_be_meant() -> None:
    venue, elsewhere = make_venue("Hall"), make_venue("Barn")
    room, far = make_room(venue), make_room(elsewhere)
    source, foreigner = Source(content=booking()), make_manager(make_organisation("Foreigner"))
    with pytest.raises(MayNotImport):
        importing.draft(rooms_input(venue.operator, room), source, actor=foreigner, now=NOW)
    with pytest.raises(RoomsMissing):
        importing.draft(rooms_input(venue.operator), source, actor=SYSTEM, now=NOW)
    with pytest.raises(RoomsOfTwoVenues):
        importing.draft(rooms_input(venue.operator, room, far), source, actor=SYSTEM, now=NOW)
    with pytest.raises(NoCalendar):
        importing.draft(rooms_input(venue.operator, room), Source(content=b"<html>"), actor=SYSTEM, now=NOW)
    calendar_id = keep(rooms_input(venue.operator, room))
    for verb in (
        lambda: importing.remove(calendar_id, actor=foreigner, now=NOW),
        lambda: opening.open_room(room.id, actor=foreigner, now=NOW),
        lambda: opening.open_room(room.id, actor=ANYBODY, now=NOW),
    ):
        with pytest.raises(MayNotImport):
            verb()
    mine = rooms_input(make_organisation("Mine"), room)
    with pytest.raises(CalendarNotFound):  # a file of one organisation does not renew the calendar of another
        importing.draft(mine, source, actor=SYSTEM, now=NOW, calendar_id=calendar_id)
    importing.remove(calendar_id, actor=SYSTEM, now=NOW)
    assert queries.times(calendar_id) == {}


def test_an_agenda_warns_where_its_room_is_busy_and_the_title_stays_with_whoever_imported_it() -> None:
    venue, organiser = make_venue(), make_organisation("Organiser")
    room = make_room(venue)
    keep(rooms_input(venue.operator, room))
    planned = make_event("Workshop", venue=venue, organiser=organiser)  # on 23 January, from 13:00 in Rome
    clashing, early = put_item(planned, room, *AFTERNOON), put_item(planned, room, 12 * 60, 13 * 60)
    owner, planner = make_manager(venue.operator, "owner@x.example"), make_manager(organiser, "planner@x.example")
    for actor, title in ((owner, "Choir"), (planner, ""), (ANYBODY, "")):
        problems = editor_of(planned, actor).problems
        assert early.id not in problems or Trouble.ROOM_BUSY not in {each.trouble for each in problems[early.id]}
        (problem,) = [each for each in problems[clashing.id] if each.trouble is Trouble.ROOM_BUSY]
        assert not problem.is_error
        assert "Room 1 is busy with something else from 13:00 to 15:00" in problem.words
        assert problem.other == title
    agenda_services.overrule(
        event_id=planned.id, item_id=clashing.id, warning=Trouble.ROOM_BUSY, reason="Asked", actor=SYSTEM, now=NOW
    )
    (problem,) = [each for each in editor_of(planned).problems[clashing.id] if each.trouble is Trouble.ROOM_BUSY]
    assert problem.reason == "Asked"


def test_what_others_import_for_a_room_that_they_do_not_run_warns_only_them() -> None:
    venue, stranger = make_venue(), make_organisation("Stranger")
    room = make_room(venue)
    keep(rooms_input(stranger, room))
    theirs, mine = make_event("Theirs", venue=venue, organiser=stranger), make_event("Mine", venue=venue)
    found = []
    for planned in (theirs, mine):
        put_item(planned, None, *AFTERNOON).room_id = room.id
        found.append([each.trouble for each in read_agenda(planned, agenda.items(planned.id))])
    assert Trouble.ROOM_BUSY in found[0]
    imported = times_of_rooms([room.id], NOW, NOW + timedelta(days=20), without=theirs.id).get(room.id, [])
    assert "Choir" not in {time.title for time in imported}


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (Status.PUBLISHED, [BusyKind.BUSY]),
        (Status.DRAFT, [BusyKind.TENTATIVE]),
        (Status.CALLED_OFF, []),
        (Status.POSTPONED, []),
    ],
)
def test_rooms_and_people_are_busy_with_events_that_take_place(status: Status, kinds: list[BusyKind]) -> None:
    venue = make_venue()
    room, speaker = make_room(venue), make_person()
    planned = make_event("Workshop", venue=venue, status=status)
    item = put_item(planned, room, *AFTERNOON)
    item.persons.append(AgendaPerson(person_id=speaker.id, role=AgendaRole.SPEAKER))
    item.event.revision += 1
    span = (NOW, NOW + timedelta(days=30))
    queries.db.session.commit()
    for times in (times_of_rooms([room.id], *span), times_of_persons([speaker.id], *span)):
        found = [time for each in times.values() for time in each]
        assert [time.kind for time in found] == kinds
        assert all(time.begins == datetime(2027, 1, 23, 13, tzinfo=UTC) for time in found)


def test_dates_of_partners_stand_beside_events_of_their_region_or_group_for_those_who_imported_them() -> None:
    organiser = make_organisation("Organiser")
    planned = make_event("Workshop", organiser=organiser)
    whole = calendar(*event("1", "DTSTART;VALUE=DATE:20270123", "SUMMARY:Partner day", "TRANSP:TRANSPARENT"))
    values = rooms_input(organiser, name="Partner", use=Use.PARTNER, timezone="Europe/Rome")
    keep(values, whole)
    planner = make_manager(organiser)
    assert [date.title for date in other_dates(planned, planner)] == ["Partner day"]
    assert other_dates(planned, Actor(managed_ids=frozenset({organiser.id + 1000}))) == []
    later = make_event("Later", organiser=organiser, starts_at=NOW + timedelta(days=11))
    assert other_dates(later, planner) == []


@pytest.fixture
def subscribed(app: Flask) -> int:
    venue = make_venue()
    return keep(rooms_input(venue.operator, make_room(venue), address="https://feed.example/secret.ics"))


def look(app: Flask, calendar_id: int, said: bytes | None, *, at: datetime) -> ImportedCalendar:
    """What the worker does when the time has come; None: the address leads nowhere."""
    with internet(said or b"") as found:
        found.names["feed.example"] = [[] if said is None else ["93.184.216.34"]]
        app.extensions[work.NETWORK] = found.network
        try:
            work.look_again(at)
            work_off(app, now=at)
        finally:
            del app.extensions[work.NETWORK]
    return queries.calendar(calendar_id)


def plainly(app: Flask, calendar_id: int) -> None:
    row = queries.calendar(calendar_id)
    row.address, row.etag = "http://feed.example/secret.ics", '"1"'
    queries.db.session.commit()


def test_an_address_is_asked_again_and_what_it_says_counts(
    app: Flask, subscribed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plainly(app, subscribed)
    moments = [NOW + timedelta(hours=hours) for hours in (1, 2, 3, 5, 9)]
    now = iter(moments)
    monkeypatch.setattr(clock, "now", lambda: current[0])
    current = [next(now)]
    row = look(app, subscribed, answer(booking(title="Concert"), "200 OK", 'ETag: "2"'), at=current[0])
    assert (row.result, row.etag, row.next_at) == (FetchResult.READ, '"2"', current[0] + timedelta(hours=1))
    assert [time.title for time in queries.times(subscribed).values()] == ["Concert"]
    current = [next(now)]
    row = look(app, subscribed, b"HTTP/1.1 304 Not Modified\r\n\r\n", at=current[0])
    assert (row.result, row.changed_at) == (FetchResult.SAME, moments[0])
    for failures, said in enumerate((answer(b"<html>"), answer(b"", "500 Oh"), None), start=1):
        current = [next(now)]
        row = look(app, subscribed, said, at=current[0])
        assert (row.result, row.failures) == (FetchResult.FAILED, failures)
        assert row.next_at == current[0] + timedelta(hours=2**failures)
        assert [time.title for time in queries.times(subscribed).values()] == ["Concert"]  # the last that was known
    assert row.failure == "freebusy.fetch_no_answer"


def test_pauses_grow_to_a_day() -> None:
    assert [(next_try(NOW, failures) - NOW) / timedelta(hours=1) for failures in (0, 1, 2, 3, 4, 5, 99)] == [
        *(1, 2, 4, 8, 16, 24, 24)
    ]


def test_as_time_goes_on_a_series_is_followed_further(app: Flask) -> None:
    venue = make_venue()
    series = event("1", "DTSTART:20270101T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")
    calendar_id = keep(rooms_input(venue.operator, make_room(venue)), calendar(*series))
    before = max(time.begins for time in queries.times(calendar_id).values())
    importing.renew(calendar_id, None, tried_at=NOW, now=NOW + timedelta(days=70))
    after = [time.begins for time in queries.times(calendar_id).values()]
    assert max(after) == before + timedelta(days=70)
    assert min(after) > NOW + timedelta(days=60)


def test_what_was_kept_while_an_address_was_asked_stays(subscribed: int) -> None:
    before = queries.calendar(subscribed).tried_at
    venue_rooms = queries.calendar(subscribed).rooms
    values = rooms_input(venue_rooms[0].venue.operator, *venue_rooms, address="https://other.example/new.ics")
    keep(values, booking(title="Newer"), now=NOW + timedelta(minutes=1), calendar_id=subscribed)
    late = NOW + timedelta(minutes=2)
    importing.renew(subscribed, Source(content=booking(title="Older")), tried_at=before, now=late)
    importing.note_failure(subscribed, NotFetched("gone"), tried_at=before, now=late)
    assert [time.title for time in queries.times(subscribed).values()] == ["Newer"]
    assert queries.calendar(subscribed).result is FetchResult.READ


def test_a_file_is_kept_once(database: Session) -> None:
    venue = make_venue()
    values = rooms_input(venue.operator, make_room(venue))
    draft_id = importing.draft(values, Source(content=booking()), actor=SYSTEM, now=NOW)
    importing.confirm(draft_id, actor=SYSTEM, now=NOW)
    with pytest.raises(DraftNotFound):
        importing.confirm(draft_id, actor=SYSTEM, now=NOW)
    assert queries.count_calendars(venue.operator_id) == 1


def test_files_that_nobody_kept_are_forgotten(database: Session) -> None:
    venue = make_venue()
    values = rooms_input(venue.operator, make_room(venue))
    importing.draft(values, Source(content=booking()), actor=SYSTEM, now=NOW)
    importing.forget_drafts(NOW + timedelta(days=2))
    assert database.scalars(select(CalendarDraft)).all() == []
