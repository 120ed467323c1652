"""The agenda as its organiser sees it: every item with what is the matter with it, and forms filled from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.agenda.busy import title_for
from app.agenda.keeping import keeper
from app.agenda.meeting import titled
from app.agenda.models import AgendaItem
from app.agenda.presenters import Agenda, AgendaDay, agenda_of, arrival_minute, day_heading
from app.agenda.reading import read_agenda, span_of
from app.agenda.rules import DAY, ERRORS, Finding, Trouble, clock, next_start
from app.events.models import Event
from app.kernel.form_checks import texts_into
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.actors import ANYBODY, Actor

SPARE_ROWS = 2
DAYS_OF_A_ROUGH_EVENT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """``reason``: why somebody accepted it, empty while it is open. ``other``: what it meets."""

    trouble: Trouble
    is_error: bool
    words: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """``problems`` by the item's id, errors first; ``open_count``: how many nobody has accepted."""

    agenda: Agenda
    problems: dict[int, list[Problem]]
    open_count: int

    @property
    def days(self) -> tuple[AgendaDay, ...]:
        return self.agenda.days


def editor_of(event: Event, actor: Actor = ANYBODY, *, rows: Sequence[AgendaItem] | None = None) -> Editor:
    """Everything that is planned, internal items too, with what is the matter, as far as the actor may know."""
    rows = keeper().rows(event) if rows is None else rows
    rooms = {row.room.id: row.room.name for row in rows if row.room}
    titles = {row.id: titled(row) for row in rows}
    accepted = keeper().reasons(event)
    problems: dict[int, list[Problem]] = {}
    for found in read_agenda(event, rows):
        told = problems.setdefault(found.item_id, [])
        if found.trouble not in {problem.trouble for problem in told}:
            told.append(_problem(found, titles, rooms, accepted, actor))
    return Editor(
        agenda=agenda_of(event, language=language(), shows_internal=True, items=rows),
        problems=problems,
        open_count=sum(not problem.reason for told in problems.values() for problem in told),
    )


def day_choices(event: Event, rows: Sequence[AgendaItem] = ()) -> list[tuple[int, str]]:
    """The days of an event; of one without an exact day a few more than its agenda has."""
    span = span_of(event)
    last = max((row.day for row in rows), default=0)
    days = max(span.day_count or DAYS_OF_A_ROUGH_EVENT, last + 1)
    return [(number, day_heading(span, number)) for number in range(days)]


def after(rows: Sequence[AgendaItem], event: Event) -> dict[str, Any]:
    """Where the next item most likely goes: on the last day that has any, and inside the event."""
    span = span_of(event)
    first, last = span.hours
    day = max((row.day for row in rows), default=0)
    of_day = [(row.start_minute, row.end_minute) for row in rows if row.day == day]
    opens = first if day == 0 else min(begins for begins, _ends in of_day)
    starts = next_start(of_day, opens, last if day + 1 == span.day_count else DAY)
    return {"day": day, "starts": "" if starts is None else clock(starts)}


def values_of(row: AgendaItem, event: Event) -> dict[str, Any]:
    """What a form shows of an item."""
    end = arrival_minute(row, row.leg, span_of(event)) if row.leg else row.end_minute
    return {
        **texts_into("title", row.title),
        **texts_into("abstract", row.abstract),
        "revision": row.content_changed_at.isoformat(),
        "day": row.day,
        "starts": clock(row.start_minute),
        "ends": "24:00" if end == DAY else clock(end),
        "ends_next_day": end > DAY,
        "kind": row.kind,
        "audience": row.audience or "",
        "room_id": row.room_id,
        "track": row.track,
        "capacity": row.capacity,
        "timezone": row.timezone,
        "persons": [
            {"person_id": part.person_id, "role": part.role, "organisation_id": part.organisation_id}
            for part in row.persons
        ],
        **(_columns(row.stop) if row.stop else {}),
        **(_columns(row.leg) if row.leg else {}),
    }


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "item_id"}


def _problem(
    found: Finding,
    titles: dict[int, str],
    rooms: dict[int, str],
    accepted: Mapping[tuple[int, str], str],
    actor: Actor,
) -> Problem:
    details = dict(found.details) | ({"room": rooms.get(found.room_id, "")} if found.room_id else {})
    other = titles.get(found.other_id, "") if found.other_id else title_for(actor, found.busy) if found.busy else ""
    return Problem(
        trouble=found.trouble,
        is_error=found.trouble in ERRORS,
        words=say(found.trouble, **details),
        other=other,
        reason=accepted.get((found.item_id, found.trouble), ""),
    )
