from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Account, SignedInSession, SignInLink, SignInTry
from app.accounts.rules import TRY_WINDOW, Tries
from app.kernel.db import db
from app.kernel.ids import digest
from app.mail.rules import address_key


def account_id_of_session(secret: str, now: datetime) -> int | None:
    return db.session.scalar(
        select(SignedInSession.account_id)
        .join(Account)
        .where(
            SignedInSession.secret_digest == digest(secret),
            SignedInSession.ends_at > now,
            Account.disabled_at.is_(None),
        )
    )


def account(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def account_of(email: str) -> Account | None:
    """The account of an address, also a disabled one."""
    return db.session.scalar(select(Account).where(Account.email_key == address_key(email)))


def credentials(email: str) -> tuple[int | None, str | None]:
    """Account and password hash of an address that may sign in; nothing of one that may not."""
    row = db.session.execute(
        select(Account.id, Account.password_hash).where(
            Account.email_key == address_key(email), Account.disabled_at.is_(None)
        )
    ).one_or_none()
    return (row.id, row.password_hash) if row else (None, None)


def accounts() -> Sequence[Account]:
    return db.session.scalars(select(Account).order_by(Account.email_key)).all()


def tries(address_digest: str, client: str, now: datetime) -> Tries:
    """What was tried lately without success."""
    recent = SignInTry.at > now - TRY_WINDOW
    of_client, of_address = SignInTry.client == client, SignInTry.address_digest == address_digest

    def count(*conditions: object) -> int:
        return db.session.scalar(select(func.count()).select_from(SignInTry).where(recent, *conditions)) or 0  # type: ignore[arg-type]

    return Tries(of_both=count(of_client, of_address), of_client=count(of_client), of_address=count(of_address))


def open_link(secret: str, now: datetime, *, lock: bool = False) -> SignInLink | None:
    """A mailed link that still signs in; ``lock`` holds it, so that it is used once."""
    query = (
        select(SignInLink)
        .join(Account, Account.id == SignInLink.account_id)
        .where(
            SignInLink.secret_digest == digest(secret),
            SignInLink.used_at.is_(None),
            SignInLink.ends_at > now,
            Account.disabled_at.is_(None),
        )
    )
    query = query.with_for_update(of=SignInLink) if lock else query
    return db.session.scalar(query, execution_options={"populate_existing": True})
