"""A consultation: its window, and which countries have answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.plans import errors

LONGEST_DAYS = 366
REMINDED_BEFORE = timedelta(days=3)  # the end


class WindowState(StrEnum):
    COMING = "window_coming"
    OPEN = "window_open"
    OVER = "window_over"


def check_window(opens_on: date, closes_on: date, today: date) -> None:
    """Both days belong to it; raises WindowTurnedRound, WindowPast, WindowTooLong."""
    if closes_on < opens_on:
        raise errors.WindowTurnedRound(field="closes_on")
    if closes_on < today:
        raise errors.WindowPast(field="closes_on")
    if (closes_on - opens_on).days > LONGEST_DAYS:
        raise errors.WindowTooLong(field="closes_on", days=LONGEST_DAYS)


def window_state(opens_on: date, closes_on: date, *, is_closed: bool, today: date) -> WindowState:
    """``is_closed``: the coordinator ended it before its last day."""
    if is_closed or today > closes_on:
        return WindowState.OVER
    return WindowState.OPEN if today >= opens_on else WindowState.COMING


def is_worth_a_reminder(opens_on: date, closes_on: date) -> bool:
    """Where hardly more days pass than before a reminder, who was asked yesterday is not asked again."""
    return closes_on - opens_on > REMINDED_BEFORE


@dataclass(frozen=True, slots=True)
class CountryAnswers:
    """How many organisations of a country are asked, and how many comments came."""

    country: str
    asked: int
    comments: int

    @property
    def is_silent(self) -> bool:
        return not self.comments


def answers(asked: Iterable[str], comments: Iterable[str]) -> tuple[CountryAnswers, ...]:
    """By country of those asked (an entry each) and of comments; the silent first, so that gaps are seen."""
    by_asked, by_comment = Counter(asked), Counter(comments)
    found = [CountryAnswers(one, by_asked[one], by_comment[one]) for one in {*by_asked, *by_comment}]
    return tuple(sorted(found, key=lambda one: (not one.is_silent, one.country)))
