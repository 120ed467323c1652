"""The entry that comes with a mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.calendars.calendar import join
from app.calendars.entries import EntryStatus
from app.calendars.invitations import cancel, request
from app.calendars.vevent import vevent
from tests.calendars.entries import HEAD, lines_of, make_entry
from tests.readers import read_by_all, read_with_icalendar, read_with_vobject

PEOPLE = ("filo@filo.example", "Filò; Trentino", "anna@beispiel.example", 'Anna "Änne" Maier')


def test_whoever_has_a_place_gets_an_accepted_entry_and_is_busy():
    lines = lines_of(request(make_entry(), *PEOPLE))
    assert lines[:5] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Filo//Events//EN", "CALSCALE:GREGORIAN", "METHOD:REQUEST",
    ]  # fmt: skip
    assert 'ORGANIZER;CN="Filò; Trentino":mailto:filo@filo.example' in lines
    assert (
        "ATTENDEE;CN=\"Anna 'Änne' Maier\";CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;"
        "ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:anna@beispiel.example"
    ) in lines
    assert {"TRANSP:OPAQUE", "STATUS:CONFIRMED", "SEQUENCE:3", "DTSTAMP:20260203T160509Z"} <= set(lines)


def test_whoever_waits_is_tentative_and_free():
    lines = lines_of(request(make_entry(), *PEOPLE, accepted=False))
    assert "PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT;RSVP=FALSE" in "".join(lines)
    assert "TRANSP:TRANSPARENT" in lines


def test_a_cancellation_takes_the_same_entry_away():
    lines = lines_of(cancel(make_entry(sequence=4), *PEOPLE))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:4", "TRANSP:TRANSPARENT", "UID:w7h2@filo.example"} <= set(
        lines
    )
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        "ATTENDEE;CN=\"Anna 'Änne' Maier\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:anna@beispiel.example"
    ]


def test_the_mail_and_the_feed_show_the_same_entry():
    entry = make_entry(location="ProM, Rovereto", description="x")
    mailed = lines_of(request(replace(entry, transparent=False), *PEOPLE))
    feed = lines_of(join(HEAD, [], [vevent(replace(entry, transparent=False))]))
    inside = feed[feed.index("BEGIN:VEVENT") : feed.index("END:VEVENT")]
    assert [line for line in mailed if line in inside] == inside


@pytest.mark.node
@pytest.mark.parametrize("make", [request, cancel])
def test_all_readers_read_it(make):
    (seen,) = read_by_all(make(make_entry(), *PEOPLE))
    assert seen.start == make_entry().starts_at
    assert seen.status == (EntryStatus.CANCELLED if make is cancel else EntryStatus.CONFIRMED)


@pytest.mark.parametrize("evil", ["x\r\nEND:VEVENT\r\nATTENDEE:mailto:c@d", "a@b\x00\n", '"; X=":', "\u2028\u2029"])
def test_nothing_in_a_name_or_an_address_adds_a_line(evil):
    people = (f"o@f.example{evil}", evil, f"a@f.example{evil}", evil)
    lines = lines_of(request(make_entry(), *people))
    assert [sum(line.startswith(name) for line in lines) for name in ("ATTENDEE", "ORGANIZER", "END:VEVENT")] == [
        1,
        1,
        1,
    ]
    for read in (read_with_icalendar, read_with_vobject):
        assert len(read(request(make_entry(), *people))) == 1


def test_a_nameless_person_has_no_name_beside_the_address():
    lines = lines_of(request(make_entry(), "filo@filo.example", "", "anna@beispiel.example", " "))
    assert "ORGANIZER:mailto:filo@filo.example" in lines
    assert not [line for line in lines if "CN=" in line]
