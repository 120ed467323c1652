"""What the verbs of services have in common."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.kernel.db import db
from app.kernel.facts import record
from app.network.actors import Actor
from app.pilots import queries
from app.pilots.errors import MayNotEdit
from app.pilots.facts import ServiceChanged
from app.pilots.inputs import ServiceInput, content_of
from app.pilots.models import ServiceProposal, ServiceVersion
from app.pilots.permissions import may_edit


def editing_ids(row: ServiceProposal) -> set[int]:
    """The organisations whose managers write a service."""
    return {row.owner_id, row.proposer_id, *(each.id for each in row.implementers)}


def editable(slug: str, actor: Actor) -> ServiceProposal:
    row = queries.hold_service(queries.service(slug).id)
    if not may_edit(actor, editing_ids(row)):
        raise MayNotEdit
    return row


def input_of(row: ServiceProposal) -> ServiceInput:
    """The form as it stands."""
    return ServiceInput(
        title=row.title,
        description=row.description,
        uptake_actions=row.uptake_actions,
        target=row.target,
        owner_id=row.owner_id,
        need_ids=tuple(each.id for each in row.needs),
        practice_ids=tuple(each.id for each in row.practices),
        implementer_ids=tuple(each.id for each in row.implementers),
        due_on=row.due_on,
        proof=row.proof or "",
    )


def keep_version(row: ServiceProposal) -> None:
    """Keep what stands, before it is written anew: a form that was opened on it is brought together by it."""
    db.session.add(ServiceVersion(service_id=row.id, number=row.revision, content=content_of(input_of(row))))
    row.revision += 1


def changed(action: str, row: ServiceProposal, actor: Actor, now: datetime, **details: object) -> None:
    row.changed_at = now
    db.session.flush()
    record(ServiceChanged(service_id=row.id))
    audit.note(
        action, subject=f"service:{row.slug}", account_id=actor.account_id, now=now, stage=str(row.stage), **details
    )
