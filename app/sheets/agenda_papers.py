"""What papers about an agenda show: the programme, a sheet for each door, the running order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.agenda import queries as agenda
from app.agenda.grid import Block
from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.presenters import ShownItem, ShownPerson, agenda_of, day_heading, on_the_line
from app.agenda.reading import span_of
from app.events.models import Event
from app.events.presenters import zone_words
from app.events.rules import Audience
from app.kernel.date_words import day_words, local_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.sheets import queries
from app.sheets.parallel import Stretch, Turn, stretches, turns
from app.sheets.presenters import Data, paper


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agenda:
    """Rows and what is shown of them, by id."""

    rows: Sequence[AgendaItem]
    shown: Mapping[int, ShownItem]
    blocks: Mapping[int, Block]

    def by_day(self) -> list[tuple[int, list[AgendaItem]]]:
        return [(day, list(rows)) for day, rows in groupby(self.rows, key=lambda row: row.day)]


def programme(event: Event) -> Data:
    """The agenda as everybody may see it: a thread, in columns where rooms run side by side."""
    found, span = _read(event, shows_internal=event.audience is Audience.INTERNAL), span_of(event)
    return paper(
        event,
        _("Event programme"),
        more=[line for line in (_zone_line(event), _release_line(event)) if line],
        empty=_("The agenda is not out yet. Look at the page of the event again later."),
        days=[
            {
                "heading": day_heading(span, day),
                "stretches": [_stretch(one, found) for one in stretches(found.blocks[row.id] for row in rows)],
            }
            for day, rows in found.by_day()
        ],
    )


def door_sheets(event: Event) -> Data:
    """A page for each room and day on which something is in it."""
    found, span = _read(event, shows_internal=event.audience is Audience.INTERNAL), span_of(event)
    doors = [
        {
            "room": name,
            "day": day_heading(span, day),
            "lines": [_line(found.shown[row.id], place="") for row in rows if row.room_id == room_id],
        }
        for day, rows in found.by_day()
        for name, room_id in sorted({(row.room.name, row.room.id) for row in rows if row.room})
    ]
    return paper(
        event,
        _("Door sheets"),
        empty=_("Nothing on the agenda has a room yet. Give the items their rooms on the page “Agenda”."),
        doors=doors,
    )


def running_order(event: Event, *, day: int) -> Data:
    """One day (from 1) with minutes and room for notes; every name, internal items too."""
    found = _read(event, shows_internal=True)
    rows = {row.id: row for row in found.rows if row.day == day - 1}
    return paper(
        event,
        _("Running order"),
        when_words=day_heading(span_of(event), day - 1),
        more=[_zone_line(event)],
        columns=[_("Start"), _("Min"), _("What"), _("Who"), _("Room"), _("Notes"), _("Since start")],
        empty=_("Nothing is planned on this day. Add items on the page “Agenda”."),
        rows=[
            line
            for turn in turns(found.blocks[row_id] for row_id in rows)
            for line in _turn(turn, rows[turn.id], found.shown[turn.id])
        ],
    )


def _read(event: Event, *, shows_internal: bool) -> _Agenda:
    rows, span = agenda.items(event.id), span_of(event)
    days = agenda_of(event, language=language(), shows_internal=shows_internal, items=rows).days
    shown = {item.id: item for day in days for item in day.items}
    rows = [row for row in rows if row.id in shown]
    lines = {row.id: on_the_line(row, span) for row in rows}
    return _Agenda(
        rows=rows,
        shown=shown,
        blocks={
            row.id: Block(id=row.id, begins=lines[row.id][0], ends=lines[row.id][1], place=shown[row.id].place)
            for row in rows
        },
    )


def _stretch(one: Stretch, found: _Agenda) -> Data:
    is_beside = bool(one.columns)
    return {
        "columns": [name or _("Elsewhere") for name in one.columns],
        "lists": [
            [_line(found.shown[id], place="" if is_beside else found.shown[id].place) for id in ids]
            for ids in one.items
        ],
    }


def _line(item: ShownItem, *, place: str) -> Data:
    leg = item.leg
    return {
        "starts": item.starts,
        "ends": leg.arrives if leg else item.ends,
        "title": _title(item),
        "abstract": item.abstract.text,
        "is_pause": item.is_pause,
        "is_leg": leg is not None,
        "place": place,
        "people": [_said(person) for person in item.persons if person.name or person.organisation],
        "facts": list(_facts(item)),
    }


def _title(item: ShownItem) -> str:
    if item.leg and not item.title and item.leg.arrives_at:
        return _("To %(place)s", place=item.leg.arrives_at)
    return item.title.text or item.kind_words


def _facts(item: ShownItem) -> Iterable[str]:
    if item.stop and item.stop.venue:
        yield ", ".join(part for part in (item.stop.venue.words, item.stop.address) if part)
    if item.leg:
        yield item.leg.travel
        if item.leg.meeting_point:
            yield _("Meet: %(place)s", place=item.leg.meeting_point)
    if item.audience_words:
        yield item.audience_words
    if item.zone_note:
        yield item.zone_note


def _said(person: ShownPerson) -> str:
    """``Speaker: Ada Esempio, HIT``; without a name the organisation stands alone."""
    who = ", ".join(part for part in (person.name, person.organisation.words if person.organisation else "") if part)
    return _("%(role)s: %(name)s", role=person.role_words, name=who)


def _turn(turn: Turn, row: AgendaItem, item: ShownItem) -> list[Data]:
    line = {
        "start": item.starts,
        "minutes": str(turn.minutes),
        "what": _title(item),
        "kind": item.kind_words if item.title else "",
        "who": [_in_full(part) for part in row.persons],
        "room": item.place,
        "elapsed": "{}:{:02d}".format(*divmod(turn.elapsed, 60)),
        "is_gap": False,
    }
    if not turn.gap:
        return [line]
    empty: Data = {"start": "", "kind": "", "who": [], "room": "", "elapsed": "", "is_gap": True}
    return [{**empty, "minutes": str(turn.gap), "what": _("Nothing planned")}, line]


def _in_full(part: AgendaPerson) -> str:
    """For organisers, who know everybody."""
    return _("%(role)s: %(name)s", role=say(part.role), name=part.person.full_name)


def _zone_line(event: Event) -> str:
    return str(_("Times: %(zone)s", zone=zone_words(event.timezone)))


def _release_line(event: Event) -> str:
    """Which release of the agenda it is; nothing where none was ever released."""
    release: Any = queries.latest_release(event.id)
    if release is None:
        return ""
    on = day_words(local_day(release.at, event.timezone))
    return str(_("Release %(number)s: %(name)s, %(day)s", number=release.number, name=release.name, day=on))
