"""Busy times: nothing gets lost or invented by merging, and what goes out is what other readers find in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import icalendar
import vobject
from hypothesis import given
from hypothesis import strategies as st

from app.calendars.free_busy import Busy, BusyKind, free_busy_file, merged

START = datetime(2027, 3, 1, tzinfo=UTC)
END = START + timedelta(minutes=60)
STRONGEST = [BusyKind.UNAVAILABLE, BusyKind.BUSY, BusyKind.TENTATIVE]


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


busy = st.builds(
    lambda begins, length, kind: Busy(minute(begins), minute(begins + length), kind),
    st.integers(-20, 80),
    st.integers(0, 40),
    st.sampled_from(BusyKind),
)


def kind_at(periods: list[Busy], number: int) -> BusyKind | None:
    here = {period.kind for period in periods if period.begins <= minute(number) < period.ends}
    return next((kind for kind in STRONGEST if kind in here), None)


@given(st.lists(busy, max_size=12))
def test_merging_says_the_same_in_order_and_once(periods: list[Busy]) -> None:
    found = list(merged(periods, START, END))
    assert [kind_at(found, number) for number in range(60)] == [kind_at(periods, number) for number in range(60)]
    for earlier, later in pairwise(found):
        assert earlier.ends <= later.begins
        assert (earlier.ends, earlier.kind) != (later.begins, later.kind)
    assert all(START <= period.begins < period.ends <= END for period in found)
    assert list(merged(found, START, END)) == found
    assert list(merged(reversed(periods), START, END)) == found


@given(st.lists(busy, max_size=6))
def test_two_readers_find_the_periods_that_were_written(periods: list[Busy]) -> None:
    file = free_busy_file(periods, uid="room-1@filo.example", stamp=START, start=START, end=END, lang="en")
    (part,) = icalendar.Calendar.from_ical(file).walk("VFREEBUSY")
    lines = part.get("freebusy", [])
    lines = lines if isinstance(lines, list) else [lines]
    read = [(line.params["FBTYPE"], line.start, line.end) for line in lines]
    expected = [(period.kind.value, period.begins, period.ends) for period in merged(periods, START, END)]
    assert read == expected
    other = vobject.readOne(file.decode()).vfreebusy
    found = [
        (line.fbtype_param, begins, ends) for line in other.contents.get("freebusy", []) for begins, ends in line.value
    ]
    assert found == expected
    assert (other.dtstart.value, other.dtend.value, other.dtstamp.value) == (START, END, START)
