"""What a schedule is worth and which rules it breaks, counted from what it says and not from how it was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from app.meetings.schedule.values import KEPT, SHARES, WEIGHTS, Meeting, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRules:
    """How often each rule is broken; all zero for a schedule that can be printed."""

    in_two_places: int = 0
    table_twice: int = 0
    no_such_table: int = 0
    same_organisation: int = 0
    not_available: int = 0
    beyond_most: int = 0
    not_agreed: int = 0
    met_before: int = 0
    not_at_own_table: int = 0
    no_spare_table: int = 0
    held_but_moved: int = 0

    @property
    def total(self) -> int:
        return sum(astuple(self))


def value_of(problem: Problem, meetings: Iterable[Meeting]) -> int:
    """The sum of what is wanted, of fair shares, and of meetings that stayed where people were told."""
    wants = {pair.ids: pair.want for pair in problem.pairs}
    told = {(one.slot, *one.ids) for one in problem.told}
    shares: Counter[int] = Counter()
    total = 0
    for meeting in meetings:
        if meeting.ids in wants:
            total += WEIGHTS[wants[meeting.ids]]
        total += KEPT * ((meeting.slot, *meeting.ids) in told)
        shares.update(meeting.ids)
    return total + sum(sum(SHARES[:count]) for count in shares.values())


def broken_rules(problem: Problem, meetings: Iterable[Meeting]) -> BrokenRules:
    """Count every breach of the rules that hold for meetings; what was held is bound by none of the later ones."""
    listed = list(meetings)
    held = set(problem.held)
    coming = [one for one in listed if one not in held]
    return BrokenRules(
        in_two_places=_beyond_one((one.slot, person) for one in listed for person in one.ids),
        table_twice=_beyond_one((one.slot, one.table) for one in listed),
        no_such_table=sum(not 1 <= one.table <= _tables(problem).get(one.slot, 0) for one in coming),
        same_organisation=sum(_organisation(problem, one.one) == _organisation(problem, one.other) for one in coming),
        not_available=sum(not _is_free(problem, person, one.slot) for one in coming for person in one.ids),
        beyond_most=_beyond_most(problem, listed, coming),
        not_agreed=sum(one.ids not in {pair.ids for pair in problem.pairs} for one in coming),
        met_before=_beyond_one(tuple(sorted(one.ids)) for one in listed),
        not_at_own_table=sum(_is_elsewhere(problem, one) for one in coming),
        no_spare_table=_without_spare(problem, coming),
        held_but_moved=len(held - set(listed)),
    )


def _beyond_one(things: Iterable[object]) -> int:
    return sum(count - 1 for count in Counter(things).values())


def _tables(problem: Problem) -> dict[int, int]:
    return {slot.id: slot.tables for slot in problem.slots}


def _organisation(problem: Problem, person: int) -> str:
    found = problem.by_id.get(person)
    return found.organisation if found else f"nobody known: {person}"


def _is_free(problem: Problem, person: int, slot: int) -> bool:
    found = problem.by_id.get(person)
    return found is not None and slot in found.free


def _beyond_most(problem: Problem, listed: list[Meeting], coming: list[Meeting]) -> int:
    """Who held more than they may now is not broken by it, only by one that comes on top."""
    all_in_all = Counter(person for one in listed for person in one.ids)
    later = Counter(person for one in coming for person in one.ids)
    most = {one.id: one.most for one in problem.attendees}
    return sum(min(later[person], max(all_in_all[person] - most.get(person, 0), 0)) for person in later)


def _is_elsewhere(problem: Problem, meeting: Meeting) -> bool:
    own = {one.id: one.table for one in problem.attendees if one.table is not None}
    hosts = {own[person] for person in meeting.ids if person in own}
    return meeting.table not in hosts if hosts else meeting.table in own.values()


def _without_spare(problem: Problem, coming: list[Meeting]) -> int:
    own = {one.table for one in problem.attendees if one.table is not None}
    taken = Counter(one.slot for one in coming if one.table not in own)
    return sum(max(taken[slot.id] - problem.usable(slot), 0) for slot in problem.slots)
