from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Fact):
    """Its name or anything else that pages show of it."""

    organisation_id: int
