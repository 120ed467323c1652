from __future__ import annotations

from datetime import datetime

from app.audit.models import AuditEntry
from app.kernel.db import db, transactional


@transactional
def note(action: str, *, subject: str, account_id: int | None, now: datetime, **details: object) -> None:
    """Add a line to the audit log, in the caller's transaction if there is one. Details hold no secrets."""
    db.session.add(AuditEntry(at=now, account_id=account_id, action=action, subject=subject, details=details))
