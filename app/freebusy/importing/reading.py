"""From a file to the times of a window, with everything that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from app.freebusy.errors import NoCalendar
from app.freebusy.importing.lines import Component, Property, components
from app.freebusy.importing.problems import Problem, Problems, Trouble
from app.freebusy.importing.recurrence import BadRule, Budget, NotRead, OutOfBudget, Rule, TooOften, days, parse_rule
from app.freebusy.importing.times import BadTime, Clocks, Moment, length_of
from app.freebusy.rules import MOST_TIMES, ImportedTime, Occupancy
from app.kernel.dates import zone

MOST_DAYS = 200_000  # looked at for all recurrence rules of a file
LONGEST_TITLE = 200
_DAY = timedelta(days=1)
_OUTLOOK = {
    "FREE": Occupancy.FREE,
    "TENTATIVE": Occupancy.TENTATIVE,
    "OOF": Occupancy.UNAVAILABLE,
    "WORKINGELSEWHERE": Occupancy.FREE,
}
_PERIODS = {
    "FREE": Occupancy.FREE,
    "BUSY-TENTATIVE": Occupancy.TENTATIVE,
    "BUSY-UNAVAILABLE": Occupancy.UNAVAILABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCalendar:
    """``times`` in order; ``untold``: how many more problems there are than ``problems`` names."""

    name: str
    times: tuple[ImportedTime, ...]
    problems: tuple[Problem, ...]
    untold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An event or one occurrence of it that was changed; ``occurrence`` is the time that it replaces."""

    uid: str
    line: int
    sequence: int
    starts: Moment
    length: timedelta
    title: str
    standing: Occupancy
    is_cancelled: bool
    rule: Rule | None
    more: tuple[Moment, ...]
    without: tuple[Moment, ...]
    occurrence: Moment | None


def read(content: bytes, *, timezone: str, since: datetime, until: datetime) -> ReadCalendar:
    """The times of a file that touch the window from ``since`` to ``until``.

    ``timezone``: the IANA zone of the place, for whole days, for times without a zone and for unknown zones.
    Raises NoCalendar where nothing can be read, or where it is too much.
    """
    problems = Problems()
    found = list(components(content, problems))
    clocks = Clocks(zone(timezone), _zones_named(found), problems)
    name = next((part.word("X-WR-CALNAME") or part.word("NAME") for part in found if part.name == "VCALENDAR"), "")
    entries = [entry for part in found if part.name == "VEVENT" and (entry := _entry(part, clocks))]
    times: dict[str, ImportedTime] = {}
    for time in (*_all_times(entries, clocks, since, until), *_periods(found, clocks, since, until)):
        times[time.key] = time
        if len(times) > MOST_TIMES:
            raise NoCalendar("too_many_times", most=MOST_TIMES)
    return ReadCalendar(
        name=name[:LONGEST_TITLE],
        times=tuple(sorted(times.values(), key=lambda time: (time.begins, time.ends, time.key))),
        problems=tuple(sorted(problems.told, key=lambda problem: problem.line)),
        untold=problems.untold,
    )


def _zones_named(found: list[Component]) -> dict[str, str]:
    return {part.word("TZID"): part.word("X-LIC-LOCATION") for part in found if part.name == "VTIMEZONE"}


def _entry(part: Component, clocks: Clocks) -> _Entry | None:
    """What a VEVENT says; None when something in it cannot be read, and that is noted."""
    problems = clocks.problems
    if part.is_broken:
        return None
    start = part.first("DTSTART")
    if start is None:
        problems.note(part.line, Trouble.NO_START)
        return None
    where = start
    try:
        starts = clocks.moment(start)
        length = _length(part, starts, clocks)
        where = part.first("RECURRENCE-ID") or start
        occurrence = clocks.moment(where) if part.first("RECURRENCE-ID") else None
        more, without = (
            tuple(moment for where in part.all(name) for moment in clocks.moments(where))
            for name in ("RDATE", "EXDATE")
        )
    except BadTime as error:
        problems.note(where.line, Trouble.BAD_TIME, name=where.name, value=str(error)[:40])
        return None
    if length is None or not _is_read_whole(part, problems):
        return None
    try:
        rule = _rule(part, problems)
    except ValueError:
        return None
    title = part.word("SUMMARY")[:LONGEST_TITLE]
    uid = part.word("UID")
    if not uid:
        problems.note(part.line, Trouble.NO_UID)
        uid = f"{title}\0{starts.instant.isoformat()}"
    sequence = part.word("SEQUENCE")
    return _Entry(
        uid=uid,
        line=part.line,
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0,
        starts=starts,
        length=length,
        title=title,
        standing=_standing(part),
        is_cancelled=part.word("STATUS").upper() == "CANCELLED",
        rule=rule,
        more=more,
        without=without,
        occurrence=occurrence,
    )


