"""One part of a person: what it is, when and where, with whom, and what became another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.agenda.rules import AgendaRole
from app.events.models import Event
from app.events.presenters import place_line, when_line, zone_words
from app.events.rules import PersonRole
from app.kernel.date_words import clock_time, day_with_weekday, local_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.registration.presenters.tables import when_of_item
from app.speakers import queries
from app.speakers.models import Speaker
from app.speakers.queries import HeldPart
from app.speakers.rules import Slot, SpeakerReply, SpeakerStanding, changes, slot_seen

MODERATING = frozenset({AgendaRole.MODERATOR, PersonRole.MODERATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """``seen`` comes back with the answer. ``was_when``, ``was_where``: what was accepted, where that is another."""

    key: str
    seen: str
    title: Wording
    role: str
    when: str
    where: str
    moderators: list[str]
    others: list[str]
    seats: int | None
    taken: int | None  # signed up for just this; None where nobody signs up for parts
    item_id: int | None
    standing: SpeakerStanding
    standing_words: str
    reason: str
    changes: list[str]
    was_when: str
    was_where: str
    is_clash: bool

    @property
    def is_open(self) -> bool:
        """Whether an answer is owed."""
        return self.standing in {SpeakerStanding.NOT_ASKED, SpeakerStanding.ASKED, SpeakerStanding.MOVED}


def part_view(
    event: Event,
    part: HeldPart,
    speaker: Speaker | None,
    *,
    every: Collection[HeldPart],
    clashing: Collection[str] = (),
    taken: Mapping[int, int] | None = None,
) -> PartView:
    """In the language in force.

    ``every``: all parts at the event, among them those of the others; ``taken``: sign-ups by item.
    """
    answer = queries.answers_by_part(speaker).get(part.key)
    standing = queries.standing(part, speaker)
    accepted = answer.slot if answer and answer.answer is SpeakerReply.ACCEPTED else None
    found = changes(accepted, part.slot) if accepted else ()
    same = [one for one in every if one.item and part.item and one.item.id == part.item.id]
    others = [one for one in same if one.person.id != part.person.id]
    return PartView(
        key=part.key,
        seen=slot_seen(part.slot),
        title=_title(event, part),
        role=say(part.role),
        when=_when(event, part),
        where=_where(event, part),
        moderators=_names(one for one in others if one.role in MODERATING),
        others=_names(one for one in others if one.role not in MODERATING),
        seats=part.item.capacity if part.item else None,
        taken=(taken or {}).get(part.item.id) if part.item else None,
        item_id=part.item.id if part.item else None,
        standing=standing,
        standing_words=say(standing),
        reason=(answer.reason or "") if answer else "",
        changes=[say(one) for one in found],
        was_when=slot_words(accepted, event.timezone) if accepted and found else "",
        was_where=accepted.place if accepted and found else "",
        is_clash=part.key in clashing,
    )


def slot_words(slot: Slot, timezone: str) -> str:
    """``Thursday 18 March 2027, 09:00–09:45 (Rome time)``; empty where no day is known."""
    if slot.starts_at is None or slot.ends_at is None:
        return ""
    day = day_with_weekday(local_day(slot.starts_at, timezone))
    hours = f"{clock_time(slot.starts_at, timezone)}–{clock_time(slot.ends_at, timezone)}"
    return f"{day}, {hours} ({zone_words(timezone)})"


def _title(event: Event, part: HeldPart) -> Wording:
    lang = language()
    if part.item is None:
        return event.title.wording(lang)
    found = part.item.title.wording(lang)
    return found if found.text else Wording(say(part.item.kind), lang, False)


def _when(event: Event, part: HeldPart) -> str:
    if part.item is None:
        return when_line(event)
    return slot_words(part.slot, part.item.timezone or event.timezone) or when_of_item(event, part.item)


def _where(event: Event, part: HeldPart) -> str:
    item = part.item
    if item is None:
        return place_line(event)
    venue = (item.stop.venue if item.stop else None) or (item.room.venue if item.room else None) or event.venue
    house = f"{venue.name.wording(language()).text}, {venue.city}" if venue else place_line(event)
    return ", ".join(one for one in (item.room.name if item.room else "", house) if one)


def _names(parts: object) -> list[str]:
    """Each once, with the organisation: those who work in one item know with whom."""
    found = {
        one.person.id: f"{one.person.full_name} ({one.organisation.name})" if one.organisation else one.person.full_name
        for one in parts  # type: ignore[attr-defined]
    }
    return list(found.values())
