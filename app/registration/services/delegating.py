"""Delegations: an organisation registers its people in a batch, and looks after them and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.audit import services as audit
from app.events.models import Event
from app.events.services import visible_event
from app.kernel.db import transactional
from app.kernel.ids import digest, opaque_id
from app.network.actors import Actor
from app.registration import queries
from app.registration.errors import NotOneOfYours
from app.registration.inputs import Application, Heir, PersonInput
from app.registration.models import Registration
from app.registration.permissions import may_send_delegation
from app.registration.queries import managing, sending
from app.registration.queries.sending import Sender
from app.registration.rules import Origin
from app.registration.services import handing_over, joining, leaving, tables
from app.registration.services.joining import Outcome


def senders_of(event: Event, actor: Actor) -> list[Sender]:
    """The organisations whose people the actor may register for the event."""
    return sending.senders(event, None if actor.is_administrator else actor.managed_ids)


def may_send_to(event: Event, actor: Actor) -> bool:
    """Whether any organisation that the actor manages may send people; who manages none costs no query."""
    return bool(actor.managed_ids) and bool(sending.senders(event, actor.managed_ids))


def sender(event: Event, organisation_id: int | None, actor: Actor) -> Sender:
    """The organisation that sends a delegation, or the first one where none is named; raises NotOneOfYours."""
    found = senders_of(event, actor)
    known = frozenset(one.id for one in found)
    for one in found:
        if organisation_id in {None, one.id} and may_send_delegation(actor, one.id, senders=known):
            return one
    raise NotOneOfYours(organisation_id=organisation_id)


@transactional
def register(
    *,
    event_slug: str,
    organisation_id: int,
    people: Sequence[PersonInput],
    together: bool,
    form_key: str,
    actor: Actor,
    now: datetime,
) -> list[Outcome]:
    """Register people of a delegation under one lock; each gets an answer of his or her own, in their order.

    Window, approval, proof of the address, quotas and queue are as for everybody; partners and organisations with a
    part in the event count as invited. ``together``: they move up as a group, as the event's group rule says.
    The same form sent again gives the same answers. The addresses are different ones.
    Raises EventNotFound, NotOneOfYours.
    """
    event = visible_event(event_slug, actor)
    found = sender(event, organisation_id, actor)
    members = sending.members_of(found.id)
    party = opaque_id(22) if together and len(people) > 1 else None
    applications = [
        Application(
            person=person,
            form_key=f"delegation-{digest(f'{form_key}:{person.email_key}')[:40]}",
            is_invited=found.is_part_of_it,
            party=party,
            origin=Origin.DELEGATION,
            organisation_id=_known(person.organisation, found, members),
            delegation_id=found.id,
        )
        for person in people
    ]
    return joining.admit(event.id, applications, actor=actor, now=now)


@transactional
def withdraw(registration_id: int, *, event_slug: str, organisation_id: int, actor: Actor, now: datetime) -> None:
    """Give back the place of a member. Raises EventNotFound, NotOneOfYours, WrongPlace."""
    member(registration_id, event_slug=event_slug, organisation_id=organisation_id, actor=actor)
    leaving.withdraw(registration_id, actor=actor, now=now)


@transactional
def move(
    registration_id: int,
    *,
    event_slug: str,
    organisation_id: int,
    from_item: int | None,
    to_item: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Move a member from one table to another. Raises EventNotFound, NotOneOfYours, NoSuchItem, ItemsClash."""
    found = member(registration_id, event_slug=event_slug, organisation_id=organisation_id, actor=actor)
    event_id = queries.event_id_of(found.id)
    queries.hold_seats(event_id)
    tables.change_items(event_id, found.id, from_item=from_item, to_item=to_item, actor=actor, now=now)


@transactional
def replace(
    registration_id: int, *, event_slug: str, organisation_id: int, to: Heir, actor: Actor, now: datetime
) -> None:
    """Send somebody else in place of a member. Raises EventNotFound, NotOneOfYours, and what hand_over raises."""
    found = member(registration_id, event_slug=event_slug, organisation_id=organisation_id, actor=actor)
    handing_over.hand_over(found.id, to=to, replaced_by=organisation_id, now=now)
    audit.note("replaced", subject=f"registration:{registration_id}", account_id=actor.account_id, now=now)


def member(registration_id: int, *, event_slug: str, organisation_id: int, actor: Actor) -> Registration:
    """Somebody of the actor's own delegation; raises NotOneOfYours for everybody else."""
    event = visible_event(event_slug, actor)
    found = sender(event, organisation_id, actor)
    known = managing.names_at(event.id, [registration_id]).get(registration_id)
    if known is None or known.delegation_id != found.id:
        raise NotOneOfYours(registration_id=registration_id)
    return known


def _known(organisation: str, found: Sender, members: set[int]) -> int | None:
    """Which organisation of the network somebody comes from: the sender itself, or one of its members by name."""
    if organisation.strip().casefold() == found.name.casefold():
        return found.id
    named = managing.organisation_named(organisation, members) if members else None
    return named.id if named else None
