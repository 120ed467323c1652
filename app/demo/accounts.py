"""The sign-ins of the demonstration. All have one password, so they exist in demonstration mode only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.accounts.queries import account_of
from app.accounts.services import add_account
from app.kernel.db import transactional
from app.network.actors import ANYBODY, SYSTEM, Actor
from app.network.queries import actor_of
from app.network.services import link_account

PASSWORD = "filo-demo"  # noqa: S105

# address → person; the administrator is nobody of the network
SIGN_INS = {
    "admin@filo.example": None,
    "organiser@filo.example": "ada_esempio",
    "partner@filo.example": "bruno_segnaposto",
    "coordinator@filo.example": "gaia_modello",
    "observer@filo.example": "dario_fittizio",
    "host@filo.example": "elena_finta",
    "expert@filo.example": "erika_musterfrau",
}


@transactional
def load_accounts(persons: Mapping[str, int], now: datetime) -> None:
    for email, person in SIGN_INS.items():
        account_id = add_account(email=email, locale="en", now=now, password=PASSWORD, is_administrator=person is None)
        if person:
            link_account(persons[person], account_id, actor=SYSTEM)


def somebody(email: str) -> Actor:
    """One of those who can sign in, acting."""
    account = account_of(email)
    return actor_of(account.id) if account else ANYBODY
