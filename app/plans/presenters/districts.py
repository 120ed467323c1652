"""A meta-district: where it stands, what is reached and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.network.models import Organisation
from app.plans.models import MetaDistrict
from app.plans.presenters.words import country
from app.plans.rules import districts as rules
from app.plans.rules.districts import DistrictState, DistrictStep, Milestone, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictView:
    """``milestones`` in their order; ``proposes``: all is reached and nobody has said "established" yet."""

    name: Wording
    state: DistrictState
    target_year: int
    milestones: tuple[tuple[Milestone, bool], ...]
    members: tuple[tuple[Organisation, str], ...]
    steps: tuple[DistrictStep, ...]
    proposes: bool
    is_late: bool

    @property
    def reached(self) -> int:
        return sum(is_reached for _one, is_reached in self.milestones)

    @property
    def missing(self) -> tuple[Milestone, ...]:
        return tuple(one for one, is_reached in self.milestones if not is_reached)


def district_view(row: MetaDistrict, standing: Standing, today: date) -> DistrictView:
    is_complete = not rules.missing(standing)
    members = sorted(
        ((one.organisation, country(one.organisation.country_code)) for one in row.members),
        key=lambda one: (one[1], one[0].name),
    )
    return DistrictView(
        name=row.name.wording(language()),
        state=row.state,
        target_year=row.target_year,
        milestones=tuple(rules.reached(standing).items()),
        members=tuple(members),
        steps=tuple(one for one in rules.possible(row.state) if one is not DistrictStep.ESTABLISH or is_complete),
        proposes=rules.proposes_established(row.state, standing),
        is_late=row.state not in {DistrictState.ESTABLISHED, DistrictState.DORMANT} and today.year > row.target_year,
    )
