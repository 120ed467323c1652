from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.events.rules import Filter
from app.site.rules import (
    Cursor,
    Month,
    Participant,
    TypeCount,
    View,
    Wanted,
    When,
    count_by_type,
    readable,
    unknown_parts,
)


@pytest.mark.parametrize(
    ("args", "address"),
    [
        ({}, "/events"),
        ({"kind": "study_visit", "q": " prototyping "}, "/events?kind=study_visit&q=prototyping"),
        ({"q": "a", "kind": "b"}, "/events?kind=b&q=a"),
        ({"when": "past"}, "/events?when=past"),
        ({"when": "yesterday", "view": "cube", "page": "-1", "utm_source": "x"}, "/events"),
        ({"view": "month", "month": "2027-03"}, "/events?view=month&month=2027-03"),
        ({"view": "month", "month": "9999-99"}, "/events?view=month"),
        ({"view": "map", "month": "2027-03"}, "/events?view=map"),
        ({"after": "1800000000000000-12"}, "/events?after=1800000000000000-12"),
        ({"after": "999999999999999999-12"}, "/events"),
        ({"after": "'; DROP TABLE event"}, "/events"),
        ({"q": "a\0b\r\nc"}, "/events?q=abc"),
        ({"q": "x" * 10_000}, "/events?q=" + "x" * 200),
    ],
)
def test_a_list_has_one_address_however_it_was_asked_for(args: dict[str, str], address: str) -> None:
    assert Wanted.parse(args).address() == address


def test_a_cursor_survives_its_address() -> None:
    cursor = Cursor(datetime(2027, 3, 28, 1, 30, 0, 7, tzinfo=UTC), 42)
    assert Cursor.parse(str(cursor)) == cursor


def test_narrowing_begins_at_the_first_page() -> None:
    wanted = Wanted.parse({"after": "1800000000000000-12", "sector": "ict"})
    assert wanted.narrowed(sector=None, kind="study_visit").address() == "/events?kind=study_visit"
    assert wanted.other(view=View.MAP, when=When.PAST).address() == "/events?sector=ict&when=past&view=map"


def test_months_turn_over_the_year() -> None:
    assert str(Month(2026, 12).next) == "2027-01"
    assert str(Month(2027, 1).previous) == "2026-12"
    assert Month.parse("2027-13") is Month.parse("20270-1") is Month.parse("٢٠٢٧-٠١") is None


def test_right_to_left_marks_are_no_part_of_a_word() -> None:
    assert readable("\u202eabc\u200f") == "abc"


def test_only_values_that_nothing_has_are_unknown() -> None:
    known = {"kind": frozenset({"study_visit"}), "sector": frozenset({"ict"})}
    filter = Filter(kind="study_visit", sector="nonsense", q="anything")
    assert unknown_parts(filter, known) == ["sector"]


def test_a19_three_clusters_all_local_are_computed() -> None:
    clusters = [Participant(type="cluster_organisation", region_code="ITH2") for _ in range(3)]
    others = [Participant(type="company", region_code="DE2"), Participant(type="company", region_code="ITH2")]
    assert count_by_type(others + clusters, "ITH2") == [
        TypeCount(type="cluster_organisation", organisations=3, local=3),
        TypeCount(type="company", organisations=2, local=1),
    ]


def test_nothing_is_local_to_an_event_without_a_region() -> None:
    assert count_by_type([Participant(type="company", region_code=None)], None)[0].local == 0
