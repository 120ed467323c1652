"""The itinerary as its organiser sees it: days with stops and legs, the map, what a change would move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.durations import duration
from app.agenda.editor import Problem, editor_of
from app.agenda.models import AgendaItem
from app.agenda.presenters import ShownItem, arrival_minute, day_heading
from app.agenda.reading import slot_of, span_of
from app.agenda.rules import ERRORS, Slot, Span, TravelMode, clock, minute_here
from app.events.models import Event
from app.events.presenters import zone_words
from app.kernel.map_pins import OutlineMap, Pin, close_up, pin
from app.kernel.phrases import say
from app.network.actors import Actor
from app.venues.models import Venue
from app.visits import plans, queries
from app.visits.plans import Plan
from app.visits.presenters.hosts import HostView
from app.visits.presenters.titles import title_of
from app.visits.rules.times import Step
from app.visits.rules.ways import Place, estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """``number``: of the stop, as on the map. ``slack``: words for the time until what follows.

    ``seats_warning`` is empty where everybody fits in, ``guess`` where no coordinates are known.
    """

    item: ShownItem
    number: int | None
    problems: Sequence[Problem]
    slack: str
    seats_warning: str
    guess: str
    host: HostView | None
    may_go_earlier: bool
    may_go_later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    number: int
    heading: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """``route``: the points of the stops in their order; ``hosts``: how many stops stand how with their host.

    ``state``: how the agenda stands (``plans.state_of``).
    """

    days: Sequence[Day]
    map: OutlineMap
    route: Sequence[tuple[float, float]]
    people: int
    hosts: Sequence[tuple[str, int]]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An entry that would move: ``before`` and ``after`` are its times."""

    title: str
    before: str
    after: str
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What saving would do. ``troubles`` are (is an error, words, title)."""

    shifts: Sequence[Shift]
    troubles: Sequence[tuple[bool, str, str]]
    arrival: str

    @property
    def is_possible(self) -> bool:
        return not any(is_error for is_error, _words, _title in self.troubles)


def itinerary_of(event: Event, actor: Actor, hosts: Mapping[int, HostView]) -> Itinerary:
    """Everything on the page, in a fixed number of queries."""
    rows = plans.rows_of(event)
    editor = editor_of(event, actor)
    people = queries.people_with_a_place(event.id)
    numbers = {row.id: number for number, row in enumerate((row for row in rows if row.stop), 1)}
    by_id = {row.id: row for row in rows}
    guesses = guesses_of(event, rows)
    days = []
    for day in editor.days:
        steps = {step.id: step for step in plans.steps_of(event, rows, day.number)}
        stops = [item.id for item in day.items if item.stop]
        slack = _slacks(list(steps.values()))
        days.append(
            Day(
                number=day.number,
                heading=day.heading,
                entries=[
                    Entry(
                        item=item,
                        number=numbers.get(item.id),
                        problems=editor.problems.get(item.id, ()),
                        slack=slack.get(item.id, ""),
                        seats_warning=_seats(by_id[item.id], people),
                        guess=guesses.get(item.id, ""),
                        host=hosts.get(item.id),
                        may_go_earlier=item.id in stops[1:],
                        may_go_later=item.id in stops[:-1],
                    )
                    for item in day.items
                ],
            )
        )
    drawn = _map(event, rows, numbers)
    return Itinerary(
        days=days,
        map=drawn,
        route=[one.point for one in drawn.pins] if len(drawn.pins) > 1 else [],
        people=people,
        hosts=list(Counter(host.words for host in hosts.values()).items()),
        state=plans.state_of(rows),
    )


def guesses_of(event: Event, rows: Sequence[AgendaItem]) -> dict[int, str]:
    """For each leg between two known places: kilometres and minutes, named as a guess."""
    found = {}
    for place, row in enumerate(rows):
        if row.leg:
            here = next((_venue(event, one) for one in reversed(rows[:place]) if one.stop), None)
            there = next((_venue(event, one) for one in rows[place + 1 :] if one.stop), None)
            if words := guess(here, there, row.leg.mode):
                found[row.id] = words
    return found


def guess_behind(event: Event, rows: Sequence[AgendaItem], after: AgendaItem | None) -> str:
    """The same for a leg that is not there yet, as if by coach: between the stops before and after."""
    place = next((number for number, row in enumerate(rows, 1) if after and row.id == after.id), 0)
    before = next((_venue(event, row) for row in reversed(rows[:place]) if row.stop), None)
    return guess(before, next((_venue(event, row) for row in rows[place:] if row.stop), None), TravelMode.COACH)


def guess(here: Venue | None, there: Venue | None, mode: TravelMode) -> str:
    """``Perhaps 42 km and 55 min: …``; empty where a place is not known, or both are the same."""
    start, end = _coordinates(here), _coordinates(there)
    if start is None or end is None or start == end:
        return ""
    guessed = estimate(start, end, mode)
    return _(
        "Perhaps %(km)s km and %(duration)s, guessed from the straight line × %(factor)s. Ask the operator.",
        km=guessed.kilometres,
        duration=duration(guessed.minutes),
        factor=guessed.factor,
    )


def preview_of(event: Event, rows: Sequence[AgendaItem], plan: Plan) -> Preview:
    """What would move, in the order of time, and what would be the matter then."""
    span = span_of(event)
    titles = {row.id: title_of(row) for row in rows}
    shifts = [
        Shift(
            title=titles[row.id],
            before=_times(row, slot_of(row), span),
            after=_times(row, plan.slots[row.id], span),
        )
        for row in rows
        if row.id in plan.slots
    ]
    troubles = [
        (found.trouble in ERRORS, say(found.trouble, **found.details), titles.get(found.item_id, _("The new entry")))
        for found in plans.troubles_after(event, rows, plan)
    ]
    return Preview(shifts=shifts, troubles=troubles, arrival=_arrival(plan, event))


def moved_words(moved: int) -> str:
    return ngettext("%(num)d other entry moved along.", "%(num)d other entries moved along.", moved) if moved else ""


def values_of(row: AgendaItem, event: Event) -> Mapping[str, object]:
    """What the form shows of an entry; the times are added by :func:`times_of`."""
    found: dict[str, object] = {f"title_{lang}": text for lang, text in row.title.items()}
    for part in (row.stop, row.leg):
        if part:
            found |= {column.key: getattr(part, column.key) for column in part.__table__.columns}
    return found | {"starts": clock(row.start_minute), "minutes": row.end_minute - row.start_minute}


def behind(event: Event, after: AgendaItem | None, day: int) -> tuple[str, str]:
    """When something new would begin behind an entry, and on which clock if it is not the event's."""
    if after is None:
        return clock(span_of(event).hours[0] if day == 0 else 9 * 60), ""
    zone = plans.zone_behind(after)
    minute = after.end_minute
    if after.leg and after.leg.arrival_timezone:
        minute = arrival_minute(after, after.leg, span_of(event))
    return clock(minute), zone_words(zone) if zone and zone != event.timezone else ""


