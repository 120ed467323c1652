from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Fact):
    """Its name or anything else that pages show of it."""

    organisation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Fact):
    """Name, or whether the person agreed to be named, or anything else that pages show."""

    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorChanged(Fact):
    """A sector that stood already is called otherwise."""

    sector_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryChanged(Fact):
    """A country that stood already is called otherwise."""

    country_code: str
