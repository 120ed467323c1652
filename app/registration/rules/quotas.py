"""Seats kept for the people of an organisation, a cluster, a region or a type of organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class QuotaKind(StrEnum):
    """By what a quota recognises its people."""

    ORGANISATION = "organisation"
    CLUSTER = "cluster"
    REGION = "region"
    ORGANISATION_TYPE = "organisation_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaTarget:
    """Whose seats a quota keeps: ``target`` is an organisation's id, a region's code or a type's code, as text."""

    id: int
    kind: QuotaKind
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """What is known of the organisation that somebody comes from."""

    org_type: str
    organisation_ids: frozenset[int] = frozenset()
    cluster_ids: frozenset[int] = frozenset()
    region_codes: frozenset[str] = frozenset()

    def belongs_to(self, quota: QuotaTarget) -> bool:
        match quota.kind:
            case QuotaKind.ORGANISATION:
                return quota.target in {str(one) for one in self.organisation_ids}
            case QuotaKind.CLUSTER:
                return quota.target in {str(one) for one in self.cluster_ids | self.organisation_ids}
            case QuotaKind.REGION:
                return quota.target in self.region_codes
            case QuotaKind.ORGANISATION_TYPE:
                return quota.target == self.org_type


def claim_of(claimant: Claimant, quotas: Sequence[QuotaTarget]) -> int | None:
    """The quota that somebody has a claim to: the first in the organiser's order. None: only the common pool."""
    return next((quota.id for quota in quotas if claimant.belongs_to(quota)), None)
