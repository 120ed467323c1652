from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.needs.errors import NotCollected, NotVotedOn, ReasonMissing, TextMissing, TooManyNeeds
from app.needs.rules import (
    AFTER,
    Collecting,
    Gate,
    NeedState,
    check_entry,
    check_reason,
    check_text,
    check_vote,
    merged_votes,
)
from tests.builders import NOW

OPENS, ENDS = NOW, NOW + timedelta(hours=12)


def collecting(**changes: Any) -> Collecting:
    return Collecting(**{"opens_at": OPENS, "ends_at": ENDS} | changes)


@pytest.mark.parametrize(
    ("gate", "now", "is_open"),
    [
        (Gate.BY_TIME, OPENS - timedelta(seconds=1), False),
        (Gate.BY_TIME, OPENS, True),
        (Gate.BY_TIME, ENDS + AFTER - timedelta(seconds=1), True),
        (Gate.BY_TIME, ENDS + AFTER, False),
        (Gate.OPEN, OPENS - timedelta(days=30), True),
        (Gate.CLOSED, OPENS, False),
    ],
)
def test_a_part_collects_on_its_day_or_as_the_organiser_says(gate: Gate, now: datetime, is_open: bool) -> None:
    assert collecting(entries=gate).takes_entries(now) is is_open
    assert collecting(votes=gate).takes_votes(now) is is_open
    assert not collecting(entries=gate, votes=gate, takes_place=False).takes_entries(now)


def test_what_is_too_early_too_much_or_empty_is_refused() -> None:
    with pytest.raises(NotCollected):
        check_entry(collecting(), put_in=0, most=3, now=OPENS - timedelta(days=1))
    with pytest.raises(TooManyNeeds):
        check_entry(collecting(), put_in=3, most=3, now=OPENS)
    check_entry(collecting(), put_in=2, most=3, now=OPENS)
    with pytest.raises(TextMissing):
        check_text(" \n ")
    with pytest.raises(ReasonMissing):
        check_reason("  ")


@pytest.mark.parametrize("state", list(NeedState))
def test_only_what_is_shown_is_voted_for(state: NeedState) -> None:
    if state is NeedState.SHOWN:
        check_vote(collecting(), state, OPENS)
    else:
        with pytest.raises(NotVotedOn):
            check_vote(collecting(), state, OPENS)
    with pytest.raises(NotVotedOn):
        check_vote(None, state, OPENS)


def test_whoever_voted_for_both_counts_once() -> None:
    assert merged_votes([{"a", "b"}, {"b", "c"}, set()]) == {"a", "b", "c"}
