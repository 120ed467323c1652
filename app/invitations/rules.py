"""Who may be invited, reminded and let in, and what an invitation says when it is opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.invitations import errors

MOST_A_DAY = 2_000
MOST_REMINDERS = 3
A_DAY = timedelta(days=1)
BETWEEN_LETTERS = timedelta(days=1)
CODE_LETTERS = 10  # of the alphabet of ids: 49 bits, and typing is rate-limited
_BLANKS = str.maketrans("", "", " -\t\u00a0\u2010\u2011\u2013")


class InvitationStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


class InvitationRole(StrEnum):
    """As what somebody is invited."""

    GUEST = "guest"
    OBSERVER = "observer"
    SPEAKER = "speaker"


class Opened(StrEnum):
    """What somebody finds who opens the link of an invitation."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"
    NOT_PUBLISHED = "not_published"
    CALLED_OFF = "called_off"
    POSTPONED = "postponed"
    OVER = "over"
    CLOSED = "closed"


class ListState(StrEnum):
    """Where a list of people to invite stands."""

    READING = "reading"
    CHECKED = "checked"
    SENDING = "sending"
    SENT = "sent"


class Encoding(StrEnum):
    """What a file is read as."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "windows-1252"


class LineState(StrEnum):
    """What becomes of one line of a list."""

    NEW = "new"
    REPEATED = "repeated"
    INVITED_BEFORE = "invited_before"
    REGISTERED_BEFORE = "registered_before"
    WRONG = "wrong"
    LEFT_OUT = "left_out"  # the address got too many mails today
    INVITED = "invited"


class Fault(StrEnum):
    """Why a line of a list cannot be used."""

    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    FORMULA = "formula"
    TOO_LONG = "too_long"
    HIDDEN_SIGNS = "hidden_signs"


ANSWERABLE = frozenset({Opened.PENDING, Opened.DECLINED})


def opened(
    status: InvitationStatus, *, event_status: str, ends_at: datetime, deadline: datetime, now: datetime
) -> Opened:
    """What the page of an invitation says; the questions in the order in which a clerk asks them.

    ``deadline`` is when registration closes. Whoever has accepted is told so even then: the place is kept elsewhere.
    """
    by_status = {"draft": Opened.NOT_PUBLISHED, "called_off": Opened.CALLED_OFF, "postponed": Opened.POSTPONED}
    if status is InvitationStatus.REVOKED:
        return Opened.REVOKED
    if found := by_status.get(event_status):
        return found
    if now >= ends_at or event_status in {"held", "archived"}:
        return Opened.OVER
    if status is InvitationStatus.ACCEPTED:
        return Opened.ACCEPTED
    if now >= deadline:
        return Opened.CLOSED
    return Opened(status)


def check_answerable(found: Opened) -> None:
    """Refuse an answer to what is not asked any more; raises CannotAnswer or InvitationRevoked."""
    if found is Opened.REVOKED:
        raise errors.InvitationRevoked
    if found not in ANSWERABLE:
        raise errors.CannotAnswer(state=found)


def check_invitable(*, event_status: str, audience: str, ends_at: datetime, now: datetime) -> None:
    """Refuse to invite where nobody could answer; raises NotPublished, EventOver or InternalEvent."""
    if event_status in {"held", "archived", "called_off"} or now >= ends_at:
        raise errors.EventOver
    if event_status != "published":
        raise errors.NotPublished
    if audience == "internal":
        raise errors.InternalEvent


def still_today(invited_today: int, *, is_administrator: bool) -> int | None:
    """How many more people an event may invite within the day; None without a limit."""
    return None if is_administrator else max(0, MOST_A_DAY - invited_today)


def check_day(invited_today: int, *, is_administrator: bool) -> None:
    """Raises DayIsFull."""
    if still_today(invited_today, is_administrator=is_administrator) == 0:
        raise errors.DayIsFull(most=MOST_A_DAY, retry_after=3600)


def reminder_is_due(
    deadline: datetime, days_before: int | None, *, reminded_for: datetime | None, now: datetime
) -> bool:
    """Whether the reminder that an event sends by itself is due; a deadline that moves makes it due anew."""
    if days_before is None or reminded_for == deadline:
        return False
    return deadline - timedelta(days=days_before) <= now < deadline


def line_state(*, is_wrong: bool, is_repeated: bool, is_invited: bool, is_registered: bool) -> LineState:
    """What a line of a list is when it is checked; the first thing that keeps it from being new is named."""
    if is_wrong:
        return LineState.WRONG
    if is_repeated:
        return LineState.REPEATED
    if is_registered:
        return LineState.REGISTERED_BEFORE
    return LineState.INVITED_BEFORE if is_invited else LineState.NEW


def is_observed(phase_numbers: list[int], phase_number: int | None) -> bool:
    """Whether an observer of these phases (none means every one) is invited by right to an event of a phase."""
    return not phase_numbers or phase_number in phase_numbers


def code_key(typed: str) -> str:
    """A code as it is stored, however it was typed: hyphens, blanks and capitals do not count."""
    return typed.translate(_BLANKS).casefold()


def readable_code(code: str) -> str:
    """``abcde-fghjk``: as it is shown and read out."""
    return f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}"


def check_code(*, uses_left: int | None, valid_until: datetime | None, now: datetime) -> None:
    """Raises CodeExpired or CodeUsedUp."""
    if valid_until is not None and now >= valid_until:
        raise errors.CodeExpired(field="code")
    if uses_left == 0:
        raise errors.CodeUsedUp(field="code")
