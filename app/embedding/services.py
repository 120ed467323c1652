"""Saying which sites may show a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.audit import services as audit
from app.embedding import queries
from app.embedding.errors import MayNotEmbed
from app.embedding.rules import origins
from app.kernel.db import transactional
from app.network.actors import Actor
from app.network.permissions import may_edit_organisation


@transactional
def allow_sites(slug: str, *, typed: Iterable[str], actor: Actor, now: datetime) -> None:
    """Name the sites that may show the calendar of an organisation, in place of those named before.

    Raises OrganisationNotFound, MayNotEmbed, NotAnOrigin, TooManyOrigins.
    """
    organisation = queries.embedder(slug)
    if not may_edit_organisation(actor, organisation.id):
        raise MayNotEmbed
    queries.replace_sites(organisation.id, origins(typed))
    audit.note("embedding.allowed", subject=f"organisation:{slug}", account_id=actor.account_id, now=now)
