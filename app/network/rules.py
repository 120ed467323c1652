"""The field's vocabulary and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class OrganisationType(StrEnum):
    COMPANY = "company"
    CLUSTER_ORGANISATION = "cluster_organisation"
    DEVELOPMENT_AGENCY = "development_agency"
    RESEARCH = "research"
    PUBLIC_AUTHORITY = "public_authority"
    ASSOCIATION = "association"
    SCIENCE_PARK = "science_park"
    CHAMBER = "chamber"
    OTHER = "other"


class OrganisationStatus(StrEnum):
    ACTIVE = "active"
    HISTORIC = "historic"


class DevelopmentCategory(StrEnum):
    LESS_DEVELOPED = "less_developed"
    TRANSITION = "transition"
    MORE_DEVELOPED = "more_developed"


class ProjectRole(StrEnum):
    LEAD_PARTNER = "lead_partner"
    PARTNER = "partner"
    ASSOCIATED = "associated"
    OBSERVER = "observer"
    PROMOTER = "promoter"
    EXCHANGE_COORDINATOR = "exchange_coordinator"
    ADVISORY = "advisory"


PARTNER_ROLES = frozenset({ProjectRole.LEAD_PARTNER, ProjectRole.PARTNER})


class GroupRole(StrEnum):
    COORDINATOR = "coordinator"
    SUPPORTING_BODY = "supporting_body"
    MEMBER = "member"


class LabelLevel(StrEnum):
    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"


class ProjectStage(StrEnum):
    UPCOMING = "upcoming"
    RUNNING = "running"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class BudgetOverview:
    """The sum of the shares that were entered, and how many partners have none."""

    total: Decimal
    not_entered: int


def budget_overview(shares: Iterable[Decimal | None]) -> BudgetOverview:
    """Add up what partners entered; a missing figure is counted, never taken for zero."""
    listed = list(shares)
    known = [share for share in listed if share is not None]
    return BudgetOverview(sum(known, Decimal(0)), len(listed) - len(known))


def stage(first_day: date | None, last_day: date | None, today: date) -> ProjectStage:
    """Where a project stands; a rough end (a year) lasts to its last day."""
    if first_day and today < first_day:
        return ProjectStage.UPCOMING
    if last_day and today > last_day:
        return ProjectStage.CLOSED
    return ProjectStage.RUNNING
