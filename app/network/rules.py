"""The field's vocabulary and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from app.network.errors import (
    HalfAPin,
    NameMissing,
    NotAWebAddress,
    PinOutsideCountry,
    PinTurnedRound,
    PrimaryTypeElsewhere,
    TypeMissing,
    UnitOfItself,
)


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
# who works on a project sees all of it; observers see the phases that they observe
WORKING_ROLES = PARTNER_ROLES | {ProjectRole.EXCHANGE_COORDINATOR}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryBox:
    """The degrees between which a country lies."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def check_pin(latitude: float | None, longitude: float | None, box: CountryBox) -> None:
    """Refuse coordinates outside the country; none at all are right.

    Raises HalfAPin, PinTurnedRound or PinOutsideCountry, each with the field that it belongs to.
    """
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        raise HalfAPin(field="latitude" if latitude is None else "longitude")
    if box.holds(latitude, longitude):
        return
    if box.holds(longitude, latitude):
        raise PinTurnedRound(field="latitude")
    fits_north = box.south <= latitude <= box.north
    raise PinOutsideCountry(field="longitude" if fits_north else "latitude")


def check_name(name: str, *, field: str = "name") -> None:
    """Refuse a name of blanks; raises NameMissing."""
    if not name.strip():
        raise NameMissing(field=field)


def check_types(types: frozenset[OrganisationType], primary: OrganisationType) -> None:
    """An organisation is of one type or several, and one of them comes first."""
    if not types:
        raise TypeMissing(field="types")
    if primary not in types:
        raise PrimaryTypeElsewhere(field="primary_type")


def check_web(address: str | None) -> None:
    """Refuse what a browser would not open as a page; raises NotAWebAddress."""
    if not address:
        return
    try:
        parts = urlsplit(address)
        is_page = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        is_page = False
    if not is_page or any(sign.isspace() for sign in address):
        raise NotAWebAddress(field="web")


def check_unit(organisation_id: int | None, ancestors: Iterable[int]) -> None:
    """Refuse to hang an organisation below itself; ``ancestors`` starts with what it becomes a unit of."""
    if organisation_id is not None and organisation_id in ancestors:
        raise UnitOfItself(field="unit_of_id")


def is_valid_label(awarded_on: date, valid_until: date, today: date) -> bool:
    """Whether an excellence label holds today; its last day is one of them."""
    return awarded_on <= today <= valid_until


@dataclass(frozen=True, slots=True)
class Coverage:
    """A country and how many partners a project has there; ``is_declared`` on the project's own list or not."""

    country_code: str
    partners: int
    is_declared: bool

    @property
    def is_gap(self) -> bool:
        return self.is_declared and not self.partners


def coverage(declared: Iterable[str], partner_countries: Iterable[str]) -> list[Coverage]:
    """Every declared country, gaps among them, then the countries that partners come from besides."""
    listed, present = list(declared), list(partner_countries)
    beyond = sorted(set(present) - set(listed))
    return [Coverage(code, present.count(code), code in listed) for code in [*listed, *beyond]]
