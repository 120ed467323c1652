"""What keeps rooms and people busy while an event takes place, in words, for whoever puts an item on its agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.agenda.busy import BusyTime, busy_persons, busy_rooms, title_for
from app.agenda.forms import ItemForm
from app.agenda.reading import span_of
from app.calendars.free_busy import BusyKind
from app.events.models import Event
from app.kernel.date_words import date_span, time_span
from app.network.actors import Actor

MOST_LINES = 12  # times told of one room or person


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyLine:
    """``is_chosen``: it is the room or one of the people of the item in hand. ``more`` times are not told."""

    name: str
    times: tuple[str, ...]
    more: int
    is_chosen: bool


def busy_lines(event: Event, form: ItemForm, actor: Actor) -> list[BusyLine]:
    """The rooms that can be chosen and the people who are, as far as they are busy; the chosen room first."""
    span = span_of(event)
    rooms = [(room_id, words) for room_id, words in form.room_id.choices if room_id]
    offered = [(row.form.person_id.data, dict(row.form.person_id.choices)) for row in form.persons]
    persons = {person_id: names[person_id] for person_id, names in offered if person_id and person_id in names}
    of_rooms = busy_rooms(event, [room_id for room_id, _words in rooms], span)
    of_persons = busy_persons(event, list(persons), span)
    rooms.sort(key=lambda room: room[0] != form.room_id.data)
    return [
        *_lines(event, rooms, of_rooms, {form.room_id.data}, actor),
        *_lines(event, persons.items(), of_persons, set(persons), actor),
    ]


def _lines(
    event: Event,
    named: Iterable[tuple[int, str]],
    busy: dict[int, list[BusyTime]],
    chosen: set[int | None],
    actor: Actor,
) -> Iterable[BusyLine]:
    for each, name in named:
        if times := busy.get(each, ()):
            yield BusyLine(
                name=name,
                times=_told(event, times[:MOST_LINES], actor),
                more=max(len(times) - MOST_LINES, 0),
                is_chosen=each in chosen,
            )


def _told(event: Event, times: Sequence[BusyTime], actor: Actor) -> tuple[str, ...]:
    return tuple(_words(event, time, title_for(actor, time)) for time in times)


def _words(event: Event, time: BusyTime, title: str) -> str:
    days = date_span(time.begins, time.ends, event.timezone)
    hours = time_span(time.begins, time.ends, event.timezone)
    if time.kind is BusyKind.TENTATIVE:
        if title:
            return _("%(days)s, %(hours)s, not yet certain: %(title)s", days=days, hours=hours, title=title)
        return _("%(days)s, %(hours)s, not yet certain", days=days, hours=hours)
    return _("%(days)s, %(hours)s: %(title)s", days=days, hours=hours, title=title) if title else f"{days}, {hours}"
