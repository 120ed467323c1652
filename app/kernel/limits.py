"""Limits against flooding, counted per process; what must hold across processes is a rule over rows."""

from __future__ import annotations

from flask import request
from flask_limiter import Limiter

from app.kernel.clients import client_of


def present_client() -> str:
    """The client of the request in hand; what it says of itself in headers does not count."""
    return client_of(request.remote_addr)


limiter = Limiter(present_client, storage_uri="memory://")