def _length(part: Component, starts: Moment, clocks: Clocks) -> timedelta | None:
    """How long it takes on the clock of absolute time; whole days in days. None is noted; raises BadTime."""
    problems, end, duration = clocks.problems, part.first("DTEND"), part.first("DURATION")
    if end:
        try:
            ends = clocks.moment(end)
        except BadTime as error:
            problems.note(end.line, Trouble.BAD_TIME, name="DTEND", value=str(error)[:40])
            return None
        are_days = starts.is_day and ends.is_day
        length = ends.wall - starts.wall if are_days else ends.instant - starts.instant
        if length > timedelta():
            return length
        if starts.is_day and not length:  # a day that ends on itself is what several programs write for one day
            return _DAY
        problems.note(end.line, Trouble.ENDS_BEFORE_START if length else Trouble.NO_END)
        return None
    if duration:
        try:
            if length := length_of(duration.value):
                return length
        except BadTime:
            pass
        problems.note(duration.line, Trouble.BAD_LENGTH, value=duration.value[:40])
        return None
    if starts.is_day:
        return _DAY
    problems.note(part.line, Trouble.NO_END)
    return None


def _is_read_whole(part: Component, problems: Problems) -> bool:
    again = part.first("RECURRENCE-ID")
    if again and again.parameters.get("RANGE"):
        problems.note(again.line, Trouble.RANGE_NOT_READ)
        return False
    if second := (*part.all("RRULE")[1:2], *part.all("EXRULE")[:1]):
        problems.note(second[0].line, Trouble.RULE_NOT_READ, part=second[0].name)
        return False
    return True


def _rule(part: Component, problems: Problems) -> Rule | None:
    """The recurrence rule, if there is one; raises ValueError for one that is noted as not read."""
    given = part.first("RRULE")
    if given is None:
        return None
    try:
        return parse_rule(given.value)
    except BadRule as error:
        problems.note(given.line, Trouble.BAD_RULE, part=str(error))
        raise
    except TooOften:
        problems.note(given.line, Trouble.RULE_TOO_OFTEN)
        raise
    except NotRead as error:
        problems.note(given.line, Trouble.RULE_NOT_READ, part=str(error))
        raise


def _standing(part: Component) -> Occupancy:
    outlook = _OUTLOOK.get(part.word("X-MICROSOFT-CDO-BUSYSTATUS").upper())
    if part.word("TRANSP").upper() == "TRANSPARENT" or outlook is Occupancy.FREE:
        return Occupancy.FREE
    if part.word("STATUS").upper() == "TENTATIVE":
        return Occupancy.TENTATIVE
    return outlook or Occupancy.BUSY


def _all_times(entries: list[_Entry], clocks: Clocks, since: datetime, until: datetime) -> Iterator[ImportedTime]:
    masters, replaced = _grouped(entries, clocks.problems)
    budget = Budget(MOST_DAYS)
    for master in masters.values():
        if master.is_cancelled:
            continue
        try:
            for at in _occurrences(master, since, until, budget):
                key = (master.uid, at.instant)
                if key not in replaced:
                    yield from _time(master, at, at if _recurs(master) else None, since, until)
        except OutOfBudget:
            clocks.problems.note(master.line, Trouble.RULES_TOO_LONG)
    for entry in replaced.values():
        if not entry.is_cancelled:
            yield from _time(entry, entry.starts, entry.occurrence, since, until)


