"""Those who speak, moderate or lead at an event or at a part of its agenda, as far as they have an address."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, cast, func, literal, null, select

from app.accounts.models import Account
from app.agenda.models import AgendaItem, AgendaPerson
from app.events.models import EventPerson
from app.events.rules import PersonRole
from app.mailings.registry import audience, without_address
from app.mailings.rules import Audience
from app.network.models import Person

_SPEAKING = frozenset({PersonRole.SPEAKER, PersonRole.MODERATOR, PersonRole.INVITED_EXPERT, PersonRole.RAPPORTEUR})
_ADDRESS = func.coalesce(Account.email, Person.email)
_ACCOUNT = and_(Account.id == Person.account_id, Account.disabled_at.is_(None))


@audience(Audience.SPEAKERS)
def speakers(event_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id.label("key"),
            _ADDRESS.label("address"),
            func.coalesce(Account.locale, literal("en")).label("locale"),
            Person.given_name,
            Person.family_name,
            literal("", String).label("organisation"),
            literal("", String).label("org_type"),
            literal("", String).label("country_code"),
            cast(null(), Integer).label("registration_id"),
        )
        .join(Account, _ACCOUNT, isouter=True)
        .where(_has_a_part(event_id), _ADDRESS.is_not(None), _ADDRESS != "")
    )


@without_address(Audience.SPEAKERS)
def lost_speakers(event_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            (Person.given_name + " " + Person.family_name).label("name"),
            literal("", String).label("org_type"),
            literal("", String).label("country_code"),
        )
        .join(Account, _ACCOUNT, isouter=True)
        .where(_has_a_part(event_id), func.coalesce(_ADDRESS, "") == "")
    )


def _has_a_part(event_id: int) -> ColumnElement[bool]:
    of_event = select(EventPerson.person_id).where(EventPerson.event_id == event_id, EventPerson.role.in_(_SPEAKING))
    of_agenda = (
        select(AgendaPerson.person_id)
        .join(AgendaItem, AgendaItem.id == AgendaPerson.item_id)
        .where(AgendaItem.event_id == event_id)
    )
    return Person.id.in_(of_event.union(of_agenda))
