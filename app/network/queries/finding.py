"""What verbs ask before they decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.errors import GroupNotFound, OrganisationNotFound, PersonNotFound
from app.network.models import (
    Affiliation,
    Country,
    GroupRoleRow,
    Membership,
    Organisation,
    Person,
    Phase,
    ProjectRoleRow,
    Region,
    Sector,
    Specialisation,
    ThematicGroup,
)
from app.network.rules import PARTNER_ROLES, GroupRole, ProjectRole

DEEPEST = 20  # units below units


def organisation(organisation_id: int) -> Organisation:
    """Raises OrganisationNotFound."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise OrganisationNotFound(organisation_id=organisation_id)
    return found


def person(person_id: int) -> Person:
    """Raises PersonNotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise PersonNotFound(person_id=person_id)
    return found


def group(group_id: int) -> ThematicGroup:
    """Raises GroupNotFound."""
    found = db.session.get(ThematicGroup, group_id)
    if found is None:
        raise GroupNotFound(group_id=group_id)
    return found


def exists(table: Any, id: int) -> bool:
    return db.session.get(table, id) is not None


def find_country(code: str) -> Country | None:
    return db.session.get(Country, code)


def find_region(code: str) -> Region | None:
    return db.session.get(Region, code)


def countries(codes: Iterable[str]) -> Sequence[Country]:
    return db.session.scalars(select(Country).where(Country.code.in_(list(codes))).order_by(Country.code)).all()


def sectors(ids: Iterable[str]) -> Sequence[Sector]:
    return db.session.scalars(select(Sector).where(Sector.id.in_(list(ids))).order_by(Sector.position)).all()


def specialisations(ids: Iterable[str]) -> Sequence[Specialisation]:
    return db.session.scalars(
        select(Specialisation).where(Specialisation.id.in_(list(ids))).order_by(Specialisation.id)
    ).all()


def ancestors(organisation_id: int | None) -> list[int]:
    """The organisation itself, what it is a unit of, and so on upwards."""
    chain: list[int] = []
    while organisation_id is not None and organisation_id not in chain and len(chain) < DEEPEST:
        chain.append(organisation_id)
        organisation_id = db.session.scalar(select(Organisation.unit_of_id).where(Organisation.id == organisation_id))
    return chain


def units_of(organisation_id: int) -> Sequence[Organisation]:
    return db.session.scalars(
        select(Organisation).where(Organisation.unit_of_id == organisation_id).order_by(Organisation.name)
    ).all()


def slugs_like(table: Any, beginning: str) -> set[str]:
    """The addresses in use that begin like this."""
    return set(db.session.scalars(select(table.slug).where(table.slug.startswith(beginning, autoescape=True))))


def membership(cluster_id: int, member_id: int) -> Membership | None:
    return db.session.scalar(
        select(Membership).where(Membership.cluster_id == cluster_id, Membership.member_id == member_id)
    )


def lead_ids(project_id: int) -> frozenset[int]:
    """The organisations that lead a project."""
    return frozenset(
        db.session.scalars(
            select(ProjectRoleRow.organisation_id).where(
                ProjectRoleRow.project_id == project_id, ProjectRoleRow.role == ProjectRole.LEAD_PARTNER
            )
        )
    )


def phase_numbers(project_id: int) -> set[int]:
    return set(db.session.scalars(select(Phase.number).where(Phase.project_id == project_id)))


def find_project_role(project_id: int, organisation_id: int, role: ProjectRole) -> ProjectRoleRow | None:
    return db.session.scalar(
        select(ProjectRoleRow).where(
            ProjectRoleRow.project_id == project_id,
            ProjectRoleRow.organisation_id == organisation_id,
            ProjectRoleRow.role == role,
        )
    )


def partner_role(project_id: int, organisation_id: int) -> ProjectRoleRow | None:
    """The role that carries the organisation's share of the budget."""
    return db.session.scalar(
        select(ProjectRoleRow)
        .where(
            ProjectRoleRow.project_id == project_id,
            ProjectRoleRow.organisation_id == organisation_id,
            ProjectRoleRow.role.in_(PARTNER_ROLES),
        )
        .order_by(ProjectRoleRow.id)
        .limit(1)
    )


def find_group_role(group_id: int, organisation_id: int, role: GroupRole) -> GroupRoleRow | None:
    return db.session.scalar(
        select(GroupRoleRow).where(
            GroupRoleRow.group_id == group_id,
            GroupRoleRow.organisation_id == organisation_id,
            GroupRoleRow.role == role,
        )
    )


def coordinator(group_id: int) -> GroupRoleRow | None:
    return db.session.scalar(
        select(GroupRoleRow)
        .where(GroupRoleRow.group_id == group_id, GroupRoleRow.role == GroupRole.COORDINATOR)
        .options(joinedload(GroupRoleRow.organisation))
    )


def affiliations(person_id: int) -> Sequence[Affiliation]:
    """Present ones first, with the organisations and what they are found by."""
    return db.session.scalars(
        select(Affiliation)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.until.is_not(None), Affiliation.since.desc(), Affiliation.id)
        .options(
            joinedload(Affiliation.organisation).options(
                selectinload(Organisation.sectors), selectinload(Organisation.specialisations)
            )
        )
    ).all()


def persons_of(organisation_id: int) -> Sequence[Person]:
    return db.session.scalars(
        select(Person).where(
            Person.id.in_(select(Affiliation.person_id).where(Affiliation.organisation_id == organisation_id))
        )
    ).all()
