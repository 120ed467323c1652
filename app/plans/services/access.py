"""The circle of a group, and who is let in."""

from __future__ import annotations

from datetime import datetime

from app.audit import services as audit
from app.network.actors import Actor
from app.network.models import ThematicGroup
from app.network.queries import group_for_page, lead_ids
from app.plans import permissions
from app.plans.errors import MayNotDecide, MayNotDraft, MayNotLookIn
from app.plans.permissions import Circle
from app.plans.queries import plans as queries


def circle_of(group: ThematicGroup) -> Circle:
    """Needs the group's roles."""
    return Circle(
        group_id=group.id,
        project_id=group.project_id,
        lead_ids=lead_ids(group.project_id),
        member_ids=frozenset(row.organisation_id for row in group.roles),
        drafter_ids=queries.drafter_ids(group.id),
    )


def looked_into(slug: str, actor: Actor) -> ThematicGroup:
    """The group for a page of its members; raises GroupNotFound, MayNotLookIn."""
    group = group_for_page(slug)
    if not permissions.may_look_in(actor, circle_of(group)):
        raise MayNotLookIn(slug=slug)
    return group


def drafted(slug: str, actor: Actor) -> ThematicGroup:
    """The group for who writes its plan and actions; raises GroupNotFound, MayNotDraft."""
    group = group_for_page(slug)
    if not permissions.may_draft(actor, circle_of(group)):
        raise MayNotDraft(slug=slug)
    return group


def decided(slug: str, actor: Actor) -> ThematicGroup:
    """The group for who decides; raises GroupNotFound, MayNotDecide."""
    group = group_for_page(slug)
    if not permissions.may_decide(actor, circle_of(group)):
        raise MayNotDecide(slug=slug)
    return group


def note(action: str, group: ThematicGroup, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(action, subject=f"group:{group.slug}", account_id=actor.account_id, now=now, **details)
