from __future__ import annotations

from app.kernel.facts import on
from app.needs import queries
from app.needs.facts import NeedChanged
from app.needs.rules import NeedState
from app.search import services as search


@on(NeedChanged)
def find_it(fact: NeedChanged) -> None:
    """What is public is found by everybody; the rest only in the list of needs, by those who see it there."""
    (need,) = queries.needs_by_id([fact.need_id])
    search.forget("need", need.id)
    search.forget("need_inside", need.id)
    if need.state is NeedState.SHOWN:
        texts = [need.text, *(each for each in (need.cluster and need.cluster.name,) if each)]
        search.index("need" if need.is_public else "need_inside", need.id, names=(), texts=texts)
