"""Whose calendars the browser in hand may see."""

from __future__ import annotations

from flask import session

from app.accounts.current import current_account_id
from app.accounts.queries import account
from app.kernel import clock
from app.personal.rules import PROOF_LIFE

_KEY = "calendars_of"


def current_address() -> str | None:
    """The address of who is signed in, or the one that was proved by a mailed link a short while ago."""
    account_id = current_account_id()
    if account_id and (found := account(account_id)):
        return found.email
    kept = session.get(_KEY)
    if isinstance(kept, list) and len(kept) == 2 and clock.now().timestamp() <= kept[1]:
        return str(kept[0])
    return None


def keep_address(email: str) -> None:
    """Remember in this browser, for PROOF_LIFE, that an address was proved."""
    session[_KEY] = [email, int((clock.now() + PROOF_LIFE).timestamp())]


def forget_address() -> None:
    session.pop(_KEY, None)
