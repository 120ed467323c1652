from __future__ import annotations

from datetime import datetime
from typing import Any

from app.accounts import services
from app.accounts.rules import LINK_LIFE
from app.kernel import clock
from app.mail.composing import Letter, composes


@composes(services.LINK_MAIL)
def compose_link(context: dict[str, Any], locale: str) -> Letter | None:
    """The link is made now, so that its time runs from the sending; a mail that waited too long is dropped."""
    now = clock.now()
    if now - datetime.fromisoformat(context["asked_at"]) > LINK_LIFE:
        return None
    secret = services.issue_link(context["account_id"], now=now)
    return Letter(values={"secret": secret, "minutes": int(LINK_LIFE.total_seconds() // 60)})
