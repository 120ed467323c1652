"""Organisations that a service names: what they can say against it."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import transactional
from app.network.actors import Actor
from app.pilots import queries
from app.pilots.errors import NotNamed
from app.pilots.models import ServiceProposal
from app.pilots.permissions import may_edit
from app.pilots.services.shared import changed, keep_version
from app.pilots.services.telling import tell_denied


def named_ids(row: ServiceProposal) -> set[int]:
    """Who owns or implements a service and can be taken out of it: of who proposed it, not the ownership."""
    return {*(each.id for each in row.implementers), row.owner_id} - _fixed_ids(row)


@transactional
def deny(slug: str, *, organisation_id: int, actor: Actor, now: datetime) -> None:
    """Take an organisation out of a service that names it, as its managers ask. Who proposed it is told.

    What the organisation owned is then owned by who proposed it. Raises ServiceNotFound, and NotNamed where the
    service does not name the organisation, or the actor does not manage it.
    """
    row = queries.hold_service(queries.service(slug).id)
    if organisation_id not in named_ids(row) or not may_edit(actor, {organisation_id}):
        raise NotNamed(slug=slug)
    was_owner = row.owner_id == organisation_id != row.proposer_id
    keep_version(row)
    if was_owner:
        row.owner_id = row.proposer_id
    row.implementers = [each for each in row.implementers if each.id != organisation_id]
    changed("service.denied", row, actor, now, organisation=organisation_id, was_owner=was_owner)
    tell_denied(row, organisation_id, was_owner=was_owner, now=now)


def _fixed_ids(row: ServiceProposal) -> set[int]:
    implementing = {each.id for each in row.implementers}
    return {row.owner_id} - implementing if row.owner_id == row.proposer_id else set()
