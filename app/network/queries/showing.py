"""What one page shows, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.errors import GroupNotFound, OrganisationNotFound, PersonNotFound, ProjectNotFound, SectorNotFound
from app.network.models import (
    Affiliation,
    GroupRoleRow,
    Membership,
    Organisation,
    Person,
    Project,
    ProjectRoleRow,
    Sector,
    ThematicGroup,
    group_sector,
    organisation_sector,
)


def organisation_id(slug: str) -> int:
    """Raises OrganisationNotFound."""
    found = db.session.scalar(select(Organisation.id).where(Organisation.slug == slug))
    if found is None:
        raise OrganisationNotFound(slug=slug)
    return found


def organisation_for_page(slug: str) -> Organisation:
    """Raises OrganisationNotFound."""
    found = db.session.scalar(
        select(Organisation)
        .where(Organisation.slug == slug)
        .options(
            joinedload(Organisation.country),
            joinedload(Organisation.region),
            joinedload(Organisation.unit_of),
            selectinload(Organisation.types),
            selectinload(Organisation.sectors),
            selectinload(Organisation.specialisations),
            selectinload(Organisation.labels),
        )
    )
    if found is None:
        raise OrganisationNotFound(slug=slug)
    return found


def project_roles_of(organisation_id: int) -> Sequence[ProjectRoleRow]:
    """The organisation's roles in projects, as partner or as acting unit."""
    return db.session.scalars(
        select(ProjectRoleRow)
        .join(Project)
        .where(or_(ProjectRoleRow.organisation_id == organisation_id, ProjectRoleRow.acting_unit_id == organisation_id))
        .order_by(Project.starts_on.desc(), Project.acronym, ProjectRoleRow.id)
        .options(joinedload(ProjectRoleRow.project), joinedload(ProjectRoleRow.organisation))
    ).all()


def group_roles_of(organisation_id: int) -> Sequence[GroupRoleRow]:
    return db.session.scalars(
        select(GroupRoleRow)
        .join(ThematicGroup)
        .where(GroupRoleRow.organisation_id == organisation_id)
        .order_by(ThematicGroup.position, GroupRoleRow.id)
        .options(joinedload(GroupRoleRow.group))
    ).all()


def cluster_members(cluster_id: int, today: date) -> Sequence[Organisation]:
    """Present members of a cluster, with what their line shows."""
    return db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.member_id == Organisation.id)
        .where(Membership.cluster_id == cluster_id, or_(Membership.until.is_(None), Membership.until >= today))
        .order_by(Organisation.name)
        .options(
            joinedload(Organisation.region),
            selectinload(Organisation.types),
            selectinload(Organisation.specialisations),
        )
    ).all()


def clusters_of(member_id: int, today: date) -> Sequence[Organisation]:
    """The clusters that an organisation is a member of."""
    return db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.cluster_id == Organisation.id)
        .where(Membership.member_id == member_id, or_(Membership.until.is_(None), Membership.until >= today))
        .order_by(Organisation.name)
    ).all()


def public_persons_of(organisation_id: int, today: date) -> Sequence[Affiliation]:
    """Who works there now and agreed to be named."""
    return db.session.scalars(
        select(Affiliation)
        .join(Person)
        .where(
            Affiliation.organisation_id == organisation_id,
            Person.is_public,
            or_(Affiliation.until.is_(None), Affiliation.until >= today),
        )
        .order_by(Person.family_name, Person.given_name)
        .options(joinedload(Affiliation.person))
    ).all()


def project_for_page(slug: str) -> Project:
    """Raises ProjectNotFound."""
    found = db.session.scalar(
        select(Project)
        .where(Project.slug == slug)
        .options(
            joinedload(Project.programme),
            selectinload(Project.countries),
            selectinload(Project.phases),
            selectinload(Project.groups).selectinload(ThematicGroup.sectors),
            selectinload(Project.roles).options(
                joinedload(ProjectRoleRow.organisation).joinedload(Organisation.country),
                joinedload(ProjectRoleRow.acting_unit),
            ),
        )
    )
    if found is None:
        raise ProjectNotFound(slug=slug)
    return found


def group_for_page(slug: str) -> ThematicGroup:
    """Raises GroupNotFound."""
    found = db.session.scalar(
        select(ThematicGroup)
        .where(ThematicGroup.slug == slug)
        .options(
            joinedload(ThematicGroup.project).joinedload(Project.programme),
            selectinload(ThematicGroup.sectors),
            selectinload(ThematicGroup.roles).joinedload(GroupRoleRow.organisation).joinedload(Organisation.country),
        )
    )
    if found is None:
        raise GroupNotFound(slug=slug)
    return found


def sector_for_page(sector_id: str) -> tuple[Sector, Sequence[ThematicGroup]]:
    """A sector and the groups that span it; raises SectorNotFound."""
    found = db.session.get(Sector, sector_id)
    if found is None:
        raise SectorNotFound(sector_id=sector_id)
    groups = db.session.scalars(
        select(ThematicGroup)
        .join(group_sector)
        .where(group_sector.c.sector_id == sector_id)
        .order_by(ThematicGroup.position)
    ).all()
    return found, groups


def interested_in(sector_id: str) -> int:
    """How many organisations are interested in a sector."""
    return (
        db.session.scalar(
            select(func.count()).select_from(organisation_sector).where(organisation_sector.c.sector_id == sector_id)
        )
        or 0
    )


def person_for_page(slug: str) -> Person:
    """A person who agreed to be named; raises PersonNotFound."""
    found = db.session.scalar(
        select(Person)
        .where(Person.slug == slug, Person.is_public)
        .options(
            selectinload(Person.affiliations)
            .joinedload(Affiliation.organisation)
            .options(joinedload(Organisation.region), selectinload(Organisation.specialisations))
        )
    )
    if found is None:
        raise PersonNotFound(slug=slug)
    return found
