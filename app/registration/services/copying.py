"""The seats of an earlier edition: how many, kept for whom, given how, and of which parts of the agenda."""

from __future__ import annotations

from datetime import datetime

from app.agenda.queries import copied_items
from app.events.queries import event as event_of
from app.kernel.dates import NoSuchTime
from app.kernel.db import db
from app.questions.rules import moved
from app.registration import queries
from app.registration.models import Allotment, Quota, RegistrationPolicy

_WINDOW = ("opens_at", "closes_at")
_POLICY = tuple(
    column.key for column in RegistrationPolicy.__table__.columns if column.key not in {"event_id", "changes_until"}
)


def copy_seats(*, from_id: int, to_id: int, now: datetime) -> None:
    """Give a copy the seats, the window, the policy, the quotas and the tables of its source; nobody has a seat yet.

    Days before the start stay days before the start, at the same wall-clock time; what would lie in the past already
    falls away. A quota that was released is kept again. Tables come with the agenda that they are of.
    """
    before, after = event_of(from_id), event_of(to_id)

    def later(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        try:
            there = moved(moment, before=before.starts_at, after=after.starts_at, timezone=after.timezone)
        except NoSuchTime:  # the clocks skip it on that day
            there = moment + (after.starts_at - before.starts_at)
        return there if there and there > now else None

    source, policy = queries.allotment_of(from_id), queries.policy_of(from_id)
    _add(to_id, source, **{edge: later(getattr(source, edge)) for edge in _WINDOW})
    values = {name: getattr(policy, name) for name in _POLICY}
    db.session.add(RegistrationPolicy(event_id=to_id, changes_until=later(policy.changes_until), **values))
    for quota in queries.quotas_of(from_id):
        kept = _add(to_id, quota.allotment)
        db.session.add(
            Quota(
                allotment_id=kept.id,
                kind=quota.kind,
                organisation_id=quota.organisation_id,
                region_code=quota.region_code,
                org_type=quota.org_type,
                releases_at=later(quota.releases_at),
            )
        )
    items = copied_items(from_id, to_id)
    for table in queries.sign_ups(from_id):
        if table.agenda_item_id in items:
            edges = {edge: later(getattr(table, edge)) for edge in _WINDOW}
            _add(to_id, table, agenda_item_id=items[table.agenda_item_id], **edges)


def _add(event_id: int, like: Allotment, **values: datetime | int | None) -> Allotment:
    """Written down one after the other: who locks several locks them in the order of their ids."""
    row = Allotment(kind=like.kind, event_id=event_id, capacity=like.capacity, has_waitlist=like.has_waitlist, **values)
    db.session.add(row)
    db.session.flush()
    return row
