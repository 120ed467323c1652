"""Fundamental actions as lines, and the notes that they could be made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.agenda.findings import Finding
from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.plans.models import PlanAction
from app.plans.queries import actions as queries
from app.plans.queries import groups
from app.plans.rules import actions as rules
from app.plans.rules.actions import ActionState, ActionStep, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """``event_slug`` is empty where the event has no public page."""

    id: int
    title: Wording
    owner: str
    owner_slug: str
    owner_id: int
    due: date
    state: ActionState
    is_overdue: bool
    is_settled: bool
    event_slug: str
    event_title: Wording | None
    steps: tuple[ActionStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsView:
    progress: Progress
    open: tuple[ActionLine, ...]
    settled: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """``action_id``: of the action that was made of it."""

    reference: str
    text: str
    about: str
    action_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNotes:
    slug: str
    title: Wording
    notes: tuple[NoteLine, ...]


def actions_view(rows: Sequence[PlanAction], today: date) -> ActionsView:
    """What is open and what is settled, each by its day; ``rows`` come in that order."""
    lines = [line_of(row, today) for row in rows]
    return ActionsView(
        progress=rules.progress(((row.state, row.due) for row in rows), today),
        open=tuple(one for one in lines if not one.is_settled),
        settled=tuple(one for one in lines if one.is_settled),
    )


def line_of(row: PlanAction, today: date) -> ActionLine:
    return ActionLine(
        id=row.id,
        title=row.title.wording(language()),
        owner=row.owner.name,
        owner_slug=row.owner.slug,
        owner_id=row.owner_id,
        due=row.due,
        state=row.state,
        is_overdue=rules.is_overdue(row.state, row.due, today),
        is_settled=row.state in rules.SETTLED,
        event_slug=row.event.slug if row.event and row.event.on_lists else "",
        event_title=row.event.title.wording(language()) if row.event else None,
        steps=rules.possible(row.state),
    )


def notes_by_event(group_id: int, findings: Iterable[Finding]) -> list[EventNotes]:
    """What was noted at the group's events, the newest event first; events without a note are left out."""
    found = list(findings)
    made = queries.made_of([one.reference for one in found])
    return [
        EventNotes(
            slug=event.slug,
            title=event.title.wording(language()),
            notes=tuple(
                NoteLine(reference=one.reference, text=one.text, about=one.about, action_id=made.get(one.reference))
                for one in found
                if one.event_id == event.id
            ),
        )
        for event in groups.event_choices(group_id)
        if any(one.event_id == event.id for one in found)
    ]
