"""Sending the personal link, once more, to all, not any more; the deadline and the reminder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from app.audit import services as audit
from app.events import queries as events
from app.events.models import Event
from app.events.services import manageable_event
from app.kernel.db import db, transactional
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.mail.rules import is_mailable
from app.mail.services import Letter, queue_all
from app.network.actors import Actor
from app.registration.queries import parts as part_holders
from app.speakers import queries, rules
from app.speakers.errors import DeadlineOver, NoAddress, NobodyToAsk, NobodyToRemind, SpeakerNotFound
from app.speakers.models import Speaker, SpeakerSettings
from app.speakers.queries import HeldPart
from app.speakers.rules import SpeakerStanding

INVITATION = "speaker_invitation"
REMINDER = "speaker_reminder"
SILENT = frozenset({SpeakerStanding.ASKED, SpeakerStanding.MOVED})


@transactional
def ask(*, event_slug: str, person_id: int, email: str = "", locale: str = "", actor: Actor, now: datetime) -> Speaker:
    """Send a person the link, or send it again. ``email``, ``locale``: other than the network knows.

    Raises MayNotManage, MayNotAsk, SpeakerNotFound for somebody without a part, NoAddress, AskedJustNow.
    """
    event = manageable_event(event_slug, actor)
    rules.check_may_ask(event.status, event.ends_at, now)
    parts = _parts_by_person(event)
    if person_id not in parts:
        raise SpeakerNotFound(person_id=person_id)
    row = queries.speaker_of_person(event.id, person_id)
    address, language = _address(event.id, person_id, row, email, locale)
    if row is None:
        row = _new(event, parts[person_id], address, language)
    is_elsewhere = address != row.email
    rules.check_again(row.asked_at, now, was_revoked=row.revoked_at is not None or is_elsewhere)
    if is_elsewhere:
        row.link_version += 1  # what lies in the other box opens nothing any more
    row.email, row.locale = address, language
    _send(event, [row], actor, now)
    return row


@transactional
def ask_everybody(*, event_slug: str, actor: Actor, now: datetime) -> tuple[int, int]:
    """Send the link to all who were not asked yet; how many were written to, and how many have no address.

    Raises MayNotManage, MayNotAsk, NobodyToAsk.
    """
    event = manageable_event(event_slug, actor)
    rules.check_may_ask(event.status, event.ends_at, now)
    known, parts = queries.speakers(event.id), _parts_by_person(event)
    wanted = [person_id for person_id in parts if person_id not in known or known[person_id].asked_at is None]
    addressed = {one.person_id: one for one in part_holders.part_holders(event.id) if is_mailable(one.address)}
    rows = [
        known.get(person_id) or _new(event, parts[person_id], addressed[person_id].address, addressed[person_id].locale)
        for person_id in wanted
        if person_id in addressed
    ]
    if not rows:
        raise NobodyToAsk
    _send(event, rows, actor, now)
    return len(rows), len(wanted) - len(rows)


@transactional
def revoke(*, event_slug: str, person_id: int, actor: Actor, now: datetime) -> None:
    """Make the link open nothing any more. Raises MayNotManage, SpeakerNotFound."""
    event = manageable_event(event_slug, actor)
    row = queries.speaker_of_person(event.id, person_id)
    if row is None or row.asked_at is None:
        raise SpeakerNotFound(person_id=person_id)
    if row.revoked_at is None:
        row.link_version += 1
        row.revoked_at = now
        _note("speaker_link_revoked", event, actor, now, person=person_id)


@transactional
def set_deadline(
    *,
    event_slug: str,
    answer_by: datetime | None,
    remind_days_before: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say by when the asked answer, and whether the event reminds by itself. Raises MayNotManage, DeadlineOver."""
    event = manageable_event(event_slug, actor)
    if answer_by is not None and not now < answer_by <= event.ends_at:
        raise DeadlineOver(field="answer_by")
    row = queries.settings_of(event.id)
    if row is None:
        row = SpeakerSettings(event_id=event.id)
        db.session.add(row)
    row.answer_by, row.remind_days_before = answer_by, remind_days_before
    _note("speaker_deadline_set", event, actor, now, days=remind_days_before)


