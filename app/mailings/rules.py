"""What a mailing is, through which states it goes, and when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.mailings.errors import EventNotAhead, MomentPassed, NothingToSay, NotInThisState, NotReachable

MOST_MINUTES = 365 * 24 * 60
BATCH = 200  # recipients that one transaction takes in
TESTS_A_DAY = 20


class Kind(StrEnum):
    ONE_OFF = "one_off"
    REMINDER = "reminder"


class Anchor(StrEnum):
    """What a reminder's time counts from."""

    BEFORE_START = "before_start"
    AFTER_END = "after_end"


class State(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Owner(StrEnum):
    """Whose mailing it is."""

    EVENT = "event"
    PROJECT = "project"
    GROUP = "group"


class Audience(StrEnum):
    """Whom it reaches. The first belong to events, the last two kinds to projects and groups."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    PENDING = "pending"
    EVERYBODY_IN = "everybody_in"
    INVITED_SILENT = "invited_silent"
    SPEAKERS = "speakers"
    PRESENT = "present"
    ABSENT = "absent"
    PARTNERS = "partners"
    ALL_ROLES = "all_roles"
    MEMBERS = "members"


class LeftOut(StrEnum):
    """Why somebody of the audience gets nothing."""

    UNSUBSCRIBED = "unsubscribed"
    DOES_NOT_ARRIVE = "does_not_arrive"
    UNUSABLE = "unusable"


class Verb(StrEnum):
    EDIT = "edit"
    SCHEDULE = "schedule"
    START = "start"
    TAKE_BACK = "take_back"
    STOP = "stop"
    FINISH = "finish"
    RETRY = "retry"
    DELETE = "delete"


# verb → the states in which it may be said; every other cell of the table is refused
STEPS: Mapping[Verb, frozenset[State]] = {
    Verb.EDIT: frozenset({State.DRAFT}),
    Verb.SCHEDULE: frozenset({State.DRAFT}),
    Verb.START: frozenset({State.SCHEDULED}),
    Verb.TAKE_BACK: frozenset({State.SCHEDULED}),
    Verb.STOP: frozenset({State.SENDING}),
    Verb.FINISH: frozenset({State.SENDING}),
    Verb.RETRY: frozenset({State.SENT, State.FAILED}),
    Verb.DELETE: frozenset({State.DRAFT, State.CANCELLED}),
}


def check_step(state: State, verb: Verb) -> None:
    """Refuse what the present state does not allow; raises NotInThisState."""
    if state not in STEPS[verb]:
        raise NotInThisState(state=state, verb=verb)


def check_words(*, has_subject: bool, has_body: bool) -> None:
    """Refuse to send what says nothing; raises NothingToSay with the field."""
    if not has_subject:
        raise NothingToSay(field="subject_en")
    if not has_body:
        raise NothingToSay(field="body_en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """An event as reminders see it; instants in UTC. ``takes_place`` is false while nobody may count on the date."""

    starts_at: datetime
    ends_at: datetime
    takes_place: bool


def due_at(anchor: Anchor, minutes: int, clock: Clock) -> datetime | None:
    """When a reminder is due; None while the event has no date to count from."""
    if not clock.takes_place:
        return None
    if anchor is Anchor.BEFORE_START:
        return clock.starts_at - timedelta(minutes=minutes)
    return clock.ends_at + timedelta(minutes=minutes)


def check_ahead(send_at: datetime | None, now: datetime) -> None:
    """Refuse a time that has passed, and a date that is not there; raises MomentPassed or EventNotAhead."""
    if send_at is None:
        raise EventNotAhead(field="when")
    if send_at <= now:
        raise MomentPassed(field="when")


def is_too_late(anchor: Anchor | None, clock: Clock | None, now: datetime) -> bool:
    """Whether a reminder before the start would only come after it: an event that moved near, a worker that slept."""
    return anchor is Anchor.BEFORE_START and clock is not None and now >= clock.starts_at


def outcome(*, sent: int, failed: int) -> State:
    """What a mailing is called once nothing of it waits any more."""
    return State.FAILED if failed and not sent else State.SENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a mailing is, in people. ``audience`` is how many it will reach, as far as is known."""

    audience: int = 0
    queued: int = 0
    sent: int = 0
    failed: int = 0
    bounced: int = 0
    left_out: int = 0

    @property
    def settled(self) -> int:
        return self.sent + self.failed + self.bounced + self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Parts of an audience; empty means all of it."""

    org_type: str = ""
    country: str = ""
    question_id: int | None = None
    answer: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Narrowing:
        return cls(**{name: value for name, value in stored.items() if name in cls.__slots__})  # type: ignore[arg-type]

    def stored(self) -> dict[str, object]:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def check_narrowing(narrowing: Narrowing, owner: Owner, *, has_registrations: bool) -> None:
    """Refuse to ask of an audience what nobody said of it: speakers and the invited name neither type nor country,
    and only who registered has answers. Raises NotReachable with the field."""
    if narrowing.question_id and not has_registrations:
        raise NotReachable(field="answer")
    if owner is Owner.EVENT and not has_registrations and (narrowing.org_type or narrowing.country):
        raise NotReachable(field="org_type" if narrowing.org_type else "country")
