"""Parts of the agenda that take sign-ups, as pages and mails show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.agenda.models import AgendaItem
from app.agenda.presenters import day_heading
from app.agenda.reading import span_of
from app.agenda.rules import clock
from app.events.models import Event
from app.kernel.texts import Texts
from app.registration.models import Allotment
from app.registration.rules import ItemStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """``left``: places that nobody has; None without a limit. ``standing`` is None for what was not chosen."""

    item_id: int
    title: Texts
    when: str
    room: str
    left: int | None
    waiting: int
    is_closed: bool
    standing: ItemStanding | None


def tables_of(
    event: Event, sign_ups: Sequence[Allotment], standings: Mapping[int, ItemStanding] | None = None
) -> list[ShownTable]:
    """In the order of the agenda, from the counts kept for display; ``standings`` by the allotment."""
    return [
        ShownTable(
            item_id=one.item.id,
            title=one.item.title,
            when=when_of_item(event, one.item),
            room=one.item.room.name if one.item.room else "",
            left=None if one.capacity is None else max(0, one.capacity - one.confirmed),
            waiting=one.waiting,
            is_closed=one.closes_at is not None,
            standing=(standings or {}).get(one.id),
        )
        for one in sign_ups
        if one.item is not None
    ]


def when_of_item(event: Event, item: AgendaItem) -> str:
    """Times on the clocks of the item, and the day where there are several."""
    hours = f"{clock(item.start_minute)}–{clock(item.end_minute)}"
    if item.timezone and item.timezone != event.timezone:
        hours = f"{hours} ({item.timezone})"
    span = span_of(event)
    if (span.day_count or 2) == 1:
        return hours
    return _("%(day)s, %(hours)s", day=day_heading(span, item.day), hours=hours)
