"""Groups, their way round the stations, and the paper of each guide, in the language in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.models import AgendaItem
from app.agenda.rules import Protection, clock
from app.events.models import Event
from app.events.presenters import place_line, when
from app.kernel.date_words import day_with_weekday, local_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.printing import emblem_file
from app.questions.models import Question
from app.questions.presenters import in_words
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.subgroups import queries, rules
from app.subgroups.errors import NoGroups
from app.subgroups.models import SubGroup

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    title: str
    where: str
    limit: int
    bring: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A round: the station of each group, None for a pause."""

    time: str
    stations: tuple[Station | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationView:
    """Stations that begin together. ``is_too_long``: the rounds end later than the stations do."""

    day: int
    start_minute: int
    day_words: str
    ends: str
    slot_minutes: int
    stations: tuple[Station, ...]
    turns: tuple[Turn, ...]
    is_too_long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group; ``people`` in the order of names, ``taken`` with their companions."""

    id: int
    number: int
    name: str
    words: str
    guide: str
    guide_id: int | None
    guide_text: str
    people: tuple[Registration, ...]
    taken: int
    limit: int | None

    @property
    def is_beyond(self) -> bool:
        return self.limit is not None and self.taken > self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGroup:
    """What a participant sees: the group, its guide, and when it is where (time, title, place)."""

    words: str
    guide: str
    stops: tuple[tuple[str, str, str], ...]


def groups_of(event_id: int) -> list[GroupView]:
    """The groups of an event in their order."""
    return [_group(row) for row in queries.groups_of(event_id)]


def group_words(number: int, name: str) -> str:
    """``Group 2``, or ``Group 2: Blue``."""
    return _("Group %(number)s: %(name)s", number=number, name=name) if name else _("Group %(number)s", number=number)


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """What a participant's own page says of the group."""
    group = group_of(registration.allotment.event, registration.id)
    if group is None:
        return None
    return OwnPart(name="group", template="subgroups/_own.html", values={"group": group}, kept=group.words)


def group_of(event: Event, registration_id: int) -> OwnGroup | None:
    """The group of one participant with its way; None where there is none."""
    row = queries.group_of(registration_id)
    if row is None:
        return None
    numbers = sorted(one.number for one in queries.groups_of(event.id))
    return OwnGroup(
        words=group_words(row.number, row.name),
        guide=_guide(row),
        stops=tuple(_way(rotations_of(event, len(numbers)), numbers.index(row.number))),
    )


def rotations_of(event: Event, groups: int) -> list[RotationView]:
    """Every set of stations that begin together, with the rounds of so many groups; six queries at most."""
    slots = queries.slots(event.id)
    found = groupby(queries.stations(event.id), key=lambda item: (item.day, item.start_minute))
    parallel = ((key, list(items)) for key, items in found)
    return [_rotation(event, items, slots.get(key), groups) for key, items in parallel if len(items) > 1]


def people_words(count: int) -> str:
    return ngettext("%(num)d person", "%(num)d people", count)


def guide_papers(event: Event) -> Data:
    """A page for each guide: the way, the names, what is needed. Raises NoGroups where there is none."""
    groups = groups_of(event.id)
    if not groups:
        raise NoGroups
    rotations = rotations_of(event, len(groups))
    needs = _needs([person.id for group in groups for person in group.people])
    title = event.title.wording(language()).text
    return {
        "title": _("%(paper)s: %(event)s", paper=_("Groups"), event=title),
        "lang": language(),
        "foot": " · ".join((_("Groups"), title, when(event).days)),
        "event": {"title": title, "kind": str(event.kind), "when": str(when(event)), "place": place_line(event)},
        "funding": _funding(event),
        "columns": [_("No."), _("Name"), _("Organisation"), _("Brings along"), _("There")],
        "way_words": _("Where the group is"),
        "bring_words": _("To wear"),
        "nobody": _("Nobody is in this group yet."),
        "groups": [_paper(group, rotations, place, needs) for place, group in enumerate(groups)],
    }


def _group(row: SubGroup) -> GroupView:
    people = sorted(
        (member.registration for member in row.members),
        key=lambda one: (one.family_name.casefold(), one.given_name.casefold(), one.id),
    )
    return GroupView(
        id=row.id,
        number=row.number,
        name=row.name,
        words=group_words(row.number, row.name),
        guide=_guide(row),
        guide_id=row.guide_id,
        guide_text=row.guide_text,
        people=tuple(people),
        taken=sum(one.seats for one in people),
        limit=row.allotment.capacity,
    )


def _guide(row: SubGroup) -> str:
    return row.guide.full_name if row.guide else row.guide_text


def _rotation(event: Event, items: Sequence[AgendaItem], slot: int | None, groups: int) -> RotationView:
    first = items[0]
    ends = min(item.end_minute for item in items)
    minutes = slot or rules.usual_slot(ends - first.start_minute, groups=groups, stations=len(items))
    stations = tuple(_station(item) for item in items)
    turns = tuple(
        Turn(
            time=_span(first.start_minute + number * minutes, minutes),
            stations=tuple(None if place is None else stations[place] for place in row),
        )
        for number, row in enumerate(rules.rotate(groups, len(items)))
    )
    return RotationView(
        day=first.day,
        start_minute=first.start_minute,
        day_words=day_with_weekday(local_day(event.starts_at, event.timezone) + timedelta(days=first.day)),
        ends=clock(ends),
        slot_minutes=minutes,
        stations=stations,
        turns=turns,
        is_too_long=first.start_minute + len(turns) * minutes > ends,
    )


def _span(start: int, minutes: int) -> str:
    return _("%(start)s – %(end)s", start=clock(start), end=clock(start + minutes))


def _station(item: AgendaItem) -> Station:
    lang, stop = language(), item.stop
    venue = stop.venue.name.wording(lang).text if stop and stop.venue else ""
    host = stop.host.name if stop and stop.host else ""
    return Station(
        title=item.title.wording(lang).text,
        where=", ".join(part for part in (item.room.name if item.room else "", venue or host) if part),
        limit=(stop.group_limit or 0) if stop else 0,
        bring=tuple(_wear(code) for code in stop.protective_equipment) if stop else (),
    )


def _wear(code: str) -> str:
    return say(Protection(code)) if code in set(Protection) else code


def _way(rotations: Sequence[RotationView], place: int) -> list[tuple[str, str, str]]:
    several_days = len({one.day for one in rotations}) > 1
    way = []
    for rotation in rotations:
        for turn in rotation.turns:
            station = turn.stations[place]
            time = f"{rotation.day_words}, {turn.time}" if several_days else turn.time
            way.append((time, station.title if station else _("Pause"), station.where if station else ""))
    return way


def _needs(registration_ids: Sequence[int]) -> dict[int, list[tuple[Question, Any]]]:
    found: dict[int, list[tuple[Question, Any]]] = defaultdict(list)
    for registration_id, question, value in queries.answers_to_count(registration_ids):
        found[registration_id].append((question, value))
    return found


def _paper(
    group: GroupView, rotations: Sequence[RotationView], place: int, needs: dict[int, list[tuple[Question, Any]]]
) -> Data:
    bring = dict.fromkeys(words for rotation in rotations for one in rotation.stations for words in one.bring)
    return {
        "name": group.words,
        "guide": _("Guide: %(name)s", name=group.guide) if group.guide else _("Guide: not named yet"),
        "size": people_words(group.taken),
        "way": [{"time": time, "title": title, "where": where} for time, title, where in _way(rotations, place)],
        "bring": ", ".join(bring),
        "rows": [
            {
                "number": str(number),
                "name": f"{one.family_name}, {one.given_name}",
                "organisation": one.organisation,
                "along": str(one.seats - 1) if one.seats > 1 else "",
            }
            for number, one in enumerate(group.people, 1)
        ],
        "totals": _totals(group, needs),
    }


def _totals(group: GroupView, needs: dict[int, list[tuple[Question, Any]]]) -> list[Data]:
    """Sizes and choices of the group: how many of each, never whose."""
    counted: dict[Question, Counter[Any]] = defaultdict(Counter)
    for person in group.people:
        for question, value in needs.get(person.id, ()):
            counted[question].update(value if isinstance(value, list) else [value])
    lang = language()
    return [
        {
            "name": question.label.wording(lang).text,
            "rows": [
                {"count": str(count), "words": in_words(question.asked, value, lang)}
                for value, count in sorted(counts.items(), key=lambda pair: _order(pair[0]))
            ],
        }
        for question, counts in counted.items()
    ]


def _order(value: Any) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, (int, float)) else (0.0, str(value))


def _funding(event: Event) -> Data | None:
    programme = event.project.programme if event.project else None
    if programme is None or event.project is None:
        return None
    lang = language()
    sentence = programme.funding_sentence.wording(lang).text
    project = _("Project: %(project)s", project=event.project.acronym)
    return {
        "emblem": emblem_file(programme.emblem),
        "name": programme.name.wording(lang).text,
        "sentence": " ".join(part for part in (sentence, project) if part),
    }
