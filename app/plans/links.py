"""The link by which somebody outside the group answers in a consultation: computed, not stored."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.plans.errors import GuestLinkNotFound
from app.plans.models import ConsultationGuest
from app.plans.queries import consultations as queries

PURPOSE = "plan-consultation"


def token(guest: ConsultationGuest) -> str:
    """Raising the guest's link version revokes it."""
    return signed_token(_key(), PURPOSE, guest.public_id, guest.link_version)


def url(guest: ConsultationGuest) -> str:
    """The whole address, to pass on."""
    return f"{current_app.config['FILO'].public_url}/consultations/{token(guest)}"


def open_guest(token: str) -> ConsultationGuest:
    """The guest of a link; raises GuestLinkNotFound for a forged or revoked one."""
    guest = queries.guest_with(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, guest.link_version):
        raise GuestLinkNotFound(public_id=guest.public_id)
    return guest


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
