from __future__ import annotations

from app.accounts.facts import AccountAdded
from app.kernel.facts import on
from app.network import services
from app.network.actors import SYSTEM
from app.network.inputs import PersonInput


@on(AccountAdded)
def enter_its_person(fact: AccountAdded) -> None:
    """Whoever gets an account under a name becomes a person of the network; the last word is the family name."""
    if fact.name:
        given_name, _, family_name = fact.name.rpartition(" ")
        data = PersonInput(given_name=given_name, family_name=family_name, email=fact.email)
        services.link_account(services.add_person(data, actor=SYSTEM, now=fact.at).id, fact.account_id, actor=SYSTEM)
