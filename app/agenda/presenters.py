"""An agenda as a page shows it: days with a thread, or with a grid where rooms run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask_babel import gettext as _

from app.agenda import queries
from app.agenda.annotations import Annotation, links_of
from app.agenda.durations import duration
from app.agenda.grid import Block, Grid, grid_of
from app.agenda.house_rules import house_rules_of
from app.agenda.models import AgendaItem, AgendaPerson, Leg, Stop
from app.agenda.reading import slot_of, span_of
from app.agenda.rules import PAUSES, AgendaRole, PhotoPolicy, Protection, Span, TravelMode, clock, minute_here
from app.events.models import Event
from app.events.presenters import zone_words
from app.events.rules import Audience, Kind
from app.kernel.date_words import day_with_weekday
from app.kernel.dates import NoSuchTime
from app.kernel.phrases import say
from app.kernel.texts import Texts, Wording

HUES = {Kind.CLUSTERS_WORKSHOP: "workshop", Kind.STUDY_VISIT: "visit", Kind.EXCHANGE_FORUM: "forum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words, with an address where there is a page."""

    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPerson:
    """``name`` is None for somebody who has not agreed to be named: then role and organisation stand alone."""

    role: AgendaRole
    role_words: str
    name: str | None
    url: str | None
    organisation: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStop:
    host: Link | None
    venue: Link | None
    address: str
    gate: str | None
    group_limit: int | None
    bring: tuple[str, ...]
    identity: str | None
    photo_policy: PhotoPolicy
    photos: str
    needs_nondisclosure: bool
    safety: Wording  # empty where the host has written nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLeg:
    """``travel``: "Coach, 15 min · 6 km"; ``route``: "Lodi station → Parco Tecnologico Padano"."""

    mode: TravelMode
    travel: str
    departs_from: str
    arrives_at: str
    arrives: str
    operator: str | None
    meeting_point: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """``starts`` and ``ends`` are wall-clock times; ``instant`` is ISO 8601, empty where no day is known."""

    id: int
    anchor: str
    starts: str
    ends: str
    instant: str
    zone: str
    zone_note: str | None
    length: str
    kind_words: str
    is_pause: bool
    title: Wording
    abstract: Wording
    place: str
    audience: Audience | None
    audience_words: str | None
    capacity: int | None
    persons: tuple[ShownPerson, ...]
    stop: ShownStop | None
    leg: ShownLeg | None
    links: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    number: int
    on: date | None
    heading: str
    items: tuple[ShownItem, ...]
    grid: Grid | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """``is_itinerary``: a study visit, with stops and legs. ``hue``: the class of the event's kind."""

    days: tuple[AgendaDay, ...]
    hue: str
    is_itinerary: bool
    zone: str
    zone_words: str
    shows_days: bool

    def __bool__(self) -> bool:
        return bool(self.days)

    @property
    def has_grid(self) -> bool:
        return any(day.grid for day in self.days)


def agenda_of(
    event: Event, *, language: str, shows_internal: bool = False, items: Sequence[AgendaItem] | None = None
) -> Agenda:
    """The agenda of an event in a language, in a fixed number of queries. Internal items are for organisers.

    ``items``: what is planned, where that is shown instead of what is valid.
    """
    rows = [
        item
        for item in (queries.items(event.id) if items is None else items)
        if shows_internal or (item.audience or event.audience) is not Audience.INTERNAL
    ]
    ids = [row.id for row in rows]
    links, house_rules = links_of(ids), house_rules_of(ids)
    span = span_of(event)
    days = tuple(
        _day(
            number,
            [
                _item(row, event, span, Around(links.get(row.id, ()), house_rules.get(row.id, Texts())), language)
                for row in of_day
            ],
            span,
        )
        for number, of_day in groupby(rows, key=lambda row: row.day)
    )
    return Agenda(
        days=days,
        hue=HUES[event.kind],
        is_itinerary=event.kind is Kind.STUDY_VISIT or any(row.leg or row.stop for row in rows),
        zone=event.timezone,
        zone_words=zone_words(event.timezone),
        shows_days=len(days) > 1 or (span.day_count or 1) > 1,
    )


def day_heading(span: Span, number: int) -> str:
    """``Thursday 18 March 2027``, or ``Day 1`` where the day is not known."""
    if span.first_day is None:
        return str(_("Day %(number)s", number=number + 1))
    return day_with_weekday(span.first_day + timedelta(days=number))


def _day(number: int, shown: list[tuple[ShownItem, Block]], span: Span) -> AgendaDay:
    has_travel = any(item.leg or item.stop for item, _block in shown)
    return AgendaDay(
        number=number,
        on=span.first_day + timedelta(days=number) if span.first_day else None,
        heading=day_heading(span, number),
        items=tuple(item for item, _block in shown),
        grid=None if has_travel else grid_of([block for _item, block in shown]),
    )


