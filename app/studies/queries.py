from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.models import Country, Organisation, Project, Region
from app.search.queries import refs
from app.studies.errors import ServiceNotFound, StudyNotFound
from app.studies.models import ClusterService, ServiceTarget, Study, StudyAuthor, study_service
from app.studies.rules import ServiceFilter, ServiceState, Target

MOST = 500  # a catalogue is one page; searching narrows it


def with_document(file_id: int) -> Sequence[Study]:
    """The studies whose document a file is."""
    return db.session.scalars(select(Study).where(Study.document_id == file_id)).all()


def study(slug: str) -> Study:
    """Raises StudyNotFound."""
    found = db.session.scalar(select(Study).where(Study.slug == slug).options(selectinload(Study.authors)))
    if found is None:
        raise StudyNotFound(slug=slug)
    return found


def study_for_page(slug: str) -> Study:
    """A study with everything that its page shows; raises StudyNotFound."""
    services = selectinload(Study.services)
    query = (
        select(Study)
        .where(Study.slug == slug)
        .options(
            joinedload(Study.project),
            joinedload(Study.document),
            selectinload(Study.authors).joinedload(StudyAuthor.organisation),
            selectinload(Study.countries),
            selectinload(Study.regions),
            services.joinedload(ClusterService.organisation).joinedload(Organisation.country),
            services.selectinload(ClusterService.target_rows),
        )
    )
    found = db.session.scalar(query)
    if found is None:
        raise StudyNotFound(slug=slug)
    return found


def studies() -> Sequence[Study]:
    """All studies, the latest first."""
    return db.session.scalars(_listed()).all()


def studies_of(organisation_ids: frozenset[int] | None) -> Sequence[Study]:
    """Studies that these organisations conducted, or all."""
    if organisation_ids is None:
        return studies()
    own = select(StudyAuthor.study_id).where(StudyAuthor.organisation_id.in_(organisation_ids))
    return db.session.scalars(_listed().where(Study.id.in_(own))).all()


def service(service_id: int) -> ClusterService:
    """Raises ServiceNotFound."""
    query = select(ClusterService).where(ClusterService.id == service_id)
    found = db.session.scalar(query.options(selectinload(ClusterService.target_rows)))
    if found is None:
        raise ServiceNotFound(service_id=service_id)
    return found


def service_in(study_id: int, service_id: int) -> ClusterService:
    """A service that a study found; raises ServiceNotFound."""
    query = select(study_service.c.service_id).where(
        study_service.c.study_id == study_id, study_service.c.service_id == service_id
    )
    if db.session.scalar(query) is None:
        raise ServiceNotFound(service_id=service_id)
    return service(service_id)


def catalogue(wanted: ServiceFilter) -> Sequence[ClusterService]:
    """Services of all clusters that fit, by cluster, with the studies that found them."""
    return db.session.scalars(_services().where(*_conditions(wanted)).limit(MOST)).all()


def services_of(organisation_id: int) -> Sequence[ClusterService]:
    """What a cluster offers or tries out."""
    return db.session.scalars(
        _services().where(ClusterService.organisation_id == organisation_id, ClusterService.state != ServiceState.ENDED)
    ).all()


def slug_is_taken(slug: str) -> bool:
    return db.session.scalar(select(Study.id).where(Study.slug == slug)) is not None


def knows(model: type, keys: Sequence[object]) -> bool:
    """Whether all these rows exist."""
    return all(db.session.get(model, key) is not None for key in keys)


def countries(codes: Sequence[str]) -> list[Country]:
    return list(db.session.scalars(select(Country).where(Country.code.in_(codes)).order_by(Country.code)))


def regions(codes: Sequence[str]) -> list[Region]:
    return list(db.session.scalars(select(Region).where(Region.code.in_(codes)).order_by(Region.code)))


def project_choices() -> list[tuple[int, str]]:
    rows = db.session.execute(select(Project.id, Project.acronym).order_by(Project.acronym))
    return [(row.id, row.acronym) for row in rows]


def _listed() -> Select[Study]:
    return (
        select(Study)
        .order_by(Study.starts_on.desc(), Study.id.desc())
        .options(
            joinedload(Study.project),
            selectinload(Study.authors).joinedload(StudyAuthor.organisation),
            selectinload(Study.countries),
            selectinload(Study.regions),
            selectinload(Study.services),
        )
    )


def _services() -> Select[ClusterService]:
    return (
        select(ClusterService)
        .join(ClusterService.organisation)
        .order_by(Organisation.name, ClusterService.id)
        .options(
            joinedload(ClusterService.organisation).joinedload(Organisation.country),
            selectinload(ClusterService.target_rows),
            selectinload(ClusterService.studies),
        )
    )


def _conditions(wanted: ServiceFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.target:
        of_target = select(ServiceTarget.service_id).where(ServiceTarget.target == wanted.target)
        tests.append(ClusterService.id.in_(of_target) if wanted.target in set(Target) else false())
    if wanted.state:
        tests.append(ClusterService.state == wanted.state if wanted.state in set(ServiceState) else false())
    if wanted.country:
        tests.append(Organisation.country_code == wanted.country)
    if wanted.q:
        tests.append(ClusterService.id.in_(refs("cluster_service", wanted.q)))
    return tests
