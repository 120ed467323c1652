"""When the slots of an event's blocks are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.agenda.models import AgendaItem
from app.agenda.reading import span_of
from app.events.models import Event
from app.kernel.dates import NoSuchTime
from app.meetings.models import Meeting, MeetingBlock, MeetingSettings
from app.meetings.rules import BookingWindow, SlotTime, slots_of


def slot_times(event: Event, blocks: Sequence[MeetingBlock]) -> list[SlotTime]:
    """Every slot in the order of time, numbered through; none where the event's day is not known.

    A slot beside an earlier one is left out: nobody is in two places.
    """
    found: list[SlotTime] = []
    for block in blocks:
        hours = item_hours(event, block.item)
        if hours is None:
            continue
        begins, ends = hours
        length = timedelta(minutes=block.slot_minutes)
        for number in range(slots_of(int((ends - begins).total_seconds()) // 60, block.slot_minutes)):
            starts = begins + number * length
            if not any(one.overlaps(starts, starts + length) for one in found):
                found.append(
                    SlotTime(
                        id=len(found),
                        block_id=block.id,
                        number=number,
                        tables=block.tables,
                        starts_at=starts,
                        ends_at=starts + length,
                    )
                )
    return found


def item_hours(event: Event, item: AgendaItem) -> tuple[datetime, datetime] | None:
    """Begin and end of a part of the agenda, UTC; None where the day is not known or the hour is none."""
    span = span_of(event)
    if span.first_day is None:
        return None
    try:
        return (
            span.instant(item.day, item.start_minute, item.timezone),
            span.instant(item.day, item.end_minute, item.timezone),
        )
    except NoSuchTime:
        return None


def hours_of(event: Event, meeting: Meeting) -> tuple[datetime, datetime] | None:
    """Begin and end of a meeting, UTC; it moves with its block."""
    hours = item_hours(event, meeting.block.item)
    if hours is None:
        return None
    length = timedelta(minutes=meeting.block.slot_minutes)
    begins = hours[0] + meeting.slot_number * length
    return begins, begins + length


def window_of(settings: MeetingSettings | None, slots: Sequence[SlotTime]) -> BookingWindow:
    """When requests are sent and answered; at the latest until the first slot begins."""
    first = slots[0].starts_at if slots else None
    closes = settings.closes_at if settings else None
    return BookingWindow(
        opens_at=settings.opens_at if settings else None,
        closes_at=min(one for one in (first, closes) if one) if first or closes else None,
    )
