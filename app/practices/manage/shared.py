"""What the pages of writers and reviewers share."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint

from app.accounts.gate import ask_to_sign_in
from app.network.current import current_actor
from app.practices import queries
from app.practices.errors import MayNotEdit, PracticeNotFound
from app.practices.models import Practice
from app.practices.permissions import Parties, may_edit, may_review
from app.practices.queries import reviewing

bp = Blueprint("practices_manage", __name__, url_prefix="/manage")
bp.before_request(ask_to_sign_in)


def own_ids() -> frozenset[int] | None:
    """The organisations for which the actor may write, None for all; raises MayNotEdit when there are none."""
    actor = current_actor()
    if actor.is_administrator:
        return None
    if not actor.managed_ids:
        raise MayNotEdit
    return actor.managed_ids


def editable(slug: str) -> Practice:
    """Raises MayNotEdit, or PracticeNotFound for who may not know of it."""
    practice = queries.practice_for_page(slug)
    if not may_edit(current_actor(), practice.owner_id):
        raise MayNotEdit(slug=slug) if practice.is_published else PracticeNotFound(slug=slug)
    return practice


def reviewable(slug: str) -> tuple[Practice, Parties]:
    """Raises MayNotEdit, or PracticeNotFound for who may not know of it."""
    practice = queries.practice_for_page(slug)
    parties = queries.parties_of(practice)
    if not may_review(current_actor(), parties):
        raise MayNotEdit(slug=slug) if practice.is_published else PracticeNotFound(slug=slug)
    return practice, parties


def people() -> Sequence[tuple[int, str]]:
    """Whom one may choose as author or expert."""
    actor = current_actor()
    return reviewing.person_choices(None if actor.is_administrator else actor.organisation_ids)
