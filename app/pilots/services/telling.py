"""Who is written to about a service."""

from __future__ import annotations

from datetime import datetime

from app.invitations.queries import managers_of
from app.kernel.db import transactional
from app.kernel.texts import LANGUAGES
from app.mail import services as mail
from app.pilots import queries

OVERDUE = "service_overdue"
AT_ONCE = 100


@transactional
def tell_overdue(*, now: datetime) -> int:
    """Write once for each due day to the managers of owners whose service is late; how many services there were.

    A day is over when UTC says so. An owner without a manager is written to by its own address.
    """
    rows = queries.overdue(now.date(), AT_ONCE)
    managers = managers_of({row.owner_id for row in rows})
    for row in rows:
        row.told_on = row.due_on
        people = [
            (account or person.email, locale or next((one for one in person.languages if one in LANGUAGES), "en"))
            for owner_id, person, account, locale in managers
            if owner_id == row.owner_id
        ]
        for address, locale in people or [(row.owner.email, "en")]:
            if address:
                mail.queue(
                    OVERDUE,
                    recipient=address,
                    locale=locale,
                    about=f"service:{row.id}",
                    dedupe_key=f"service-overdue:{row.id}:{row.due_on}:{address}",
                    now=now,
                    service_id=row.id,
                )
    return len(rows)
