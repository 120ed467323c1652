from __future__ import annotations

from app.kernel.facts import on
from app.pilots import queries
from app.pilots.facts import ServiceChanged
from app.pilots.models import ServiceProposal
from app.search import services as search


@on(ServiceChanged)
def find_it(fact: ServiceChanged) -> None:
    row = queries.service_by_id(fact.service_id)
    if row is not None:
        reindex(row)


def reindex(row: ServiceProposal) -> None:
    """Put what may be searched of a service."""
    texts = [*row.description.values(), row.owner.name, *(each.name for each in row.implementers)]
    search.index("service_proposal", row.id, names=row.title.values(), texts=texts)
