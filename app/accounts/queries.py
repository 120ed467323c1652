from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Account, SignedInSession
from app.kernel.db import db
from app.kernel.ids import digest


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
