"""What the verbs of this room are given, whoever asks: a form, a command or demonstration data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.kernel.dates import RoughDate
from app.kernel.texts import Texts
from app.network.rules import LabelLevel, OrganisationStatus, OrganisationType, ProjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationInput:
    name: str
    primary_type: OrganisationType
    types: frozenset[OrganisationType]  # the primary one is one of them
    country_code: str
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    about: Texts = field(default_factory=Texts)
    unit_of_id: int | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    region_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    sector_ids: tuple[str, ...] = ()
    specialisation_ids: tuple[str, ...] = ()
    web: str | None = None
    email: str | None = None
    status: OrganisationStatus = OrganisationStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeInput:
    code: str
    name: Texts
    period_from: int
    period_to: int
    fund: str
    emblem: str  # a file under static/emblems
    funding_sentence: Texts
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectInput:
    slug: str
    acronym: str
    title: Texts
    aliases: tuple[str, ...] = ()
    objectives: Texts = field(default_factory=Texts)  # one objective a line
    programme_id: int | None = None
    starts: RoughDate | None = None
    ends: RoughDate | None = None
    total_budget: Decimal | None = None  # EUR
    eu_contribution: Decimal | None = None  # EUR
    country_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseInput:
    number: int
    name: Texts
    goal: Texts = field(default_factory=Texts)
    results: Texts = field(default_factory=Texts)
    starts: RoughDate | None = None
    ends: RoughDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupInput:
    slug: str
    name: Texts
    position: int
    sector_ids: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    launched: RoughDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPart:
    """A role in a project, and what goes with it."""

    role: ProjectRole
    acting_unit_id: int | None = None
    phase_numbers: tuple[int, ...] = ()  # empty: every phase
    named_in_application: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInput:
    given_name: str
    family_name: str
    form_of_address: str | None = None
    email: str | None = None
    languages: tuple[str, ...] = ()
    bio: Texts = field(default_factory=Texts)
    is_public: bool = False  # agreed to be named on public pages


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelInput:
    scheme: str
    level: LabelLevel
    issuer: str
    awarded_on: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareInput:
    """A partner's share of a project's budget in euros; None when it is not entered."""

    organisation_id: int
    share: Decimal | None
    is_public: bool
