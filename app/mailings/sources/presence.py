"""Those who were there, and those who had a place and did not come."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from app.mailings.registry import audience
from app.mailings.rules import Audience
from app.mailings.sources.registration import registered
from app.presence.queries import was_there
from app.registration.models import Registration
from app.registration.rules import Place


@audience(Audience.PRESENT, has_registrations=True)
def present(event_id: int) -> Select[*tuple[Any, ...]]:
    return registered(event_id, {Place.CONFIRMED}).where(Registration.id.in_(was_there(event_id)))


@audience(Audience.ABSENT, has_registrations=True)
def absent(event_id: int) -> Select[*tuple[Any, ...]]:
    """Nobody, as long as nothing was noted: then it is not known who came."""
    there = was_there(event_id)
    places = {Place.CONFIRMED} if there else set()
    return registered(event_id, places).where(Registration.id.not_in(there))
