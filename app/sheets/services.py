"""Gathering what a paper shows, for those who may have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.audit import services as audit
from app.events import queries as events
from app.events.errors import EventNotFound
from app.events.models import Event, EventPerson
from app.events.permissions import may_manage
from app.events.rules import OrganisationRole, PersonRole, Status
from app.events.services import manageable_event
from app.events.services.access import organising_ids
from app.kernel.codes import companion_code
from app.kernel.db import transactional
from app.network.actors import Actor
from app.sheets import queries, rules
from app.sheets.errors import MayNotSeeGateList
from app.sheets.permissions import may_see_gate_list
from app.sheets.rules import Attendee, Tally, Total
from app.subgroups.presenters import group_words
from app.subgroups.queries import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GateList:
    """What the host needs to know, and no more."""

    event: Event
    people: list[Attendee]
    diets: list[Total]
    answers: list[Tally]
    is_managed: bool  # by who asked: the other papers are theirs too


def people_of(slug: str, *, actor: Actor) -> tuple[Event, list[Attendee]]:
    """An event and everybody with a confirmed place, companions after those they come with.

    For who manages the event; raises EventNotFound or MayNotManage.
    """
    event = manageable_event(slug, actor)
    return event, _attendees(event, queries.confirmed(event.id))


def with_parts(event: Event, people: Iterable[Attendee]) -> list[Attendee]:
    """The same and those who have a part in the event but no registration, in the order of their names."""
    known = list(people)
    addresses = {one.email_key for one in known if one.email_key}
    others = [
        _of_part(part, role)
        for part, role in _parts(event)
        if not part.person.email or part.person.email.casefold() not in addresses
    ]
    return [*known, *rules.in_order(others)]


@transactional
def gate_list(slug: str, *, actor: Actor, now: datetime) -> GateList:
    """The names for the gate; that they were read is noted. Raises EventNotFound or MayNotSeeGateList."""
    event = events.event_for_page(slug)
    organising = organising_ids(event)
    if not may_see_gate_list(actor, organising_ids=organising, hosting_ids=hosting_ids(event)):
        raise EventNotFound(slug=slug) if event.status is Status.DRAFT else MayNotSeeGateList(slug=slug)
    is_managed = may_manage(actor, organising)
    if event.status is Status.DRAFT and not is_managed:
        raise EventNotFound(slug=slug)
    found = who_comes(event, is_managed=is_managed)
    audit.note(
        "sheets.gate_list_seen",
        subject=f"event:{event.id}",
        account_id=actor.account_id,
        now=now,
        people=len(found.people),
    )
    return found


def who_comes(event: Event, *, is_managed: bool = False) -> GateList:
    """The same without asking who reads it: the caller has decided, and notes it."""
    found = queries.confirmed(event.id)
    return GateList(
        event=event,
        people=_attendees(event, found, groups=_groups(event.id)),
        diets=rules.totals(row.diet for row in found),
        answers=_tallies(event.id),
        is_managed=is_managed,
    )


def hosting_ids(event: Event) -> frozenset[int]:
    """The organisations at whose gate people arrive: hosts of the event, and who runs its venue."""
    hosts = {part.organisation_id for part in event.organisations if part.role is OrganisationRole.HOST}
    return frozenset(hosts | ({event.venue.operator_id} if event.venue else set()))


def _tallies(event_id: int) -> list[Tally]:
    answers: dict[Any, list[Any]] = defaultdict(list)
    for question, answer in queries.answers_to_count(event_id):
        answers[question].append(answer)
    return [rules.tally(question.asked, given) for question, given in answers.items()]


def _groups(event_id: int) -> dict[int, str]:
    return {one: group_words(number, name) for one, (number, name) in names_of(event_id).items()}


def _attendees(event: Event, found: Iterable[Any], *, groups: Mapping[int, str] | None = None) -> list[Attendee]:
    roles = {part.person.email.casefold(): role for part, role in _parts(event) if part.person.email}
    along: dict[str, list[Attendee]] = defaultdict(list)
    people, keys = [], {}
    for row in found:
        one = _of_row(row, roles.get(row.email_key, PersonRole.PARTICIPANT))
        keys[row.id] = one = replace(one, group=(groups or {}).get(row.id, ""))
        people.append(one)
    for row in queries.companions(event.id):
        if leader := keys.get(row.registration_id):
            along[leader.public_id].append(_companion(row.id, row.name or "", leader))
    return [one for leader in rules.in_order(people) for one in (leader, *along[leader.public_id])]


def _of_row(row: Any, role: PersonRole) -> Attendee:
    return Attendee(
        given_name=row.given_name,
        family_name=row.family_name,
        organisation=row.organisation,
        org_type=row.org_type,
        country_code=row.country_code,
        region=row.region,
        public_id=row.public_id,
        email_key=row.email_key,
        role=role,
    )


def _companion(companion_id: int, name: str, leader: Attendee) -> Attendee:
    """Somebody who comes along, with a code of his or her own for the door."""
    return replace(
        leader,
        given_name=name,
        family_name="",
        public_id=companion_code(leader.public_id, companion_id),
        email_key="",
        role=PersonRole.PARTICIPANT,
        with_whom="" if name else leader.full_name,
    )


def _parts(event: Event) -> list[tuple[EventPerson, PersonRole]]:
    """Every person with a part in the event, once, with the role that a badge names."""
    parts: dict[int, list[EventPerson]] = defaultdict(list)
    for part in event.persons:
        parts[part.person_id].append(part)
    return [(several[0], rules.first_role(part.role for part in several)) for several in parts.values()]


def _of_part(part: EventPerson, role: PersonRole) -> Attendee:
    organisation = part.organisation
    return Attendee(
        given_name=part.person.given_name,
        family_name=part.person.family_name,
        organisation=organisation.name if organisation else "",
        org_type=None,
        country_code=organisation.country_code if organisation else "",
        role=role,
    )
