"""Being somebody in a browser, without going through the sign-in page each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.current import KEY
from app.accounts.models import Account, SignedInSession
from app.kernel.db import db
from app.kernel.ids import digest, opaque_id
from app.network.models import Organisation
from tests.builders import make_account, make_manager


def sign_in(client: FlaskClient, account_id: int) -> None:
    secret, now = opaque_id(30), datetime.now(UTC)
    db.session.add(
        SignedInSession(
            account_id=account_id, secret_digest=digest(secret), created_at=now, ends_at=now + timedelta(days=1)
        )
    )
    db.session.commit()
    with client.session_transaction() as session:
        session.clear()
        session[KEY] = secret


def sign_in_manager(client: FlaskClient, organisation: Organisation, email: str) -> None:
    """Sign in as somebody who manages an organisation."""
    make_manager(organisation, email)
    account_id = db.session.scalar(select(Account.id).where(Account.email_key == email))
    assert account_id
    sign_in(client, account_id)


def sign_in_administrator(client: FlaskClient) -> None:
    sign_in(client, make_account("admin@filo.example", is_administrator=True).id)
