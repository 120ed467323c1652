"""A browser that is signed in, and forms sent as a page sends them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.current import KEY
from app.accounts.models import SignedInSession
from app.kernel.db import db
from app.kernel.ids import digest
from app.network.actors import Actor
from tests.builders import NOW, make_account

FAR = datetime(2100, 1, 1, tzinfo=UTC)


def sign_in(client: FlaskClient, account_id: int) -> FlaskClient:
    """Give a browser the session of an account."""
    secret = f"secret-of-{account_id}"
    db.session.add(SignedInSession(account_id=account_id, secret_digest=digest(secret), created_at=NOW, ends_at=FAR))
    db.session.commit()
    with client.session_transaction() as session:
        session[KEY] = secret
    return client


def sign_in_administrator(client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_account("admin@filo.example", is_administrator=True).id)


def sign_in_as(client: FlaskClient, actor: Actor) -> FlaskClient:
    assert actor.account_id
    return sign_in(client, actor.account_id)


def token(client: FlaskClient, path: str) -> str:
    """The token that a page's form carries."""
    found = re.search(r'name="[a-z-]*csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found, path
    return found[1]


def send(client: FlaskClient, path: str, page: str, **data: Any) -> TestResponse:
    """Post a form as ``page`` would."""
    return client.post(path, data={"csrf_token": token(client, page), **data})
