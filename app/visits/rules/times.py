"""What moves when something of a day gets longer, later or another place in the order.

Times here are minutes on one line, as ``Span.place`` gives them, so that entries on the two sides of a border can be
compared. Everything is decided inside one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from app.agenda.checks import SLACK
from app.agenda.rules import DAY, Slot, Span
from app.kernel.dates import NoSuchTime, shown_zone
from app.visits.errors import BeforeThePrevious, NothingToSwap, SideBySide


class Pauses(StrEnum):
    """What a delay does to the time between entries."""

    KEEP = "keep_pauses"  # everything later moves by the same number of minutes
    USE = "use_slack"  # spare time takes the delay up first


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An entry of a day; ``begins`` and ``ends`` on the line."""

    id: int
    slot: Slot
    begins: int
    ends: int
    is_leg: bool = False
    is_stop: bool = False

    @property
    def minutes(self) -> int:
        return self.ends - self.begins


Times = dict[int, tuple[int, int]]


def in_order(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.begins, step.ends, step.id))


def retimed(steps: Sequence[Step], changed: Step, *, begins: int, ends: int, pauses: Pauses) -> Times:
    """The new times of an entry and of what follows it; what keeps its time is left out.

    What happens on board goes with the departure, what begins after the old end with the arrival. When something
    ends earlier, ``Pauses.USE`` leaves the others where they are. Raises BeforeThePrevious.
    """
    _check_before(steps, changed, begins)
    late_start = begins - changed.begins
    times: Times = {
        step.id: (step.begins + late_start, step.ends + late_start)
        for step in steps
        if changed.begins < step.begins < changed.ends and late_start
    }
    followers = [step for step in in_order(steps) if step.begins >= changed.ends and step.id != changed.id]
    delays = _delays(followers, reaches=changed.ends, delay=ends - changed.ends, is_leg=changed.is_leg, pauses=pauses)
    times |= _later(followers, delays)
    if (begins, ends) != (changed.begins, changed.ends):
        times[changed.id] = begins, ends
    return times


def inserted(
    steps: Sequence[Step], after: Step | None, *, begins: int, ends: int, is_leg: bool, pauses: Pauses
) -> Times:
    """The new times of what follows a new entry, which stands behind ``after`` or first on its day.

    Raises BeforeThePrevious when it begins before that is over.
    """
    if after and begins < after.ends:
        raise BeforeThePrevious(field="starts", item_id=after.id)
    reaches = after.ends if after else begins
    followers = [step for step in in_order(steps) if step.begins >= reaches and (after is None or step.id != after.id)]
    return _later(followers, _delays(followers, reaches=reaches, delay=ends - reaches, is_leg=is_leg, pauses=pauses))


def swapped(steps: Sequence[Step], stop_id: int, *, earlier: bool) -> Times:
    """A stop changes places with the stop before it (or after it); the day begins and ends as before.

    What lies between the two keeps its order and its pauses. Raises NothingToSwap, and SideBySide where other
    entries run at the same time.
    """
    first, second, _stops = _pair(steps, stop_id, earlier=earlier)
    between = [step for step in steps if step.begins >= first.ends and step.ends <= second.begins]
    apart = {first.id, second.id, *(step.id for step in between)}
    if first.ends > second.begins or any(
        step.begins < second.ends and step.ends > first.begins for step in steps if step.id not in apart
    ):
        raise SideBySide
    by = second.minutes - first.minutes
    times: Times = {step.id: (step.begins + by, step.ends + by) for step in between if by}
    times[second.id] = first.begins, first.begins + second.minutes
    times[first.id] = second.ends - first.minutes, second.ends
    return times


def around(steps: Sequence[Step], stop_id: int, *, earlier: bool) -> tuple[list[Step], list[Step], list[Step]]:
    """The legs before, between and behind two stops that change places, as far as the next stop on either side.

    Raises as :func:`swapped`.
    """
    first, second, stops = _pair(steps, stop_id, earlier=earlier)
    since = max((step.ends for step in stops if step.ends <= first.begins), default=None)
    until = min((step.begins for step in stops if step.begins >= second.ends), default=None)
    legs = [step for step in in_order(steps) if step.is_leg]
    return (
        [step for step in legs if step.ends <= first.begins and (since is None or step.begins >= since)],
        [step for step in legs if step.begins >= first.ends and step.ends <= second.begins],
        [step for step in legs if step.begins >= second.ends and (until is None or step.ends <= until)],
    )


def _pair(steps: Sequence[Step], stop_id: int, *, earlier: bool) -> tuple[Step, Step, list[Step]]:
    """A stop and its neighbour in the order of time, and all stops; raises NothingToSwap."""
    stops = [step for step in in_order(steps) if step.is_stop]
    at = next((place for place, step in enumerate(stops) if step.id == stop_id), None)
    other = None if at is None else at - 1 if earlier else at + 1
    if at is None or other is None or not 0 <= other < len(stops):
        raise NothingToSwap
    return stops[min(at, other)], stops[max(at, other)], stops


def step_of(item_id: int, slot: Slot, span: Span, *, is_leg: bool, is_stop: bool) -> Step | None:
    """An entry on the line; None where a time does not exist, which the agenda says itself."""
    try:
        begins, ends = span.place(slot)
    except NoSuchTime:
        return None
    return Step(id=item_id, slot=slot, begins=begins, ends=ends, is_leg=is_leg, is_stop=is_stop)


def slot_at(slot: Slot, begins: int, ends: int, span: Span) -> Slot:
    """The wall clock in the zone of a slot, on its day, for times on the line."""
    return Slot(
        day=slot.day,
        start_minute=wall_minute(slot, begins, span),
        end_minute=wall_minute(slot, ends, span),
        zone=slot.zone,
    )


def wall_minute(slot: Slot, place: int, span: Span) -> int:
    """The reverse of ``Span.place`` for one end of a slot."""
    if span.first_day is None:
        return place - slot.day * DAY
    moment = datetime.fromtimestamp(place * 60, UTC).astimezone(shown_zone(slot.zone or span.zone))
    midnight = datetime.combine(span.first_day + timedelta(days=slot.day), time(), UTC)
    return int((moment.replace(tzinfo=UTC) - midnight).total_seconds() // 60)


def _check_before(steps: Sequence[Step], changed: Step, begins: int) -> None:
    for step in steps:
        if step.id != changed.id and step.ends <= changed.begins and begins < step.ends:
            raise BeforeThePrevious(field="starts", item_id=step.id)


def _delays(followers: Sequence[Step], *, reaches: int, delay: int, is_leg: bool, pauses: Pauses) -> dict[int, int]:
    """By how much each entry moves. Spare is what lies between two entries beyond what an arrival needs."""
    found: dict[int, int] = {}
    for step in followers:
        if pauses is Pauses.USE:
            needed = SLACK if is_leg and not step.is_leg else 0
            delay = max(0, delay - max(0, step.begins - reaches - needed))
        if not delay:
            break
        found[step.id] = delay
        if step.ends >= reaches:
            reaches, is_leg = step.ends, step.is_leg
    return found


def _later(followers: Iterable[Step], delays: dict[int, int]) -> Times:
    return {
        step.id: (step.begins + delays[step.id], step.ends + delays[step.id]) for step in followers if step.id in delays
    }
