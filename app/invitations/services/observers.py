"""The observers of a project are invited to its events by right; docs/decisions tells why whom."""

from __future__ import annotations

from datetime import datetime

from app.events import queries as events
from app.events.models import Event
from app.events.rules import Audience
from app.invitations import queries, rules
from app.invitations.inputs import GuestInput
from app.invitations.neighbours import registered_keys
from app.invitations.rules import InvitationRole
from app.invitations.services.inviting import enter, hold_inviting
from app.kernel.db import transactional
from app.kernel.texts import LANGUAGES
from app.mail.rules import is_mailable
from app.network.models import Organisation, Person

_SPOKEN_IN = {"IT": "it", "DE": "de", "AT": "de"}


@transactional
def invite_observers(event_id: int, *, now: datetime) -> None:
    """Invite who observes the phase of a project's event: each address once an event, even if it was taken back."""
    event = events.event(event_id)
    if not _are_invited_to(event, now):
        return
    hold_inviting(event.id)
    guests = {guest.email_key: guest for guest in _observers_of(event) if is_mailable(guest.email.strip())}
    known = queries.ever_invited_keys(event.id) | registered_keys(event.id, list(guests))
    new = [guest for key, guest in guests.items() if key not in known]
    if new:
        enter(event.id, new, invited_by=None, now=now)


def _are_invited_to(event: Event, now: datetime) -> bool:
    is_ours_alone = event.audience is Audience.INTERNAL
    return event.project_id is not None and not is_ours_alone and not event.demonstration and event.ends_at > now


def _observers_of(event: Event) -> list[GuestInput]:
    assert event.project_id is not None  # noqa: S101 (asked before)
    phase = event.phase.number if event.phase else None
    roles = [role for role in queries.observing(event.project_id) if rules.is_observed(role.phase_numbers, phase)]
    organisations = [role.acting_unit or role.organisation for role in roles]
    managers = queries.managers_of([organisation.id for organisation in organisations])
    guests = []
    for organisation in organisations:
        people = [
            _manager(organisation, person, email, locale)
            for organisation_id, person, account_email, locale in managers
            if organisation_id == organisation.id and (email := account_email or person.email)
        ]
        guests += people or _office(organisation)
    return guests


def _manager(organisation: Organisation, person: Person, email: str, locale: str | None) -> GuestInput:
    spoken = next((code for code in person.languages if code in LANGUAGES), None)
    return GuestInput(
        email=email,
        given_name=person.given_name,
        family_name=person.family_name,
        organisation=organisation.name,
        organisation_id=organisation.id,
        locale=locale or spoken or _SPOKEN_IN.get(organisation.country_code, "en"),
        role=InvitationRole.OBSERVER,
    )


def _office(organisation: Organisation) -> list[GuestInput]:
    """The organisation itself, where nobody who manages it has an address."""
    if not organisation.email:
        return []
    return [
        GuestInput(
            email=organisation.email,
            organisation=organisation.name,
            organisation_id=organisation.id,
            locale=_SPOKEN_IN.get(organisation.country_code, "en"),
            role=InvitationRole.OBSERVER,
        )
    ]
