"""Who speaks where, what was accepted, what is missing: decisions over small values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from app.agenda.rules import AgendaRole
from app.events.rules import PersonRole, Status
from app.kernel.dates import DatePrecision
from app.speakers.errors import (
    AbsenceEndsBeforeStart,
    AskedJustNow,
    MayNotAsk,
    NotAnswerable,
    TooManyAbsences,
)

# roles at the event itself whose holders are asked; on the agenda everybody is
ASKED_ROLES = frozenset(
    {
        PersonRole.SPEAKER,
        PersonRole.INVITED_EXPERT,
        PersonRole.MODERATOR,
        PersonRole.RAPPORTEUR,
        PersonRole.INTERPRETER,
    }
)
SHOWING = frozenset({AgendaRole.SPEAKER, AgendaRole.INVITED_EXPERT})  # who has something to show
BETWEEN_LETTERS = timedelta(hours=1)
BETWEEN_REMINDERS = timedelta(days=1)
MOST_REMINDERS = 3
MOST_ABSENCES = 4
MOST_SLIDES = 10  # of one person at one event
LONGEST_BIO = 1500
LONGEST_REASON = 500
PHOTO_SIDE = 800  # pixels that are kept of the longer side
CONSENT_VERSION = 1  # raised when the words of the consent change


class SpeakerReply(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"


class SpeakerStanding(StrEnum):
    """Where a person stands, or one part of theirs. MOVED: accepted, and then the slot or room became another."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    ACCEPTED = "accepted"
    MOVED = "moved"
    DECLINED = "declined"


class StillMissing(StrEnum):
    BIO = "bio"
    PHOTO = "photo"
    SLIDES = "slides"
    AVAILABILITY = "availability"
    NEEDS = "needs"


class SlotChange(StrEnum):
    """What became another since somebody accepted."""

    TIME = "time"
    PLACE = "place"


