"""What is on now, what is next, and when that changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.events.rules import Status
from app.kernel.dates import shown_zone

MOST_LATER = 6
OVER = frozenset({Status.HELD, Status.ARCHIVED})
OFF = frozenset({Status.POSTPONED, Status.CALLED_OFF})


class State(StrEnum):
    """How an event stands to the present."""

    CALLED_OFF = "called_off"
    POSTPONED = "postponed"
    NO_DAY = "no_day"  # only its month or year is known
    NOT_YET = "not_yet"
    TODAY = "today"
    BETWEEN_DAYS = "between_days"  # nothing more today, and another day follows
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When an item is; ``on`` is the day on the event's calendar on which it begins."""

    id: int
    begins: datetime
    ends: datetime
    on: date
    room_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """An event as far as the clock is concerned; the zone is where its wall clock hangs."""

    status: Status
    is_dated: bool
    starts_at: datetime
    ends_at: datetime
    zone: str

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(shown_zone(self.zone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Ids of items: what is on; all that begins next at one moment; what follows on that day. ``next_on``: its day."""

    state: State
    now: tuple[int, ...] = ()
    next: tuple[int, ...] = ()
    later: tuple[int, ...] = ()
    next_on: date | None = None
    begun: tuple[int, ...] = ()  # today, the latest first


def standing(occasion: Occasion, slots: Sequence[Slot], now: datetime, *, room_id: int | None = None) -> Standing:
    """How it stands now, in one room or in all. What has no room is for everybody."""
    state = _state(occasion, slots, now)
    if state not in {State.NOT_YET, State.TODAY, State.BETWEEN_DAYS}:
        return Standing(state=state)
    here = sorted(
        (slot for slot in slots if room_id is None or slot.room_id in (None, room_id)),
        key=lambda slot: (slot.begins, slot.ends, slot.id),
    )
    coming = [slot for slot in here if slot.begins > now]
    following = [slot for slot in coming if slot.begins == coming[0].begins]
    later = [slot for slot in coming[len(following) :] if slot.on == following[0].on]
    today = occasion.day_of(now)
    begun = [slot for slot in here if slot.begins <= now and (slot.on == today or now < slot.ends)]
    return Standing(
        state=state,
        now=tuple(slot.id for slot in here if slot.begins <= now < slot.ends),
        next=tuple(slot.id for slot in following),
        later=tuple(slot.id for slot in later),
        next_on=following[0].on if following else None,
        begun=tuple(slot.id for slot in reversed(begun)),
    )


def moments(occasion: Occasion, slots: Iterable[Slot]) -> list[datetime]:
    """Every instant at which :func:`standing` may become another one by the clock alone, in order."""
    if not occasion.is_dated or occasion.status in OFF | OVER:
        return []
    slots = list(slots)
    edges = {occasion.starts_at, occasion.ends_at}
    edges.update(edge for slot in slots for edge in (slot.begins, slot.ends))
    first, last = occasion.day_of(min(edges)), occasion.day_of(max(edges))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sorted(edges | {_midnight(day, occasion.zone) for day in days})


def stage(moments: Sequence[datetime], now: datetime) -> str:
    """The last of these moments that has come: as long as it is the same, so is what stands there."""
    return max((moment for moment in moments if moment <= now), default=datetime.min.replace(tzinfo=UTC)).isoformat()


def _state(occasion: Occasion, slots: Sequence[Slot], now: datetime) -> State:
    if occasion.status in OFF:
        return State(occasion.status)
    if occasion.status in OVER:
        return State.PAST
    if not occasion.is_dated:
        return State.NO_DAY
    today = occasion.day_of(now)
    if now >= max((occasion.ends_at, *(slot.ends for slot in slots))):
        return State.PAST
    if today < min((occasion.day_of(occasion.starts_at), *(slot.on for slot in slots))):
        return State.NOT_YET
    has_more_today = any(slot.ends > now and (slot.on == today or slot.begins <= now) for slot in slots)
    goes_on = any(slot.on > today for slot in slots)
    return State.BETWEEN_DAYS if goes_on and not has_more_today else State.TODAY


def _midnight(day: date, zone: str) -> datetime:
    # of a midnight that the clocks skip, the first moment after it
    return datetime.combine(day, time(), shown_zone(zone)).astimezone(UTC)
