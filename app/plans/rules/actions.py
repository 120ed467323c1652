"""Fundamental actions: their states, when they are overdue, how far they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.plans import errors

LONGEST_TITLE = 200


class ActionState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class ActionStep(StrEnum):
    START = "start"
    FINISH = "finish"
    DROP = "drop"
    REOPEN = "reopen"


SETTLED = frozenset({ActionState.DONE, ActionState.DROPPED})
STEPS: dict[tuple[ActionState, ActionStep], ActionState] = {
    (ActionState.PLANNED, ActionStep.START): ActionState.UNDER_WAY,
    (ActionState.PLANNED, ActionStep.FINISH): ActionState.DONE,
    (ActionState.PLANNED, ActionStep.DROP): ActionState.DROPPED,
    (ActionState.UNDER_WAY, ActionStep.FINISH): ActionState.DONE,
    (ActionState.UNDER_WAY, ActionStep.DROP): ActionState.DROPPED,
    (ActionState.DONE, ActionStep.REOPEN): ActionState.UNDER_WAY,
    (ActionState.DROPPED, ActionStep.REOPEN): ActionState.PLANNED,
}


def after(state: ActionState, step: ActionStep) -> ActionState:
    """Where a step leads; raises StepNotPossible."""
    found = STEPS.get((state, step))
    if found is None:
        raise errors.StepNotPossible(state=state, step=step)
    return found


def possible(state: ActionState) -> tuple[ActionStep, ...]:
    """The steps that an action can take now."""
    return tuple(step for step in ActionStep if (state, step) in STEPS)


def is_overdue(state: ActionState, due: date, today: date) -> bool:
    """From the day after; what is settled is never overdue."""
    return state not in SETTLED and due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many actions are done and open; what was dropped does not count."""

    done: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.done + self.open

    @property
    def is_complete(self) -> bool:
        """Something was done and nothing is left."""
        return self.done > 0 and self.open == 0


def progress(actions: Iterable[tuple[ActionState, date]], today: date) -> Progress:
    found = list(actions)
    return Progress(
        done=sum(state is ActionState.DONE for state, _due in found),
        open=sum(state not in SETTLED for state, _due in found),
        overdue=sum(is_overdue(state, due, today) for state, due in found),
    )


def title_of(note: str) -> str:
    """The first title that a note gives: its first line, cut at a word."""
    first = next((line.strip() for line in note.splitlines() if line.strip()), "")
    if len(first) <= LONGEST_TITLE:
        return first
    cut = first[: LONGEST_TITLE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
