"""The signed-in account of the request in hand."""

from __future__ import annotations

from flask import g, session

from app.accounts.queries import account_id_of_session
from app.kernel import clock

KEY = "signed_in"


def current_account_id() -> int | None:
    """The account whose session this browser holds, if it still lives. A browser without one costs no query."""
    if "account_id" not in g:
        secret = session.get(KEY)
        g.account_id = account_id_of_session(secret, clock.now()) if isinstance(secret, str) else None
    return g.account_id  # type: ignore[no-any-return]