def headings(event: Event) -> Sequence[tuple[int, str]]:
    """The days of an event that may have an itinerary."""
    span = span_of(event)
    return [(number, day_heading(span, number)) for number in range(span.day_count or 1)]


def _slacks(steps: Sequence[Step]) -> dict[int, str]:
    return {
        step.id: _("%(duration)s until what follows", duration=duration(following.begins - step.ends))
        for step, following in pairwise(steps)
        if step.is_leg and following.begins > step.ends
    }


def _seats(row: AgendaItem, people: int) -> str:
    if not row.leg or not row.leg.seats or people <= row.leg.seats:
        return ""
    return _(
        "%(people)s people have a place and there are %(seats)s seats. Ask the operator for more, or plan two trips.",
        people=people,
        seats=row.leg.seats,
    )


def _venue(event: Event, row: AgendaItem) -> Venue | None:
    return (row.stop.venue if row.stop else None) or event.venue


def _coordinates(venue: Venue | None) -> Place | None:
    if venue is None or venue.latitude is None or venue.longitude is None:
        return None
    return venue.latitude, venue.longitude


def _map(event: Event, rows: Sequence[AgendaItem], numbers: Mapping[int, int]) -> OutlineMap:
    pins: list[Pin] = []
    for row in rows:
        venue = _venue(event, row) if row.stop else None
        here = _coordinates(venue)
        if here and venue:
            label = _("%(number)s. %(title)s", number=numbers[row.id], title=title_of(row))
            drawn = pin(*here, label=label, url=f"#item-{row.id}", kind="visit")
            pins.append(replace(drawn, mark=str(numbers[row.id])))
    return close_up(pins)


def _times(row: AgendaItem, slot: Slot, span: Span) -> str:
    ends = slot.end_minute
    there = row.leg.arrival_timezone if row.leg else None
    if there:
        ends = minute_here(span, slot.day, ends, there=slot.zone or span.zone, here=there)
    return _("%(start)s – %(end)s", start=clock(slot.start_minute), end=clock(ends))


def _arrival(plan: Plan, event: Event) -> str:
    """When a leg arrives, as the clock shows it there."""
    if plan.entry is None or plan.entry.leg is None:
        return ""
    there = plan.entry.leg.arrival_timezone
    if there and there != event.timezone:
        return _("Arrival: %(time)s (%(zone)s)", time=clock(plan.entry.slot.end_minute), zone=zone_words(there))
    return _("Arrival: %(time)s", time=clock(plan.entry.slot.end_minute))
