"""Groups with their members, events and documents; meta-districts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.events.models import Event, event_group
from app.events.rules import Status
from app.kernel.db import db
from app.kernel.texts import Texts
from app.materials.models import Material
from app.materials.rules import Visibility
from app.network.models import (
    GroupRoleRow,
    Organisation,
    OrganisationTypeRow,
    Project,
    ProjectRoleRow,
    ThematicGroup,
    organisation_sector,
)
from app.network.rules import OrganisationType
from app.plans.errors import DistrictNotFound, DocumentNotFound
from app.plans.models import DistrictMember, GroupDocument, MetaDistrict

SHOWN = (Status.PUBLISHED, Status.POSTPONED, Status.HELD, Status.ARCHIVED)


def groups_of_projects(project_ids: Collection[int] | None) -> Sequence[ThematicGroup]:
    """Groups with roles, organisations and the project's countries; of all projects for None."""
    query = select(ThematicGroup).order_by(ThematicGroup.project_id, ThematicGroup.position, ThematicGroup.id)
    if project_ids is not None:
        query = query.where(ThematicGroup.project_id.in_(project_ids))
    return db.session.scalars(
        query.options(
            joinedload(ThematicGroup.project).selectinload(Project.countries),
            selectinload(ThematicGroup.roles).joinedload(GroupRoleRow.organisation),
        )
    ).all()


def groups_of_event(event_id: int) -> Sequence[ThematicGroup]:
    """The groups that an event is of, with their roles."""
    return db.session.scalars(
        select(ThematicGroup)
        .join(event_group, event_group.c.group_id == ThematicGroup.id)
        .where(event_group.c.event_id == event_id)
        .order_by(ThematicGroup.position, ThematicGroup.id)
        .options(selectinload(ThematicGroup.roles))
    ).all()


def member_types(organisation_ids: Collection[int]) -> Sequence[tuple[int, OrganisationType]]:
    """The first type of each of these organisations."""
    rows = db.session.execute(
        select(OrganisationTypeRow.organisation_id, OrganisationTypeRow.type).where(
            OrganisationTypeRow.organisation_id.in_(organisation_ids), OrganisationTypeRow.is_primary
        )
    )
    return [(row[0], row[1]) for row in rows]


