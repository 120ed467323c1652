"""Clocks that go forward and back, in the words of a VTIMEZONE."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from io import StringIO
from zoneinfo import available_timezones

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendars import zones
from app.calendars.posix import seasons
from app.kernel.dates import UnknownZone
from tests.calendars.entries import make_entry, make_file, on_clocks
from tests.readers import read_by_all, read_with_icaljs, read_with_ics, read_with_vobject, readers_here

NAMES = sorted(
    name for name in available_timezones() if "/" in name and (files("tzdata") / "zoneinfo" / name).is_file()
)


def footer_of(name: str) -> str:
    return (files("tzdata") / "zoneinfo" / name).read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode()


ONE_NAME_A_RULE = sorted({footer_of(name): name for name in NAMES}.values())
CHANGING = [name for name in ONE_NAME_A_RULE if "," in footer_of(name)]
EARLIEST, LATEST = 788_918_400, 2_145_916_800  # 1995 to 2037
FOLLOWING_A_TABLE = {"Asia/Gaza", "Asia/Hebron"}  # their changes follow the moon, listed for years ahead


@pytest.mark.parametrize(
    ("name", "observances"),
    [
        (
            "Europe/Rome",
            [
                "DAYLIGHT 20060326T020000 +0100 +0200 CEST FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "STANDARD 20061029T030000 +0200 +0100 CET FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        ),
        (
            "Europe/Dublin",  # by law the summer is standard and the winter an hour less
            [
                "DAYLIGHT 20060326T010000 +0000 +0100 IST FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "STANDARD 20061029T020000 +0100 +0000 GMT FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        ),
        (
            "Australia/Lord_Howe",  # south, and half an hour only
            [
                "DAYLIGHT 20061001T020000 +1030 +1100 +11 FREQ=YEARLY;BYMONTH=10;BYDAY=1SU",
                "STANDARD 20060402T020000 +1100 +1030 +1030 FREQ=YEARLY;BYMONTH=4;BYDAY=1SU",
            ],
        ),
        ("Europe/Istanbul", ["STANDARD 19700101T000000 +0300 +0300 +03"]),
        ("Asia/Kathmandu", ["STANDARD 19700101T000000 +0545 +0545 +0545"]),
        ("America/Caracas", ["STANDARD 19700101T000000 -0400 -0400 -04"]),
        (
            "America/Nuuk",  # the evening before the last Sunday
            [
                (
                    "DAYLIGHT 20060325T230000 -0200 -0100 -01 "
                    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA"
                ),
                "STANDARD 20061029T000000 -0100 -0200 -02 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        ),
        (
            "Africa/Cairo",  # the end of the last Thursday of October may be the first of November
            [
                "DAYLIGHT 20060428T000000 +0200 +0300 EEST FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
                "STANDARD 20061027T000000 +0300 +0200 EET FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
                "STANDARD 20131101T000000 +0300 +0200 EET FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
            ],
        ),
    ],
)
def test_a_zone_is_told_by_its_rule_with_onsets_on_the_clocks_before_the_change(name, observances):
    text = zones.vtimezone(name).decode()
    assert text.startswith(f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n")
    assert observances_of(text) == observances


def observances_of(text: str) -> list[str]:
    order = ("BEGIN", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE")
    blocks = text.split("BEGIN:")[2:]
    fields = [dict(line.split(":", 1) for line in f"BEGIN:{block}".split("\r\n") if ":" in line) for block in blocks]
    return [" ".join(field[key] for key in order if key in field) for field in fields]


def test_every_zone_can_be_told_in_short_lines():
    for name in NAMES:
        lines = zones.vtimezone(name).decode("ascii").split("\r\n")
        assert "BEGIN:STANDARD" in lines, name
        assert max(map(len, lines)) <= 75, name


@pytest.mark.parametrize("name", CHANGING)
def test_the_rule_gives_the_hours_of_the_zone_on_both_sides_of_every_change(name):
    told = tzical(StringIO(zones.vtimezone(name).decode())).get(name)
    wrong = [
        moment
        for moment in moments_around_changes(name)
        if zones.is_ruled(name, moment)
        and moment.astimezone(zones.zone(name)).replace(tzinfo=told).astimezone(UTC) != moment
    ]
    assert not wrong


@pytest.mark.parametrize("name", [name for name in CHANGING if name not in FOLLOWING_A_TABLE])
def test_the_rule_is_true_from_now_on_but_for_the_hour_that_happens_twice(name):
    unruled = [moment for moment in moments_around_changes(name, since=2027) if not zones.is_ruled(name, moment)]
    assert all(happens_twice(name, moment) for moment in unruled)


def moments_around_changes(name: str, since: int = zones.FIRST_YEAR) -> list[datetime]:
    """Just before, at and after each change of a zone's clocks until 2037, found by looking at every day."""
    zone, moments = zones.zone(name), []
    day, end = datetime(since, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
    while day < end:
        after = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            change = next(
                moment
                for minutes in range(15, 1455, 15)
                if (moment := day + timedelta(minutes=minutes)).astimezone(zone).utcoffset()
                != day.astimezone(zone).utcoffset()
            )
            steps = (-1440, -61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 61, 1440)
            moments += [change + timedelta(minutes=step) for step in steps]
        day = after
    return moments


def happens_twice(name: str, moment: datetime) -> bool:
    local = moment.astimezone(zones.zone(name))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@settings(deadline=None, max_examples=150)
@given(
    name=st.sampled_from(NAMES),
    moment=st.integers(EARLIEST, LATEST).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
def test_whatever_the_zone_and_the_year_the_file_says_the_right_instant(name, moment):
    entry = make_entry(starts_at=moment, ends_at=moment + timedelta(hours=5), timezone=name)
    (seen,) = read_with_vobject(make_file(entry))
    assert (seen.start, seen.end) == (entry.starts_at, entry.ends_at)


@pytest.mark.node
def test_all_readers_see_the_right_instants_around_the_changes_of_every_rule():
    moments = [
        (name, moment)
        for name in CHANGING
        for moment in moments_around_changes(name, since=2026)
        if moment.year in {2026, 2030}
    ]
    entries = [
        make_entry(uid=f"{number}@filo.example", starts_at=start, ends_at=start + timedelta(minutes=45), timezone=name)
        for number, (name, start) in enumerate(moments)
    ]
    european = [e for e in entries if e.timezone.startswith("Europe/") and e.timezone != "Europe/Dublin"]
    for read in readers_here():
        # it is slow, and in Dublin's autumn, where the summer is standard time, it puts an end before its start
        asked = european if read is read_with_ics else entries
        seen = [(one.start, one.end) for one in read(make_file(*asked))]
        assert seen == [(e.starts_at, e.ends_at) for e in asked], read.__name__


@pytest.mark.node
@pytest.mark.parametrize("read", [read_with_vobject, read_with_icaljs])
def test_a_reader_that_follows_the_file_shows_a_wrong_zone(read):
    entry = make_entry(starts_at=on_clocks("2026-03-29 03:30"))
    right = make_file(entry)
    late = right.replace(b"DTSTART:20060326T020000", b"DTSTART:20060326T040000")
    assert late != right
    assert read(right)[0].start == entry.starts_at
    assert read(late)[0].start != entry.starts_at


@pytest.mark.parametrize(
    ("name", "clock", "is_ruled"),
    [
        ("Europe/Rome", "2026-05-07 09:00", True),
        ("Europe/Rome", "2007-01-01 00:00", True),
        ("Europe/Rome", "2006-12-31 23:59", False),
        ("Europe/Rome", "2026-10-25 02:30", False),  # happens twice
        ("Europe/Rome", "2026-10-25 03:00", True),
        ("Europe/Istanbul", "2014-01-15 12:00", False),  # it had a winter then
        ("Europe/Istanbul", "2014-07-15 12:00", True),
    ],
)
def test_the_rule_does_not_hold_before_it_was_made_or_when_an_hour_happens_twice(name, clock, is_ruled):
    assert zones.is_ruled(name, on_clocks(clock, name)) is is_ruled


@pytest.mark.parametrize(
    "name", ["", "Rome", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/Rome\n"]
)
def test_a_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(UnknownZone):
        zones.vtimezone(name)


@pytest.mark.parametrize("footer", ["", "CET", "CET-1CEST", "CET-1CEST,J60,J300", "CET-1CEST,M3.5.0"])
def test_a_rule_in_another_form_is_refused(footer):
    with pytest.raises(ValueError, match="zone rule"):
        seasons(footer)


@pytest.mark.node
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (on_clocks("2026-03-29 01:30"), on_clocks("2026-03-29 03:30")),  # over the hour that does not exist
        (on_clocks("2026-03-29 03:00"), on_clocks("2026-03-29 04:00")),
        (on_clocks("2026-10-25 02:30", fold=0), on_clocks("2026-10-25 02:30", fold=1)),
        (on_clocks("2026-10-25 02:30", fold=1), on_clocks("2026-10-25 03:30")),
        (on_clocks("2026-10-24 20:00"), on_clocks("2026-10-25 02:00", fold=0)),
        (on_clocks("2009-07-01 09:00"), on_clocks("2009-07-03 17:00")),
    ],
)
def test_all_readers_agree_on_an_event_at_a_change_of_the_clocks(start, end):
    (seen,) = read_by_all(make_file(make_entry(starts_at=start, ends_at=end)))
    assert (seen.start, seen.end) == (start, end)
