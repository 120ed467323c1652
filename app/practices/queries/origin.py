"""Where practices came from: studies, and the services that they found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.models import Organisation, ProjectRoleRow
from app.network.rules import ProjectRole
from app.practices.models import Practice, PracticeChange, PracticeExpert, practice_service
from app.practices.permissions import Parties
from app.practices.queries.reviewing import conductors_of
from app.practices.rules.states import Step
from app.studies.models import ClusterService, Study, study_service

VERDICTS = (Step.SELECT, Step.LEAVE_OUT)


def came_of(study_id: int) -> Sequence[Practice]:
    """Practices that came of a study or of a service that it found, published or not, in the order of writing."""
    found = select(study_service.c.service_id).where(study_service.c.study_id == study_id)
    by_service = select(practice_service.c.practice_id).where(practice_service.c.service_id.in_(found))
    query = select(Practice).where(or_(Practice.study_id == study_id, Practice.id.in_(by_service)))
    return db.session.scalars(
        query.order_by(Practice.id).options(joinedload(Practice.owner), selectinload(Practice.cluster_services))
    ).all()


def identified_from(study_id: int, service_id: int) -> Practice | None:
    """The first practice of a study that names a service as its origin."""
    by_service = select(practice_service.c.practice_id).where(practice_service.c.service_id == service_id)
    query = select(Practice).where(Practice.study_id == study_id, Practice.id.in_(by_service))
    return db.session.scalar(query.order_by(Practice.id).limit(1))


def verdicts_on(practice_ids: Collection[int]) -> dict[int, PracticeChange]:
    """The newest decision to select each of these practices, or not to."""
    query = select(PracticeChange).where(
        PracticeChange.practice_id.in_(practice_ids), PracticeChange.step.in_(VERDICTS)
    )
    rows = db.session.scalars(
        query.order_by(PracticeChange.at, PracticeChange.id).options(joinedload(PracticeChange.organisation))
    )
    return {row.practice_id: row for row in rows}


def parties_of_all(practices: Collection[Practice]) -> dict[int, Parties]:
    """Whom each of these practices concerns, in three queries for all."""
    leads, experts = dict[int, set[int]](), dict[int, set[int]]()
    project_ids = {one.project_id for one in practices} - {None}
    roles = select(ProjectRoleRow.project_id, ProjectRoleRow.organisation_id).where(
        ProjectRoleRow.project_id.in_(project_ids), ProjectRoleRow.role == ProjectRole.LEAD_PARTNER
    )
    for row in db.session.execute(roles):
        leads.setdefault(row.project_id, set()).add(row.organisation_id)
    asked = select(PracticeExpert.practice_id, PracticeExpert.person_id).where(
        PracticeExpert.practice_id.in_({one.id for one in practices})
    )
    for row in db.session.execute(asked):
        experts.setdefault(row.practice_id, set()).add(row.person_id)
    conductors = conductors_of(one.study_id for one in practices)
    return {
        one.id: Parties(
            owner_id=one.owner_id,
            project_id=one.project_id,
            lead_ids=frozenset(leads.get(one.project_id or 0, ())),
            group_id=one.group_id,
            expert_ids=frozenset(experts.get(one.id, ())),
            conductor_ids=conductors[one.study_id],
        )
        for one in practices
    }


def knows_study(study_id: int) -> bool:
    return db.session.get(Study, study_id) is not None


def study_choices() -> Sequence[Study]:
    return db.session.scalars(select(Study).order_by(Study.id)).all()


def cluster_services(ids: Collection[int]) -> Sequence[ClusterService]:
    return db.session.scalars(
        select(ClusterService).where(ClusterService.id.in_(ids)).order_by(ClusterService.id)
    ).all()


def offered(owner_id: int, study_id: int | None, chosen: Collection[int]) -> Sequence[ClusterService]:
    """What may be named as the origin of a practice: services of its owner, of a study, and those named already."""
    of_study = select(study_service.c.service_id).where(study_service.c.study_id == study_id)
    query = select(ClusterService).where(
        or_(
            ClusterService.organisation_id == owner_id,
            ClusterService.id.in_(of_study),
            ClusterService.id.in_(chosen),
        )
    )
    return db.session.scalars(
        query.join(ClusterService.organisation)
        .options(joinedload(ClusterService.organisation))
        .order_by(Organisation.name, ClusterService.id)
    ).all()
