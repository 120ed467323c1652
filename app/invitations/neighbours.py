"""Who is registered, and until when one can be, is known further up; whoever knows it says so here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from datetime import datetime

from app.events.models import Event

Registered = Callable[[int, Collection[str]], Set[str]]
Closing = Callable[[int], datetime | None]
_registered: list[Registered] = []
_closings: list[Closing] = []


def register_registered(knows: Registered) -> Registered:
    """Let a higher room tell which of some address keys hold a place at an event, given by its id."""
    if knows not in _registered:
        _registered.append(knows)
    return knows


def register_closing(knows: Closing) -> Closing:
    """Let a higher room tell when an event, given by its id, stops taking registrations; None where it does not say."""
    if knows not in _closings:
        _closings.append(knows)
    return knows


def registered_keys(event_id: int, keys: Collection[str]) -> set[str]:
    """Those of the address keys that hold a place already."""
    return {key for knows in _registered for key in knows(event_id, keys)}


def closing_of(event: Event) -> datetime:
    """When registration closes: as the first who knows says, else at the start; at the latest with the event."""
    said = next((moment for knows in _closings if (moment := knows(event.id)) is not None), None)
    return min(said or event.starts_at, event.ends_at)
