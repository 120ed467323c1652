"""Those who have, had or await a place, and their personal link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from app.mailings.filling import Link
from app.mailings.registry import Scene, audience, placeholder
from app.mailings.rules import Audience
from app.registration import links, queries
from app.registration.models import Allotment, Registration
from app.registration.rules import LIVE, Place


def registered(event_id: int, places: Iterable[Place]) -> Select[*tuple[Any, ...]]:
    """The registrations of an event in these places, as an audience wants them."""
    return (
        select(
            Registration.id.label("key"),
            Registration.email.label("address"),
            Registration.locale,
            Registration.given_name,
            Registration.family_name,
            Registration.organisation,
            Registration.org_type,
            Registration.country_code,
            Registration.id.label("registration_id"),
        )
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Registration.place.in_(list(places)))
    )


@audience(Audience.CONFIRMED, has_registrations=True)
def confirmed(event_id: int) -> Select[*tuple[Any, ...]]:
    return registered(event_id, {Place.CONFIRMED})


@audience(Audience.WAITING, has_registrations=True)
def waiting(event_id: int) -> Select[*tuple[Any, ...]]:
    return registered(event_id, {Place.WAITLISTED})


@audience(Audience.OFFERED, has_registrations=True)
def offered(event_id: int) -> Select[*tuple[Any, ...]]:
    return registered(event_id, {Place.OFFERED})


@audience(Audience.PENDING, has_registrations=True)
def pending(event_id: int) -> Select[*tuple[Any, ...]]:
    return registered(event_id, {Place.PENDING})


@audience(Audience.EVERYBODY_IN, has_registrations=True)
def everybody_in(event_id: int) -> Select[*tuple[Any, ...]]:
    """Whoever has or awaits a place; an address that has not proved itself is not written to."""
    return registered(event_id, LIVE - {Place.UNVERIFIED})


@placeholder("link")
def link(scene: Scene) -> Link:
    """The personal link of a participant; for everybody else the page of the event."""
    number = scene.reader.registration_id
    registration = queries.registration_for_mail(number) if number else None
    if registration is None:
        return Link(f"{scene.public_url}{scene.circle.path}")
    return Link(scene.personal(links.url(registration)))
