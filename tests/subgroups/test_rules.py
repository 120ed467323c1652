"""Dividing people and rotating groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.subgroups import rules
from app.subgroups.errors import SizeOutOfRange, SlotOutOfRange
from app.subgroups.rules import Visitor, balance, divide, rotate, sizes, split


def test_26_people_with_a_limit_of_9_go_round_3_stations_in_groups_of_9_9_and_8() -> None:
    assert split(26, limit=9) == [9, 9, 8]
    timetable = rotate(3, 3)
    assert timetable == ((0, 1, 2), (1, 2, 0), (2, 0, 1))


@pytest.mark.parametrize(
    ("people", "limit", "expected"), [(0, 9, []), (1, 9, [1]), (9, 9, [9]), (10, 9, [5, 5]), (3, 1, [1, 1, 1])]
)
def test_groups_are_few_and_even(people: int, limit: int, expected: list[int]) -> None:
    assert split(people, limit=limit) == expected


@given(people=st.integers(0, 2000), limit=st.integers(1, 300))
def test_a_split_loses_nobody_and_keeps_the_limit(people: int, limit: int) -> None:
    found = split(people, limit=limit)
    assert sum(found) == people
    assert all(0 < size <= limit for size in found)
    assert max(found, default=0) - min(found, default=0) <= 1
    assert len(found) == -(-people // limit)


@given(groups=st.integers(0, 25), stations=st.integers(0, 25))
def test_every_group_is_at_every_station_once_and_never_two_at_the_same(groups: int, stations: int) -> None:
    timetable = rotate(groups, stations)
    for turn in timetable:
        there = [station for station in turn if station is not None]
        assert len(there) == len(set(there))
    if groups and stations:
        for group in range(groups):
            been = [turn[group] for turn in timetable if turn[group] is not None]
            assert sorted(been) == list(range(stations))
        assert len(timetable) == max(groups, stations)


visitors = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([None, "a", "b", "c"]), st.sampled_from([None, None, 1, 2, 3])),
    max_size=40,
).map(
    lambda found: [
        Visitor(id=number, seats=seats, party=party, group=group)
        for number, (seats, party, group) in enumerate(found, 1)
    ]
)


@given(people=visitors, limit=st.integers(4, 12))
def test_everybody_gets_a_group_and_no_group_grows_above_the_limit(people: list[Visitor], limit: int) -> None:
    before = sizes(people)
    placed, more = divide(people, [1, 2, 3], limit=limit)
    assert set(placed) == {one.id for one in people}
    assert more >= 0
    assert all(placed[one.id] == one.group for one in people if one.group is not None)
    after: dict[int, int] = {}
    for one in people:
        after[placed[one.id]] = after.get(placed[one.id], 0) + one.seats
    assert all(size <= max(limit, before.get(group, 0)) for group, size in after.items())


def test_those_who_came_together_stay_together_while_there_is_room() -> None:
    people = [Visitor(id=number) for number in range(1, 8)]
    people += [Visitor(id=number, party="x") for number in (8, 9, 10)]
    placed, more = divide(people, [], limit=5)
    assert more == 2
    assert len({placed[number] for number in (8, 9, 10)}) == 1


def test_a_party_that_fits_nowhere_is_divided_and_a_newcomer_joins_friends() -> None:
    crowd = [Visitor(id=number, party="x") for number in range(1, 7)]
    assert sorted(sizes_of(balance(crowd, [1, 2], limit=4))) == [2, 4]
    friend = Visitor(id=1, party="x", group=2)
    others = [Visitor(id=2, group=2), Visitor(id=3, group=1)]
    assert balance([friend, *others, Visitor(id=4, party="x")], [1, 2], limit=4)[4] == 2


def test_little_changes_when_somebody_joins() -> None:
    people = [Visitor(id=number, group=1 + number % 3) for number in range(26)]
    placed, more = divide([*people, Visitor(id=99)], [1, 2, 3], limit=9)
    assert more == 0
    assert {one.id: one.group for one in people} == {key: value for key, value in placed.items() if key != 99}
    assert placed[99] == 3  # the smallest one


def test_who_brings_more_than_a_group_holds_is_left_to_a_hand() -> None:
    placed, more = divide([Visitor(id=1, seats=6), Visitor(id=2)], [], limit=5)
    assert (placed, more) == ({2: 1}, 1)


def test_what_cannot_be_is_refused() -> None:
    for size in (0, rules.MOST_IN_A_GROUP + 1):
        with pytest.raises(SizeOutOfRange):
            rules.check_size(size)
    for minutes in (0, rules.MOST_SLOT + 1):
        with pytest.raises(SlotOutOfRange):
            rules.check_slot(minutes)


@pytest.mark.parametrize(
    ("minutes", "groups", "stations", "slot"), [(75, 3, 3, 25), (100, 4, 3, 25), (60, 0, 0, 60), (2, 9, 3, 1)]
)
def test_rounds_share_the_time_of_the_stations(minutes: int, groups: int, stations: int, slot: int) -> None:
    assert rules.usual_slot(minutes, groups=groups, stations=stations) == slot


def sizes_of(placed: dict[int, int]) -> list[int]:
    return [list(placed.values()).count(group) for group in set(placed.values())]
