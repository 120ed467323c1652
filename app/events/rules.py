"""What an event is, through which states it goes, and what stands in the way of publishing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from app.events.errors import (
    BadRepeat,
    EndsBeforeStart,
    LastOrganiser,
    MovedIntoPast,
    MovedOutOfPast,
    NotOverYet,
    NotYetComplete,
    ReasonMissing,
    TooLong,
    WrongStep,
)
from app.kernel.dates import DatePrecision, RoughDate, instant, shown_zone, zone

LONGEST = timedelta(days=60)  # of an event whose days are known
MOST_REPEATS = 12  # editions that are made at once
WEEK = timedelta(weeks=1)
LONGEST_NIGHT = timedelta(hours=12)  # what is longer and begins on one day and ends on another is of several days


class Kind(StrEnum):
    CLUSTERS_WORKSHOP = "clusters_workshop"
    STUDY_VISIT = "study_visit"
    EXCHANGE_FORUM = "exchange_forum"


class SubFormat(StrEnum):
    CONFERENCE = "conference"
    TRANSFER_WORKSHOP = "transfer_workshop"
    PEER_REVIEW = "peer_review"
    MATCHMAKING = "matchmaking"
    WEBINAR = "webinar"
    INTERNAL_MEETING = "internal_meeting"


class Format(StrEnum):
    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


class Audience(StrEnum):
    """Who may take part."""

    PUBLIC = "public"
    INVITED = "invited"
    INTERNAL = "internal"


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CALLED_OFF = "called_off"
    HELD = "held"
    ARCHIVED = "archived"


class OrganisationRole(StrEnum):
    ORGANISER = "organiser"
    CO_ORGANISER = "co_organiser"
    HOST = "host"
    PARTICIPANT = "participant"
    SUPPORTER = "supporter"


class PersonRole(StrEnum):
    ORGANISER = "organiser"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    INVITED_EXPERT = "invited_expert"
    RAPPORTEUR = "rapporteur"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    HOST_CONTACT = "host_contact"
    INTERPRETER = "interpreter"
    PRESS = "press"


ORGANISING = frozenset({OrganisationRole.ORGANISER, OrganisationRole.CO_ORGANISER})
SPEAKING = frozenset({PersonRole.SPEAKER, PersonRole.INVITED_EXPERT, PersonRole.MODERATOR})

# from → where it may go; moving back to draft takes a publication back
STEPS: Mapping[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.DRAFT, Status.POSTPONED, Status.CALLED_OFF, Status.HELD}),
    Status.POSTPONED: frozenset({Status.PUBLISHED, Status.CALLED_OFF}),
    Status.CALLED_OFF: frozenset({Status.ARCHIVED}),
    Status.HELD: frozenset({Status.ARCHIVED}),
    Status.ARCHIVED: frozenset(),
}


# steps that nobody may take without saying why: everybody who registered is told
REASONED = frozenset({Status.POSTPONED, Status.CALLED_OFF})


class Part(StrEnum):
    """What a copy may take over from the edition it is made from; the title and the organiser always come along.

    ``AGENDA_PERSONS`` and the rooms of an agenda come with ``AGENDA`` only; ``SEATS`` of its tables too.
    """

    TEXTS = "texts"
    PLACE = "place"
    ORGANISATIONS = "organisations"
    PERSONS = "persons"
    AGENDA = "agenda"
    AGENDA_PERSONS = "agenda_persons"
    SEATS = "seats"
    QUESTIONS = "questions"
    REMINDERS = "reminders"
    INVITATIONS = "invitations"


# who spoke, and who was invited, may not want to be asked again: these are ticked by hand
USUAL_PARTS = frozenset(Part) - {Part.AGENDA_PERSONS, Part.INVITATIONS}
# what a regional copy may take over: persons of the template are not the partner's to hand on
REGIONAL_PARTS = frozenset({Part.TEXTS, Part.ORGANISATIONS, Part.AGENDA, Part.SEATS, Part.QUESTIONS, Part.REMINDERS})
MOST_COPIES = 30  # regional copies that are made at once


class Repeat(StrEnum):
    """How often an edition is copied."""

    ONCE = "once"
    MONTHLY = "monthly"


class NthWeekday(NamedTuple):
    """A day as a month counts it: ``number`` 1 to 5, ``weekday`` 0 for Monday; ``is_last``: none of it follows."""

    number: int
    weekday: int
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a new event of a kind starts from: wall-clock times, and on how many days."""

    days: int
    starts: time
    ends: time


