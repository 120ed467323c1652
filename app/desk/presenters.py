"""An organiser's events with what waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.events.models import Event, EventStep
from app.events.presenters import EventCard, card_of
from app.events.rules import STEPS, Missing, Status, may_be_deleted, missing_for_publication
from app.events.services import readiness
from app.kernel.date_words import clock_time, day_words, local_day
from app.network.actors import Actor
from app.registration.queries import ShownSeats, sending

MOST_TO_SEND_TO = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """An event on the organiser's list. ``waits``: how many wait although seats are free.

    ``pending`` wait for an approval; ``silent`` have not answered questions that close soon. ``is_missing``: calendars
    cannot show it, or not all of it.
    """

    card: EventCard
    seats: ShownSeats | None
    missing: tuple[Missing, ...] = ()
    waits: int = 0
    pending: int = 0
    silent: int = 0
    is_missing: bool = False

    @property
    def needs_somebody(self) -> bool:
        return bool(self.waits or self.pending or self.silent or self.is_missing) or self.card.status in {
            Status.DRAFT,
            Status.POSTPONED,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A step that was taken; ``at`` in words on the clocks of the event's zone, ``by`` whom if not by itself."""

    status: Status
    at: datetime
    words: str
    reason: str
    by: str
    by_itself: bool


def history_of(steps: Sequence[EventStep], timezone: str, names: Mapping[int, str]) -> list[HistoryLine]:
    """The life of an event so far, in the language in force."""
    return [
        HistoryLine(
            status=step.status,
            at=step.at,
            words=f"{day_words(local_day(step.at, timezone))}, {clock_time(step.at, timezone)}",
            reason=step.reason or "",
            by=names.get(step.account_id, "") if step.account_id else "",
            by_itself=step.account_id is None,
        )
        for step in steps
    ]


def rows_of(
    events: Sequence[Event],
    seats: Mapping[int, ShownSeats],
    *,
    pending: Mapping[int, int] | None = None,
    silent: Mapping[int, int] | None = None,
    missing: Collection[int] = (),
) -> list[DeskRow]:
    """Rows in the order of the events; the events need their place, project and organisations."""
    return [
        replace(
            _row(event, seats.get(event.id)),
            pending=(pending or {}).get(event.id, 0),
            silent=(silent or {}).get(event.id, 0),
            is_missing=event.id in missing,
        )
        for event in events
    ]


def to_send_to(actor: Actor, now: datetime) -> list[EventCard]:
    """Events of others to which the actor's organisations may send a delegation; the soonest."""
    if not actor.managed_ids:
        return []
    return [card_of(event) for event in sending.events_to_send_to(actor.managed_ids, now, limit=MOST_TO_SEND_TO)]


def _row(event: Event, seats: ShownSeats | None) -> DeskRow:
    may_become = STEPS[event.status]
    return DeskRow(
        card=card_of(event),
        seats=seats,
        missing=tuple(missing_for_publication(readiness(event))) if Status.PUBLISHED in may_become else (),
        waits=_waits(seats) if seats else 0,
    )


def _waits(seats: ShownSeats) -> int:
    has_room = seats.capacity is None or seats.confirmed + seats.offered + seats.kept < seats.capacity
    return seats.waiting if has_room else 0


def open_steps(status: Status, history: Sequence[Status]) -> frozenset[str]:
    """The names of the steps that the event's page offers as buttons."""
    names = {
        Status.PUBLISHED: "publish",
        Status.DRAFT: "take_back",
        Status.POSTPONED: "postpone",
        Status.CALLED_OFF: "call_off",
        Status.ARCHIVED: "archive",
    }
    steps = {names[becomes] for becomes in STEPS[status] if becomes in names}
    return frozenset(steps | {"delete"} if may_be_deleted(status, history) else steps)
