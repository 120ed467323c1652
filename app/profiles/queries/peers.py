from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.models import (
    Country,
    GroupRoleRow,
    Membership,
    Organisation,
    OrganisationTypeRow,
    Sector,
    ThematicGroup,
    organisation_sector,
)
from app.network.rules import OrganisationStatus
from app.profiles.models import ClusterProfile
from app.profiles.rules import Peer, Place, distance


class Common(NamedTuple):
    """What an organisation may share with others: sectors by id, groups by id."""

    sectors: dict[str, Texts]
    groups: dict[int, Texts]


def find_profile(organisation_id: int) -> ClusterProfile | None:
    return db.session.get(ClusterProfile, organisation_id)


def profiles_of(organisation_ids: Collection[int]) -> dict[int, ClusterProfile]:
    """What these organisations say of themselves, by organisation."""
    found = db.session.scalars(select(ClusterProfile).where(ClusterProfile.organisation_id.in_(organisation_ids)))
    return {profile.organisation_id: profile for profile in found}


def interests_of(organisation_id: int) -> Common:
    sectors = db.session.execute(
        select(Sector.id, Sector.name)
        .join(organisation_sector, organisation_sector.c.sector_id == Sector.id)
        .where(organisation_sector.c.organisation_id == organisation_id)
        .order_by(Sector.position)
    )
    groups = db.session.execute(
        select(ThematicGroup.id, ThematicGroup.name)
        .join(GroupRoleRow, GroupRoleRow.group_id == ThematicGroup.id)
        .where(GroupRoleRow.organisation_id == organisation_id)
        .order_by(ThematicGroup.position)
    )
    return Common(dict(sectors.all()), dict(groups.all()))


def peers_of(organisation: Organisation, *, sectors: Collection[str], groups: Collection[int]) -> list[Peer]:
    """Active organisations of other countries with one of these sectors or groups, in no order.

    Four queries however many there are; their names and pages are read for one page of them only.
    """
    interest = organisation_sector.c
    in_sectors = select(interest.organisation_id, interest.sector_id).where(interest.sector_id.in_(sectors))
    in_groups = select(GroupRoleRow.organisation_id, GroupRoleRow.group_id).where(GroupRoleRow.group_id.in_(groups))
    shared_sectors: dict[int, set[str]] = _shared(in_sectors)
    shared_groups: dict[int, set[int]] = _shared(in_groups)
    with_one = or_(
        Organisation.id.in_(in_sectors.with_only_columns(interest.organisation_id)),
        Organisation.id.in_(in_groups.with_only_columns(GroupRoleRow.organisation_id)),
    )
    elsewhere = (
        Organisation.status == OrganisationStatus.ACTIVE,
        Organisation.country_code != organisation.country_code,
        with_one,
    )
    types: dict[int, set[str]] = _shared(
        select(OrganisationTypeRow.organisation_id, OrganisationTypeRow.type)
        .join(Organisation, Organisation.id == OrganisationTypeRow.organisation_id)
        .where(*elsewhere)
    )
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.country_code,
            Organisation.latitude,
            Organisation.longitude,
        ).where(*elsewhere)
    )
    here = _place(organisation.latitude, organisation.longitude)
    return [
        Peer(
            organisation_id=row.id,
            name=row.name,
            country_code=row.country_code,
            distance=distance(here, there) if here and (there := _place(row.latitude, row.longitude)) else None,
            sectors=frozenset(shared_sectors.get(row.id, ())),
            groups=frozenset(shared_groups.get(row.id, ())),
            types=frozenset(types.get(row.id, ())),
        )
        for row in rows
    ]


def _shared(rows: Select[Any, Any]) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = {}
    for owner, thing in db.session.execute(rows):
        found.setdefault(owner, set()).add(thing)
    return found


def _place(latitude: float | None, longitude: float | None) -> Place | None:
    return None if latitude is None or longitude is None else Place(latitude=latitude, longitude=longitude)


def organisations(ids: Collection[int]) -> dict[int, Organisation]:
    """With what a line of a list shows."""
    found = db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(ids))
        .options(joinedload(Organisation.country), joinedload(Organisation.region), selectinload(Organisation.types))
    )
    return {organisation.id: organisation for organisation in found}


def country_names(codes: Iterable[str]) -> dict[str, Texts]:
    rows = db.session.execute(select(Country.code, Country.name).where(Country.code.in_(list(codes))))
    return dict(rows.all())


def memberships_of(cluster_id: int) -> Sequence[tuple[Membership, str, str]]:
    """Who is or was a member, with name and slug; the present ones first."""
    return db.session.execute(
        select(Membership, Organisation.name, Organisation.slug)
        .join(Organisation, Organisation.id == Membership.member_id)
        .where(Membership.cluster_id == cluster_id)
        .order_by(Membership.until.is_not(None), func.lower(Organisation.name), Membership.id)
    ).all()
