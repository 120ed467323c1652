"""Where a diary stands: the window of its event, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.diaries.queries import lines as queries
from app.diaries.rules import windows
from app.diaries.rules.windows import DiaryState, Window
from app.events.models import Event
from app.events.rules import Status
from app.kernel.date_words import last_day, local_day
from app.kernel.dates import DatePrecision
from app.registration.models import Registration
from app.registration.rules import Place
from app.registration.services.keeping import erasure_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryStanding:
    """``window`` is None while no day is known."""

    state: DiaryState
    window: Window | None
    erased_at: datetime

    def is_erased(self, now: datetime) -> bool:
        return now >= self.erased_at


def standing_of(registration: Registration, *, retention_days: int, now: datetime) -> DiaryStanding:
    """Where somebody stands with the own diary; needs the registration's event."""
    event = registration.allotment.event
    found = window_of(event, retention_days=retention_days)
    state = windows.state(
        found,
        has_place=registration.place is Place.CONFIRMED,
        is_postponed=event.status is Status.POSTPONED,
        is_called_off=event.status is Status.CALLED_OFF,
        now=now,
    )
    return DiaryStanding(state=state, window=found, erased_at=erasure_day(event.ends_at, retention_days))


def window_of(event: Event, *, retention_days: int) -> Window | None:
    if event.date_precision is not DatePrecision.DAY:
        return None
    return windows.window(
        local_day(event.starts_at, event.timezone),
        last_day(event.starts_at, event.ends_at, event.timezone),
        event.timezone,
        days=queries.debrief_of(event.id).open_days,
        erased_at=max(erasure_day(event.ends_at, retention_days), event.ends_at + timedelta(days=1)),
    )