def events_of_groups(group_ids: Collection[int], now: datetime) -> dict[int, tuple[int, int]]:
    """How many published events of each group are coming and over, by group."""
    coming = func.count().filter(Event.ends_at >= now)
    rows = db.session.execute(
        select(event_group.c.group_id, coming, func.count().filter(Event.ends_at < now))
        .join(Event, Event.id == event_group.c.event_id)
        .where(event_group.c.group_id.in_(group_ids), Event.status.in_(SHOWN))
        .group_by(event_group.c.group_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def next_events(group_ids: Collection[int], now: datetime) -> Sequence[Row[Any]]:
    """Events of these groups that are not over, the nearest first: group, slug, title, beginning, zone."""
    return db.session.execute(
        select(event_group.c.group_id, Event.slug, Event.title, Event.starts_at, Event.timezone)
        .join(Event, Event.id == event_group.c.event_id)
        .where(event_group.c.group_id.in_(group_ids), Event.status == Status.PUBLISHED, Event.ends_at >= now)
        .order_by(Event.starts_at, Event.id)
    ).all()


def event_choices(group_id: int) -> Sequence[Row[int, str, Texts]]:
    """The events of a group that an action can come from, the newest first: id, slug, title."""
    return db.session.execute(
        select(Event.id, Event.slug, Event.title)
        .join(event_group, event_group.c.event_id == Event.id)
        .where(event_group.c.group_id == group_id, Event.status != Status.DRAFT)
        .order_by(Event.starts_at.desc(), Event.id)
    ).all()


def public_material(group_id: int, *, limit: int) -> Sequence[Material]:
    """What everybody may read of the group's events, the newest first."""
    return db.session.scalars(
        select(Material)
        .join(event_group, event_group.c.event_id == Material.event_id)
        .join(Event, Event.id == Material.event_id)
        .where(event_group.c.group_id == group_id, Material.visibility == Visibility.PUBLIC, Event.on_lists.is_(True))
        .order_by(Material.created_at.desc(), Material.id)
        .options(joinedload(Material.event), joinedload(Material.file))
        .limit(limit)
    ).all()


def documents_of(group_id: int) -> Sequence[GroupDocument]:
    return db.session.scalars(
        select(GroupDocument)
        .where(GroupDocument.group_id == group_id)
        .options(joinedload(GroupDocument.file))
        .order_by(GroupDocument.added_at.desc(), GroupDocument.id)
    ).all()


def with_file(file_id: int) -> Sequence[GroupDocument]:
    """The documents that a file is."""
    return db.session.scalars(
        select(GroupDocument).where(GroupDocument.file_id == file_id).options(joinedload(GroupDocument.file))
    ).all()


def document(group_id: int, document_id: int) -> GroupDocument:
    """Raises DocumentNotFound."""
    found = db.session.scalar(
        select(GroupDocument)
        .where(GroupDocument.id == document_id, GroupDocument.group_id == group_id)
        .options(joinedload(GroupDocument.file))
    )
    if found is None:
        raise DocumentNotFound(document_id=document_id)
    return found


def districts_of(group_ids: Collection[int]) -> dict[int, MetaDistrict]:
    """The meta-districts of these groups with their members, by group."""
    rows = db.session.scalars(
        select(MetaDistrict)
        .where(MetaDistrict.group_id.in_(group_ids))
        .options(selectinload(MetaDistrict.members).joinedload(DistrictMember.organisation))
    )
    return {one.group_id: one for one in rows}


def hold_district(group_id: int) -> MetaDistrict:
    """The meta-district, locked; raises DistrictNotFound."""
    found = db.session.scalar(
        select(MetaDistrict)
        .where(MetaDistrict.group_id == group_id)
        .options(selectinload(MetaDistrict.members).joinedload(DistrictMember.organisation))
        .with_for_update(of=MetaDistrict),
        execution_options={"populate_existing": True},
    )
    if found is None:
        raise DistrictNotFound(group_id=group_id)
    return found


def find_district(group_id: int) -> MetaDistrict | None:
    return districts_of([group_id]).get(group_id)


def candidates(group: ThematicGroup) -> Sequence[tuple[int, str]]:
    """Who can be a member of its meta-district: its organisations, and clusters and science parks of its sectors."""
    sectors = [one.id for one in group.sectors]
    of_sectors = (
        select(organisation_sector.c.organisation_id)
        .join(OrganisationTypeRow, OrganisationTypeRow.organisation_id == organisation_sector.c.organisation_id)
        .where(
            organisation_sector.c.sector_id.in_(sectors),
            OrganisationTypeRow.type.in_((OrganisationType.CLUSTER_ORGANISATION, OrganisationType.SCIENCE_PARK)),
        )
    )
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.country_code)
        .where(Organisation.id.in_(of_sectors.union(select(GroupRoleRow.organisation_id).filter_by(group_id=group.id))))
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row[0], f"{row[1]} ({row[2]})") for row in rows]


def partners(project_id: int, kept_id: int | None = None) -> Sequence[tuple[int, str]]:
    """Organisations with a role in a project or in one of its groups, and one that was chosen; with their country."""
    in_project = select(ProjectRoleRow.organisation_id).where(ProjectRoleRow.project_id == project_id)
    in_groups = select(GroupRoleRow.organisation_id).join(ThematicGroup).where(ThematicGroup.project_id == project_id)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.country_code)
        .where(or_(Organisation.id.in_(in_project.union(in_groups)), Organisation.id == kept_id))
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row[0], f"{row[1]} ({row[2]})") for row in rows]
