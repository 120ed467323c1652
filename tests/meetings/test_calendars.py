"""Meetings in calendars: in those of the two people, and in no other."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs.models import Job
from app.kernel.db import db
from app.meetings import queries
from app.meetings.services import partaking
from app.personal import services as calendars
from app.personal.rules import Part
from tests.builders import NOW
from tests.meetings.scenes import agree, make_forum, make_schedule, take_part
from tests.personal.world import calendar_of, look_again, shown

LATER = NOW + timedelta(days=1)


def test_a_meeting_stands_in_the_calendars_of_its_two_people_only(client: FlaskClient, database: Session) -> None:
    forum = make_forum()
    ada, eva, ugo = (take_part(forum, name) for name in ("ada", "eva", "ugo"))
    agree(ada, eva)
    make_schedule(forum)
    (meeting,) = queries.meetings(forum.id)
    entries = {one.given_name: shown(client, calendar_of(one.email)) for one in (ada, eva, ugo)}
    assert str(entries["Ada"][meeting.uid]["SUMMARY"]) == "Meeting with Eva Esempio (Eva & Co)"
    assert str(entries["Eva"][meeting.uid]["SUMMARY"]) == "Meeting with Ada Esempio (Ada & Co)"
    assert str(entries["Ada"][meeting.uid]["LOCATION"]).startswith(f"Table {meeting.table_number}")
    assert meeting.uid not in entries["Ugo"]
    assert meeting.uid.encode() not in client.get(f"/events/{forum.slug}.ics").data
    assert meeting.uid.encode() not in client.get("/calendar.ics").data


def test_a_cancelled_meeting_stays_as_cancelled_and_raises_its_sequence(client: FlaskClient, database: Session) -> None:
    forum = make_forum()
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    (meeting,) = queries.meetings(forum.id)
    uid, opened = meeting.uid, calendar_of(ada.email)
    before = shown(client, opened)[uid]
    partaking.stop_taking_part(eva.id, now=LATER + timedelta(hours=1))
    assert look_again(opened, LATER + timedelta(hours=1))
    after = shown(client, opened)[uid]
    assert str(after["STATUS"]) == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_whoever_wants_no_tables_in_the_calendar_gets_no_meetings(client: FlaskClient, database: Session) -> None:
    forum = make_forum()
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    agree(ada, eva)
    make_schedule(forum)
    opened = calendar_of(ada.email, parts=frozenset({Part.PLACES}))
    assert set(shown(client, opened)) == {forum.uid}


def test_the_worker_hears_of_a_new_schedule(client: FlaskClient, database: Session) -> None:
    forum = make_forum()
    ada, eva = take_part(forum, "ada"), take_part(forum, "eva")
    opened = calendar_of(ada.email)
    agree(ada, eva)
    make_schedule(forum)
    jobs = db.session.scalars(select(Job).where(Job.kind == calendars.REFRESH))
    assert opened.token_id in {job.payload["token_id"] for job in jobs}
