"""What the pages of imported calendars show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.events.models import Event
from app.freebusy import queries
from app.freebusy.importing import Problem, ReadCalendar
from app.freebusy.models import FreeBusyAddress, ImportedCalendar, ImportedTimeRow
from app.freebusy.rules import Changes, FetchResult, ImportedTime, Occupancy, Use, changes, concerns
from app.kernel.date_words import clock_time, date_span, day_words, last_day, local_day, time_span
from app.kernel.dates import DatePrecision, shown_zone
from app.kernel.i18n import language
from app.kernel.phrases import knows, say
from app.network.actors import Actor
from app.venues.models import Room

MOST_SHOWN = 100  # times of one list
MOST_DATES = 20  # of partners, beside an event
MOST_READ = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """``before`` is what a changed entry said until now."""

    when: str
    title: str
    standing: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    line: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do: ``new``, ``changed`` and ``gone`` hold at most MOST_SHOWN of as many as counted."""

    counts: dict[str, int]
    new: list[TimeLine]
    changed: list[TimeLine]
    gone: list[TimeLine]
    left_out: list[ProblemLine]
    read_anyway: list[ProblemLine]
    untold: int

    @property
    def has_times(self) -> bool:
        return bool(sum(self.counts.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """A calendar on the list, and at the head of its page. ``source``: the host, since an address can be a secret."""

    id: int
    name: str
    use: str
    organisation: str
    concerns: str
    source: str
    result: str
    failure: str
    tried: str
    next_try: str
    is_fetched: bool
    has_failed: bool
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room that the reader runs, with whether its busy times have a secret address."""

    room_id: int
    words: str
    slug: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDate:
    when: str
    title: str
    calendar: str


def preview_of(found: ReadCalendar, differs: Changes, timezone: str) -> Preview:
    """What is new, changed and gone, in words on the clocks of the place."""
    return Preview(
        counts={
            "new": len(differs.new),
            "changed": len(differs.changed),
            "gone": len(differs.gone),
            "same": differs.same,
        },
        new=[time_line(each, timezone) for each in differs.new[:MOST_SHOWN]],
        changed=[
            time_line(after, timezone, before=_words(before, after, timezone))
            for before, after in differs.changed[:MOST_SHOWN]
        ],
        gone=[time_line(each, timezone) for each in differs.gone[:MOST_SHOWN]],
        left_out=_problems(problem for problem in found.problems if not problem.is_read_anyway),
        read_anyway=_problems(problem for problem in found.problems if problem.is_read_anyway),
        untold=found.untold,
    )


def differences(calendar_id: int | None, found: ReadCalendar, *, now: datetime) -> Changes:
    """How a file differs from what stands of the calendar that it would renew."""
    return changes(queries.times(calendar_id) if calendar_id else {}, found.times, now=now)


def time_line(time: ImportedTime, timezone: str, *, before: str = "") -> TimeLine:
    return TimeLine(
        when=when_words(time.begins, time.ends, timezone, all_day=time.all_day),
        title=time.title,
        standing="" if time.standing is Occupancy.BUSY else say(time.standing),
        before=before,
    )


def when_words(begins: datetime, ends: datetime, timezone: str, *, all_day: bool) -> str:
    """``18 March 2027, 09:00–12:30``; whole days without hours."""
    days = date_span(begins, ends, timezone)
    return days if all_day else f"{days}, {time_span(begins, ends, timezone)}"


def calendar_line(row: ImportedCalendar) -> CalendarLine:
    has_failed = row.result is FetchResult.FAILED
    return CalendarLine(
        id=row.id,
        name=row.name,
        use=say(row.use),
        organisation=row.organisation.name,
        concerns=_concerns(row),
        source=host_of(row.address) if row.address else _("A file that was uploaded"),
        result=say(row.result),
        failure=say(row.failure, **row.failure_details) if has_failed and row.failure and knows(row.failure) else "",
        tried=_moment(row.tried_at, row.timezone),
        next_try=_moment(row.next_at, row.timezone),
        is_fetched=bool(row.address),
        has_failed=has_failed,
        problems=row.problem_count,
    )


def room_lines(actor: Actor) -> list[RoomLine]:
    """The rooms that somebody runs."""
    rows = queries.run_rooms(None if actor.is_administrator else actor.managed_ids)
    return [_room_line(room, address) for room, address in rows]


def room_words(room: Room) -> str:
    return _("%(room)s (%(venue)s)", room=room.name, venue=room.venue.name.wording(language()).text)


def other_dates(event: Event, actor: Actor) -> list[OtherDate]:
    """Dates of partners on the days of an event, in its region or group, for those whose organisations know them."""
    if event.date_precision is not DatePrecision.DAY:
        return []
    first = local_day(event.starts_at, event.timezone)
    last = last_day(event.starts_at, event.ends_at, event.timezone)
    organisation_ids = None if actor.is_administrator else actor.managed_ids
    region = event.region_code or (event.venue.region_code if event.venue else None)
    groups = [group.id for group in event.groups]
    here = shown_zone(event.timezone)
    found = queries.partner_times(
        organisation_ids,
        datetime.combine(first, time(), here),
        datetime.combine(last + timedelta(days=1), time(), here),
        limit=MOST_READ,
    )
    return [_other_date(row) for row in found if _is_near(row.calendar, region, groups)][:MOST_DATES]


def host_of(address: str) -> str:
    """The server of an address; the rest of it may open the calendar."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_near(calendar: ImportedCalendar, region: str | None, groups: Iterable[int]) -> bool:
    return concerns(
        region_code=calendar.region_code, group_id=calendar.group_id, event_region=region, event_groups=groups
    )


def _other_date(row: ImportedTimeRow) -> OtherDate:
    return OtherDate(
        when=when_words(row.begins_at, row.ends_at, row.calendar.timezone, all_day=row.all_day),
        title=row.title or _("Without a title"),
        calendar=row.calendar.name,
    )


def _room_line(room: Room, address: FreeBusyAddress | None) -> RoomLine:
    return RoomLine(room_id=room.id, words=room_words(room), slug=room.venue.slug, is_open=address is not None)


def _problems(problems: Iterable[Problem]) -> list[ProblemLine]:
    return [ProblemLine(line=problem.line, words=say(problem.trouble, **problem.details)) for problem in problems]


def _words(before: ImportedTime, after: ImportedTime, timezone: str) -> str:
    """What an entry said, as far as it says something else now."""
    line = time_line(before, timezone)
    parts = [line.when] if (before.begins, before.ends) != (after.begins, after.ends) else []
    parts += [f"“{before.title}”"] if before.title != after.title else []
    parts += [say(before.standing)] if before.standing is not after.standing else []
    return ", ".join(parts) or line.when


def _concerns(row: ImportedCalendar) -> str:
    if row.use is Use.ROOMS:
        names = [room.name for room in row.rooms]
        return ", ".join(names) or _("Its rooms are not there any more")
    parts = [each.name.wording(language()).text for each in (row.region, row.group) if each]
    return ", ".join(parts) or _("Every region and group")


def _moment(moment: datetime, timezone: str) -> str:
    return f"{day_words(local_day(moment, timezone))}, {clock_time(moment, timezone)}"
