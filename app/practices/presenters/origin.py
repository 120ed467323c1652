"""What came of the services that a study found, for its page and for who selects among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.network.actors import Actor
from app.practices.models import Practice, PracticeChange
from app.practices.permissions import Parties, hands_of, may_review
from app.practices.queries import origin as queries
from app.practices.rules.states import State, Step, steps_from
from app.studies.models import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A practice that came of a service or a study. ``steps``: how the reader may decide about it now."""

    id: int
    slug: str
    title: Wording
    owner: str
    state: State
    verdict: PracticeChange | None
    service_ids: frozenset[int]
    steps: tuple[Step, ...]

    @property
    def is_left_out(self) -> bool:
        return self.verdict is not None and self.verdict.step is Step.LEAVE_OUT and self.state is State.IDENTIFIED


def outcomes_of(study: Study, actor: Actor) -> list[Outcome]:
    """Those that the reader may read: published and retired ones, others as their writers and reviewers."""
    found = queries.came_of(study.id)
    verdicts = queries.verdicts_on([one.id for one in found])
    parties = queries.parties_of_all(found) if actor.signed_in or actor.is_system else {}
    return [_outcome(one, verdicts.get(one.id), steps) for one, steps in _readable(found, parties, actor)]


def beside_services(study: Study, outcomes: list[Outcome]) -> dict[int, list[Outcome]]:
    """Outcomes by the services of the study of which they came."""
    return {one.id: [each for each in outcomes if one.id in each.service_ids] for one in study.services}


def other_outcomes(study: Study, outcomes: list[Outcome]) -> list[Outcome]:
    """Those that name the study and none of its services."""
    ids = {one.id for one in study.services}
    return [each for each in outcomes if not each.service_ids & ids]


def _readable(
    found: Sequence[Practice], parties: Mapping[int, Parties], actor: Actor
) -> Iterator[tuple[Practice, tuple[Step, ...]]]:
    for one in found:
        known = parties.get(one.id)
        if one.is_published or one.state is State.RETIRED or (known and may_review(actor, known)):
            steps = steps_from(one.state, hands_of(actor, known)) if known else []
            yield one, tuple(step for step in steps if step in queries.VERDICTS)


def _outcome(practice: Practice, verdict: PracticeChange | None, steps: tuple[Step, ...]) -> Outcome:
    return Outcome(
        id=practice.id,
        slug=practice.slug,
        title=practice.title.wording(language()),
        owner=practice.owner.name,
        state=practice.state,
        verdict=verdict,
        service_ids=frozenset(one.id for one in practice.cluster_services),
        steps=steps,
    )
