"""Answers of calendars in words: for organisers, and on one's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.events.models import Event
from app.kernel.date_words import clock_time, local_day, short_day
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.replies import queries
from app.replies.models import CalendarReply
from app.replies.rules import Outcome, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """``proposed``: the other time on the event's clocks; ``other``: whose calendar it was, if not the person's."""

    registration_id: int
    name: str
    said: Said
    outcome: Outcome
    at: datetime
    words: str
    proposed: str
    comment: str
    other: str


def moment_words(at: datetime, event: Event) -> str:
    return f"{short_day(local_day(at, event.timezone))}, {clock_time(at, event.timezone)}"


def span_words(starts_at: datetime | None, ends_at: datetime | None, event: Event) -> str:
    """From when to when, on the event's clocks; the day of the end only where it is another one."""
    if starts_at is None or ends_at is None:
        return ""
    is_same_day = local_day(starts_at, event.timezone) == local_day(ends_at, event.timezone)
    end = clock_time(ends_at, event.timezone) if is_same_day else moment_words(ends_at, event)
    return f"{moment_words(starts_at, event)} – {end}"


def lines_of(event: Event, replies: Sequence[CalendarReply]) -> list[ReplyLine]:
    """In the language in force."""
    return [
        ReplyLine(
            registration_id=one.registration_id,
            name=f"{one.registration.given_name} {one.registration.family_name}",
            said=one.said,
            outcome=one.outcome,
            at=one.received_at,
            words=moment_words(one.received_at, event),
            proposed=span_words(one.starts_at, one.ends_at, event),
            comment=one.comment,
            other=one.attendee if one.outcome is Outcome.OTHER_PERSON else "",
        )
        for one in replies
    ]


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """What the person's calendar said so far: on the own page, and in the data to take along."""
    return _part(registration, "replies/_own.html")


def person_part(registration: Registration, now: datetime) -> OwnPart | None:
    """The same for the organiser, on the page of that person."""
    return _part(registration, "replies/_person.html")


def _part(registration: Registration, template: str) -> OwnPart | None:
    replies = queries.of_registration(registration.id)
    if not replies:
        return None
    lines = lines_of(registration.allotment.event, replies)
    return OwnPart(
        name="answers_of_calendars", template=template, values={"lines": lines}, kept=[_kept(one) for one in replies]
    )


def _kept(reply: CalendarReply) -> dict[str, str | None]:
    return {
        "received_at": reply.received_at.isoformat(),
        "written_at": reply.written_at.isoformat(),
        "said": reply.said,
        "outcome": reply.outcome,
        "calendar_of": reply.attendee,
        "proposed_start": reply.starts_at.isoformat() if reply.starts_at else None,
        "proposed_end": reply.ends_at.isoformat() if reply.ends_at else None,
        "comment": reply.comment,
    }
