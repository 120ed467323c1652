"""One entry, as calendars will read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendars import text
from app.calendars.entries import EntryStatus
from app.calendars.vevent import vevent, zones_of
from tests.calendars.entries import lines_of, make_entry, make_file, on_clocks
from tests.readers import read_by_all, read_with_icalendar, read_with_icaljs, read_with_vobject

NASTY = 'Müller, "Söhne"; A\\B\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\x00\x07\u2028\ttail \\n \\N \\; \\,'
TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "\r\n",
            "\n",
            "\r",
            "\\",
            "\\n",
            ",",
            ";",
            ":",
            '"',
            "^n",
            "ß",
            "ò",
            "🏔",
            "\x00",
            "\x85",
            " ",
            "END:VEVENT",
            "x" * 70,
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "UID:w7h2@filo.example"),
        ({}, "SEQUENCE:3"),
        ({"sequence": 0}, "SEQUENCE:0"),
        ({}, "DTSTAMP:20260203T160509Z"),
        ({}, "LAST-MODIFIED:20260203T160509Z"),
        ({}, "CREATED:20260112T093000Z"),
        ({}, "STATUS:CONFIRMED"),
        ({"status": EntryStatus.TENTATIVE}, "STATUS:TENTATIVE"),
        ({"status": EntryStatus.CANCELLED}, "STATUS:CANCELLED"),
        ({}, "CLASS:PUBLIC"),
        ({}, "TRANSP:TRANSPARENT"),
        ({"transparent": False}, "TRANSP:OPAQUE"),
        ({"transparent": False, "status": EntryStatus.CANCELLED}, "TRANSP:TRANSPARENT"),
        ({}, "DTSTART;TZID=Europe/Rome:20260507T090000"),
        ({}, "DTEND;TZID=Europe/Rome:20260507T123000"),
        ({"in_utc": True}, "DTSTART:20260507T070000Z"),
        ({"in_utc": True}, "DTEND:20260507T103000Z"),
        ({"timezone": "Etc/UTC"}, "DTSTART:20260507T070000Z"),
        ({"ends_timezone": "Europe/Helsinki"}, "DTEND;TZID=Europe/Helsinki:20260507T133000"),
        ({"all_day": True}, "DTSTART;VALUE=DATE:20260507"),
        ({"all_day": True}, "DTEND;VALUE=DATE:20260508"),
        ({"all_day": True}, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ({"summary": "Erz, Öl; & \\"}, "SUMMARY:Erz\\, Öl\\; & \\\\"),
        ({"summary": "two\r\nlines"}, "SUMMARY:two lines"),
        ({"summary": r"C:\new\Notes"}, "SUMMARY:C:/new/Notes"),
        ({"description": "one\r\n\r\ntwo\rthree\u2028four"}, "DESCRIPTION:one\\n\\ntwo\\nthree\\nfour"),
        ({"description_html": "<p>one, two</p>"}, "X-ALT-DESC;FMTTYPE=text/html:<p>one\\, two</p>"),
        ({"location": "ProM,\nRovereto"}, "LOCATION:ProM\\, Rovereto"),
        ({"latitude": 45.8833, "longitude": 11.0}, "GEO:45.883300;11.000000"),
        ({"latitude": 0.00001, "longitude": -0.5}, "GEO:0.000010;-0.500000"),
        (
            {
                "latitude": 45.9,
                "longitude": 11.0,
                "location": 'ProM "F"; Lab, via Zeni 8, Rovereto',
                "location_title": 'ProM "F"; Lab',
            },
            (
                'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="via Zeni 8, Rovereto";X-APPLE-RADIUS=72;'
                "X-TITLE=\"ProM 'F'; Lab\":geo:45.900000,11.000000"
            ),
        ),
        ({"url": "https://filo.example/e/a?b=1,2;c"}, "URL:https://filo.example/e/a?b=1,2;c"),
        ({"url": "https://filo.example/è\\n\r\nX:1"}, "URL:https://filo.example/%C3%A8/n%20X:1"),
        ({"categories": ("a, b", "cc;dd", " ", "è")}, "CATEGORIES:a\\, b,cc\\;dd,è"),
        ({"color": "teal"}, "COLOR:teal"),
        (
            {"conference": ("https://meet.example/x", 'Join: "x"\n')},
            "CONFERENCE;FEATURE=VIDEO;LABEL=\"Join: 'x'\";VALUE=URI:https://meet.example/x",
        ),
        (
            {"image": ("https://filo.example/p.png", "image/png")},
            "IMAGE;DISPLAY=BADGE;FMTTYPE=image/png;VALUE=URI:https://filo.example/p.png",
        ),
        ({"parent_uid": "p@filo.example"}, "RELATED-TO;RELTYPE=PARENT:p@filo.example"),
    ],
)
def test_an_entry_is_written_as_calendars_expect_it(changes, line):
    assert line in lines_of(vevent(make_entry(**changes)))


def test_what_is_empty_is_left_out():
    bare = make_entry(summary="\x00", location=" \n", description="", categories=("",), latitude=45.9)
    assert {line.partition(":")[0].partition(";")[0] for line in lines_of(vevent(bare))} == {
        "BEGIN",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "LAST-MODIFIED",
        "CREATED",
        "STATUS",
        "TRANSP",
        "CLASS",
        "DTSTART",
        "DTEND",
        "END",
    }


def test_a_place_without_a_name_is_its_own_title_on_the_map():
    entry = make_entry(latitude=45.9, longitude=11.0, location="Rovereto")
    assert "X-TITLE=Rovereto" in vevent(entry).decode().replace('"', "").replace("\r\n ", "")


def test_the_same_entry_gives_the_same_bytes():
    assert vevent(make_entry()) == vevent(make_entry())


@pytest.mark.parametrize(
    ("changes", "zones"),
    [
        ({}, {"Europe/Rome"}),
        ({"ends_timezone": "Europe/Helsinki"}, {"Europe/Rome", "Europe/Helsinki"}),
        ({"in_utc": True}, set()),
        ({"all_day": True}, set()),
        ({"timezone": "UTC"}, set()),
        (
            {"starts_at": on_clocks("2026-10-25 02:30", fold=1), "ends_at": on_clocks("2026-10-25 05:00")},
            {"Europe/Rome"},
        ),
    ],
)
def test_the_zones_of_an_entry_are_those_that_it_names(changes, zones):
    entry = make_entry(**changes)
    assert zones_of(entry) == zones
    named = {line.split("TZID=")[1].split(":")[0] for line in lines_of(vevent(entry)) if ";TZID=" in line}
    assert named == zones


@pytest.mark.parametrize(
    ("start", "end", "first", "after"),
    [
        ("2026-05-07 00:00", "2026-05-08 00:00", date(2026, 5, 7), date(2026, 5, 8)),
        ("2026-05-07 09:00", "2026-05-09 17:00", date(2026, 5, 7), date(2026, 5, 10)),
        ("2026-05-07 23:00", "2026-05-08 00:01", date(2026, 5, 7), date(2026, 5, 9)),
        ("2026-03-29 00:00", "2026-03-30 00:00", date(2026, 3, 29), date(2026, 3, 30)),
    ],
)
def test_an_all_day_entry_spans_the_days_that_it_touches_and_its_end_is_the_day_after(start, end, first, after):
    entry = make_entry(all_day=True, starts_at=on_clocks(start), ends_at=on_clocks(end))
    (seen,) = read_with_icalendar(make_file(entry))
    assert (seen.start, seen.end) == (first, after)


def test_a_day_that_ends_further_west_still_has_a_day():
    start = on_clocks("2026-05-07 00:30", "Pacific/Auckland")
    entry = make_entry(
        all_day=True,
        starts_at=start,
        ends_at=start + timedelta(hours=9),
        timezone="Pacific/Auckland",
        ends_timezone="America/Los_Angeles",
    )
    (seen,) = read_with_icalendar(make_file(entry))
    assert (seen.start, seen.end) == (date(2026, 5, 7), date(2026, 5, 8))


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_at": on_clocks("2026-05-07 09:00")},
        {"ends_at": on_clocks("2026-05-07 08:00")},
        {"changed_at": datetime(2026, 5, 7)},  # noqa: DTZ001
        {"uid": " "},
    ],
)
def test_an_entry_that_no_calendar_could_show_cannot_be_made(changes):
    with pytest.raises(ValueError, match="calendar entry"):
        make_entry(**changes)


@settings(deadline=None, max_examples=120)
@given(TEXTS, TEXTS)
def test_any_text_makes_exactly_one_entry_and_comes_back(title, words):
    entry = make_entry(
        summary=title,
        description=words,
        description_html=words,
        location=words,
        location_title=title,
        latitude=1.0,
        longitude=2.0,
        url=words,
        categories=(title, words),
        conference=(words, title),
        image=(words, title),
        color=title,
        parent_uid=words,
    )
    data = make_file(entry)
    assert_well_folded(data)
    event = the_only_event(data)
    assert str(event.get("summary", "")) == text.line(title)
    assert str(event.get("description", "")) == text.paragraphs(words)
    assert str(event.get("location", "")) == text.line(words)
    assert not event.errors
    (seen,) = read_with_vobject(data)
    assert (seen.summary, seen.location) == (text.line(title), text.line(words))


def assert_well_folded(data: bytes) -> None:
    assert data.endswith(b"\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no character is split


def the_only_event(data: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(data)
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    assert calendar.subcomponents[1].subcomponents == []
    return calendar.subcomponents[1]


@pytest.mark.node
def test_a_name_that_ends_the_entry_stays_a_name_for_every_reader():
    entry = make_entry(
        summary=NASTY,
        description=NASTY,
        location=NASTY,
        location_title=NASTY,
        latitude=1.0,
        longitude=2.0,
        url=NASTY,
        categories=(NASTY, NASTY),
        conference=(NASTY, NASTY),
        image=(NASTY, NASTY),
        color=NASTY,
        parent_uid=NASTY,
    )
    (seen,) = read_by_all(make_file(entry))
    assert seen.uid == entry.uid
    assert seen.summary == 'Müller, "Söhne"; A\\B END:VEVENT BEGIN:VEVENT UID:evil tail /n /N \\; \\,'


@pytest.mark.node
@settings(deadline=None, max_examples=8)
@given(st.lists(TEXTS, min_size=20, max_size=40))
def test_ical_js_reads_the_same_texts(titles):
    entries = [make_entry(uid=f"{n}@filo.example", summary=title, location=title) for n, title in enumerate(titles)]
    wanted = [(entry.uid, text.line(entry.summary), text.line(entry.location)) for entry in entries]
    assert [(seen.uid, seen.summary, seen.location) for seen in read_with_icaljs(make_file(*entries))] == wanted


@pytest.mark.node
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"in_utc": True},
        {"status": EntryStatus.CANCELLED, "summary": "Called off: Clusters workshop", "sequence": 4},
        {"location": "ProM Facility, via Zeni 8, Rovereto", "latitude": 45.88, "longitude": 11.02},
        {  # Stuttgart to Helsinki
            "starts_at": on_clocks("2026-05-07 11:40", "Europe/Berlin"),
            "ends_at": on_clocks("2026-05-07 15:10", "Europe/Helsinki"),
            "timezone": "Europe/Berlin",
            "ends_timezone": "Europe/Helsinki",
        },
        {  # westwards: on the clocks it ends before it starts
            "starts_at": on_clocks("2026-05-07 09:30", "Europe/Berlin"),
            "ends_at": on_clocks("2026-05-07 09:15", "Europe/London"),
            "timezone": "Europe/Berlin",
            "ends_timezone": "Europe/London",
        },
    ],
)
def test_all_readers_see_what_was_meant(changes):
    entry = make_entry(**changes)
    (seen,) = read_by_all(make_file(entry))
    assert seen[:7] == (
        entry.uid,
        entry.starts_at,
        entry.ends_at,
        entry.summary,
        entry.status,
        entry.location,
        entry.sequence,
    )


@pytest.mark.node
def test_all_readers_see_the_same_days():
    entry = make_entry(all_day=True, starts_at=on_clocks("2026-05-07 00:00"), ends_at=on_clocks("2026-05-09 17:00"))
    (seen,) = read_by_all(make_file(entry))
    assert (seen.start, seen.end) == (date(2026, 5, 7), date(2026, 5, 10))


def test_instants_in_another_zone_are_written_all_the_same():
    entry = make_entry(in_utc=True)
    elsewhere = replace(entry, starts_at=entry.starts_at.astimezone(), changed_at=entry.changed_at.astimezone())
    assert vevent(elsewhere) == vevent(entry)
    assert entry.starts_at.tzinfo is UTC
