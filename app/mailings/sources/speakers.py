"""Those who speak, moderate or lead at an event or at a part of its agenda, as far as they have an address."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, String, and_, cast, func, literal, null, select

from app.accounts.models import Account
from app.agenda.models import AgendaItem, AgendaPerson
from app.events.models import EventPerson
from app.events.rules import PersonRole
from app.mailings.registry import audience
from app.mailings.rules import Audience
from app.network.models import Person

_SPEAKING = frozenset({PersonRole.SPEAKER, PersonRole.MODERATOR, PersonRole.INVITED_EXPERT, PersonRole.RAPPORTEUR})


@audience(Audience.SPEAKERS)
def speakers(event_id: int) -> Select[*tuple[Any, ...]]:
    of_event = select(EventPerson.person_id).where(EventPerson.event_id == event_id, EventPerson.role.in_(_SPEAKING))
    of_agenda = (
        select(AgendaPerson.person_id)
        .join(AgendaItem, AgendaItem.id == AgendaPerson.item_id)
        .where(AgendaItem.event_id == event_id)
    )
    address = func.coalesce(Account.email, Person.email)
    return (
        select(
            Person.id.label("key"),
            address.label("address"),
            func.coalesce(Account.locale, literal("en")).label("locale"),
            Person.given_name,
            Person.family_name,
            literal("", String).label("organisation"),
            literal("", String).label("org_type"),
            literal("", String).label("country_code"),
            cast(null(), Integer).label("registration_id"),
        )
        .join(Account, and_(Account.id == Person.account_id, Account.disabled_at.is_(None)), isouter=True)
        .where(Person.id.in_(of_event.union(of_agenda)), address.is_not(None), address != "")
    )
