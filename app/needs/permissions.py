from __future__ import annotations

from app.needs.rules import Insider
from app.network.actors import Actor


def may_state_for(actor: Actor, cluster_id: int | None) -> bool:
    """Whoever manages a cluster states its needs and changes them; administrators do for anybody."""
    return actor.is_administrator or (cluster_id is not None and cluster_id in actor.managed_ids)


def may_remove_comment(actor: Actor, author_id: int | None, *, manages: bool) -> bool:
    """Whoever wrote it takes it back; who manages the need does so for anybody."""
    return manages or (author_id is not None and author_id == actor.account_id)


def insider_of(actor: Actor) -> Insider:
    """Which needs somebody sees before they are public."""
    return Insider(
        sees_all=actor.is_administrator,
        organisation_ids=actor.organisation_ids | actor.managed_ids,
        project_ids=frozenset(project for project, _role in actor.project_roles),
    )
