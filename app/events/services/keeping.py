"""What every change of an event leaves behind: its version, its search document, a line in the audit log."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app.audit import services as audit
from app.events import queries
from app.events.facts import EventChanged
from app.events.models import Event
from app.events.rules import CalendarFace, Status, has_moved, raises_sequence, stands_on_lists
from app.kernel.db import transactional
from app.kernel.facts import record
from app.network.actors import Actor
from app.search import services as search
from app.search.facets import Facets


def face_of(event: Event) -> CalendarFace:
    """What a calendar shows of the event that matters to its SEQUENCE."""
    return CalendarFace(
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
        status=event.status,
        venue_id=event.venue_id,
        online_url=event.online_url,
    )


def note_change(event: Event, before: CalendarFace, *, now: datetime) -> None:
    """Raise the event's version after a change that people can see."""
    if raises_sequence(before, face_of(event), sequence=event.sequence):
        event.sequence += 1
    event.content_changed_at = now
    event.revision += 1
    event.on_lists = stands_on_lists(listed=event.listed, audience=event.audience, status=event.status)


def tell(event: Event, before: CalendarFace, *, action: str, actor: Actor, now: datetime) -> None:
    """Index and audit a change, and tell the other rooms of it."""
    reindex(event.id)
    audit.note(action, subject=f"event:{event.slug}", account_id=actor.account_id, now=now)
    is_out = event.status is Status.PUBLISHED
    record(EventChanged(event_id=event.id, tells_participants=is_out and has_moved(before, face_of(event))))


@transactional
def move_with_venue(venue_id: int, *, now: datetime) -> None:
    """Raise the sequence of coming events whose venue is found elsewhere now; who registered for them is told.

    Their revision stays: what a form about them says is not touched.
    """
    for event in queries.coming_at_venue(venue_id, now):
        event.sequence += 1
        event.content_changed_at = now
        audit.note("event_venue_moved", subject=f"event:{event.slug}", account_id=None, now=now)
        record(EventChanged(event_id=event.id, tells_participants=event.status is Status.PUBLISHED))


@transactional
def reindex(event_id: int) -> None:
    """Put the event's search document anew; only what stands on lists can be found. Raises EventNotFound."""
    event = queries.whole_event(event_id)
    if not event.on_lists:
        search.forget("event", event_id)
        return
    search.index("event", event_id, names=_names(event), texts=_texts(event), facets=_facets(event))


def _facets(event: Event) -> Facets:
    return Facets(
        sectors=tuple(sector.id for sector in event.sectors),
        countries=(event.country_code,) if event.country_code else (),
        languages=tuple(one.language for one in event.languages),
        years=(event.starts_at.astimezone(ZoneInfo(event.timezone)).year,),
    )


def _names(event: Event) -> list[str]:
    names = [*event.title.all_words(), event.edition_label or ""]
    if event.project:
        names += [event.project.acronym, *event.project.aliases]
    if event.series:
        names += event.series.title.all_words()
    return names


def _texts(event: Event) -> list[str]:
    texts = [*event.summary.all_words(), *event.description.all_words()]
    for sector in event.sectors:
        texts += [*sector.name.all_words(), *sector.aliases]
    for group in event.groups:
        texts += [*group.name.all_words(), *group.aliases]
    for part in event.organisations:
        texts += [part.organisation.name, part.organisation.short_name or "", *part.organisation.aliases]
    for person in event.persons:
        texts.append(person.person.full_name if person.person.is_public else "")
        texts.append(person.organisation.name if person.organisation else "")
    if event.venue:
        texts += [*event.venue.name.all_words(), event.venue.city]
    return texts