@dataclass(frozen=True, slots=True)
class Around:
    """What higher rooms know about an item."""

    links: Sequence[Annotation]
    safety: Texts


def _item(row: AgendaItem, event: Event, span: Span, around: Around, language: str) -> tuple[ShownItem, Block]:
    zone = row.timezone or event.timezone
    begins, ends = on_the_line(row, span)
    audience = row.audience if row.audience is not event.audience else None
    place = row.room.name if row.room else (row.track or "")
    item = ShownItem(
        id=row.id,
        anchor=f"item-{row.id}",
        starts=clock(row.start_minute),
        ends=clock(row.end_minute),
        instant=_instant(row, span),
        zone=zone,
        zone_note=zone_words(zone) if zone != event.timezone else None,
        length=duration(ends - begins),
        kind_words=say(row.kind),
        is_pause=row.kind in PAUSES,
        title=row.title.wording(language),
        abstract=row.abstract.wording(language),
        place=place,
        audience=audience,
        audience_words=say(audience) if audience else None,
        capacity=row.capacity,
        persons=tuple(_person(part) for part in row.persons),
        stop=_stop(row.stop, around.safety, language) if row.stop else None,
        leg=_leg(row, row.leg, span, ends - begins) if row.leg else None,
        links=tuple(around.links),
    )
    return item, Block(id=row.id, begins=begins, ends=ends, place=place)


def on_the_line(row: AgendaItem, span: Span) -> tuple[int, int]:
    """Minutes since the midnight of its day on the event's clock; as typed where a time does not exist."""
    try:
        begins, ends = span.place(slot_of(row))
        there = row.timezone or span.zone
        here = minute_here(span, row.day, row.start_minute, there=there, here=None)
    except NoSuchTime:
        return row.start_minute, row.end_minute
    return here, here + ends - begins


def _instant(row: AgendaItem, span: Span) -> str:
    if span.first_day is None:
        return ""
    try:
        return span.instant(row.day, row.start_minute, row.timezone).isoformat()
    except NoSuchTime:
        return ""


def _person(part: AgendaPerson) -> ShownPerson:
    organisation = part.organisation
    return ShownPerson(
        role=part.role,
        role_words=say(part.role),
        name=part.person.full_name if part.person.is_public else None,
        url=f"/people/{part.person.slug}" if part.person.is_public else None,
        organisation=Link(words=organisation.name, url=f"/organisations/{organisation.slug}") if organisation else None,
    )


def _stop(stop: Stop, safety: Texts, language: str) -> ShownStop:
    venue = stop.venue
    lines = (venue.street, venue.city) if venue else ()
    return ShownStop(
        host=Link(words=stop.host.name, url=f"/organisations/{stop.host.slug}") if stop.host else None,
        venue=Link(words=venue.name.wording(language).text, url=f"/venues/{venue.slug}") if venue else None,
        address=", ".join(line for line in lines if line),
        gate=stop.gate,
        group_limit=stop.group_limit,
        bring=tuple(say(Protection(code)) for code in stop.protective_equipment),
        identity=_identity(stop),
        photo_policy=stop.photo_policy,
        photos=say(stop.photo_policy),
        needs_nondisclosure=stop.needs_nondisclosure,
        safety=safety.wording(language),
    )


def _identity(stop: Stop) -> str | None:
    if not stop.needs_identity:
        return None
    if not stop.identity_days_before:
        return str(_("Bring an identity document: the gate asks for it."))
    sentence = _(
        "Bring an identity document: the host gets the list of names %(days)s days before.",
        days=stop.identity_days_before,
    )
    return str(sentence)


def _leg(row: AgendaItem, leg: Leg, span: Span, minutes: int) -> ShownLeg:
    travel = _("%(mode)s, %(duration)s", mode=say(leg.mode), duration=duration(minutes))
    if leg.distance_km:
        travel = _("%(travel)s · %(distance)s km", travel=travel, distance=leg.distance_km)
    return ShownLeg(
        mode=leg.mode,
        travel=travel,
        departs_from=leg.departs_from,
        arrives_at=leg.arrives_at,
        arrives=clock(arrival_minute(row, leg, span)),
        operator=leg.operator,
        meeting_point=leg.meeting_point,
    )


def arrival_minute(row: AgendaItem, leg: Leg, span: Span) -> int:
    """The end of a leg as the clock shows it where it arrives."""
    here = row.timezone or span.zone
    if not leg.arrival_timezone or leg.arrival_timezone == here:
        return row.end_minute
    return minute_here(span, row.day, row.end_minute, there=here, here=leg.arrival_timezone)
