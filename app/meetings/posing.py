"""Rows become the problem that a schedule solves, and a schedule becomes rows again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.meetings import queries, rules
from app.meetings.models import MeetingProfile, MeetingSettings
from app.meetings.rules import Answered, SlotTime, Wishes
from app.meetings.schedule.values import MOST_MEETINGS, Attendee, Meeting, Problem, Slot
from app.meetings.timing import item_hours, slot_times
from app.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Posed:
    """A problem and the times of its slots, by their place in it."""

    problem: Problem
    slots: tuple[SlotTime, ...]

    def written(self, meetings: Iterable[Meeting]) -> list[list[int]]:
        """Block, slot, table and the two people, as a search keeps them."""
        times = {slot.id: slot for slot in self.slots}
        return [[times[one.slot].block_id, times[one.slot].number, one.table, *one.ids] for one in meetings]

    def read(self, rows: Iterable[Sequence[int]]) -> list[Meeting]:
        """The reverse; what stands in a slot that is gone is left out."""
        ids = {(slot.block_id, slot.number): slot.id for slot in self.slots}
        return [
            Meeting(ids[block, number], table, one, other)
            for block, number, table, one, other in rows
            if (block, number) in ids
        ]


def pose(event: Event, *, keeps: bool, now: datetime) -> Posed:
    """What is to be scheduled as things are now, in a fixed number of queries.

    Slots that have begun stay as they are. ``keeps``: what people were told is moved as little as possible.
    """
    settings = queries.settings_of(event.id)
    slots = slot_times(event, queries.blocks(event.id))
    people = [one for one in queries.profiles(event.id) if one.absent_at is None]
    organisations = organisation_keys(event.id, [one.registration for one in people])
    busy = busy_slots(event, slots)
    coming = frozenset(slot.id for slot in slots if slot.starts_at > now)
    away = {slot.code: slot.id for slot in slots}
    most = settings.most if settings else MOST_MEETINGS
    tables = min((slot.tables for slot in slots), default=0)
    attendees = tuple(
        Attendee(
            id=one.registration_id,
            organisation=organisations[one.registration_id],
            free=coming - busy[one.registration_id] - {away[code] for code in one.away if code in away},
            most=most,
            table=one.table_number if one.table_number is not None and one.table_number <= tables else None,
        )
        for one in people
    )
    posed = Posed(Problem(slots=(), attendees=(), pairs=()), tuple(slots))
    told = posed.read(
        (one.block_id, one.slot_number, one.table_number, one.one_id, one.other_id)
        for one in queries.meetings(event.id)
    )
    problem = Problem(
        slots=tuple(Slot(id=slot.id, tables=slot.tables) for slot in slots),
        attendees=attendees,
        pairs=rules.pairs(
            [Answered(asker=one.from_id, asked=one.to_id, state=one.state) for one in queries.requests(event.id)],
            {one.registration_id: wishes_of(one, organisations[one.registration_id]) for one in people},
            arranges=settings.arranges if settings else False,
            called_off=queries.called_off(event.id),
        ),
        spare=settings.spare if settings else rules.USUAL_SPARE,
        told=tuple(told) if keeps else (),
        held=tuple(one for one in told if one.slot not in coming),
    )
    return Posed(problem, tuple(slots))


def busy_slots(event: Event, slots: Sequence[SlotTime]) -> defaultdict[int, frozenset[int]]:
    """The slots in which people speak, moderate or sit elsewhere, by registration."""
    listed = queries.duties(event.id)
    hours = {item.id: item_hours(event, item) for item in queries.items_of({item_id for _one, item_id in listed})}
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    for registration_id, item_id in listed:
        span = hours.get(item_id)
        if span:
            found[registration_id] |= {slot.id for slot in slots if slot.overlaps(*span)}
    return found


def organisation_keys(event_id: int, registrations: Iterable[Registration]) -> dict[int, str]:
    """What colleagues share: the organisation of the network, also where somebody only typed its name."""
    known = {rules.key_of_word(row[0]): row[1] for row in queries.known_organisations(event_id)}
    keys = {}
    for one in registrations:
        typed = rules.key_of_word(one.organisation)
        organisation_id = one.organisation_id or known.get(typed)
        keys[one.id] = f"#{organisation_id}" if organisation_id else typed or f"?{one.id}"
    return keys


def wishes_of(profile: MeetingProfile, organisation: str) -> Wishes:
    return Wishes(
        id=profile.registration_id,
        organisation=organisation,
        needs=frozenset(map(rules.key_of_word, profile.needs)),
        offers=frozenset(map(rules.key_of_word, profile.offers)),
        may_be_arranged=profile.may_be_arranged,
    )


def settings_or_usual(event_id: int) -> MeetingSettings:
    """The settings of an event; those that hold before anybody saved some."""
    return queries.settings_of(event_id) or MeetingSettings(
        event_id=event_id, most=MOST_MEETINGS, spare=rules.USUAL_SPARE, arranges=False, edition=0
    )
