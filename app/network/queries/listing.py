"""Lists: of organisations, projects, groups, sectors and persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import (
    Affiliation,
    Country,
    Organisation,
    OrganisationTypeRow,
    Person,
    Project,
    Sector,
    ThematicGroup,
    organisation_sector,
    organisation_specialisation,
)
from app.network.rules import OrganisationStatus, OrganisationType
from app.search.queries import refs

PAGE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which organisations a list shows; every part narrows. ``type`` finds the other types of one, too."""

    type: str | None = None
    country: str | None = None
    region: str | None = None
    sector: str | None = None
    specialisation: str | None = None
    q: str | None = None

    def parts(self) -> dict[str, str]:
        """The parts that narrow, by name."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


class ListedOrganisation(NamedTuple):
    id: int
    slug: str
    name: str
    short_name: str | None
    city: str | None
    country_code: str
    country: Texts
    type: OrganisationType
    status: OrganisationStatus


class Directory(NamedTuple):
    organisations: list[ListedOrganisation]
    total: int


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.type:
        of_type = select(OrganisationTypeRow.organisation_id).where(OrganisationTypeRow.type == wanted.type)
        tests.append(Organisation.id.in_(of_type))
    if wanted.country:
        tests.append(Organisation.country_code == wanted.country)
    if wanted.region:
        tests.append(Organisation.region_code == wanted.region)
    if wanted.sector:
        interested = select(organisation_sector.c.organisation_id)
        tests.append(Organisation.id.in_(interested.where(organisation_sector.c.sector_id == wanted.sector)))
    if wanted.specialisation:
        special = organisation_specialisation.c
        tests.append(
            Organisation.id.in_(
                select(special.organisation_id).where(special.specialisation_id == wanted.specialisation)
            )
        )
    if wanted.q:
        tests.append(Organisation.id.in_(refs("organisation", wanted.q)))
    return tests


def listed_organisations(wanted: Wanted, *, page: int = 1) -> Directory:
    """One page of organisations by name, and how many there are in all."""
    tests = conditions(wanted)
    total = db.session.scalar(select(func.count()).select_from(Organisation).where(*tests)) or 0
    rows = db.session.execute(
        _columns().where(*tests).order_by(Organisation.name, Organisation.id).limit(PAGE).offset((page - 1) * PAGE)
    )
    return Directory([ListedOrganisation(*row) for row in rows], total)


def managed_organisations(ids: frozenset[int] | None) -> list[ListedOrganisation]:
    """The named organisations, or all of them, by name."""
    query = _columns().order_by(Organisation.name, Organisation.id)
    if ids is not None:
        query = query.where(Organisation.id.in_(ids))
    return [ListedOrganisation(*row) for row in db.session.execute(query)]


def _columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.short_name,
            Organisation.city,
            Organisation.country_code,
            Country.name,
            OrganisationTypeRow.type,
            Organisation.status,
        )
        .join(Country, Country.code == Organisation.country_code)
        .join(OrganisationTypeRow, OrganisationTypeRow.organisation_id == Organisation.id)
        .where(OrganisationTypeRow.is_primary)
    )


def projects() -> Sequence[Project]:
    """All projects, the latest first, with their programmes and countries."""
    return db.session.scalars(
        select(Project)
        .order_by(Project.starts_on.desc(), Project.acronym)
        .options(joinedload(Project.programme), selectinload(Project.countries))
    ).all()


def groups() -> Sequence[ThematicGroup]:
    """All thematic groups, with their projects and sectors."""
    return db.session.scalars(
        select(ThematicGroup)
        .order_by(ThematicGroup.project_id, ThematicGroup.position)
        .options(joinedload(ThematicGroup.project), selectinload(ThematicGroup.sectors))
    ).all()


def sectors_with_interest() -> list[tuple[Sector, int]]:
    """The sectors in their order, and how many organisations are interested in each."""
    rows = db.session.execute(
        select(Sector, func.count(organisation_sector.c.organisation_id))
        .outerjoin(organisation_sector, organisation_sector.c.sector_id == Sector.id)
        .group_by(Sector.id)
        .order_by(Sector.position)
    )
    return [(row[0], row[1]) for row in rows]


def listed_persons(wanted: Wanted, *, limit: int = 200) -> Sequence[Person]:
    """Persons who agreed to be named, by family name; filters ask of the organisations that they work for now."""
    tests: list[ColumnElement[bool]] = [Person.is_public.is_(True)]
    of_organisation = conditions(
        Wanted(country=wanted.country, region=wanted.region, sector=wanted.sector, specialisation=wanted.specialisation)
    )
    if of_organisation:
        tests.append(
            Person.id.in_(
                select(Affiliation.person_id).join(Organisation).where(Affiliation.until.is_(None), *of_organisation)
            )
        )
    if wanted.q:
        tests.append(Person.id.in_(refs("person", wanted.q)))
    return db.session.scalars(
        select(Person)
        .where(*tests)
        .order_by(Person.family_name, Person.given_name, Person.id)
        .limit(limit)
        .options(selectinload(Person.affiliations).joinedload(Affiliation.organisation).joinedload(Organisation.region))
    ).all()
