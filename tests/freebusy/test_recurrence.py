"""Rules fall on the days on which another reader lets them fall, and never take long."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.freebusy.importing.recurrence import BadRule, Budget, NotRead, OutOfBudget, TooOften, days, parse_rule

FIRST = date(2026, 5, 4)
SINCE, UNTIL = date(2027, 1, 1), date(2028, 2, 1)
LOTS = 10**6


def found(text: str, first: date = FIRST, since: date = SINCE, until: date = UNTIL) -> list[date]:
    return list(days(parse_rule(text), first, since=since, until=until, budget=Budget(LOTS)))


weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    ordinals = st.sampled_from(["", "1", "2", "-1"]) if frequency in {"MONTHLY", "YEARLY"} else st.just("")
    if draw(st.booleans()):
        nth = draw(ordinals)  # dateutil reads a mixture of 1MO and MO as both at once
        parts.append("BYDAY=" + ",".join(f"{nth}{day}" for day in draw(weekdays)))
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(st.sets(st.sampled_from([1, 4, 15, 28, -1]), min_size=1)))))
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.sets(st.integers(1, 12), min_size=1, max_size=6)))))
    if len(parts) > 2 and frequency != "WEEKLY" and draw(st.booleans()):  # dateutil counts in half a first week
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 400))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    return ";".join(parts)


@settings(max_examples=30, phases=[Phase.generate])  # to shrink would take minutes
@given(rules(), st.dates(date(2025, 1, 1), date(2027, 6, 30)))
def test_days_are_those_of_another_reader(text: str, first: date) -> None:
    assume(
        found(text.partition(";COUNT")[0], first, UNTIL, date(2032, 1, 1))
    )  # or the other one reads to the year 9999
    assert found(text, first) == _by_dateutil(text, first)


def test_a_position_counts_in_the_whole_of_the_first_week() -> None:
    assert found("FREQ=WEEKLY;BYDAY=MO,SA;BYSETPOS=2;COUNT=2", date(2027, 6, 23)) == [
        date(2027, 6, 26),
        date(2027, 7, 3),
    ]


def _by_dateutil(text: str, first: date) -> list[date]:
    rule = rrulestr(text, dtstart=datetime.combine(first, datetime.min.time()))
    return [day for day in (each.date() for each in takewhile(lambda at: at.date() <= UNTIL, rule)) if day >= SINCE]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("FREQ=SECONDLY", TooOften),
        ("FREQ=MINUTELY;INTERVAL=30", TooOften),
        ("FREQ=HOURLY", TooOften),
        ("FREQ=FORTNIGHTLY", BadRule),
        ("INTERVAL=2", BadRule),
        ("FREQ=DAILY;INTERVAL=0", BadRule),
        ("FREQ=WEEKLY;BYDAY=1MO", BadRule),
        ("FREQ=MONTHLY;BYDAY=XX", BadRule),
        ("FREQ=MONTHLY;COUNT=3;UNTIL=20270101", BadRule),
        ("FREQ=WEEKLY;BYDAY", BadRule),
        ("FREQ=YEARLY;BYWEEKNO=3", NotRead),
        ("FREQ=DAILY;BYHOUR=1,2,3", NotRead),
    ],
)
def test_what_is_no_rule_of_bookings_is_named(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        parse_rule(text)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=1000",
        "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=7",
    ],
)
def test_what_never_comes_true_ends_with_the_window(text: str) -> None:
    rule, budget = parse_rule(text), Budget(2_000)
    assert list(days(rule, FIRST, since=SINCE, until=UNTIL, budget=budget)) == []


def test_counting_from_long_ago_has_a_budget() -> None:
    rule = parse_rule("FREQ=DAILY;COUNT=1000000")
    with pytest.raises(OutOfBudget):
        list(days(rule, date(1700, 1, 1), since=SINCE, until=UNTIL, budget=Budget(10_000)))


def test_the_last_days_of_all_time_are_no_trouble() -> None:
    assert found("FREQ=WEEKLY", date.max - timedelta(days=3), date.max, date.max) == []
