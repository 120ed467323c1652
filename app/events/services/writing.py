"""Create, edit and copy events; delete a draft that nobody has seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from app.audit import services as audit
from app.events import queries
from app.events.errors import EditedMeanwhile, MayNotManage, NoLongerEdited, WasPublished
from app.events.facts import EventCreated
from app.events.models import Event, EventOrganisation, EventPerson, EventStep
from app.events.permissions import may_manage
from app.events.rules import (
    OrganisationRole,
    Part,
    Status,
    check_move,
    edition_labels,
    may_be_deleted,
    monthly_from,
    moved_to,
)
from app.events.services.access import check_manageable, hold_for_change
from app.events.services.inputs import EventInput, fill_in, values_of
from app.events.services.keeping import face_of, note_change, reindex, tell
from app.kernel.dates import DatePrecision, zone
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.kernel.ids import new_uid, slugify
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.search import services as search

NO_WORDS: dict[str, Any] = {"summary": Texts(), "description": Texts(), "cost_note": Texts()}
NO_PLACE: dict[str, Any] = dict.fromkeys(("venue_id", "online_url", "country_code", "region_code"))
RESERVED = frozenset({"new"})  # parts of addresses that stand where a slug may stand


@transactional
def create(
    *,
    values: EventInput,
    organiser_id: int,
    actor: Actor,
    now: datetime,
    with_agenda: bool = False,
    demonstration: bool = False,
) -> int:
    """Make a draft and give its id.

    Raises MayNotManage unless the actor manages the organiser, and what :func:`fill_in` raises.
    """
    if not may_manage(actor, frozenset({organiser_id})):
        raise MayNotManage(organisation=organiser_id)
    event = new_draft(values, now=now, demonstration=demonstration)
    event.organisations.append(EventOrganisation(organisation_id=organiser_id, role=OrganisationRole.ORGANISER))
    return keep_draft(event, actor=actor, now=now, with_agenda=with_agenda)


@transactional
def edit(event_id: int, *, values: EventInput, revision: int, actor: Actor, now: datetime) -> None:
    """Write what a form of ``revision`` says; a form that changes nothing changes nothing.

    Raises EventNotFound, MayNotManage, NoLongerEdited, EditedMeanwhile, what :func:`check_move` raises, and what
    :func:`fill_in` raises.
    """
    event = hold_for_change(event_id, actor)
    if event.status is Status.ARCHIVED:
        raise NoLongerEdited
    if event.revision != revision:
        raise EditedMeanwhile
    face, looks, ended_at = face_of(event), values_of(event), event.ends_at
    fill_in(event, values)
    if values_of(event) == looks:
        return
    check_move(event.status, before=ended_at, after=event.ends_at, now=now)
    note_change(event, face, now=now)
    tell(event, face, action="event_edited", actor=actor, now=now)


@transactional
def copy(event_id: int, *, starts_on: date, parts: frozenset[Part], actor: Actor, now: datetime) -> int:
    """Make a draft of the next edition: same wall-clock times, from another day on; gives its id.

    Raises EventNotFound, MayNotManage, and NoSuchTime where the clocks skip one of the times.
    """
    source = queries.whole_event(event_id)
    check_manageable(source, actor)
    return _copy(source, _values_for_copy(source, starts_on, parts), parts, actor=actor, now=now)


@transactional
def copy_monthly(
    event_id: int, *, starts_on: date, times: int, parts: frozenset[Part], actor: Actor, now: datetime
) -> list[int]:
    """Make drafts on a day and on the same weekday of the months that follow, numbered; gives their ids in order.

    ``times``: how many in all. Wall-clock times stay, whatever the clocks do in between. Raises what :func:`copy`
    raises, and BadRepeat; then none is made.
    """
    source = queries.whole_event(event_id)
    check_manageable(source, actor)
    numbered = zip(monthly_from(starts_on, times), edition_labels(source.edition_label), strict=False)
    editions = [replace(_values_for_copy(source, day, parts), edition_label=label) for day, label in numbered]
    return [_copy(source, values, parts, actor=actor, now=now) for values in editions]


@transactional
def delete_draft(event_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a draft that was never published; raises WasPublished for any other event."""
    event = hold_for_change(event_id, actor)
    if not may_be_deleted(event.status, (step.status for step in queries.steps(event_id))):
        raise WasPublished
    search.forget("event", event_id)
    audit.note("event_deleted", subject=f"event:{event.slug}", account_id=actor.account_id, now=now)
    db.session.delete(event)


def new_draft(values: EventInput, *, now: datetime, demonstration: bool) -> Event:
    """A draft that is not written down yet; raises what :func:`fill_in` raises."""
    event = Event(
        slug=_free_slug(values),
        uid=new_uid(),
        sequence=0,
        status=Status.DRAFT,
        on_lists=False,
        created_at=now,
        content_changed_at=now,
        revision=1,
        demonstration=demonstration,
    )
    fill_in(event, values)
    return event


def _copy(source: Event, values: EventInput, parts: frozenset[Part], *, actor: Actor, now: datetime) -> int:
    event = new_draft(values, now=now, demonstration=source.demonstration)
    event.organisations = [
        EventOrganisation(organisation_id=part.organisation_id, role=part.role)
        for part in source.organisations
        if Part.ORGANISATIONS in parts or part.role is OrganisationRole.ORGANISER
    ]
    if Part.PERSONS in parts:
        event.persons = [
            EventPerson(person_id=part.person_id, role=part.role, organisation_id=part.organisation_id)
            for part in source.persons
        ]
    fact = {"copied_from": source.id, "with_agenda": Part.AGENDA in parts, "parts": parts}
    return keep_draft(event, actor=actor, now=now, **fact)


def keep_draft(event: Event, *, actor: Actor, now: datetime, **fact: Any) -> int:
    """Write a new draft down and tell the other rooms; ``fact`` as EventCreated has it."""
    db.session.add(event)
    db.session.flush()
    db.session.add(EventStep(event_id=event.id, status=Status.DRAFT, at=now, account_id=actor.account_id))
    audit.note("event_created", subject=f"event:{event.slug}", account_id=actor.account_id, now=now)
    reindex(event.id)
    record(EventCreated(event_id=event.id, **fact))
    return event.id


def _values_for_copy(source: Event, starts_on: date, parts: frozenset[Part]) -> EventInput:
    values = values_of(source)
    starts_at, ends_at = moved_to(starts_on, source.starts_at, source.ends_at, source.timezone)
    changes: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "date_precision": DatePrecision.DAY,
        "edition_label": None,
    }
    if Part.TEXTS not in parts:
        changes |= NO_WORDS
    if Part.PLACE not in parts:
        changes |= NO_PLACE
    return replace(values, **changes)


def _free_slug(values: EventInput) -> str:
    """An address part out of the title; the year, then a number, where it is taken."""
    title = slugify(values.title.wording("en").text) or slugify(values.kind.replace("_", " "))
    year = values.starts_at.astimezone(zone(values.timezone)).year
    candidates = chain([title, f"{title}-{year}"], (f"{title}-{year}-{number}" for number in count(2)))
    return next(slug for slug in candidates if slug not in RESERVED and not queries.slug_is_taken(slug))
