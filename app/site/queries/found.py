"""Reads for the search: which of many hits everybody may see now, and what their lines show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from app.board.models import BoardPost
from app.events.models import Event
from app.files.models import StoredFile
from app.kernel.db import db
from app.materials.models import Material
from app.materials.rules import Visibility
from app.needs.models import Need
from app.needs.rules import NeedState
from app.network.models import Organisation, Person, Project, ThematicGroup
from app.pilots.models import ServiceProposal
from app.plans.models import GroupDocument, PlanVersion, StrategicPlan
from app.plans.rules.plans import PlanState
from app.practices.models import Practice
from app.stories.models import Story
from app.stories.rules.writing import StoryState
from app.studies.models import ClusterService, Study
from app.venues.models import Venue

_KEYS: dict[str, Any] = {
    "event": Event.id,
    "practice": Practice.id,
    "organisation": Organisation.id,
    "project": Project.id,
    "group": ThematicGroup.id,
    "venue": Venue.id,
    "person": Person.id,
    "story": Story.id,
    "board_post": BoardPost.id,
    "strategic_plan": StrategicPlan.id,
    "material": Material.id,
    "group_document": GroupDocument.id,
    "study": Study.id,
    "cluster_service": ClusterService.id,
    "need": Need.id,
    "service_proposal": ServiceProposal.id,
}


def visible(subject: str, ids: Collection[int], today: date) -> set[int]:
    """Those of the ids that everybody may see; ``today`` decides which offers and requests stand open."""
    key = _KEYS[subject]
    return set(db.session.scalars(select(key).where(key.in_(ids), *_conditions(subject, today))))


def _conditions(subject: str, today: date) -> Sequence[ColumnElement[bool]]:
    conditions: dict[str, Sequence[ColumnElement[bool]]] = {
        "event": [Event.on_lists.is_(True)],
        "practice": [Practice.is_published.is_(True)],
        "person": [Person.is_public.is_(True)],
        "material": [
            Material.visibility == Visibility.PUBLIC,
            Material.event_id.in_(select(Event.id).where(Event.on_lists.is_(True))),
        ],
        "group_document": [GroupDocument.is_public.is_(True)],
        "story": [Story.state == StoryState.PUBLISHED],
        "board_post": [BoardPost.closed_at.is_(None), BoardPost.expires_on >= today],
        "need": [Need.is_public.is_(True), Need.state == NeedState.SHOWN],
        "strategic_plan": [
            StrategicPlan.state != PlanState.SUPERSEDED,
            StrategicPlan.id.in_(select(PlanVersion.plan_id)),
        ],
    }
    return conditions.get(subject, ())


def stories(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(Story.id, Story.slug, Story.title, Story.standfirst).where(Story.id.in_(ids))
    ).all()


def posts(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(
            BoardPost.id, BoardPost.slug, BoardPost.title, BoardPost.language, Organisation.name.label("organisation")
        )
        .join(Organisation, Organisation.id == BoardPost.organisation_id)
        .where(BoardPost.id.in_(ids))
    ).all()


def plans(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(StrategicPlan.id, ThematicGroup.slug, ThematicGroup.name)
        .join(ThematicGroup, ThematicGroup.id == StrategicPlan.group_id)
        .where(StrategicPlan.id.in_(ids))
    ).all()


def documents(ids: Sequence[int]) -> Sequence[Any]:
    """Files and links of events, with the title of the event."""
    return db.session.execute(
        select(
            Material.id,
            Material.public_id,
            Material.title,
            Material.language,
            Material.url,
            StoredFile.name,
            Event.title.label("event_title"),
        )
        .join(Event, Event.id == Material.event_id)
        .outerjoin(StoredFile, StoredFile.id == Material.file_id)
        .where(Material.id.in_(ids))
    ).all()


def group_documents(ids: Sequence[int]) -> Sequence[Any]:
    """Files and links of groups, with the group."""
    return db.session.execute(
        select(
            GroupDocument.id,
            GroupDocument.title,
            GroupDocument.url,
            StoredFile.name.label("file_name"),
            ThematicGroup.slug,
            ThematicGroup.name,
        )
        .join(ThematicGroup, ThematicGroup.id == GroupDocument.group_id)
        .outerjoin(StoredFile, StoredFile.id == GroupDocument.file_id)
        .where(GroupDocument.id.in_(ids))
    ).all()


def studies(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(select(Study.id, Study.slug, Study.title, Study.summary).where(Study.id.in_(ids))).all()


def services(ids: Sequence[int]) -> Sequence[Any]:
    """Services of clusters with the organisation that gives them."""
    return db.session.execute(
        select(ClusterService.id, ClusterService.name, Organisation.name.label("organisation"))
        .join(Organisation, Organisation.id == ClusterService.organisation_id)
        .where(ClusterService.id.in_(ids))
    ).all()


def proposals(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(
        select(ServiceProposal.id, ServiceProposal.slug, ServiceProposal.title, ServiceProposal.stage).where(
            ServiceProposal.id.in_(ids)
        )
    ).all()


def needs(ids: Sequence[int]) -> Sequence[Any]:
    return db.session.execute(select(Need.id, Need.public_id, Need.text, Need.language).where(Need.id.in_(ids))).all()


def all_ids(model: Any) -> Sequence[int]:
    """Of everything there is of a kind, public or not."""
    return db.session.scalars(select(model.id).order_by(model.id)).all()