def _grouped(entries: list[_Entry], problems: Problems) -> tuple[dict[str, _Entry], dict[tuple[str, datetime], _Entry]]:
    """Events by UID, and changed occurrences by UID and the instant that they replace; the latest of two counts."""
    masters: dict[str, _Entry] = {}
    replaced: dict[tuple[str, datetime], _Entry] = {}
    for entry in entries:
        if entry.occurrence:
            key = (entry.uid, entry.occurrence.instant)
            if key not in replaced or replaced[key].sequence <= entry.sequence:
                replaced[key] = entry
            continue
        if entry.uid in masters:
            problems.note(entry.line, Trouble.SAME_UID, other=masters[entry.uid].line)
        if entry.uid not in masters or masters[entry.uid].sequence <= entry.sequence:
            masters[entry.uid] = entry
    return masters, replaced


def _recurs(entry: _Entry) -> bool:
    return bool(entry.rule or entry.more)


def _occurrences(entry: _Entry, since: datetime, until: datetime, budget: Budget) -> Iterator[Moment]:
    """When a series begins in the window: by its first time, its rule and its further dates, without its exceptions."""
    found = {entry.starts.instant: entry.starts}
    without = {moment.instant for moment in entry.without if not moment.is_day or entry.starts.is_day}
    days_without = {moment.wall.date() for moment in entry.without if moment.is_day}
    if entry.rule:
        first, latest = entry.starts.wall.date(), _day_of(until) + _DAY
        earliest = max(_day_of(since) - entry.length - _DAY, first) if first <= latest else first
        for day in days(entry.rule, first, since=earliest, until=latest, budget=budget):
            at = entry.starts.on(day)
            if _is_past_until(entry.rule, at, day):
                break
            found[at.instant] = at
    for moment in entry.more:
        found[moment.instant] = moment
    for instant, at in found.items():
        if instant not in without and at.wall.date() not in days_without:
            yield at


def _is_past_until(rule: Rule, at: Moment, day: date) -> bool:
    """UNTIL is compared as it was written: digits of a day, of a wall clock, or of UTC."""
    limit = rule.until
    if not limit:
        return False
    if "T" not in limit:
        return f"{day:%Y%m%d}" > limit
    if limit.endswith("Z") and not at.is_day:
        return f"{at.instant:%Y%m%dT%H%M%SZ}" > limit
    return f"{at.wall:%Y%m%dT%H%M%S}" > limit.removesuffix("Z")


def _day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _time(
    entry: _Entry, at: Moment, occurrence: Moment | None, since: datetime, until: datetime
) -> Iterator[ImportedTime]:
    """The occurrence that begins at a moment, if it touches the window."""
    try:
        ends = Moment(at.wall + entry.length, at.zone, True).instant if at.is_day else at.instant + entry.length
    except OverflowError:
        return
    if at.instant >= until or ends <= since:
        return
    yield ImportedTime(
        key=key_of(entry.uid, occurrence.instant if occurrence else None),
        begins=at.instant,
        ends=ends,
        all_day=at.is_day,
        title=entry.title,
        standing=entry.standing,
    )


def key_of(uid: str, occurrence: datetime | None) -> str:
    """What an occurrence is found by again; UIDs can be of any length."""
    return sha256(f"{uid}\0{occurrence.isoformat() if occurrence else ''}".encode()).hexdigest()


def _periods(found: list[Component], clocks: Clocks, since: datetime, until: datetime) -> Iterator[ImportedTime]:
    """The busy times of VFREEBUSY components, which have neither names nor titles."""
    for part in found:
        if part.name != "VFREEBUSY":
            continue
        for given in part.all("FREEBUSY"):
            standing = _PERIODS.get(given.parameters.get("FBTYPE", "BUSY").upper(), Occupancy.BUSY)
            for text in given.value.split(","):
                span = _span(text.strip(), given, clocks)
                if span and span[0] < until and span[1] > since and standing is not Occupancy.FREE:
                    key = key_of(f"{standing}\0{span[1].isoformat()}", span[0])
                    yield ImportedTime(
                        key=key, begins=span[0], ends=span[1], all_day=False, title="", standing=standing
                    )


def _span(text: str, given: Property, clocks: Clocks) -> tuple[datetime, datetime] | None:
    start, _slash, end = text.partition("/")
    try:
        begins = clocks.moment_of(start, given).instant
        ends = begins + length_of(end) if end.startswith(("P", "+P")) else clocks.moment_of(end, given).instant
    except (BadTime, OverflowError):
        begins = ends = datetime.min.replace(tzinfo=UTC)
    if ends <= begins:
        clocks.problems.note(given.line, Trouble.BAD_PERIOD, value=text[:40])
        return None
    return begins, ends
