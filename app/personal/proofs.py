"""Mailed links that prove an address, for whoever has no account. They are computed, not stored."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.personal.errors import ProofSpent
from app.personal.rules import PROOF_LIFE


def proof_of(email: str, *, now: datetime) -> str:
    """What a mailed link carries; good for PROOF_LIFE."""
    return str(_serializer().dumps([email, int((now + PROOF_LIFE).timestamp())]))


def proved_address(proof: str, *, now: datetime) -> str:
    """The address that a link proves; raises ProofSpent."""
    try:
        email, until = _serializer().loads(proof)
    except (BadSignature, ValueError, TypeError) as error:
        raise ProofSpent from error
    if now.timestamp() > until:
        raise ProofSpent
    return str(email)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["FILO"].secret_key, salt="personal-calendars")
