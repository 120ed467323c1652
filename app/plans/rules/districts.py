"""A meta-district: forming, plan agreed, established; its milestones and what is missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from app.plans import errors
from app.plans.rules.actions import Progress

COUNTRIES_NEEDED = 2
YEARS = range(2000, 2101)


class DistrictState(StrEnum):
    FORMING = "forming"
    PLAN_AGREED = "plan_agreed"
    ESTABLISHED = "established"
    DORMANT = "dormant"


class DistrictStep(StrEnum):
    """AGREE happens with the adoption of the plan; the others are said by the coordinator."""

    AGREE = "agree"
    ESTABLISH = "establish"
    REST = "rest"
    WAKE = "wake"


class Milestone(StrEnum):
    """In the order in which they are usually reached."""

    MEMBERS = "members"
    CONSULTED = "consulted"
    AGREED = "agreed"
    ACTIONS = "actions"


STEPS: dict[tuple[DistrictState, DistrictStep], DistrictState] = {
    (DistrictState.FORMING, DistrictStep.AGREE): DistrictState.PLAN_AGREED,
    (DistrictState.FORMING, DistrictStep.REST): DistrictState.DORMANT,
    (DistrictState.PLAN_AGREED, DistrictStep.ESTABLISH): DistrictState.ESTABLISHED,
    (DistrictState.PLAN_AGREED, DistrictStep.REST): DistrictState.DORMANT,
    (DistrictState.ESTABLISHED, DistrictStep.REST): DistrictState.DORMANT,
    (DistrictState.DORMANT, DistrictStep.WAKE): DistrictState.FORMING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known: countries of the member clusters, whether the plan was consulted and adopted, the actions."""

    countries: frozenset[str] = frozenset()
    was_consulted: bool = False
    is_adopted: bool = False
    actions: Progress = field(default_factory=Progress)


def reached(standing: Standing) -> dict[Milestone, bool]:
    """Every milestone, and whether it is reached."""
    return {
        Milestone.MEMBERS: len(standing.countries) >= COUNTRIES_NEEDED,
        Milestone.CONSULTED: standing.was_consulted,
        Milestone.AGREED: standing.is_adopted,
        Milestone.ACTIONS: standing.actions.is_complete,
    }


def missing(standing: Standing) -> tuple[Milestone, ...]:
    return tuple(one for one, is_reached in reached(standing).items() if not is_reached)


def after(state: DistrictState, step: DistrictStep, standing: Standing) -> DistrictState:
    """Where a step leads; who wakes stands where the plan stands.

    Raises StepNotPossible, and MilestonesMissing for a meta-district that is not complete.
    """
    found = STEPS.get((state, step))
    if found is None:
        raise errors.StepNotPossible(state=state, step=step)
    if step is DistrictStep.ESTABLISH and (lacking := missing(standing)):
        raise errors.MilestonesMissing(count=len(lacking))
    if step is DistrictStep.WAKE and standing.is_adopted:
        return DistrictState.PLAN_AGREED
    return found


def proposes_established(state: DistrictState, standing: Standing) -> bool:
    """Whether to ask "established?": everything is reached and nobody has said so."""
    return state is DistrictState.PLAN_AGREED and not missing(standing)


def check_year(year: int) -> None:
    """Raises YearOutOfRange."""
    if year not in YEARS:
        raise errors.YearOutOfRange(field="target_year")


def possible(state: DistrictState) -> Collection[DistrictStep]:
    """What a coordinator can say now."""
    return tuple(step for step in DistrictStep if (state, step) in STEPS and step is not DistrictStep.AGREE)
