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
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.registration import queries
from app.registration.models import Allotment
from app.registration.rules import ItemStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """``left``: places that nobody has; None without a limit. ``standing`` is None for what was not chosen.

    ``number``: where somebody stands in the queue, counted from 1; None for who does not wait there.
    """

    item_id: int
    title: Texts
    when: str
    room: str
    left: int | None
    waiting: int
    is_closed: bool
    standing: ItemStanding | None
    number: int | None

    @property
    def standing_words(self) -> str:
        """What somebody has or awaits here; empty for what was not chosen."""
        if self.standing is None:
            return ""
        if self.number is None:
            return say(self.standing)
        return _("waiting for a place, number %(number)s in the queue", number=self.number)


def own_tables(event: Event, registration_id: int) -> list[ShownTable]:
    """The same with what somebody has or awaits at each."""
    if not (sign_ups := queries.sign_ups(event.id)):
        return []
    standings = queries.standings_of(registration_id)
    waits = ItemStanding.QUEUED in standings.values()
    return tables_of(event, sign_ups, standings, queries.numbers_in_queues(registration_id) if waits else None)


def tables_of(
    event: Event,
    sign_ups: Sequence[Allotment],
    standings: Mapping[int, ItemStanding] | None = None,
    numbers: Mapping[int, int] | None = None,
) -> list[ShownTable]:
    """In the order of the agenda, from the counts kept for display; ``standings`` and ``numbers`` by the allotment."""
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
            number=(numbers or {}).get(one.id),
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
