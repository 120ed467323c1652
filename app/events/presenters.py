"""An event in a few words: when, where, of what kind. Lists, pages and mails say it alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from babel.dates import get_timezone_location
from flask_babel import gettext as _

from app.events.models import Event
from app.events.rules import Format, Kind, Status, SubFormat
from app.kernel.date_words import clock_time, date_span, last_day, local_day, rough_date
from app.kernel.dates import DatePrecision, RoughDate, shown_zone
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """``days``: "Thursday 11 March 2027"; ``times``: "09:30 – 13:00", empty where only month or year is known."""

    days: str
    times: str = ""
    zone: str = ""
    starts_at: datetime | None = None  # for <time>; None where no day is known
    ends_at: datetime | None = None
    timezone: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.days, self.times) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCard:
    """What a list shows of an event."""

    slug: str
    kind: Kind
    kind_words: str
    status: Status
    status_words: str
    title: Wording
    summary: Wording
    when: When
    where: str
    is_by_invitation: bool
    demonstration: bool


def card_of(event: Event) -> EventCard:
    """The card of an event; needs its venue with the country."""
    return EventCard(
        slug=event.slug,
        kind=event.kind,
        kind_words=kind_words(event.kind, event.sub_format),
        status=event.status,
        status_words=say(event.status),
        title=event.title.wording(language()),
        summary=event.summary.wording(language()),
        when=when(event),
        where=place_line(event),
        is_by_invitation=event.audience != "public",
        demonstration=event.demonstration,
    )


def when(event: Event) -> When:
    """Days and times of an event."""
    return when_of(event.starts_at, event.ends_at, event.timezone, event.date_precision)


def when_line(event: Event) -> str:
    """``Thursday 11 March 2027, 09:30 – 13:00 (Rome time)``, or ``2018``."""
    said = when(event)
    return _("%(when)s (%(zone)s)", when=said, zone=said.zone) if said.zone else str(said)


def place_line(event: Event) -> str:
    """As :func:`where_line`; needs the venue with its country."""
    venue = event.venue
    if venue is None:
        return where_line(event.format, None, None, None)
    return where_line(event.format, venue.name, venue.city, venue.country.name)


def kind_words(kind: Kind, sub_format: SubFormat | None) -> str:
    """``Exchange forum``, or ``Exchange forum: conference``."""
    return _("%(kind)s: %(format)s", kind=say(kind), format=say(sub_format)) if sub_format else say(kind)


def when_of(starts_at: datetime, ends_at: datetime, timezone: str, precision: DatePrecision) -> When:
    """Days and times on the wall clock of the event's zone, in the language in force."""
    first, last = local_day(starts_at, timezone), last_day(starts_at, ends_at, timezone)
    if precision is not DatePrecision.DAY:
        return When(days=rough_date(RoughDate(first, precision)))
    start, end = clock_time(starts_at, timezone), clock_time(ends_at, timezone)
    if first == last:
        times = _("%(start)s – %(end)s", start=start, end=end)
    else:
        times = _("from %(start)s, until %(end)s on the last day", start=start, end=end)
    return When(
        days=date_span(starts_at, ends_at, timezone, weekday=True),
        times=times,
        zone=zone_words(timezone),
        starts_at=starts_at.astimezone(shown_zone(timezone)),
        ends_at=ends_at.astimezone(shown_zone(timezone)),
        timezone=timezone,
    )


def zone_words(timezone: str) -> str:
    """``Rome time``: the zone as people call it."""
    city = get_timezone_location(shown_zone(timezone), locale=language(), return_city=True)
    return _("%(city)s time", city=city) if timezone != "UTC" else "UTC"


def where_line(format: Format, venue: Texts | None, city: str | None, country: Texts | None) -> str:
    """``ProM Facility, Rovereto, Italy``, ``Online``, or both."""
    if format is Format.ONLINE:
        return say(Format.ONLINE)
    lang = language()
    parts = [venue.wording(lang).text if venue else "", city or "", country.wording(lang).text if country else ""]
    place = ", ".join(part for part in parts if part)
    return _("%(place)s, and online", place=place) if format is Format.HYBRID and place else place
