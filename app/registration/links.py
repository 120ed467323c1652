"""Links that open one registration without an account."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.registration import queries
from app.registration.errors import RegistrationNotFound
from app.registration.models import Registration
from app.registration.rules import Place

PURPOSE = "registration"
PROOF = "registration-address"


def token(registration: Registration) -> str:
    """The token of a registration's link; raising its link version revokes it."""
    return signed_token(_key(), PURPOSE, registration.public_id, registration.link_version)


def url(registration: Registration) -> str:
    """The whole address, for mails."""
    return f"{current_app.config['FILO'].public_url}/registrations/{token(registration)}"


def proof(registration: Registration) -> str:
    """The token that proves an address: told by mail alone, since the page after joining knows the other one."""
    return signed_token(_key(), PROOF, registration.public_id, registration.link_version)


def proof_url(registration: Registration) -> str:
    """Where an address proves itself, for mails."""
    return f"{current_app.config['FILO'].public_url}/registrations/{proof(registration)}/address"


def open_registration(token: str) -> Registration:
    """The registration that a token opens; raises RegistrationNotFound for a forged or revoked one."""
    return _open(token, PURPOSE)


def open_proof(token: str) -> Registration:
    """The registration whose address a mailed token proves; raises as :func:`open_registration`."""
    return _open(token, PROOF)


def is_participant(token: str, event_id: int) -> bool:
    """Whether a token opens a confirmed registration of an event."""
    try:
        registration = open_registration(token)
    except RegistrationNotFound:
        return False
    return registration.allotment.event_id == event_id and registration.place is Place.CONFIRMED


def _open(token: str, purpose: str) -> Registration:
    registration = queries.registration_with_public_id(public_id_of(token))
    if not is_genuine(token, _key(), purpose, registration.link_version):
        raise RegistrationNotFound(public_id=registration.public_id)
    return registration


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
