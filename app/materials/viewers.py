"""Who looks at the material of an event."""

from __future__ import annotations

from collections.abc import Callable

from app.events.models import Event
from app.events.permissions import may_manage
from app.events.rules import Audience, Status
from app.events.services.access import organising_ids
from app.materials import queries
from app.materials.models import Material
from app.materials.rules import ANYBODY, Viewer, visible_to
from app.network.actors import Actor
from app.network.permissions import may_see_inside

Recognise = Callable[[str, int], bool]
_recognisers: list[Recognise] = []


def recognises_participants(recognise: Recognise) -> Recognise:
    """Let a higher room say whether the token of a registration's link opens the material of the event of this id."""
    if recognise not in _recognisers:
        _recognisers.append(recognise)
    return recognise


def viewer_of(event: Event, actor: Actor, token: str = "") -> Viewer:
    """What somebody is to an event. Nobody signed in and no token costs no query."""
    brings_token = bool(token) and any(recognise(token, event.id) for recognise in _recognisers)
    if not actor.signed_in and not actor.is_system:
        return Viewer(is_participant=True) if brings_token else ANYBODY
    phase = event.phase.number if event.phase else None
    return Viewer(
        is_manager=may_manage(actor, organising_ids(event)),
        is_participant=brings_token or queries.has_part(event.id, actor.person_id, actor.organisation_ids),
        is_partner=event.project_id is not None and may_see_inside(actor, event.project_id, phase),
    )


def may_read(material: Material, viewer: Viewer) -> bool:
    """Whether somebody may open a material; that of a draft or internal event is nothing for everybody."""
    if viewer.is_manager:
        return True
    event = material.event
    is_closed = event.status is Status.DRAFT or (event.audience is Audience.INTERNAL and viewer == ANYBODY)
    return not is_closed and material.visibility in visible_to(viewer)
