from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.meetings.schedule import (
    Meeting,
    Pair,
    Problem,
    Progress,
    Want,
    broken_rules,
    greedy,
    solve,
    value_of,
)
from app.meetings.schedule.chains import mend
from app.meetings.schedule.greedy import fill
from app.meetings.schedule.timetable import Timetable
from tests.meetings.blocks import attendee, block, blocks, slot_of

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SOLVED = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(blocks())
def test_neither_greed_nor_chains_break_a_rule(problem: Problem) -> None:
    first, mended = greedy(problem), mend(fill(Timetable(problem))).meetings()
    assert broken_rules(problem, first).total == 0
    assert broken_rules(problem, mended).total == 0
    assert len(mended) >= len(first)


@SOLVED
@given(blocks(most_people=10))
def test_the_solver_breaks_no_rule_and_is_never_worse_than_greed(problem: Problem) -> None:
    found = solve(problem, seconds=1)
    assert broken_rules(problem, found.meetings).total == 0
    assert value_of(problem, greedy(problem)) == found.greedy_value <= found.value <= found.bound
    assert found.value == value_of(problem, found.meetings)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks(), st.data())
def test_after_a_no_show_what_was_held_stays_and_nothing_moves_without_need(
    problem: Problem, data: st.DataObject
) -> None:
    told = mend(fill(Timetable(problem))).meetings()
    began = data.draw(st.integers(0, len(problem.slots)))
    held = tuple(one for one in told if one.slot < began)
    gone = data.draw(st.sampled_from([one.id for one in problem.attendees])) if problem.attendees else None
    later = replace(
        problem,
        attendees=tuple(
            replace(one, free=frozenset(slot for slot in one.free if slot >= began))
            for one in problem.attendees
            if one.id != gone
        ),
        pairs=tuple(pair for pair in problem.pairs if gone not in pair.ids),
        told=told,
        held=held,
    )
    again = mend(fill(Timetable(later))).meetings()
    assert broken_rules(later, again).total == 0
    assert set(held) <= set(again)
    assert {one for one in told if gone not in one.ids} <= set(again)


def test_rules_are_counted_one_by_one() -> None:
    people = [
        attendee(1, free={0}, table=1),
        attendee(2, organisation="x", most=1),
        attendee(3, organisation="x"),
        attendee(4),
        attendee(5),
    ]
    problem = block(slots=2, tables=3, people=people, pairs=[(1, 2), (2, 4), (2, 3), (3, 4)], spare=100)
    held = Meeting(1, 3, 4, 5)
    problem = replace(problem, held=(held,))
    broken = broken_rules(
        problem,
        [
            Meeting(0, 2, 1, 2),  # not at the host's table, two at table 2
            Meeting(0, 2, 2, 4),  # 2 in two places, beyond one meeting, no spare table
            Meeting(0, 9, 2, 3),  # no such table, colleagues, and 2 once more
            Meeting(1, 2, 1, 5),  # 1 has left, and nobody agreed to it
            Meeting(1, 3, 3, 4),  # before what was held at table 3, and 4 was there
        ],
    )
    assert broken.in_two_places == 2
    assert broken.table_twice == 1
    assert broken.no_such_table == 1
    assert broken.same_organisation == 1
    assert broken.not_available == 1
    assert broken.beyond_most == 2
    assert broken.not_agreed == 1
    assert broken.not_at_own_table == 2
    assert broken.no_spare_table == 3
    assert broken.held_but_moved == 1
    assert broken_rules(problem, [held, held]).met_before == 1


def test_greed_is_mended_by_swapping_two_slots() -> None:
    """A ring of four in two slots has room for all four meetings; a pair put at its first free slot may close it."""
    people = [attendee(number, free={0, 1}) for number in range(1, 7)]
    pairs = [(1, 2), (3, 4), (2, 3), (1, 4), (5, 6)]
    problem = block(slots=2, tables=3, people=people, pairs=pairs)
    table = Timetable(problem)
    table.put(Pair(1, 2), 0)
    table.put(Pair(3, 4), 1)  # now (2, 3) finds no slot in common
    assert {one.ids for one in mend(table).meetings()} == set(pairs)


def test_who_has_few_comes_first() -> None:
    """One table: the third meeting of a sought person is worth less than the only one of two others."""
    people = [attendee(number) for number in range(1, 7)]
    problem = block(slots=3, tables=1, people=people, pairs=[(1, 2), (1, 3), (1, 4), (5, 6)])
    assert slot_of(solve(problem, seconds=1).meetings, 5, 6) is not None


def test_who_wants_it_most_meets() -> None:
    people = [attendee(number) for number in range(1, 4)]
    pairs = (Pair(1, 2, Want.MATCHED), Pair(1, 3, Want.MUTUAL))
    problem = replace(block(slots=1, tables=4, people=people, pairs=[]), pairs=pairs)
    assert [one.ids for one in solve(problem, seconds=1).meetings] == [(1, 3)]


def test_the_bound_is_reached_where_everybody_can_meet_everybody() -> None:
    """Eight people meet each other in seven slots: a round robin, which greed alone does not find."""
    people = [attendee(number) for number in range(8)]
    problem = block(slots=7, tables=4, people=people, pairs=list(combinations(range(8), 2)))
    found = solve(problem, seconds=2)
    assert found.is_best
    assert len(found.meetings) == 28
    assert found.gap == 0


def test_a_search_tells_how_far_it_is_and_can_be_stopped() -> None:
    people = [attendee(number) for number in range(20)]
    problem = block(slots=6, tables=5, people=people, pairs=list(combinations(range(20), 2)))
    heard: list[Progress] = []

    def stop_at_once(progress: Progress) -> bool:
        heard.append(progress)
        return True

    found = solve(problem, seconds=60, watch=stop_at_once)
    assert found.is_stopped
    assert found.seconds < 5
    assert found.value >= found.greedy_value
    assert heard[0].bound >= heard[0].value > 0


@pytest.mark.parametrize(("one", "other"), list(product([None, 1, 2], repeat=2))[1:4])
def test_hosts_stay_at_their_tables(one: int | None, other: int | None) -> None:
    more = {key: table for key, table in ((1, one), (2, other)) if table}
    people = [attendee(1, **_table(more, 1)), attendee(2, **_table(more, 2)), attendee(3)]
    problem = block(slots=2, tables=3, people=people, pairs=[(1, 2), (1, 3), (2, 3)])
    meetings = solve(problem, seconds=1).meetings
    assert broken_rules(problem, meetings).total == 0
    for number, table in more.items():
        assert {meeting.table for meeting in meetings if number in meeting.ids} <= {table, *more.values()}


def _table(tables: dict[int, int], number: int) -> dict[str, int]:
    return {"table": tables[number]} if number in tables else {}


def test_nobody_and_nothing_make_an_empty_schedule() -> None:
    found = solve(block(slots=0, tables=0, people=[], pairs=[]), seconds=1)
    assert found.meetings == ()
    assert found.is_best
