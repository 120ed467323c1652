"""Files as the world writes them: what can be read is, and every line that cannot is named."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.freebusy.errors import NoCalendar
from app.freebusy.importing import Trouble
from app.freebusy.importing.problems import MOST_TOLD
from app.freebusy.rules import Occupancy
from tests.freebusy.files import calendar, event, read_file

WINDOWS = "DTSTART;TZID=W. Europe Standard Time:20270201T090000"
START, HOUR = "DTSTART:20270201T090000Z", "DURATION:PT1H"


def spans(content: bytes) -> list[tuple[str, str]]:
    return [(f"{time.begins:%m-%d %H:%M}", f"{time.ends:%m-%d %H:%M}") for time in read_file(content).times]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((START, "DTEND:20270201T103000Z"), [("02-01 09:00", "02-01 10:30")]),
        ((WINDOWS, HOUR), [("02-01 08:00", "02-01 09:00")]),
        (("DTSTART;TZID=/citadel.org/20210210_1/Europe/Rome:20270201T090000", HOUR), [("02-01 08:00", "02-01 09:00")]),
        (("DTSTART:20270201T090000", HOUR), [("02-01 08:00", "02-01 09:00")]),
        (("DTSTART;TZID=Nowhere:20270201T090000", HOUR), [("02-01 08:00", "02-01 09:00")]),
        (("DTSTART;VALUE=DATE:20270201", "DTEND;VALUE=DATE:20270203"), [("01-31 23:00", "02-02 23:00")]),
        (("DTSTART;VALUE=DATE:20270201",), [("01-31 23:00", "02-01 23:00")]),
        (("DTSTART;VALUE=DATE:20270201", "DTEND;VALUE=DATE:20270201"), [("01-31 23:00", "02-01 23:00")]),
        (
            (WINDOWS, HOUR, "RRULE:FREQ=WEEKLY;COUNT=2"),
            [("02-01 08:00", "02-01 09:00"), ("02-08 08:00", "02-08 09:00")],
        ),
        (
            (WINDOWS, HOUR, "RRULE:FREQ=DAILY;UNTIL=20270202T080000Z"),
            [("02-01 08:00", "02-01 09:00"), ("02-02 08:00", "02-02 09:00")],
        ),
        (
            (WINDOWS, HOUR, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Rome:20270202T090000"),
            [("02-01 08:00", "02-01 09:00"), ("02-03 08:00", "02-03 09:00")],
        ),
        (
            (WINDOWS, HOUR, "RDATE;TZID=Europe/Rome:20270305T100000"),
            [("02-01 08:00", "02-01 09:00"), ("03-05 09:00", "03-05 10:00")],
        ),
        ((START, HOUR, "STATUS:CANCELLED"), []),
        (("DTSTART:20200201T090000Z", HOUR), []),
    ],
)
def test_times_are_read(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert spans(calendar(*event("1", *lines))) == expected


def test_a_series_keeps_its_hour_over_the_clock_change() -> None:
    weekly = calendar(*event("1", "DTSTART;TZID=Europe/Rome:20270325T090000", HOUR, "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert [start for start, _end in spans(weekly)] == ["03-25 08:00", "04-01 07:00"]


def test_a_changed_occurrence_takes_the_place_of_its_own() -> None:
    series = event("1", WINDOWS, HOUR, "RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:Course")
    moved = event("1", "RECURRENCE-ID;TZID=Europe/Rome:20270202T090000", "DTSTART:20270202T150000Z", HOUR)
    off = event("1", "RECURRENCE-ID:20270203T080000Z", "DTSTART:20270203T080000Z", HOUR, "STATUS:CANCELLED")
    before = {time.key for time in read_file(calendar(*series)).times}
    after = read_file(calendar(*off, *moved, *series)).times
    assert [f"{time.begins:%d %H}" for time in after] == ["01 08", "02 15"]
    assert {time.key for time in after} < before  # so that a preview calls it changed, not gone and new


@pytest.mark.parametrize(
    ("line", "standing"),
    [
        ("TRANSP:TRANSPARENT", Occupancy.FREE),
        ("STATUS:TENTATIVE", Occupancy.TENTATIVE),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", Occupancy.UNAVAILABLE),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", Occupancy.FREE),
        ("STATUS:CONFIRMED", Occupancy.BUSY),
    ],
)
def test_how_busy_an_entry_makes(line: str, standing: Occupancy) -> None:
    (time,) = read_file(calendar(*event("1", START, HOUR, line))).times
    assert time.standing is standing


def test_free_busy_files_are_read_too() -> None:
    lines = ("BEGIN:VFREEBUSY", "FREEBUSY:20270201T090000Z/PT1H,20270202T090000Z/20270202T100000Z")
    more = ("FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270203T090000Z/PT1H", "FREEBUSY;FBTYPE=FREE:20270204T090000Z/PT1H")
    times = read_file(calendar(*lines, *more, "END:VFREEBUSY")).times
    assert [time.standing for time in times] == [Occupancy.BUSY, Occupancy.BUSY, Occupancy.TENTATIVE]


GOOD = event("good", START, HOUR, "SUMMARY:Good")


@pytest.mark.parametrize(
    ("bad", "line", "trouble"),
    [
        (event("2", HOUR), 9, Trouble.NO_START),
        (event("2", "DTSTART:tomorrow", HOUR), 11, Trouble.BAD_TIME),
        (event("2", "DTSTART:20270231T090000Z", HOUR), 11, Trouble.BAD_TIME),
        (event("2", "DTSTART:00010101T000000", HOUR), 11, Trouble.BAD_TIME),
        (event("2", START, "DTEND:99991231T999999Z"), 12, Trouble.BAD_TIME),
        (event("2", START, "DTEND:20270201T080000Z"), 12, Trouble.ENDS_BEFORE_START),
        (event("2", START), 9, Trouble.NO_END),
        (event("2", START, "DURATION:-PT1H"), 12, Trouble.BAD_LENGTH),
        (event("2", START, "DURATION:soon"), 12, Trouble.BAD_LENGTH),
        (event("2", START, HOUR, "RRULE:FREQ=SECONDLY"), 13, Trouble.RULE_TOO_OFTEN),
        (event("2", START, HOUR, "RRULE:FREQ=YEARLY;BYWEEKNO=3"), 13, Trouble.RULE_NOT_READ),
        (event("2", START, HOUR, "RRULE:often"), 13, Trouble.BAD_RULE),
        (event("2", START, HOUR, "RECURRENCE-ID;RANGE=THISANDFUTURE:20270301T090000Z"), 13, Trouble.RANGE_NOT_READ),
        (event("2", START, HOUR, "this is no line"), 13, Trouble.BAD_LINE),
        (("BEGIN:VEVENT", "UID:2", START), 9, Trouble.NOT_CLOSED),
        (("END:VALARM",), 9, Trouble.NOT_OPENED),
        (("BEGIN:VFREEBUSY", "FREEBUSY:yes", "END:VFREEBUSY"), 10, Trouble.BAD_PERIOD),
        (event("2", "DTSTART:20270201T090000", HOUR), 11, Trouble.FLOATING),
        (event("2", "DTSTART;TZID=Nowhere:20270201T090000", HOUR), 11, Trouble.UNKNOWN_ZONE),
        (("BEGIN:VEVENT", START, HOUR, "END:VEVENT"), 9, Trouble.NO_UID),
        (event("good", START, HOUR), 9, Trouble.SAME_UID),
    ],
)
def test_every_problem_names_its_line_and_the_rest_is_read(bad: tuple[str, ...], line: int, trouble: Trouble) -> None:
    found = read_file(calendar(*GOOD, *bad))
    assert (line, trouble) in [(problem.line, problem.trouble) for problem in found.problems]
    assert any(time.begins == datetime(2027, 2, 1, 9, tzinfo=UTC) for time in found.times)


def test_a_line_in_another_encoding_is_named_and_costs_only_what_it_says() -> None:
    found = read_file(calendar(*event("1", START, HOUR, "SUMMARY:Chór")).replace("Chór".encode(), b"Ch\xf3r"))
    assert [(problem.line, problem.trouble) for problem in found.problems] == [(7, Trouble.NOT_UTF8)]
    assert [time.title for time in found.times] == [""]


def test_a_letter_cut_by_a_fold_is_whole_again() -> None:
    content = calendar(*event("1", START, HOUR, "SUMMARY:Chór ok")).replace(b"\xc3\xb3", b"\xc3\r\n \xb3")
    assert read_file(content).times[0].title == "Chór ok"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"<!DOCTYPE html><html><body>BEGIN:VCALENDAR", "web_page"),
        (b"\n  <!-- hello -->\n<HTML>", "web_page"),
        ("BEGIN:VCALENDAR".encode("utf-16"), "utf16"),
        (b"PK\x03\x04 a packed file", "no_calendar"),
        (b"Name,Begins,Ends\r\nChoir,1,2\r\n", "no_calendar"),
        (calendar(*(line for number in range(50_000) for line in ("BEGIN:VEVENT", "END:VEVENT"))), "too_many_events"),
        (
            calendar(
                *(
                    line
                    for uid in "abcdefghijklmnopqrstuvwxyz0123"
                    for line in event(uid, START, HOUR, "RRULE:FREQ=DAILY")
                )
            ),
            "too_many_times",
        ),
    ],
)
def test_what_is_no_calendar_is_told_apart(content: bytes, code: str) -> None:
    with pytest.raises(NoCalendar) as refused:
        read_file(content)
    assert refused.value.code == f"freebusy.{code}"


def test_repetitions_without_end_are_cut_short() -> None:
    endless = ("DTSTART:19000101T000000Z", HOUR, "RRULE:FREQ=DAILY;COUNT=999999;BYMONTH=2;BYMONTHDAY=30")
    found = read_file(calendar(*(line for number in range(200) for line in event(str(number), *endless)), *GOOD))
    assert {problem.trouble for problem in found.problems} == {Trouble.RULES_TOO_LONG}
    assert len(found.problems) == MOST_TOLD
    assert found.untold > 100
    assert [time.title for time in found.times] == ["Good"]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                *GOOD,
                WINDOWS,
                "BEGIN:VTIMEZONE",
                "END:VCALENDAR",
                "RRULE:FREQ=WEEKLY",
                "x",
                " y",
                "RDATE:,",
                "DTSTART;TZID=:1",
            ]
        ),
        max_size=20,
    )
)
def test_no_order_of_lines_breaks_the_reader(lines: list[str]) -> None:
    read_file(calendar(*lines))


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    read_file(calendar(*GOOD).replace(b"SUMMARY:", noise))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<!---->" * 22 + b"x\r\n" + calendar(*GOOD), 1),
        (calendar("BEGIN:VEVENT", f'DTSTART;TZID="{"a/" * 100_000}":20270201T090000', HOUR, "END:VEVENT"), 1),
        (calendar(*event("1", START, HOUR, f"RRULE:FREQ=DAILY;BYDAY={'MO,' * 500_000}MO")), 0),
        (calendar(*event("1", START, HOUR, f"RRULE:FREQ=DAILY;BYSETPOS={'1,' * 500_000}1")), 0),
        (calendar(*["BEGIN:X"] * 20_000, *["END:Y"] * 20_000), 0),
    ],
    ids=["comments", "zone", "weekdays", "positions", "depth"],
)
def test_no_stranger_keeps_the_reader_for_ever(content: bytes, expected: int) -> None:
    began = process_time()
    assert len(read_file(content).times) == expected
    assert process_time() - began < 3


def test_a_title_holds_only_what_databases_take() -> None:
    (time,) = read_file(calendar(*event("1", START, HOUR, "SUMMARY:Choir\0practice"))).times
    assert time.title == "Choir practice"
