"""Every group with its project, plans and meta-district: three queries, however many groups there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select

from app.kernel.db import db
from app.network.models import GroupRoleRow, Organisation, Project, Sector, ThematicGroup, group_sector
from app.plans.models import MetaDistrict, StrategicPlan

Rows = Sequence[Row[*tuple[Any, ...]]]


def listed_groups() -> Rows:
    """One row for each group and plan, one without a plan for a group that has none; the newest project first."""
    return db.session.execute(
        select(ThematicGroup.id, ThematicGroup.slug, ThematicGroup.name)
        .add_columns(Project.slug.label("project_slug"), Project.acronym)
        .add_columns(StrategicPlan.state, StrategicPlan.adopted_on, StrategicPlan.adopted_number)
        .add_columns(MetaDistrict.state.label("district"), MetaDistrict.target_year)
        .join(Project, Project.id == ThematicGroup.project_id)
        .outerjoin(StrategicPlan, StrategicPlan.group_id == ThematicGroup.id)
        .outerjoin(MetaDistrict, MetaDistrict.group_id == ThematicGroup.id)
        .order_by(
            Project.starts_on.desc().nulls_last(),
            Project.id,
            ThematicGroup.position,
            ThematicGroup.id,
            StrategicPlan.number,
        )
    ).all()


def sectors_of_groups(group_ids: Collection[int]) -> Rows:
    """Group, sector and its name, in the order of the sectors."""
    return db.session.execute(
        select(group_sector.c.group_id, Sector.id, Sector.name)
        .join(Sector, Sector.id == group_sector.c.sector_id)
        .where(group_sector.c.group_id.in_(group_ids))
        .order_by(Sector.position, Sector.id)
    ).all()


def roles_of_groups(group_ids: Collection[int]) -> Rows:
    """Who takes part with which role: group, role, name, address and country of the organisation."""
    return db.session.execute(
        select(GroupRoleRow.group_id, GroupRoleRow.role)
        .add_columns(Organisation.name, Organisation.slug, Organisation.country_code)
        .join(Organisation, Organisation.id == GroupRoleRow.organisation_id)
        .where(GroupRoleRow.group_id.in_(group_ids))
        .order_by(GroupRoleRow.group_id, Organisation.name, Organisation.id)
    ).all()
