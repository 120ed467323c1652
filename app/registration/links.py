"""Links that open one registration without an account."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.registration import queries
from app.registration.errors import RegistrationNotFound
from app.registration.models import Registration

PURPOSE = "registration"


def token(registration: Registration) -> str:
    """The token of a registration's link; raising its link version revokes it."""
    return signed_token(_key(), PURPOSE, registration.public_id, registration.link_version)


def url(registration: Registration) -> str:
    """The whole address, for mails."""
    return f"{current_app.config['FILO'].public_url}/registrations/{token(registration)}"


def open_registration(token: str) -> Registration:
    """The registration that a token opens; raises RegistrationNotFound for a forged or revoked one."""
    registration = queries.registration_with_public_id(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, registration.link_version):
        raise RegistrationNotFound(public_id=registration.public_id)
    return registration


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
