"""From when until when a diary is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.diaries import errors
from app.kernel.dates import zone

USUAL_DAYS, MOST_DAYS = 14, 60
DELIVERED_FOR = timedelta(days=14)  # what was written in time still arrives from a phone that found no network


class DiaryState(StrEnum):
    """What somebody can do with the own diary."""

    OPEN = "diary_open"
    NOT_YET = "diary_not_yet"
    CLOSED = "diary_closed"
    POSTPONED = "diary_postponed"
    CALLED_OFF = "diary_called_off"
    NO_PLACE = "diary_no_place"


@dataclass(frozen=True, slots=True)
class Window:
    opens_at: datetime
    closes_at: datetime


def window(first: date, last: date, timezone: str, *, days: int, erased_at: datetime) -> Window:
    """From the midnight that begins the first day until that many days after the last; never past the erasure."""
    opens_at = _midnight(first, timezone)
    closes_at = min(_midnight(last + timedelta(days=days + 1), timezone), erased_at)
    return Window(opens_at, max(opens_at, closes_at))


def state(
    window: Window | None, *, has_place: bool, is_postponed: bool, is_called_off: bool, now: datetime
) -> DiaryState:
    """``window``: None while the day of the visit is not known."""
    if is_called_off:
        return DiaryState.CALLED_OFF
    if not has_place:
        return DiaryState.NO_PLACE
    if is_postponed:
        return DiaryState.POSTPONED
    if window is None or now < window.opens_at:
        return DiaryState.NOT_YET
    return DiaryState.OPEN if now < window.closes_at else DiaryState.CLOSED


def check_writable(state: DiaryState) -> None:
    """Raises what says why nothing can be written."""
    refusals = {
        DiaryState.NOT_YET: errors.NotOpenYet,
        DiaryState.CLOSED: errors.DiaryClosed,
        DiaryState.POSTPONED: errors.DiaryCalledOff,
        DiaryState.CALLED_OFF: errors.DiaryCalledOff,
        DiaryState.NO_PLACE: errors.DiaryWithoutPlace,
    }
    if state in refusals:
        raise refusals[state]


def arrives_in_time(window: Window | None, written_at: datetime, now: datetime) -> bool:
    """Whether what was written before the diary closed is still taken from a phone."""
    return window is not None and written_at < window.closes_at and now < window.closes_at + DELIVERED_FOR


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(0), zone(timezone)).astimezone(UTC)  # where the clocks skip it, the one before
