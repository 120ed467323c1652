"""What an organisation did in a year, optionally in one project; each in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import joinedload

from app.events.models import Event, EventOrganisation
from app.events.rules import Audience, Status
from app.kernel.db import db
from app.needs.models import Need
from app.needs.rules import NeedState
from app.network.models import Organisation, Project, ProjectRoleRow
from app.pilots.models import ServiceChange, ServiceProposal, service_implementer
from app.practices.models import Practice, PracticeUse
from app.registration.models import Allotment, AllotmentKind, Registration
from app.registration.rules import Place
from app.transfers.models import Adoption, AdoptionChange

Rows = Sequence[Row[*tuple[Any, ...]]]
TOOK_PLACE = (Status.PUBLISHED, Status.HELD, Status.ARCHIVED)
# an event of which only the year is known begins on 1 January there, which is still the old year in UTC
ZONE_OF_YEARS = ZoneInfo("Europe/Rome")


def _within(column: Any, year: int) -> list[ColumnElement[bool]]:
    return [
        column >= datetime(year, 1, 1, tzinfo=ZONE_OF_YEARS),
        column < datetime(year + 1, 1, 1, tzinfo=ZONE_OF_YEARS),
    ]


def _of_project(project_id: int | None) -> list[ColumnElement[bool]]:
    return [] if project_id is None else [Event.project_id == project_id]


def _shown() -> list[ColumnElement[bool]]:
    return [Event.status.in_(TOOK_PLACE), Event.audience != Audience.INTERNAL]


def projects_of(organisation_id: int) -> Sequence[Project]:
    """The projects in which an organisation has a role, the latest first, with their programmes."""
    roles = select(ProjectRoleRow.project_id).where(ProjectRoleRow.organisation_id == organisation_id)
    return db.session.scalars(
        select(Project)
        .where(Project.id.in_(roles))
        .options(joinedload(Project.programme))
        .order_by(Project.starts_on.desc(), Project.acronym)
    ).all()


def years_of(organisation_id: int) -> list[int]:
    """The years with an event in which it had a part, the latest first."""
    rows = db.session.scalars(
        select(Event.starts_at)
        .join(EventOrganisation, EventOrganisation.event_id == Event.id)
        .where(EventOrganisation.organisation_id == organisation_id, *_shown())
        .distinct()
    )
    return sorted({each.astimezone(ZONE_OF_YEARS).year for each in rows}, reverse=True)


def events_of(organisation_id: int, year: int, project_id: int | None) -> Rows:
    """Events with the roles that it had there, in the order of time; one row for each role."""
    return db.session.execute(
        select(Event.slug, Event.title, Event.starts_at, Event.ends_at, Event.timezone, Event.date_precision)
        .add_columns(Event.kind, EventOrganisation.role)
        .join(EventOrganisation, EventOrganisation.event_id == Event.id)
        .where(
            EventOrganisation.organisation_id == organisation_id,
            *_shown(),
            *_within(Event.starts_at, year),
            *_of_project(project_id),
        )
        .order_by(Event.starts_at, Event.id, EventOrganisation.role)
    ).all()


def people_of(organisation_id: int, year: int, project_id: int | None) -> tuple[int, int]:
    """How many confirmed registrations came from it, at how many events."""
    row = db.session.execute(
        select(func.count(), func.count(Event.id.distinct()))
        .select_from(Registration)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .join(Event, Event.id == Allotment.event_id)
        .where(
            Allotment.kind == AllotmentKind.EVENT,
            Registration.organisation_id == organisation_id,
            Registration.place == Place.CONFIRMED,
            *_shown(),
            *_within(Event.starts_at, year),
            *_of_project(project_id),
        )
    ).one()
    return row[0], row[1]


def given(organisation_id: int, year: int, project_id: int | None) -> Rows:
    """Its published practices that were presented, shared or discussed, with the event; in the order of time."""
    return db.session.execute(
        select(Practice.slug, Practice.title, PracticeUse.act, Event.slug.label("event_slug"))
        .add_columns(Event.title.label("event_title"))
        .join(PracticeUse, PracticeUse.practice_id == Practice.id)
        .join(Event, Event.id == PracticeUse.event_id)
        .where(
            Practice.owner_id == organisation_id,
            Practice.is_published,
            *_shown(),
            *_within(Event.starts_at, year),
            *_of_project(project_id),
        )
        .order_by(Event.starts_at, Practice.id, PracticeUse.id)
    ).all()


def taken_up_by_others(organisation_id: int, year: int) -> Rows:
    """What others reached with its practices."""
    return _steps(year, Practice.owner_id == organisation_id)


def taken(organisation_id: int, year: int) -> Rows:
    """What it reached itself with practices of others."""
    return _steps(year, Adoption.organisation_id == organisation_id)


def _steps(year: int, test: ColumnElement[bool]) -> Rows:
    return db.session.execute(
        select(Practice.slug, Practice.title, AdoptionChange.after, AdoptionChange.at, Organisation.name)
        .add_columns(Organisation.slug.label("organisation_slug"))
        .join(Adoption, Adoption.practice_id == Practice.id)
        .join(AdoptionChange, AdoptionChange.adoption_id == Adoption.id)
        .join(Organisation, Organisation.id == Adoption.organisation_id)
        .where(Practice.is_published, test, *_within(AdoptionChange.at, year))
        .order_by(AdoptionChange.at, AdoptionChange.id)
    ).all()


def services_of(organisation_id: int, year: int) -> Rows:
    """Steps of the services that it owns, proposed or implements, in the order of time."""
    implemented = select(service_implementer.c.service_id).where(
        service_implementer.c.organisation_id == organisation_id
    )
    return db.session.execute(
        select(ServiceProposal.slug, ServiceProposal.title, ServiceChange.after, ServiceChange.at)
        .join(ServiceChange, ServiceChange.service_id == ServiceProposal.id)
        .where(
            or_(
                ServiceProposal.owner_id == organisation_id,
                ServiceProposal.proposer_id == organisation_id,
                ServiceProposal.id.in_(implemented),
            ),
            *_within(ServiceChange.at, year),
        )
        .order_by(ServiceChange.at, ServiceChange.id)
    ).all()


def needs_of(organisation_id: int, year: int) -> Rows:
    """Its public needs, the most wanted first; one that was said at an event belongs to the year of the event."""
    said_at = func.coalesce(Event.starts_at, Need.at)
    return db.session.execute(
        select(Need.public_id, Need.text, Need.language, Need.voters)
        .outerjoin(Event, Event.id == Need.event_id)
        .where(
            Need.cluster_id == organisation_id,
            Need.is_public,
            Need.state == NeedState.SHOWN,
            *_within(said_at, year),
        )
        .order_by(Need.voters.desc(), Need.at, Need.id)
    ).all()
