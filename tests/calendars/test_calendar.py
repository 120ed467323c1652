"""A whole feed, joined from bytes."""

from __future__ import annotations

import os
from pathlib import Path

import icalendar
import pytest

from app.calendars.calendar import calendar_head, join
from app.calendars.entries import EntryStatus
from app.calendars.vevent import vevent
from tests.calendars.entries import lines_of, make_entry, make_file, on_clocks
from tests.readers import read_by_all

APPROVED = Path(__file__).parent.parent / "approved" / "calendar_entry.ics"


def test_a_feed_says_its_name_and_how_often_to_look_again():
    head = calendar_head(
        "Filò, alle",
        "Zeile\nzwei",
        "de",
        color="teal",
        apple_color="#008080",
        source="https://f.example/events.ics",
        url="https://f.example/",
    )
    assert lines_of(head) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Filo//Events//DE",
        "CALSCALE:GREGORIAN",
        "DESCRIPTION:Zeile\\nzwei",
        "X-WR-CALDESC:Zeile\\nzwei",
        "NAME:Filò\\, alle",
        "X-WR-CALNAME:Filò\\, alle",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://f.example/events.ics",
        "URL:https://f.example/",
        "X-APPLE-CALENDAR-COLOR:#008080",
        "X-PUBLISHED-TTL:PT1H",
    ]


def test_what_a_feed_does_not_have_is_left_out_and_it_never_has_a_method_or_a_uid():
    names = {line.partition(":")[0] for line in lines_of(calendar_head("Filò", "", "en"))}
    assert names == {
        "BEGIN",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "NAME",
        "X-WR-CALNAME",
        "REFRESH-INTERVAL;VALUE=DURATION",
        "X-PUBLISHED-TTL",
    }


def test_each_zone_stands_once_and_before_the_first_entry():
    entries = [
        make_entry(uid=f"{zone}-{number}", timezone=zone)
        for zone in ("Europe/Rome", "Europe/Helsinki")
        for number in (1, 2)
    ]
    heads = [line for line in lines_of(make_file(*entries)) if line.startswith(("TZID:", "UID:"))]
    assert heads[:2] == ["TZID:Europe/Helsinki", "TZID:Europe/Rome"]
    assert [line[:4] for line in heads[2:]] == ["UID:"] * 4


def test_a_joined_file_means_what_icalendar_would_write():
    data = make_file(make_entry(categories=("a,b", "c"), description="x, y\nz"), make_entry(uid="2@f", in_utc=True))
    once = icalendar.Calendar.from_ical(data)
    assert not [component.errors for component in once.walk() if component.errors]
    again = icalendar.Calendar.from_ical(once.to_ical())
    assert again == once
    assert sorted(map(sorted_rule, lines_of(data))) == sorted(map(sorted_rule, lines_of(once.to_ical())))


def sorted_rule(line: str) -> str:
    """icalendar writes the parts of a rule in another order."""
    return line if not line.startswith("RRULE") else ";".join(sorted(line[6:].split(";")))


def test_a_feed_without_entries_is_still_a_calendar():
    data = join(calendar_head("Filò", "", "en"), [], [])
    assert [component.name for component in icalendar.Calendar.from_ical(data).subcomponents] == ["VTIMEZONE"]
    assert data.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.node
def test_all_readers_read_a_feed_without_entries():
    assert read_by_all(join(calendar_head("Filò", "", "en"), [], [])) == []


def test_a_feed_of_entries_on_no_clocks_needs_no_zone():
    data = join(calendar_head("Filò", "", "en"), [], [vevent(make_entry(in_utc=True))])
    assert b"VTIMEZONE" not in data


def the_approved_entries() -> bytes:
    """An event with everything, one online, a day called off, a leg over two zones."""
    event = make_entry(
        summary="Atelier dei cluster, «mani in pasta»",
        description="Un giorno tra officine e laboratori.\n\n09:00 benvenuto\n10:30 visita\n\nhttps://filo.example/events/atelier",
        description_html="<p>Un giorno tra officine e laboratori.</p>",
        url="https://filo.example/events/atelier",
        location="ProM Facility, via Fortunato Zeni 8, 38068 Rovereto, Italia",
        location_title="ProM Facility",
        latitude=45.8742,
        longitude=11.0189,
        categories=("Clusters workshop", "Meccatronica, robotica"),
        conference=("https://meet.example/atelier", "Partecipa online"),
        image=("https://filo.example/files/atelier.png", "image/png"),
        color="teal",
    )
    online = make_entry(uid="k3p9@filo.example", summary="Austauschforum online", in_utc=True)
    called_off = make_entry(
        uid="m5t6@filo.example",
        sequence=4,
        summary="Abgesagt: Studienreise",
        all_day=True,
        status=EntryStatus.CANCELLED,
        ends_at=on_clocks("2026-05-09 18:00"),
    )
    leg = make_entry(
        uid="q8r2@filo.example",
        summary="Stuttgart → Helsinki",
        timezone="Europe/Berlin",
        ends_timezone="Europe/Helsinki",
        starts_at=on_clocks("2026-05-07 11:40", "Europe/Berlin"),
        ends_at=on_clocks("2026-05-07 15:10", "Europe/Helsinki"),
        parent_uid="m5t6@filo.example",
    )
    return make_file(event, online, called_off, leg)


def test_the_file_is_the_approved_one():
    """APPROVE=1 in the environment writes it anew; look at the difference before it is committed."""
    data = the_approved_entries()
    if os.environ.get("APPROVE"):
        APPROVED.write_bytes(data)
    assert data.decode() == APPROVED.read_bytes().decode()


@pytest.mark.node
def test_all_readers_agree_on_the_approved_file():
    assert len(read_by_all(the_approved_entries())) == 4
