"""A strategic plan: its states, what moves it, and who must draft it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.kernel.texts import Texts
from app.plans import errors

COUNTRIES_NEEDED = 2  # RCO83: jointly developed strategies are drafted by partners of two countries at least
MOST_CHAPTERS = 40


class PlanState(StrEnum):
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class PlanStep(StrEnum):
    """What somebody does to a plan; SUPERSEDE happens when the next one is adopted."""

    EDIT = "edit"
    PUBLISH = "publish"
    CONSULT = "consult"
    CLOSE = "close"
    ADOPT = "adopt"
    TAKE_UP = "take_up"
    SUPERSEDE = "supersede"


OPEN = frozenset({PlanState.DRAFTING, PlanState.CONSULTATION})
STEPS: dict[tuple[PlanState, PlanStep], PlanState] = {
    (PlanState.DRAFTING, PlanStep.EDIT): PlanState.DRAFTING,
    (PlanState.DRAFTING, PlanStep.PUBLISH): PlanState.DRAFTING,
    (PlanState.DRAFTING, PlanStep.CONSULT): PlanState.CONSULTATION,
    (PlanState.DRAFTING, PlanStep.ADOPT): PlanState.ADOPTED,
    (PlanState.CONSULTATION, PlanStep.EDIT): PlanState.CONSULTATION,
    (PlanState.CONSULTATION, PlanStep.CLOSE): PlanState.DRAFTING,
    (PlanState.CONSULTATION, PlanStep.ADOPT): PlanState.ADOPTED,
    (PlanState.ADOPTED, PlanStep.TAKE_UP): PlanState.ADOPTED,
    (PlanState.ADOPTED, PlanStep.SUPERSEDE): PlanState.SUPERSEDED,
}


def after(state: PlanState, step: PlanStep) -> PlanState:
    """Where a step leads; raises StepNotPossible."""
    found = STEPS.get((state, step))
    if found is None:
        raise errors.StepNotPossible(state=state, step=step)
    return found


def is_joint(countries: Collection[str]) -> bool:
    """Whether organisations of two countries at least draft it."""
    return len(set(countries)) >= COUNTRIES_NEEDED


def check_adoption(countries: Collection[str], *, has_version: bool, adopters: int, on: date, today: date) -> None:
    """A published version, drafted by two countries, adopted by somebody, not in the future.

    Raises NothingPublished, NotJoint, NobodyAdopts, AdoptedInFuture.
    """
    if not has_version:
        raise errors.NothingPublished
    if not is_joint(countries):
        raise errors.NotJoint(count=len(set(countries)), needed=COUNTRIES_NEEDED)
    if not adopters:
        raise errors.NobodyAdopts(field="organisations")
    if on > today:
        raise errors.AdoptedInFuture(field="adopted_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where one plan of a group stands; the number and day of its adoption if there was one."""

    state: PlanState
    adopted_on: date | None = None
    adopted_number: int | None = None


def public_stand(plans: Sequence[Stand]) -> Stand | None:
    """What everybody is told of the plans of a group, given from the first to the last; None without any.

    The state is that of the plan which is written now, or else of the one that holds or was the last; the adoption
    is that of the plan that holds.
    """
    if not plans:
        return None
    written = next((one for one in plans if one.state in OPEN), None)
    held = next((one for one in plans if one.state is PlanState.ADOPTED), None)
    current = held or written or plans[-1]
    return replace(current, state=(written or current).state)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as it is frozen in a version; ``key`` stays with it from version to version."""

    key: str
    title: Texts
    body: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOfGroup:
    """What indicators ask of a plan: the countries that draft it and how many organisations adopted it."""

    group_id: int
    countries: frozenset[str]
    uptakes: int


@dataclass(frozen=True, slots=True)
class JointPlans:
    """``developed``: RCO83, ``taken_up``: RCR79; never more are taken up than were developed."""

    developed: int
    taken_up: int


def joint_plans(plans: Iterable[PlanOfGroup]) -> JointPlans:
    """Count groups and not versions: a plan and its successor are one strategy.

    Source: programme manuals 2021-27; a strategy counts as taken up once one organisation adopted it.
    """
    joint = [one for one in plans if is_joint(one.countries)]
    return JointPlans(
        developed=len({one.group_id for one in joint}),
        taken_up=len({one.group_id for one in joint if one.uptakes}),
    )
