"""Say where a practice came from, and make practices of services that a study found."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db, hold_name, transactional
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.practices.errors import MayNotIdentify, UnknownChoice
from app.practices.inputs import OriginInput, PracticeInput
from app.practices.models import Practice
from app.practices.permissions import may_choose, may_edit
from app.practices.queries import origin as queries
from app.practices.queries.reviewing import lead_ids
from app.practices.rules.form import ROOM, Part
from app.practices.rules.states import State, Step
from app.practices.services.moving import take_step
from app.practices.services.reading import editable
from app.practices.services.writing import enter
from app.studies import queries as studies
from app.studies.models import ClusterService, Study


@transactional
def set_origin(*, practice_id: int, values: OriginInput, actor: Actor, now: datetime) -> Practice:
    """Say which study found a practice and of which services it came; raises MayNotEdit, UnknownChoice."""
    row = editable(practice_id, actor)
    if values.study_id and not queries.knows_study(values.study_id):
        raise UnknownChoice(field="study_id")
    found = queries.cluster_services(values.service_ids)
    if len(found) != len(set(values.service_ids)):
        raise UnknownChoice(field="service_ids")
    row.study_id, row.cluster_services, row.changed_at = values.study_id, list(found), now
    db.session.flush()
    audit.note("practice.origin_set", subject=f"practice:{row.slug}", account_id=actor.account_id, now=now)
    return row


@transactional
def identify(*, study_slug: str, service_id: int, actor: Actor, now: datetime) -> Practice:
    """Make a practice, identified, of a service that a study found; the cluster of the service owns it.

    A service of which a practice came by this study gives that practice, surveyed ones a step further. Raises
    StudyNotFound, ServiceNotFound, MayNotIdentify.
    """
    study = studies.study(study_slug)
    service = studies.service_in(study.id, service_id)
    if not may_identify(actor, study, service):
        raise MayNotIdentify(slug=study_slug)
    hold_name(f"identify:{service.id}")
    row = queries.identified_from(study.id, service.id)
    if row is None:
        row = enter(values=_values(study, service), actor=actor, now=now, demonstration=service.demonstration)
        row.study_id, row.cluster_services = study.id, [service]
        db.session.flush()
    if row.state is State.SURVEYED:
        take_step(practice_id=row.id, step=Step.IDENTIFY, actor=actor, now=now)
    return row


def may_identify(actor: Actor, study: Study, service: ClusterService) -> bool:
    """Who selects among what the study found, and the cluster of the service."""
    return may_edit(actor, service.organisation_id) or may_choose(actor, study.author_ids, lead_ids(study.project_id))


def _values(study: Study, service: ClusterService) -> PracticeInput:
    """What the study knows; what it says of the service is the summary where it is short enough."""
    return PracticeInput(
        title=service.name,
        owner_id=service.organisation_id,
        country_code=service.organisation.country_code,
        region_code=service.organisation.region_code,
        summary=Texts({lang: text for lang, text in service.about.items() if len(text) <= ROOM[Part.SUMMARY]}),
        body=Texts({lang: text for lang, text in service.about.items() if len(text) > ROOM[Part.SUMMARY]}),
        project_id=study.project_id,
    )