@transactional
def remind_silent(*, event_slug: str, actor: Actor, now: datetime) -> int:
    """Write to those who have not answered, or not since their slot moved; how many they are.

    Raises MayNotManage, MayNotAsk, NobodyToRemind.
    """
    event = manageable_event(event_slug, actor)
    rules.check_may_ask(event.status, event.ends_at, now)
    written = _remind(event, now)
    if not written:
        raise NobodyToRemind
    _note("speakers_reminded", event, actor, now, people=written)
    return written


@transactional
def remind_for_deadline(event_id: int, *, now: datetime) -> int:
    """The reminder that an event sends by itself, once for each deadline; how many were written to."""
    row = queries.settings_of(event_id)
    if row is None or not rules.reminder_is_due(
        row.answer_by, row.remind_days_before, reminded_for=row.reminded_for, now=now
    ):
        return 0
    row.reminded_for = row.answer_by
    return _remind(events.whole_event(event_id), now)


def can_be_reminded(parts: Collection[HeldPart], row: Speaker | None, now: datetime) -> bool:
    """Whether a person owes an answer and may be written to now."""
    if row is None or row.asked_at is None or row.revoked_at is not None:
        return False
    written_at = max(one for one in (row.asked_at, row.reminded_at) if one)
    is_silent = any(queries.standing(part, row) in SILENT for part in parts)
    return is_silent and rules.may_remind(reminders=row.reminders, written_at=written_at, now=now)


def _remind(event: Event, now: datetime) -> int:
    known = queries.speakers(event.id)
    rows = [
        known[person_id]
        for person_id, parts in _parts_by_person(event).items()
        if can_be_reminded(parts, known.get(person_id), now)
    ]
    for row in rows:
        row.reminders += 1
        row.reminded_at = now
    queue_all([_letter(REMINDER, row, row.reminders) for row in rows], now=now)
    return len(rows)


def _parts_by_person(event: Event) -> dict[int, list[HeldPart]]:
    found: dict[int, list[HeldPart]] = defaultdict(list)
    for part in queries.parts_at(event):
        found[part.person.id].append(part)
    return found


def _address(event_id: int, person_id: int, row: Speaker | None, email: str, locale: str) -> tuple[str, str]:
    holder = part_holders.part_holder(person_id, event_id)
    address = email.strip() or (row.email if row else "") or (holder.address if holder else "")
    if not is_mailable(address):
        raise NoAddress(field="email")
    return address, locale or (row.locale if row else "") or (holder.locale if holder else "en")


def _new(event: Event, parts: list[HeldPart], address: str, locale: str) -> Speaker:
    """What the network knows of the person is what the page begins with."""
    person = parts[0].person
    row = Speaker(
        public_id=opaque_id(),
        event_id=event.id,
        person_id=person.id,
        email=address,
        locale=locale,
        bio=Texts(dict(person.bio)),
        languages=list(person.languages),
        link_version=1,
        letters=0,
        reminders=0,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _send(event: Event, rows: list[Speaker], actor: Actor, now: datetime) -> None:
    for row in rows:
        row.asked_at, row.revoked_at = now, None
        row.letters += 1
    queue_all([_letter(INVITATION, row, row.letters) for row in rows], now=now)
    _note("speakers_asked", event, actor, now, persons=[row.person_id for row in rows])


def _letter(name: str, row: Speaker, number: int) -> Letter:
    return Letter(
        name=name,
        recipient=row.email,
        locale=row.locale,
        about=f"speaker:{row.id}",
        dedupe_key=f"{name}:{row.id}:{number}",
        context={"speaker_id": row.id},
    )


def _note(action: str, event: Event, actor: Actor, now: datetime, **details: object) -> None:
    audit.note(action, subject=f"event:{event.slug}", account_id=actor.account_id, now=now, **details)
