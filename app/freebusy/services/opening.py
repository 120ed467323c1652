"""Busy times of rooms and of oneself get a secret address."""

from __future__ import annotations

from datetime import datetime

from app.freebusy import permissions, queries
from app.freebusy.errors import MayNotImport, NobodyYet
from app.freebusy.models import FreeBusyAddress
from app.kernel.db import db, transactional
from app.kernel.ids import digest, new_secret
from app.network.actors import Actor


@transactional
def open_room(room_id: int, *, actor: Actor, now: datetime) -> str:
    """A new secret for a room's busy times, shown once; an older one opens nothing any more.

    Raises RoomNotFound, MayNotImport.
    """
    _check_runs(actor, room_id)
    return _open(now, room_id=room_id)


@transactional
def close_room(room_id: int, *, actor: Actor) -> None:
    """Raises RoomNotFound, MayNotImport."""
    _check_runs(actor, room_id)
    _close(room_id=room_id)


@transactional
def open_own(*, actor: Actor, now: datetime) -> str:
    """The same for the busy times of whoever asks. Raises NobodyYet for an account without a person."""
    if actor.person_id is None:
        raise NobodyYet
    return _open(now, person_id=actor.person_id)


@transactional
def close_own(*, actor: Actor) -> None:
    """Raises NobodyYet."""
    if actor.person_id is None:
        raise NobodyYet
    _close(person_id=actor.person_id)


def _check_runs(actor: Actor, room_id: int) -> None:
    if not permissions.may_open_room(actor, queries.room(room_id).venue.operator_id):
        raise MayNotImport


def _open(now: datetime, **whose: int) -> str:
    secret = new_secret()
    row = queries.address_of(**whose) or FreeBusyAddress(**whose)
    row.secret_digest, row.created_at = digest(secret), now
    db.session.add(row)
    db.session.flush()
    return secret


def _close(**whose: int) -> None:
    if row := queries.address_of(**whose):
        db.session.delete(row)
