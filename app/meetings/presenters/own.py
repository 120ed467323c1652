"""What a participant sees: the own schedule, requests, the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.events.models import Event
from app.kernel.date_words import day_with_weekday, local_day, time_span
from app.kernel.phrases import say
from app.meetings import queries
from app.meetings.models import Meeting, MeetingProfile, MeetingRequest
from app.meetings.posing import busy_slots
from app.meetings.presenters.words import day_of, moment, name_of, time_of
from app.meetings.rules import BookingWindow, Outcome, RequestState
from app.meetings.timing import hours_of, slot_times, window_of
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.registration.rules import Place

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRequest:
    id: int
    name: str
    organisation: str
    reason: str
    state: RequestState
    words: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMeeting:
    """A line of somebody's schedule."""

    id: int
    day: str
    time: str
    table: int
    room: str
    name: str
    organisation: str
    outcome: Outcome | None
    has_begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMeetings:
    """All that a participant's page shows."""

    profile: MeetingProfile | None
    window: BookingWindow
    is_open: bool
    is_early: bool
    opens: str
    closes: str
    has_slots: bool
    schedule: tuple[ShownMeeting, ...]
    asked_me: tuple[ShownRequest, ...]
    asked: tuple[ShownRequest, ...]
    is_over: bool

    @property
    def waiting(self) -> list[ShownRequest]:
        return [one for one in self.asked_me if one.state is RequestState.OPEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChoice:
    """A slot that somebody may or may not come to; ``is_busy``: a duty or a seat elsewhere."""

    code: str
    day: str
    time: str
    is_busy: bool

    @property
    def words(self) -> str:
        if self.is_busy:
            return _("%(day)s, %(time)s (you are busy then)", day=self.day, time=self.time)
        return _("%(day)s, %(time)s", day=self.day, time=self.time)


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """What a participant's own page says of the meetings, and what is kept about them."""
    event = registration.allotment.event
    if registration.place is not Place.CONFIRMED or not queries.has_blocks(event.id):
        return None
    own = own_meetings(registration, now)
    return OwnPart(name="meetings", template="meetings/_own.html", values={"meetings": own}, kept=_kept(own))


def own_meetings(registration: Registration, now: datetime) -> OwnMeetings:
    """Everything that one participant sees, in a fixed number of queries."""
    event = registration.allotment.event
    slots = slot_times(event, queries.blocks(event.id))
    window = window_of(queries.settings_of(event.id), slots)
    profile = queries.profile(registration.id)
    requests = queries.requests_of(registration.id)
    return OwnMeetings(
        profile=profile if profile and profile.takes_part else None,
        window=window,
        is_open=window.is_open(now) and bool(slots),
        is_early=window.is_early(now),
        opens=moment(window.opens_at, event),
        closes=moment(window.closes_at, event),
        has_slots=bool(slots),
        schedule=tuple(schedule_of(event, registration.id, queries.meetings_of([registration.id]), now)),
        asked_me=tuple(
            sorted(
                (_request(one, one.asker, event) for one in requests if one.to_id == registration.id),
                key=lambda one: one.state is not RequestState.OPEN,
            )
        ),
        asked=tuple(_request(one, one.asked, event) for one in requests if one.from_id == registration.id),
        is_over=bool(slots) and slots[-1].ends_at <= now,
    )


def schedule_of(event: Event, registration_id: int, meetings: Iterable[Meeting], now: datetime) -> list[ShownMeeting]:
    """The lines of one person's schedule in the order of time."""
    timed = [(hours, one) for one in meetings if (hours := hours_of(event, one)) is not None]
    return [
        ShownMeeting(
            id=one.id,
            day=day_with_weekday(local_day(hours[0], event.timezone)),
            time=time_span(*hours, event.timezone),
            table=one.table_number,
            room=one.block.item.room.name if one.block.item.room else "",
            name=name_of(one.partner_of(registration_id)),
            organisation=one.partner_of(registration_id).organisation,
            outcome=one.outcome_of(registration_id),
            has_begun=hours[0] <= now,
        )
        for hours, one in sorted(timed, key=lambda pair: (pair[0], pair[1].table_number))
    ]


def slot_choices(event: Event, registration_id: int) -> list[SlotChoice]:
    """Every slot, for somebody to say when they cannot come."""
    slots = slot_times(event, queries.blocks(event.id))
    busy = busy_slots(event, slots)[registration_id]
    return [
        SlotChoice(code=slot.code, day=day_of(slot, event), time=time_of(slot, event), is_busy=slot.id in busy)
        for slot in slots
    ]


def _request(row: MeetingRequest, other: Registration, event: Event) -> ShownRequest:
    return ShownRequest(
        id=row.id,
        name=name_of(other),
        organisation=other.organisation,
        reason=row.reason,
        state=row.state,
        words=say(row.state),
        until=moment(row.expires_at, event) if row.state is RequestState.OPEN else "",
    )


def _kept(own: OwnMeetings) -> Data:
    profile = own.profile
    return {
        "takes_part": profile is not None,
        "needs": profile.needs if profile else [],
        "offers": profile.offers if profile else [],
        "about": profile.about if profile else "",
        "cannot_come": profile.away if profile else [],
        "asked": [{"whom": one.name, "reason": one.reason, "state": one.state} for one in own.asked],
        "was_asked": [{"by": one.name, "reason": one.reason, "state": one.state} for one in own.asked_me],
        "meetings": [
            {"day": one.day, "time": one.time, "table": one.table, "with": one.name, "outcome": one.outcome}
            for one in own.schedule
        ],
    }


def profile_values(registration: Registration, slots: Sequence[SlotChoice]) -> Data:
    """What stands in the form: what was said before, or everything open."""
    profile = queries.profile(registration.id)
    if profile is None:
        return {"here": [one.code for one in slots]}
    return {
        "needs": [code for code in profile.needs if not code.startswith("word:")],
        "offers": [code for code in profile.offers if not code.startswith("word:")],
        "need_words": _free_words(profile.needs),
        "offer_words": _free_words(profile.offers),
        "about": profile.about,
        "here": [one.code for one in slots if one.code not in profile.away],
        "may_be_arranged": profile.may_be_arranged,
    }


def _free_words(codes: Sequence[str]) -> str:
    return ", ".join(code.partition(":")[2] for code in codes if code.startswith("word:"))
