"""Who may reach an event to manage it."""

from __future__ import annotations

from app.events import queries
from app.events.errors import EventNotFound, MayNotManage
from app.events.models import Event
from app.events.permissions import may_manage, may_see
from app.events.rules import ORGANISING, Audience, Status
from app.network.actors import Actor


def organising_ids(event: Event) -> frozenset[int]:
    """The organisations whose managers manage the event."""
    return frozenset(part.organisation_id for part in event.organisations if part.role in ORGANISING)


def check_manageable(event: Event, actor: Actor) -> None:
    """Raises MayNotManage; EventNotFound for a draft, which others may not know of."""
    if may_manage(actor, organising_ids(event)):
        return
    raise EventNotFound(slug=event.slug) if event.status is Status.DRAFT else MayNotManage(slug=event.slug)


def manageable_event(slug: str, actor: Actor) -> Event:
    """The event with everything its pages show, for somebody who manages it; raises EventNotFound or MayNotManage."""
    event = queries.event_for_page(slug)
    check_manageable(event, actor)
    return event


def visible_event(slug: str, actor: Actor) -> Event:
    """The event with its place, for whoever may see it: everybody, unless it is a draft or internal.

    Raises EventNotFound, so that nobody learns that a draft exists.
    """
    event = queries.event_with_venue(slug)
    is_closed = event.status is Status.DRAFT or event.audience is Audience.INTERNAL
    if is_closed and not _may_see(event, actor):
        raise EventNotFound(slug=slug)
    return event


def _may_see(event: Event, actor: Actor) -> bool:
    return may_see(
        actor,
        status=event.status,
        audience=event.audience,
        organising_ids=organising_ids(event),
        partaking_ids=frozenset(part.organisation_id for part in event.organisations),
        project_id=event.project_id,
        phase_number=event.phase.number if event.phase else None,
    )


def hold_for_change(event_id: int, actor: Actor) -> Event:
    """The event, locked, for somebody who manages it; raises EventNotFound or MayNotManage."""
    event = queries.lock_event(event_id)
    check_manageable(event, actor)
    return event
