"""Organisations that may send a delegation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.events.models import Event, EventOrganisation
from app.events.rules import Audience, OrganisationRole, Status
from app.kernel.db import db
from app.network.models import Membership, Organisation, OrganisationTypeRow, ProjectRoleRow
from app.network.rules import PARTNER_ROLES, OrganisationType, ProjectRole
from app.venues.models import Venue

_SENDING_ROLES = PARTNER_ROLES | {ProjectRole.ASSOCIATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An organisation that may register its people. ``is_part_of_it``: a partner, or with a part in the event."""

    id: int
    name: str
    country_code: str
    org_type: OrganisationType
    is_part_of_it: bool


def senders(event: Event, among: frozenset[int] | None) -> list[Sender]:
    """Organisations that may send a delegation to the event, by name; only those ``among``, if given."""
    parts = set(
        db.session.scalars(select(EventOrganisation.organisation_id).where(EventOrganisation.event_id == event.id))
    )
    if event.project_id is not None:
        roles = select(ProjectRoleRow.organisation_id, ProjectRoleRow.acting_unit_id).where(
            ProjectRoleRow.project_id == event.project_id, ProjectRoleRow.role.in_(_SENDING_ROLES)
        )
        parts |= {one for row in db.session.execute(roles) for one in row if one is not None}
    clusters = select(OrganisationTypeRow.organisation_id).where(
        OrganisationTypeRow.type == OrganisationType.CLUSTER_ORGANISATION
    )
    query = select(Organisation).where(or_(Organisation.id.in_(parts), Organisation.id.in_(clusters)))
    if among is not None:
        query = query.where(Organisation.id.in_(among))
    found = db.session.scalars(query.order_by(Organisation.name).options(selectinload(Organisation.types)))
    return [
        Sender(
            id=one.id,
            name=one.name,
            country_code=one.country_code,
            org_type=_type_of(one),
            is_part_of_it=one.id in parts,
        )
        for one in found
    ]


def events_to_send_to(organisation_ids: frozenset[int], now: datetime, *, limit: int) -> Sequence[Event]:
    """Published events that are not over and to which any of these organisations may send a delegation, soonest first.

    Those that one of them organises are left out, and internal meetings.
    """
    theirs = EventOrganisation.organisation_id.in_(organisation_ids)
    part = exists().where(EventOrganisation.event_id == Event.id, theirs)
    organises = exists().where(
        EventOrganisation.event_id == Event.id, theirs, EventOrganisation.role == OrganisationRole.ORGANISER
    )
    partner = exists().where(
        ProjectRoleRow.project_id == Event.project_id,
        ProjectRoleRow.role.in_(_SENDING_ROLES),
        or_(ProjectRoleRow.organisation_id.in_(organisation_ids), ProjectRoleRow.acting_unit_id.in_(organisation_ids)),
    )
    cluster = exists().where(
        OrganisationTypeRow.organisation_id.in_(organisation_ids),
        OrganisationTypeRow.type == OrganisationType.CLUSTER_ORGANISATION,
    )
    query = (
        select(Event)
        .where(Event.status == Status.PUBLISHED, Event.ends_at > now, Event.audience != Audience.INTERNAL, ~organises)
        .where(or_(part, partner, cluster))
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
        .options(joinedload(Event.venue).joinedload(Venue.country), joinedload(Event.project))
    )
    return db.session.scalars(query).all()


def members_of(organisation_id: int) -> set[int]:
    """The present members of a cluster."""
    query = select(Membership.member_id).where(Membership.cluster_id == organisation_id, Membership.until.is_(None))
    return set(db.session.scalars(query))


def _type_of(organisation: Organisation) -> OrganisationType:
    types = sorted(organisation.types, key=lambda one: not one.is_primary)
    return types[0].type if types else OrganisationType.OTHER
