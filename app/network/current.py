"""The actor of the request in hand."""

from __future__ import annotations

from flask import g, has_request_context

from app.accounts.current import current_account_id
from app.network.actors import ANYBODY, Actor
from app.network.queries import actor_of


def current_actor() -> Actor:
    """Who sent this request; built once. Nobody signed in costs no query."""
    if not has_request_context():
        return ANYBODY
    if "actor" not in g:
        account_id = current_account_id()
        g.actor = actor_of(account_id) if account_id else ANYBODY
    return g.actor  # type: ignore[no-any-return]
