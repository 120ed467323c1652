"""What an answer from somebody's calendar does: iTIP (RFC 5546) as a participant's few words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from app.mail.rules import address_key
from app.registration.rules import LIVE, Place

MOST_KEPT = 60  # answers of one registration; nobody answers so often by hand
PROPOSALS_A_DAY = 3  # of one registration that are mailed to the organisers
LONGEST_COMMENT = 2000


class Said(StrEnum):
    """PARTSTAT of the reply, or that it proposes another time."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    PROPOSED = "proposed"
    PROPOSED_AND_DECLINED = "proposed_and_declined"
    DELEGATED = "delegated"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of it. Only ``WITHDRAWN`` moves anything."""

    NOTED = "noted"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    OFFER_WAITS = "offer_waits"
    OTHER_PERSON = "other_person"
    NEWER_KNOWN = "newer_known"
    SUPERSEDED = "superseded"
    REGISTRATION_OVER = "registration_over"
    EVENT_OVER = "event_over"
    NOT_FOLLOWED = "not_followed"


PROPOSALS = frozenset({Said.PROPOSED, Said.PROPOSED_AND_DECLINED})
_NO = frozenset({Said.DECLINED, Said.PROPOSED_AND_DECLINED, Said.DELEGATED})
_SILENT = frozenset({Outcome.WITHDRAWN, Outcome.NEWER_KNOWN, Outcome.REGISTRATION_OVER, Outcome.EVENT_OVER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer as a calendar wrote it. ``answers``: the start of the entry that it answers, where it says so;
    ``starts_at`` and ``ends_at``: the time that it proposes. ``written_at`` is never in the future."""

    uid: str
    said: Said
    sequence: int
    written_at: datetime
    attendee: str = ""
    answers: datetime | date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    comment: str = ""

    def digest(self) -> str:
        """The same for the same answer, whichever mail brought it."""
        proposed = [moment.isoformat() if moment else "" for moment in (self.starts_at, self.ends_at)]
        words = (self.said, address_key(self.attendee), *proposed, self.comment)
        return sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is true of the registration now. ``sequence``: of the entry as it would be mailed now; ``changed_at``:
    when that last became another one. ``known``: sequence and time of the newest answer so far."""

    place: Place
    email_key: str
    starts_at: datetime
    timezone: str
    is_all_day: bool
    takes_place: bool
    sequence: int
    changed_at: datetime
    known: tuple[int, datetime] | None = None


def outcome(reply: Reply, standing: Standing, now: datetime) -> Outcome:
    """What an answer does. It is about this registration's event, and its address was genuine.

    A place that was given back, an event that has begun or does not take place, somebody else's answer (an invitation
    that was forwarded), an answer older than one that is known (RFC 5546, 2.1.5: by SEQUENCE, then DTSTAMP) or to an
    entry that meanwhile is another one: nothing moves.
    """
    if standing.place not in LIVE:
        return Outcome.REGISTRATION_OVER
    if not standing.takes_place or standing.starts_at <= now:
        return Outcome.EVENT_OVER
    if not is_same_mailbox(reply.attendee, standing.email_key):
        return Outcome.OTHER_PERSON
    if standing.known and _order(reply.sequence, reply.written_at, standing) < _order(*standing.known, standing):
        return Outcome.NEWER_KNOWN
    if _is_superseded(reply, standing):
        return Outcome.SUPERSEDED
    if reply.said in PROPOSALS:
        return Outcome.PASSED_ON
    if reply.said is Said.DECLINED:
        return Outcome.WITHDRAWN
    if reply.said is Said.ACCEPTED and standing.place is Place.OFFERED:
        return Outcome.OFFER_WAITS
    return Outcome.NOTED if reply.said in {Said.ACCEPTED, Said.TENTATIVE} else Outcome.NOT_FOLLOWED


def is_told(reply: Reply, came_of_it: Outcome) -> bool:
    """Whether the person is written to: he or she believes to have given the place back, or to have taken it."""
    if came_of_it is Outcome.OFFER_WAITS:
        return True
    return reply.said in _NO and came_of_it not in _SILENT


def is_same_mailbox(attendee: str, email_key: str) -> bool:
    """Whether the answer is that of the person who was invited; ``name+tag@`` reaches the mailbox ``name@``.

    A calendar that names nobody answers for whoever was written to.
    """
    return not attendee or _mailbox(address_key(attendee)) == _mailbox(email_key)


def _mailbox(key: str) -> str:
    local, _, domain = key.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{local.partition('+')[0] or local}@{domain}"


def _order(sequence: int, written_at: datetime, standing: Standing) -> tuple[int, datetime]:
    # some programs raise the SEQUENCE when they propose a time: nothing is newer than what was mailed
    return min(sequence, standing.sequence), written_at


def _is_superseded(reply: Reply, standing: Standing) -> bool:
    """Whether it answers an entry with another start, or an older one and was written before it changed."""
    if reply.answers is not None and not _is_start(reply.answers, standing):
        return True
    return reply.sequence < standing.sequence and reply.written_at < standing.changed_at


def _is_start(answers: datetime | date, standing: Standing) -> bool:
    zone = ZoneInfo(standing.timezone)
    if isinstance(answers, datetime):
        if not standing.is_all_day:
            return answers == standing.starts_at
        answers = answers.astimezone(zone).date()
    return answers == standing.starts_at.astimezone(zone).date()


def newest(known: Sequence[tuple[int, datetime]], sequence: int) -> tuple[int, datetime] | None:
    """The newest of the answers so far; none counts for more than the ``sequence`` that was mailed."""
    return max(((min(one, sequence), at) for one, at in known), default=None)
