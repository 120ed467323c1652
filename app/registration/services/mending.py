"""An organiser mends somebody's data: also what the person cannot, the address and the organisation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from app.audit import services as audit
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.mail import services as mail
from app.network.actors import Actor
from app.registration import queries
from app.registration.errors import AlreadyRegistered, WrongPlace
from app.registration.inputs import PersonInput
from app.registration.models import Registration
from app.registration.queries import HeldSeats
from app.registration.rules import LIVE, Place
from app.registration.services.claiming import claim_of
from app.registration.services.placing import held_registration, promote

# what tells somebody where he or she stands
_LETTERS = {
    Place.UNVERIFIED: "registration_unverified",
    Place.PENDING: "registration_pending",
    Place.CONFIRMED: "registration_confirmed",
    Place.WAITLISTED: "registration_waitlisted",
    Place.OFFERED: "registration_offered",
}
_MAY_BE_EMPTY = {"diet", "access", "message"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What an organiser says of somebody; ``organisation_id``: which organisation of the network that is, if any."""

    person: PersonInput
    organisation_id: int | None = None


@transactional
def mend(registration_id: int, *, event_slug: str, values: Mending, actor: Actor, now: datetime) -> None:
    """Change what is known of somebody. The personal link stays; a new address is written to at once.

    Who waits has the claim of the new organisation; a seat that is held stays that of its quota.
    Raises MayNotManage, RegistrationNotFound, WrongPlace once the registration is over, and AlreadyRegistered when
    the new address holds another place.
    """
    held = queries.hold_seats(manageable_event(event_slug, actor).id)
    registration = held_registration(held, registration_id)
    if registration.place not in LIVE:
        raise WrongPlace(place=registration.place)
    is_new_address = registration.email_key != values.person.email_key
    if is_new_address:
        _refuse_second(held, registration, values.person.email_key)
    changed = _write(registration, values)
    if not changed:
        return
    registration.claim_id = claim_of(held, registration)
    registration.needs_erased_at = None
    db.session.flush()
    if is_new_address:
        _tell(registration, now)
    audit.note(
        "registration_mended",
        subject=f"registration:{registration_id}",
        account_id=actor.account_id,
        now=now,
        fields=changed,
    )
    promote(held, now=now)


def _refuse_second(held: HeldSeats, registration: Registration, email_key: str) -> None:
    for row in queries.earlier_registrations(held.id, [], [email_key]):
        if row.place in LIVE and row.id != registration.id:
            raise AlreadyRegistered(registration_id=row.id, place=row.place)


def _write(registration: Registration, values: Mending) -> list[str]:
    """The names of the fields that are not what they were."""
    typed = asdict(values.person) | {
        "email": values.person.email.strip(),
        "email_key": values.person.email_key,
        "organisation_id": values.organisation_id,
    }
    typed.pop("locale")
    changed = []
    for name, value in typed.items():
        wanted = (value or None) if name in _MAY_BE_EMPTY else value
        if getattr(registration, name) != wanted:
            setattr(registration, name, wanted)
            changed.append(name)
    return [name for name in changed if name != "email_key"]


def _tell(registration: Registration, now: datetime) -> None:
    registration.invitation_sequence += 1  # the new calendar has none yet, and the old one is not asked
    name = _LETTERS[registration.place]
    mail.queue(
        name,
        recipient=registration.email,
        locale=registration.locale,
        about=f"registration:{registration.id}",
        dedupe_key=f"{name}:{registration.id}:{registration.invitation_sequence}",
        now=now,
        registration_id=registration.id,
    )
