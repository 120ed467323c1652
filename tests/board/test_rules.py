from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.board.errors import BadExpiry, PostClosed
from app.board.rules import PostState, check_expiry, check_open, reminder_due, state_of

TODAY = date(2027, 1, 13)


@pytest.mark.parametrize(
    ("days", "is_closed", "state"),
    [
        (0, False, PostState.OPEN),
        (-1, False, PostState.EXPIRED),
        (5, True, PostState.CLOSED),
        (-5, True, PostState.CLOSED),
    ],
)
def test_a_post_stands_to_the_end_of_its_last_day(days: int, is_closed: bool, state: PostState) -> None:
    assert state_of(TODAY + timedelta(days=days), is_closed=is_closed, today=TODAY) is state


@pytest.mark.parametrize("days", [-1, 366])
def test_a_day_too_early_or_too_late_is_refused(days: int) -> None:
    with pytest.raises(BadExpiry):
        check_expiry(TODAY + timedelta(days=days), TODAY)


@given(st.integers(-400, 400))
def test_only_open_posts_are_reminded_of_and_answered(days: int) -> None:
    ends = TODAY + timedelta(days=days)
    state = state_of(ends, is_closed=False, today=TODAY)
    assert reminder_due(ends, TODAY) == (0 <= days <= 7)
    if state is PostState.OPEN:
        check_open(state)
        return
    with pytest.raises(PostClosed):
        check_open(state)
