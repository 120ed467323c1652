"""What the worker does about certificates."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.certificates import queries, services
from app.jobs.worker import performs, recurs
from app.kernel import clock
from app.kernel.errors import Conflict

# phones that were without network hand in late who was there
LOOKED_AT_FOR = timedelta(days=14)
PAUSE = timedelta(hours=1)


@performs(services.GO_ON)
def go_on(event_id: int) -> None:
    """Go on where one transaction stopped."""
    services.go_on(event_id, now=clock.now())


@recurs("certificates.issue_after_the_end", every=timedelta(minutes=30))
def issue_after_the_end(now: datetime) -> None:
    """Issue for events that are over, where the organiser wants it without a hand."""
    for event_id in queries.automatic_events(ended_after=now - LOOKED_AT_FOR, ended_before=now - PAUSE):
        try:
            services.go_on(event_id, now=now)
        except Conflict:  # called off or postponed
            continue
