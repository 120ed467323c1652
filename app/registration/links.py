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
READING = "registration-material"


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


def reading(registration: Registration) -> str:
    """The token that opens what participants may read and nothing else: such addresses are passed on."""
    return signed_token(_key(), READING, registration.public_id, registration.link_version)


def open_registration(token: str) -> Registration:
    """The registration that a token opens; raises RegistrationNotFound for a forged or revoked one."""
    return _open(token, PURPOSE)


def open_proof(token: str) -> Registration:
    """The registration whose address a mailed token proves; raises as :func:`open_registration`."""
    return _open(token, PROOF)


def is_participant(token: str, event_id: int) -> bool:
    """Whether a token is that of a confirmed registration of an event: for reading, or that of its page."""
    for purpose in (READING, PURPOSE):
        try:
            registration = _open(token, purpose)
        except RegistrationNotFound:
            continue
        return _is_of(registration, event_id)
    return False


def _is_of(registration: Registration, event_id: int) -> bool:
    return registration.allotment.event_id == event_id and registration.place is Place.CONFIRMED


def _open(token: str, purpose: str) -> Registration:
    registration = queries.registration_with_public_id(public_id_of(token))
    if not is_genuine(token, _key(), purpose, registration.link_version):
        raise RegistrationNotFound(public_id=registration.public_id)
    return registration


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
