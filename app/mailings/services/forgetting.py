"""Forgetting in time."""

from __future__ import annotations

from datetime import datetime

from app.kernel.db import transactional
from app.mail import services as mail
from app.mailings import queries

BATCH = 500
NOBODY = "@erased.invalid"


@transactional
def forget_recipients(*, before: datetime) -> int:
    """Erase who was written to about events that ended before; the figures stay. Returns how many were erased.

    Mailings of projects and groups are no part of it: the way to unsubscribe in an old mail has to go on working.
    """
    recipients = queries.recipients_of_events_over_before(before, NOBODY, BATCH)
    mail.forget_recipients([one.message_id for one in recipients if one.message_id], nobody=NOBODY)
    for one in recipients:
        one.address = one.address_key = f"{one.public_id}{NOBODY}"
        one.given_name = one.full_name = one.organisation = ""
        one.registration_id = None
    return len(recipients)
