from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, select

from app.embedding.models import EmbeddingSite
from app.kernel.db import db
from app.network.errors import OrganisationNotFound
from app.network.models import Organisation


class Embedder(NamedTuple):
    """An organisation and the sites that may show its calendar."""

    id: int
    slug: str
    name: str
    origins: tuple[str, ...]


def embedder(slug: str) -> Embedder:
    """In one query; raises OrganisationNotFound."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, EmbeddingSite.origin)
        .outerjoin(EmbeddingSite, EmbeddingSite.organisation_id == Organisation.id)
        .where(Organisation.slug == slug)
        .order_by(EmbeddingSite.position)
    ).all()
    if not rows:
        raise OrganisationNotFound(slug=slug)
    return Embedder(rows[0].id, slug, rows[0].name, tuple(row.origin for row in rows if row.origin))


def first_managed(organisation_ids: frozenset[int]) -> str | None:
    """The first by name of some organisations."""
    query = select(Organisation.slug).where(Organisation.id.in_(organisation_ids))
    return db.session.scalar(query.order_by(Organisation.name, Organisation.id).limit(1))


def replace_sites(organisation_id: int, origins: Sequence[str]) -> None:
    db.session.execute(delete(EmbeddingSite).where(EmbeddingSite.organisation_id == organisation_id))
    db.session.add_all(
        EmbeddingSite(organisation_id=organisation_id, origin=origin, position=position)
        for position, origin in enumerate(origins)
    )
    db.session.flush()
