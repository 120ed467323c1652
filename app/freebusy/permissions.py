"""Who imports calendars and sees busy times."""

from __future__ import annotations

from app.network.actors import Actor


def may_import_for(actor: Actor, organisation_id: int) -> bool:
    """Administrators and managers of the organisation; only they see a calendar's address and titles."""
    return actor.is_administrator or organisation_id in actor.managed_ids


def may_see_rooms(actor: Actor) -> bool:
    """Busy times of rooms, without titles, are for everybody who plans events."""
    return actor.is_administrator or bool(actor.managed_ids)


def may_open_room(actor: Actor, operator_id: int) -> bool:
    """Who gives a room a secret address: whoever runs it."""
    return actor.is_administrator or operator_id in actor.managed_ids
