"""What every verb asks first, and what follows from a change."""

from __future__ import annotations

from itertools import chain

from app.agenda.facts import AgendaChanged
from app.files import services as files
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.practices import queries
from app.practices.errors import MayNotEdit, PracticeNotFound
from app.practices.models import Practice
from app.practices.permissions import Parties, may_edit, may_review
from app.practices.rules.form import Part
from app.search import services as search
from app.search.facets import Facets


def editable(practice_id: int, actor: Actor) -> Practice:
    """A practice that the actor writes; raises MayNotEdit, or PracticeNotFound for who may not know of it."""
    row = queries.practice(practice_id)
    if not may_edit(actor, row.owner_id):
        raise MayNotEdit(slug=row.slug) if row.is_published else PracticeNotFound(practice_id=practice_id)
    return row


def reviewable(practice_id: int, actor: Actor) -> tuple[Practice, Parties]:
    """A practice that the actor writes or reviews; raises MayNotEdit or PracticeNotFound."""
    row = queries.practice(practice_id)
    parties = queries.parties_of(row)
    if not may_review(actor, parties):
        raise MayNotEdit(slug=row.slug) if row.is_published else PracticeNotFound(practice_id=practice_id)
    return row, parties


@transactional
def reindex(practice_id: int) -> None:
    """Put the search document anew, with what its documents say; only what is published can be found.

    Raises PracticeNotFound.
    """
    db.session.flush()
    row = queries.practice(practice_id)
    if not row.is_published:
        search.forget("practice", row.id)
        return
    owner = row.owner
    sector = [*row.sector.name.all_words(), *row.sector.aliases] if row.sector else []
    parts = chain.from_iterable(getattr(row, part).all_words() for part in Part if part is not Part.TITLE)
    names = [owner.name, owner.short_name or "", row.city or "", row.theme or "", *row.keywords]
    facets = Facets(
        sectors=(row.sector_id,) if row.sector_id else (),
        countries=(row.country_code,),
        years=(row.starts_on.year,) if row.starts_on else (),
        aims=tuple(sorted(row.aims)),
    )
    inside = files.words_of([each.file for each in row.files])
    texts = [*names, *parts, *owner.aliases, *sector, *inside]
    search.index("practice", row.id, names=row.title.all_words(), texts=texts, facets=facets)


def tell(row: Practice) -> None:
    """A practice is named on the agendas where it came up, so they changed too."""
    reindex(row.id)
    for event_id in queries.events_of(row.id):
        record(AgendaChanged(event_id=event_id))