TEMPLATES: Mapping[Kind, Template] = {
    Kind.CLUSTERS_WORKSHOP: Template(days=1, starts=time(9), ends=time(13)),
    Kind.STUDY_VISIT: Template(days=2, starts=time(9), ends=time(16)),
    Kind.EXCHANGE_FORUM: Template(days=1, starts=time(9, 30), ends=time(17)),
}


class Missing(StrEnum):
    """What an event lacks before it can be published."""

    TITLE = "title"
    DATES = "dates"
    PLACE = "place"
    LINK = "link"
    ORGANISER = "organiser"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What the rules must know to say whether an event can be published."""

    has_title: bool
    has_dates: bool
    has_venue: bool
    has_link: bool
    has_organiser: bool
    format: Format
    is_funded: bool = False
    has_funding_sentence: bool = False


def check_step(now_is: Status, becomes: Status) -> None:
    """Refuse a step that the life cycle does not have; raises WrongStep."""
    if becomes not in STEPS[now_is]:
        raise WrongStep(status=now_is, step=becomes)


def may_be_deleted(now_is: Status, history: Iterable[Status]) -> bool:
    """Whether an event was a draft all its life."""
    return all(status is Status.DRAFT for status in (now_is, *history))


def check_reason(becomes: Status, reason: str) -> None:
    """Refuse to postpone or call off without a word why; raises ReasonMissing."""
    if becomes in REASONED and not reason.strip():
        raise ReasonMissing(field="reason")


def check_over(ends_at: datetime, now: datetime) -> None:
    """Refuse to call held what still goes on; raises NotOverYet."""
    if now < ends_at:
        raise NotOverYet(ends_at=ends_at)


def check_move(status: Status, *, before: datetime, after: datetime, now: datetime) -> None:
    """Refuse to move the end of an event across the present: what is announced cannot be over, nor what is over ahead.

    A mistyped year would otherwise close an event for good. Raises MovedIntoPast, MovedOutOfPast.
    """
    if status is Status.PUBLISHED and after <= now < before:
        raise MovedIntoPast(field="ends")
    if status is Status.HELD and after > now:
        raise MovedOutOfPast(field="ends")


def check_organisers(roles: Iterable[OrganisationRole]) -> None:
    """Refuse to leave an event without an organiser, for then nobody could manage it; raises LastOrganiser."""
    if OrganisationRole.ORGANISER not in roles:
        raise LastOrganiser


def missing_for_publication(event: Readiness) -> list[Missing]:
    """Name what is missing, in the order in which the form asks for it."""
    lacks = {
        Missing.TITLE: not event.has_title,
        Missing.DATES: not event.has_dates,
        Missing.PLACE: event.format is not Format.ONLINE and not event.has_venue,
        Missing.LINK: event.format is not Format.ON_SITE and not event.has_link,
        Missing.ORGANISER: not event.has_organiser,
        Missing.FUNDING: event.is_funded and not event.has_funding_sentence,
    }
    return [what for what, is_missing in lacks.items() if is_missing]


def check_complete(event: Readiness) -> None:
    """Refuse to publish what is not complete; raises NotYetComplete with what is missing."""
    if missing := missing_for_publication(event):
        raise NotYetComplete(missing=missing)


def stands_on_lists(*, listed: bool, audience: Audience, status: Status) -> bool:
    """Whether the public list shows it. Feeds ask for an exact day besides."""
    return listed and audience is not Audience.INTERNAL and status is not Status.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFace:
    """What of an event raises SEQUENCE when it changes: time, place and status (RFC 5545, 3.8.7.4)."""

    starts_at: datetime
    ends_at: datetime
    timezone: str
    status: Status
    venue_id: int | None
    online_url: str | None


def raises_sequence(before: CalendarFace, after: CalendarFace, *, sequence: int) -> bool:
    """Whether calendars must be told of a new version. A draft that was never out has nobody to tell."""
    never_out = sequence == 0 and before.status is Status.DRAFT
    return before != after and not never_out


def has_moved(before: CalendarFace, after: CalendarFace) -> bool:
    """Whether those who registered must know: another date, time or place."""
    return replace(before, status=after.status) != after


def check_span(starts_at: datetime, ends_at: datetime, precision: DatePrecision) -> None:
    """An event ends after it starts, and within LONGEST; raises EndsBeforeStart or TooLong."""
    if ends_at <= starts_at:
        raise EndsBeforeStart(field="ends")
    if precision is DatePrecision.DAY and ends_at - starts_at > LONGEST:
        raise TooLong(field="ends", days=LONGEST.days)


def takes_days(starts_at: datetime, ends_at: datetime, timezone: str) -> bool:
    """Whether a calendar shows it as a bar over its days: it touches several on the clocks of its zone.

    An evening that ends after midnight does not.
    """
    there = shown_zone(timezone)
    last = (ends_at - timedelta(microseconds=1)).astimezone(there).date()
    return ends_at - starts_at > LONGEST_NIGHT and last > starts_at.astimezone(there).date()


def rough_span(rough: RoughDate, timezone: str) -> tuple[datetime, datetime]:
    """The first and the last second, in UTC, of the month or year that an event is only known to the exactness of."""
    there = zone(timezone)
    starts = datetime.combine(rough.first, time(), there)
    ends = datetime.combine(rough.last + timedelta(days=1), time(), there)
    return starts.astimezone(UTC), ends.astimezone(UTC) - timedelta(seconds=1)


def moved_to(starts_on: date, starts_at: datetime, ends_at: datetime, timezone: str) -> tuple[datetime, datetime]:
    """The same wall-clock times beginning on another day; raises NoSuchTime where the clocks skip one of them."""
    there = zone(timezone)
    starts, ends = starts_at.astimezone(there), ends_at.astimezone(there)
    ends_on = starts_on + (ends.date() - starts.date())
    return instant(starts_on, starts.time(), timezone), instant(ends_on, ends.time(), timezone)


def nth_weekday(day: date) -> NthWeekday:
    """Which Wednesday, say, of its month a day is."""
    return NthWeekday((day.day + 6) // 7, day.weekday(), (day + WEEK).month != day.month)


def same_weekday_in(year: int, month: int, nth: NthWeekday) -> date:
    """The day of another month that is counted the same.

    The first to the fourth stay what they are, also where one of them happens to be the last. A fifth, which
    not every month has, is the last of its kind, and so is its like in every month: no month is left out.
    """
    first = date(year, month, 1)
    first += timedelta(days=(nth.weekday - first.weekday()) % 7)
    there = first + (nth.number - 1) * WEEK
    return there if there.month == month else there - WEEK


def monthly_from(starts_on: date, times: int) -> list[date]:
    """A day and its like in the months that follow, ``times`` in all; raises BadRepeat outside 1 to MOST_REPEATS."""
    if not 1 <= times <= MOST_REPEATS:
        raise BadRepeat(field="times", most=MOST_REPEATS)
    nth, before = nth_weekday(starts_on), starts_on.year * 12 + starts_on.month - 1
    return [same_weekday_in(month // 12, month % 12 + 1, nth) for month in range(before, before + times)]


def edition_labels(label: str | None) -> Iterator[str]:
    """Numbers for editions that are made together: they count on from a label that is a number, or else from 1."""
    is_number = label is not None and label.isdecimal() and len(label) <= 3
    return map(str, count(int(label) + 1 if label and is_number else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which events a list or a feed shows. Empty means all; every part narrows."""

    kind: str | None = None
    sector: str | None = None
    group: str | None = None
    project: str | None = None
    phase: str | None = None  # of a project, "<slug>.<number>"
    country: str | None = None
    place: str | None = None
    language: str | None = None
    q: str | None = None
    venue: str | None = None
    organisation: str | None = None
    series: str | None = None
    event: str | None = None

    def parts(self) -> dict[str, str]:
        """The parts that narrow, by name."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


# the parts that a list's address may carry, in the order of the form
FILTER_PARAMETERS = ("kind", "sector", "group", "project", "phase", "country", "place", "language", "q")


def collection_keys(parts: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The keys under which changes of an event are noted; ``all`` is always one of them."""
    return frozenset({"all"} | {f"{name}:{value}" for name, values in parts.items() for value in values if value})
