"""The plan as each of the people in it has it."""

from __future__ import annotations

from dataclasses import dataclass

from app.agenda.editor import Problem, editor_of
from app.agenda.presenters import ShownItem
from app.agenda.rules import Trouble
from app.events.models import Event
from app.kernel.phrases import say
from app.network.actors import Actor
from app.planning.reading import plan_of

_OF_PEOPLE = (Trouble.PERSON_TWICE, Trouble.SHORT_CHANGEOVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something that somebody does; ``problems`` are those that come of people."""

    key: str
    day: str
    item: ShownItem
    role: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlan:
    name: str
    turns: tuple[Turn, ...]


def by_person(event: Event, actor: Actor) -> tuple[PersonPlan, ...]:
    """Everybody with a part in what has a time, in the order of names, each with his or her turns in their order."""
    rows = plan_of(event).rows
    editor = editor_of(event, actor, rows=rows)
    shown = {item.id: (day.heading, item) for day in editor.days for item in day.items}
    turns: dict[tuple[str, str, int], list[Turn]] = {}
    for row in rows:
        heading, item = shown[row.id]
        problems = tuple(one for one in editor.problems.get(row.id, ()) if one.trouble in _OF_PEOPLE)
        for part in row.persons:
            who = part.person.family_name, part.person.full_name, part.person.id
            turn = Turn(key=row.uid, day=heading, item=item, role=say(part.role), problems=problems)
            turns.setdefault(who, []).append(turn)
    return tuple(PersonPlan(name=who[1], turns=tuple(found)) for who, found in sorted(turns.items()))
