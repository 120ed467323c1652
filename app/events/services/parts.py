"""Who has which part in an event: organisations and persons."""

from __future__ import annotations

from datetime import datetime

from app.events import queries
from app.events.errors import EventNotFound, NoLongerEdited, UnknownChoice
from app.events.models import Event, EventOrganisation, EventPerson
from app.events.rules import OrganisationRole, PersonRole, Status, check_organisers
from app.events.services.access import hold_for_change
from app.events.services.keeping import face_of, note_change, tell
from app.kernel.db import transactional
from app.network.actors import Actor


@transactional
def add_organisation(
    event_id: int, *, organisation_id: int, role: OrganisationRole, unnamed_heads: int = 0, actor: Actor, now: datetime
) -> None:
    """Give an organisation a part, or count its unnamed heads anew. Raises UnknownChoice, NoLongerEdited."""
    event = _open_event(event_id, actor)
    if queries.organisation(organisation_id) is None:
        raise UnknownChoice(field="organisation_id")
    standing = [part for part in event.organisations if (part.organisation_id, part.role) == (organisation_id, role)]
    part = standing[0] if standing else EventOrganisation(organisation_id=organisation_id, role=role)
    part.unnamed_heads = unnamed_heads
    if not standing:
        event.organisations.append(part)
    _note(event, "event_organisation_added", actor=actor, now=now)


@transactional
def remove_organisation(event_id: int, *, part_id: int, actor: Actor, now: datetime) -> None:
    """Take a part away; raises LastOrganiser when nobody would be left to manage the event."""
    event = _open_event(event_id, actor)
    staying = [part for part in event.organisations if part.id != part_id]
    if len(staying) == len(event.organisations):
        raise EventNotFound(part=part_id)
    check_organisers(part.role for part in staying)
    event.organisations = staying
    _note(event, "event_organisation_removed", actor=actor, now=now)


@transactional
def add_person(
    event_id: int,
    *,
    person_id: int,
    role: PersonRole,
    organisation_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a person a part, with the organisation at that time; without one, the present one is noted.

    Raises UnknownChoice, NoLongerEdited.
    """
    event = _open_event(event_id, actor)
    if queries.person(person_id) is None:
        raise UnknownChoice(field="person_id")
    if organisation_id and queries.organisation(organisation_id) is None:
        raise UnknownChoice(field="organisation_id")
    standing = [part for part in event.persons if (part.person_id, part.role) == (person_id, role)]
    part = standing[0] if standing else EventPerson(person_id=person_id, role=role)
    part.organisation_id = organisation_id or queries.present_organisation(person_id)
    if not standing:
        event.persons.append(part)
    _note(event, "event_person_added", actor=actor, now=now)


@transactional
def remove_person(event_id: int, *, part_id: int, actor: Actor, now: datetime) -> None:
    """Take a part away."""
    event = _open_event(event_id, actor)
    staying = [part for part in event.persons if part.id != part_id]
    if len(staying) == len(event.persons):
        raise EventNotFound(part=part_id)
    event.persons = staying
    _note(event, "event_person_removed", actor=actor, now=now)


def _open_event(event_id: int, actor: Actor) -> Event:
    event = hold_for_change(event_id, actor)
    if event.status is Status.ARCHIVED:
        raise NoLongerEdited
    return event


def _note(event: Event, action: str, *, actor: Actor, now: datetime) -> None:
    face = face_of(event)
    note_change(event, face, now=now)
    tell(event, face, action=action, actor=actor, now=now)
