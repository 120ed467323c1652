"""SEQUENCE and stamps of entries that look otherwise though no verb of their own changed them.

An event's verbs raise its sequence, the agenda's verbs that of an item. But entries also change with what stands
elsewhere: an item with its event, both with a venue, all of them with this program. What an entry looked like is
known from its rendered bytes, so it is compared here, and raised once if no verb did it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.feeds.entries import Rendering
from app.feeds.models import RenderedEntry
from app.feeds.rules import Face, says_the_same

Standing = Mapping[tuple[str, str], RenderedEntry]
Wanted = Mapping[tuple[str, str], Rendering]


def follow(
    event: Event, items: Sequence[AgendaItem], standing: Standing, wanted: Wanted, *, now: datetime | None
) -> bool:
    """Raise what must be newer than what stands, and stamp with ``now`` what differs; whether to render anew."""
    owners: dict[str, Event | AgendaItem] = {event.uid: event, **{item.uid: item for item in items}}
    before = [(row.sequence, row.content_changed_at) for row in owners.values()]
    for key, made in wanted.items():
        if row := standing.get(key):
            _follow(owners[made.uid], row.body, made.body, now)
    _follow_comers(event, items, standing, wanted)
    return before != [(row.sequence, row.content_changed_at) for row in owners.values()]


def leavers(standing: Standing, wanted: Wanted) -> set[str]:
    """Parts that leave feeds. One that comes back may have moved meanwhile, and nobody keeps how it looked: it is
    raised when it goes."""
    return {row.uid for row in standing.values() if row.is_session} - {uid for uid, _lang in wanted}


def _follow(owner: Event | AgendaItem, before: bytes, after: bytes, now: datetime | None) -> None:
    needed = Face.of(after).needs(Face.of(before))
    if needed and needed > owner.sequence:
        owner.sequence = needed
    if now and not says_the_same(before, after):
        owner.content_changed_at = max(now, owner.content_changed_at)


def _follow_comers(event: Event, items: Sequence[AgendaItem], standing: Standing, wanted: Wanted) -> None:
    """Until an item came into feeds its sequence grew with the event's, so it goes on from there."""
    stood, stands = {uid for uid, _lang in standing}, {uid for uid, _lang in wanted}
    for item in items:
        if item.uid in stands - stood:
            item.sequence += event.sequence
