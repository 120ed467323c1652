from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.models import Organisation
from app.practices.models import Practice
from app.studies.models import ClusterService, Study
from app.transfers.errors import AdoptionNotFound
from app.transfers.models import Adoption, PracticeSource
from app.transfers.rules import ASKED_AFTER, OPEN, asking_due


def adoption(public_id: str) -> Adoption:
    """With practice, organisation and changes; raises AdoptionNotFound."""
    found = db.session.scalar(_whole().where(Adoption.public_id == public_id))
    if found is None:
        raise AdoptionNotFound
    return found


def adoption_by_id(adoption_id: int) -> Adoption | None:
    return db.session.scalar(_whole().where(Adoption.id == adoption_id))


def hold_adoption(public_id: str) -> Adoption:
    """The same, locked; raises AdoptionNotFound."""
    found = db.session.scalar(select(Adoption).where(Adoption.public_id == public_id).with_for_update())
    if found is None:
        raise AdoptionNotFound
    return found


def adoption_of(practice_id: int, organisation_id: int) -> Adoption | None:
    query = select(Adoption).where(Adoption.practice_id == practice_id, Adoption.organisation_id == organisation_id)
    return db.session.scalar(query.with_for_update())


def adoptions_of(practice_id: int) -> Sequence[Adoption]:
    """Who takes a practice up, in the order in which they began."""
    return db.session.scalars(_whole().where(Adoption.practice_id == practice_id)).all()


def exchanges() -> Sequence[Adoption]:
    """Everybody who takes up a published practice, or gave it up."""
    return db.session.scalars(_whole().join(Adoption.practice).where(Practice.is_published)).all()


def to_ask(now: datetime) -> Sequence[Adoption]:
    """Those in an open state of whom a follow-up is due."""
    soonest = now - timedelta(days=28 * ASKED_AFTER[0])  # no three months are shorter
    query = select(Adoption).where(
        Adoption.state.in_(OPEN), Adoption.asked < len(ASKED_AFTER), Adoption.since <= soonest
    )
    rows = db.session.scalars(query.order_by(Adoption.id).with_for_update()).all()
    return [row for row in rows if asking_due(row.state, row.since, row.asked, now)]


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def sources_of(practice_id: int) -> Sequence[PracticeSource]:
    """What a practice came of."""
    query = select(PracticeSource).where(PracticeSource.practice_id == practice_id).order_by(PracticeSource.id)
    return db.session.scalars(
        query.options(
            joinedload(PracticeSource.study),
            joinedload(PracticeSource.service).joinedload(ClusterService.organisation),
        )
    ).all()


def came_of(study_id: int) -> Sequence[PracticeSource]:
    """Published practices that came of the services that a study found."""
    found = select(ClusterService.id).where(ClusterService.studies.any(Study.id == study_id))
    query = (
        select(PracticeSource)
        .join(PracticeSource.practice)
        .where(PracticeSource.service_id.in_(found), Practice.is_published)
        .order_by(PracticeSource.id)
        .options(joinedload(PracticeSource.practice).joinedload(Practice.owner))
    )
    return db.session.scalars(query).all()


def same_source(practice_id: int, study_id: int | None, service_id: int | None) -> PracticeSource | None:
    return db.session.scalar(
        select(PracticeSource).where(
            PracticeSource.practice_id == practice_id,
            PracticeSource.study_id.is_not_distinct_from(study_id),
            PracticeSource.service_id.is_not_distinct_from(service_id),
        )
    )


def _whole() -> Select[Adoption]:
    place = (joinedload(Organisation.country), joinedload(Organisation.region))
    return (
        select(Adoption)
        .order_by(Adoption.since, Adoption.id)
        .options(
            joinedload(Adoption.practice).options(
                joinedload(Practice.region), joinedload(Practice.owner).options(*place)
            ),
            joinedload(Adoption.organisation).options(*place),
            selectinload(Adoption.changes),
        )
    )
