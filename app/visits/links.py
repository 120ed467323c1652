"""Links by which hosts answer without an account."""

from __future__ import annotations

from flask import current_app

from app.kernel.ids import is_genuine, public_id_of, signed_token
from app.visits import queries
from app.visits.errors import HostNotFound
from app.visits.models import HostRequest

PURPOSE = "host"


def token(request: HostRequest) -> str:
    """The token of a host's link; raising its link version makes it worthless."""
    return signed_token(_key(), PURPOSE, request.public_id, request.link_version)


def url(request: HostRequest) -> str:
    """The whole address, for mails."""
    return f"{current_app.config['FILO'].public_url}/hosting/{token(request)}"


def open_request(token: str) -> HostRequest:
    """What a token opens, with its stop and its event; raises HostNotFound for one that was forged or replaced."""
    request = queries.request_with_public_id(public_id_of(token))
    if not is_genuine(token, _key(), PURPOSE, request.link_version):
        raise HostNotFound(public_id=request.public_id)
    return request


def _key() -> str:
    return current_app.config["FILO"].secret_key  # type: ignore[no-any-return]