class Equipment(StrEnum):
    PROJECTOR = "projector"
    SOUND = "sound"
    MICROPHONE = "microphone"
    ADAPTER = "adapter"
    COMPUTER = "computer"
    INTERNET = "internet"
    FLIP_CHART = "flip_chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When and where somebody is expected; instants in UTC, None where the exact day is not known."""

    starts_at: datetime | None
    ends_at: datetime | None
    place: str

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the two stretches share a moment; one that ends when the other begins does not."""
        if self.starts_at is None or self.ends_at is None:
            return False
        return self.starts_at < ends_at and starts_at < self.ends_at


def part_key(role: AgendaRole | PersonRole, item_id: int | None = None) -> str:
    """What a part is called for as long as it stands: ``item:12:speaker``, ``event:invited_expert``."""
    return f"item:{item_id}:{role}" if item_id else f"event:{role}"


def former_key(key: str, uid: str) -> str:
    """What a part is called while its item, of that UID, is not on the agenda: ``gone:5d4140…:speaker``."""
    return f"{former_prefix(uid)}{key.rpartition(':')[2]}"


def is_former(key: str) -> bool:
    return key.startswith("gone:")


def former_prefix(uid: str) -> str:
    return f"gone:{sha256(uid.encode()).hexdigest()[:24]}:"


def changes(accepted: Slot, now: Slot) -> tuple[SlotChange, ...]:
    """What became another since a slot was accepted, in the order of SlotChange."""
    times = (accepted.starts_at, accepted.ends_at) != (now.starts_at, now.ends_at)
    return tuple(
        change for change, is_so in ((SlotChange.TIME, times), (SlotChange.PLACE, accepted.place != now.place)) if is_so
    )


def standing_of_part(
    answer: SpeakerReply | None, *, accepted: Slot | None, now: Slot, was_asked: bool
) -> SpeakerStanding:
    """Where one part stands. A part that was declined stays so when it moves; the organiser can ask again."""
    if answer is SpeakerReply.DECLINED:
        return SpeakerStanding.DECLINED
    if answer is SpeakerReply.ACCEPTED:
        return SpeakerStanding.MOVED if accepted and changes(accepted, now) else SpeakerStanding.ACCEPTED
    return SpeakerStanding.ASKED if was_asked else SpeakerStanding.NOT_ASKED


def standing_of_person(parts: Collection[SpeakerStanding]) -> SpeakerStanding:
    """Where a person stands with all parts: what still waits for an answer comes first."""
    for first in (SpeakerStanding.NOT_ASKED, SpeakerStanding.ASKED, SpeakerStanding.MOVED, SpeakerStanding.ACCEPTED):
        if first in parts:
            return first
    return SpeakerStanding.DECLINED


def missing(
    standing: SpeakerStanding,
    *,
    has_bio: bool,
    has_photo: bool,
    has_slides: bool,
    shows_something: bool,
    said_availability: bool,
    said_needs: bool,
) -> tuple[StillMissing, ...]:
    """What somebody still has to send; nothing of those who were not asked or decline."""
    if standing in {SpeakerStanding.NOT_ASKED, SpeakerStanding.DECLINED}:
        return ()
    found = (
        (StillMissing.BIO, not has_bio),
        (StillMissing.PHOTO, not has_photo),
        (StillMissing.SLIDES, shows_something and not has_slides),
        (StillMissing.AVAILABILITY, not said_availability),
        (StillMissing.NEEDS, not said_needs),
    )
    return tuple(code for code, is_missing in found if is_missing)


def check_may_ask(status: Status, ends_at: datetime, now: datetime) -> None:
    """Speakers are asked for drafts too, until the event is over; raises MayNotAsk."""
    if status not in {Status.DRAFT, Status.PUBLISHED, Status.POSTPONED} or ends_at <= now:
        raise MayNotAsk


def check_again(asked_at: datetime | None, now: datetime, *, was_revoked: bool) -> None:
    """The same link goes out once an hour at most; raises AskedJustNow. A new link, or address, may go at once."""
    if asked_at and not was_revoked and now - asked_at < BETWEEN_LETTERS:
        raise AskedJustNow


def check_answerable(status: Status, ends_at: datetime, now: datetime) -> None:
    """Yes and no can be said until the event ends; raises NotAnswerable."""
    if status in {Status.CALLED_OFF, Status.ARCHIVED} or ends_at <= now:
        raise NotAnswerable


def check_absences(absences: Iterable[tuple[datetime, datetime]]) -> None:
    """Raises AbsenceEndsBeforeStart with its field, and TooManyAbsences."""
    for number, (starts_at, ends_at) in enumerate(absences):
        if number >= MOST_ABSENCES:
            raise TooManyAbsences(most=MOST_ABSENCES)
        if ends_at <= starts_at:
            raise AbsenceEndsBeforeStart(field=f"until_{number}")


def may_remind(*, reminders: int, written_at: datetime | None, now: datetime) -> bool:
    """Whether the silent may be written to: once a day, three times in all."""
    return reminders < MOST_REMINDERS and (written_at is None or now - written_at >= BETWEEN_REMINDERS)


def reminder_is_due(
    answer_by: datetime | None, days_before: int | None, *, reminded_for: datetime | None, now: datetime
) -> bool:
    """Whether an event reminds by itself now: once for each deadline, so many days before it."""
    if answer_by is None or days_before is None or reminded_for == answer_by:
        return False
    return answer_by - timedelta(days=days_before) <= now < answer_by


def has_day(precision: DatePrecision) -> bool:
    """Whether instants mean anything for an event."""
    return precision is DatePrecision.DAY


def slot_seen(slot: Slot) -> str:
    """A short sign for a slot that a page showed, so that nobody accepts what they have not seen."""
    words = "\0".join((str(slot.starts_at), str(slot.ends_at), slot.place))
    return sha256(words.encode()).hexdigest()[:16]
