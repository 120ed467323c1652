"""Everything that can be found, put anew by the rooms that own it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from app.board import services as board
from app.board.models import BoardPost
from app.events.models import Event
from app.events.services import keeping as events
from app.kernel.db import db, transactional
from app.materials import services as materials
from app.materials.models import Material
from app.needs.facts import NeedChanged
from app.needs.handlers import find_it
from app.needs.models import Need
from app.network.models import Organisation, Person, Project, ThematicGroup
from app.network.services import searching as network
from app.pilots import handlers as pilots
from app.pilots.models import ServiceProposal
from app.plans.models import GroupDocument, StrategicPlan
from app.plans.services import documents as group_documents
from app.plans.services import publishing as plans
from app.practices.models import Practice
from app.practices.services import reading as practices
from app.search import queries as search
from app.site.queries.found import all_ids
from app.stories.models import Story
from app.stories.services import writing as stories
from app.studies import services as studies
from app.studies.models import ClusterService, Study
from app.venues import services as venues
from app.venues.models import Venue


def _put_plan(row: StrategicPlan) -> None:
    plans.reindex(row, db.session.get_one(ThematicGroup, row.group_id))


Put = Callable[[Any, date], None]
KINDS: dict[str, tuple[type[Any], Put]] = {
    "organisation": (Organisation, lambda row, _today: network.index_organisation(row)),
    "person": (Person, lambda row, _today: network.index_person(row)),
    "project": (Project, lambda row, _today: network.index_project(row)),
    "group": (ThematicGroup, lambda row, _today: network.index_group(row)),
    "venue": (Venue, lambda row, _today: venues.reindex(row)),
    "event": (Event, lambda row, _today: events.reindex(row.id)),
    "practice": (Practice, lambda row, _today: practices.reindex(row.id)),
    "material": (Material, lambda row, _today: materials.reindex(row)),
    "group_document": (GroupDocument, lambda row, _today: group_documents.reindex(row)),
    "story": (Story, lambda row, _today: stories.reindex(row)),
    "board_post": (BoardPost, board.reindex),
    "study": (Study, lambda row, _today: studies.reindex(row)),
    "cluster_service": (ClusterService, lambda row, _today: studies.reindex_service(row)),
    "service_proposal": (ServiceProposal, lambda row, _today: pilots.reindex(row)),
    "need": (Need, lambda row, _today: find_it(NeedChanged(need_id=row.id, event_id=row.event_id))),
    "strategic_plan": (
        StrategicPlan,
        lambda row, _today: _put_plan(row),
    ),
}


def _rebuild(today: date) -> Iterator[tuple[str, int]]:
    """Each kind and how many of it were looked at; all in the caller's transaction, so nobody finds half of it."""
    search.drop_all()
    for subject, (model, put) in KINDS.items():
        ids = all_ids(model)
        for ref in ids:
            put(db.session.get_one(model, ref), today)
        yield subject, len(ids)


@transactional
def rebuild_all(today: date, tell: Callable[[str, int], None]) -> None:
    """Everything at once or nothing; ``tell`` hears of every kind that is done."""
    for subject, count in _rebuild(today):
        tell(subject, count)
