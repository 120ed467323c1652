"""The places that a registration can have, and the one table of what moves it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.registration import errors


class Place(StrEnum):
    """Where a registration stands. Whether the person came is another matter: see the presence room."""

    UNVERIFIED = "unverified"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    OFFER_EXPIRED = "offer_expired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CANCELLED_BY_ORGANISER = "cancelled_by_organiser"


class Verb(StrEnum):
    """What moves a registration to another place."""

    JOIN = "join"
    ADD = "add"
    WALK_IN = "walk_in"
    VERIFY = "verify"
    LAPSE = "lapse"
    APPROVE = "approve"
    REJECT = "reject"
    PROMOTE = "promote"
    PROMOTE_BY_HAND = "promote_by_hand"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    PRIORITISE = "prioritise"
    BRING_FEWER = "bring_fewer"
    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    REMOVE = "remove"


class Origin(StrEnum):
    """Which way somebody came in."""

    FORM = "form"
    ORGANISER = "organiser"
    DELEGATION = "delegation"
    WALK_IN = "walk_in"


LIVE = frozenset({Place.UNVERIFIED, Place.PENDING, Place.CONFIRMED, Place.WAITLISTED, Place.OFFERED})
HOLDING = frozenset({Place.CONFIRMED, Place.OFFERED})  # places that use up seats

_NEW: frozenset[Place | None] = frozenset({None})
_DECIDED = frozenset({Place.PENDING, Place.CONFIRMED, Place.WAITLISTED})


def _from(*places: Place) -> frozenset[Place | None]:
    return frozenset(places)


# verb → from where, to where; every other cell is refused. docs/states.md shows it as a table
TRANSITIONS: Mapping[Verb, tuple[frozenset[Place | None], frozenset[Place]]] = {
    Verb.JOIN: (_NEW, _DECIDED | {Place.UNVERIFIED}),
    Verb.ADD: (_NEW, frozenset({Place.CONFIRMED, Place.WAITLISTED})),
    Verb.WALK_IN: (_NEW, frozenset({Place.CONFIRMED})),
    Verb.VERIFY: (_from(Place.UNVERIFIED), _DECIDED),
    Verb.LAPSE: (_from(Place.UNVERIFIED), frozenset({Place.WITHDRAWN})),
    Verb.APPROVE: (_from(Place.PENDING), frozenset({Place.CONFIRMED, Place.WAITLISTED})),
    Verb.REJECT: (_from(Place.PENDING, Place.WAITLISTED, Place.OFFERED), frozenset({Place.REJECTED})),
    Verb.PROMOTE: (_from(Place.WAITLISTED), frozenset({Place.CONFIRMED})),
    Verb.PROMOTE_BY_HAND: (_from(Place.PENDING, Place.WAITLISTED, Place.OFFERED), frozenset({Place.CONFIRMED})),
    Verb.OFFER: (_from(Place.WAITLISTED), frozenset({Place.OFFERED})),
    Verb.ACCEPT: (_from(Place.OFFERED), frozenset({Place.CONFIRMED})),
    Verb.DECLINE: (_from(Place.OFFERED), frozenset({Place.WITHDRAWN})),
    Verb.EXPIRE: (_from(Place.OFFERED), frozenset({Place.OFFER_EXPIRED})),
    Verb.PRIORITISE: (_from(Place.WAITLISTED), frozenset({Place.WAITLISTED})),
    Verb.BRING_FEWER: (
        _from(Place.CONFIRMED, Place.WAITLISTED, Place.PENDING, Place.OFFERED),
        frozenset({Place.CONFIRMED, Place.WAITLISTED, Place.PENDING, Place.OFFERED}),
    ),
    Verb.HAND_OVER: (_from(Place.CONFIRMED), frozenset({Place.CONFIRMED})),
    Verb.WITHDRAW: (frozenset(LIVE), frozenset({Place.WITHDRAWN})),
    Verb.REMOVE: (frozenset(LIVE), frozenset({Place.CANCELLED_BY_ORGANISER})),
}
_STAYS = frozenset({Verb.BRING_FEWER})


def fits(verb: Verb, place: Place | None) -> bool:
    """Whether the verb moves anybody who stands there."""
    return place in TRANSITIONS[verb][0]


def place_after(verb: Verb, place: Place | None, to: Place | None = None) -> Place:
    """The table of transitions; ``to`` where the verb leaves a choice. Raises WrongPlace for every cell not in it."""
    before, after = TRANSITIONS[verb]
    if verb in _STAYS:
        to = place
    elif to is None and len(after) == 1:
        (to,) = after
    if place not in before or to not in after:
        raise errors.WrongPlace(verb=verb, place=place)
    return to
