"""The way of a practice from a survey to a library, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.practices.errors import CriteriaMissing, NotNow, NotYourStep, ReasonMissing


class State(StrEnum):
    """How far a practice has come. The two of PUBLIC are read by everybody; a retired one keeps its page."""

    SURVEYED = "practice_surveyed"
    IDENTIFIED = "practice_identified"
    SELECTED = "practice_selected"
    SUBMITTED = "practice_submitted"
    PUBLISHED = "practice_published"
    VALIDATED = "practice_validated"
    RETIRED = "practice_retired"


class Step(StrEnum):
    """What somebody does with a practice. To leave out is a decision too: the practice stays, with the reason."""

    IDENTIFY = "step_identify"
    SELECT = "step_select"
    LEAVE_OUT = "step_leave_out"
    SUBMIT = "step_submit"
    SEND_BACK = "step_send_back"
    DECLINE = "step_decline"
    PUBLISH = "step_publish"
    VALIDATE = "step_validate"
    TAKE_BACK = "step_take_back"
    RETIRE = "step_retire"
    REOPEN = "step_reopen"
    REWRITE = "step_rewrite"  # nobody takes it: it follows from new words for what was validated


class Hand(StrEnum):
    """As what somebody touches a practice. SOLE: who writes one of no project, where nobody else reviews.

    CONDUCTOR: who conducted the study that it came of, and so says which of what was found are the best.
    """

    WRITER = "writer"
    EDITOR = "editor"
    EXPERT = "expert"
    SOLE = "sole"
    CONDUCTOR = "conductor"


PUBLIC = frozenset({State.PUBLISHED, State.VALIDATED})
# nothing that was promised to a reviewer or a reader may be emptied afterwards
HELD_TO_WORD = PUBLIC | {State.SUBMITTED}


@dataclass(frozen=True, slots=True)
class Move:
    """Where a step leads, whose it is, and what it asks for; ``whole``: the form must be filled."""

    to: State
    hands: frozenset[Hand]
    reason: bool = False
    criteria: bool = False
    whole: bool = False


_W, _E, _X, _S, _C = (frozenset({hand}) for hand in Hand)

MOVES: dict[tuple[State, Step], Move] = {
    (State.SURVEYED, Step.IDENTIFY): Move(State.IDENTIFIED, _W | _E | _C),
    (State.SURVEYED, Step.PUBLISH): Move(State.PUBLISHED, _S),
    (State.IDENTIFIED, Step.SELECT): Move(State.SELECTED, _E | _C, reason=True, criteria=True),
    (State.IDENTIFIED, Step.LEAVE_OUT): Move(State.IDENTIFIED, _E | _C, reason=True, criteria=True),
    (State.IDENTIFIED, Step.PUBLISH): Move(State.PUBLISHED, _S),
    (State.SELECTED, Step.LEAVE_OUT): Move(State.IDENTIFIED, _E | _C, reason=True, criteria=True),
    (State.SELECTED, Step.SUBMIT): Move(State.SUBMITTED, _W, whole=True),
    (State.SELECTED, Step.PUBLISH): Move(State.PUBLISHED, _S),
    (State.SUBMITTED, Step.SEND_BACK): Move(State.SELECTED, _E, reason=True),
    (State.SUBMITTED, Step.DECLINE): Move(State.IDENTIFIED, _E, reason=True),
    (State.SUBMITTED, Step.PUBLISH): Move(State.PUBLISHED, _E),
    (State.PUBLISHED, Step.VALIDATE): Move(State.VALIDATED, _X, reason=True),
    (State.PUBLISHED, Step.TAKE_BACK): Move(State.SUBMITTED, _W | _E),
    (State.PUBLISHED, Step.RETIRE): Move(State.RETIRED, _W | _E, reason=True),
    (State.VALIDATED, Step.TAKE_BACK): Move(State.SUBMITTED, _W | _E),
    (State.VALIDATED, Step.RETIRE): Move(State.RETIRED, _W | _E, reason=True),
    (State.RETIRED, Step.REOPEN): Move(State.IDENTIFIED, _W | _E),
}
# from here on a project's editor has had a say, or nobody's if it had none
UNDECIDED = frozenset({State.SURVEYED, State.IDENTIFIED})


def steps_from(state: State, hands: frozenset[Hand]) -> list[Step]:
    """What somebody may do now, in the order of the steps."""
    return [step for step in Step if (move := MOVES.get((state, step))) and move.hands & hands]


def move_of(state: State, step: Step, hands: frozenset[Hand], *, reason: str = "", criteria: str = "") -> Move:
    """The move that a step makes; raises NotNow, NotYourStep, ReasonMissing or CriteriaMissing."""
    move = MOVES.get((state, step))
    if move is None:
        raise NotNow(step=step, state=state)
    if not move.hands & hands:
        raise NotYourStep(step=step, state=state)
    if move.criteria and not criteria.strip():
        raise CriteriaMissing(field="criteria")
    if move.reason and not reason.strip():
        raise ReasonMissing(field="reason")
    return move
