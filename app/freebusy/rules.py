"""What an imported calendar is: its times, how they differ from the last import, when it is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAST = timedelta(days=1)
AHEAD = timedelta(days=400)  # how far recurring events are followed
MOST_TIMES = 10_000
MOST_CALENDARS = 50  # of one organisation
MOST_BYTES = 5_000_000
EVERY = timedelta(hours=1)
_LONGEST_PAUSE = timedelta(days=1)
DRAFT_LIFE = timedelta(days=1)
FREE_BUSY_AHEAD = timedelta(days=180)


class Use(StrEnum):
    """What an imported calendar is for."""

    ROOMS = "rooms"
    PARTNER = "partner"


class Occupancy(StrEnum):
    """Whether whoever has the entry is busy then."""

    BUSY = "busy"
    TENTATIVE = "tentative"
    UNAVAILABLE = "unavailable"
    FREE = "free"


class FetchResult(StrEnum):
    """What became of the last look at an address."""

    UPLOADED = "uploaded"
    READ = "read"
    SAME = "same"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTime:
    """One occurrence. ``key`` finds it again in the next file: of its UID and RECURRENCE-ID."""

    key: str
    begins: datetime
    ends: datetime
    all_day: bool
    title: str
    standing: Occupancy


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does to what stands; ``changed`` holds pairs of before and after."""

    new: tuple[ImportedTime, ...]
    changed: tuple[tuple[ImportedTime, ImportedTime], ...]
    gone: tuple[ImportedTime, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarInput:
    """What an organiser says of a calendar. ``address`` is empty for a file that was uploaded.

    A partner's dates can concern a region, a group, both or everything.
    """

    organisation_id: int
    name: str
    use: Use
    timezone: str
    address: str = ""
    room_ids: tuple[int, ...] = ()
    region_code: str | None = None
    group_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was uploaded or fetched, and what the server gave for asking whether it is still the same."""

    content: bytes
    etag: str = ""
    last_modified: str = ""


def window(now: datetime) -> tuple[datetime, datetime]:
    """What is kept of a calendar: from a day ago to somewhat more than a year ahead."""
    return now - PAST, now + AHEAD


def changes(standing: Mapping[str, ImportedTime], given: Iterable[ImportedTime], *, now: datetime) -> Changes:
    """How a file differs from what stands, in the order of time. What is over is not told as gone."""
    new, changed, same, seen = [], [], 0, set()
    for time in given:
        seen.add(time.key)
        before = standing.get(time.key)
        if before is None:
            new.append(time)
        elif before != time:
            changed.append((before, time))
        else:
            same += 1
    gone = [time for key, time in standing.items() if key not in seen and time.ends > now]
    return Changes(
        tuple(sorted(new, key=_by_time)),
        tuple(sorted(changed, key=lambda pair: _by_time(pair[1]))),
        tuple(sorted(gone, key=_by_time)),
        same,
    )


def next_try(now: datetime, failures: int) -> datetime:
    """Every hour; after failures in a row after 2, 4, 8 hours, at most once a day."""
    return now + min(EVERY * 2 ** min(failures, 10), _LONGEST_PAUSE)


def concerns(
    *, region_code: str | None, group_id: int | None, event_region: str | None, event_groups: Iterable[int]
) -> bool:
    """Whether a partner's dates concern an event: its region or one of its groups, or all events if neither is set."""
    if region_code is None and group_id is None:
        return True
    return (region_code is not None and region_code == event_region) or group_id in set(event_groups)


def _by_time(time: ImportedTime) -> tuple[datetime, datetime, str]:
    return time.begins, time.ends, time.key
