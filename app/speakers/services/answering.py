"""Yes or no to the parts that somebody was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.events import queries as events
from app.events.models import Event
from app.kernel.db import db, transactional
from app.kernel.facts import record
from app.mail.services import Letter, queue_all
from app.speakers import queries, rules
from app.speakers.errors import PartGone, ReasonMissing, SlotMovedOn
from app.speakers.facts import SpeakersShown
from app.speakers.models import Speaker, SpeakerAnswer
from app.speakers.queries import HeldPart
from app.speakers.rules import SpeakerReply, slot_seen

ANSWERED = "speaker_answered"


@transactional
def answer(
    speaker_id: int,
    *,
    link_version: int,
    answer: SpeakerReply,
    seen: Mapping[str, str],
    reason: str = "",
    now: datetime,
) -> None:
    """Say yes or no to parts. ``seen``: by part, what rules.slot_seen gave of the slot that the page showed.

    Raises SpeakerNotFound for a link that was taken back, NotAnswerable, PartGone, SlotMovedOn when time or room became
    another meanwhile, and ReasonMissing for a no without one.
    """
    row = queries.hold(speaker_id, link_version=link_version)
    event = events.whole_event(row.event_id)
    rules.check_answerable(event.status, event.ends_at, now)
    if answer is SpeakerReply.DECLINED and not reason:
        raise ReasonMissing(field="reason")
    parts = {one.key: one for one in queries.parts_at(event) if one.person.id == row.person_id}
    if not seen or not set(seen) <= set(parts):
        raise PartGone
    if answer is SpeakerReply.ACCEPTED and any(slot_seen(parts[key].slot) != one for key, one in seen.items()):
        raise SlotMovedOn
    changed = [_put(row, parts[key], answer, reason, now) for key in seen]
    if any(changed):
        tell_organiser(row, event, now)
        record(SpeakersShown(event_id=event.id))


def tell_organiser(row: Speaker, event: Event, now: datetime) -> None:
    """Put the mail that says where this person stands now, to whoever reads for the event."""
    row.told += 1
    letters = [
        Letter(
            name=ANSWERED,
            recipient=address,
            locale=locale,
            about=f"speaker:{row.id}",
            dedupe_key=f"{ANSWERED}:{row.id}:{row.told}:{address}",
            context={"speaker_id": row.id},
        )
        for address, locale in queries.organisers_to_tell(event)
    ]
    queue_all(letters, now=now)


def _put(row: Speaker, part: HeldPart, answer: SpeakerReply, reason: str, now: datetime) -> bool:
    """Keep the answer with the slot that it is about; says whether anything became another."""
    kept = queries.answers_by_part(row).get(part.key)
    said = (answer, reason or None, part.slot)
    if kept and (kept.answer, kept.reason, kept.slot) == said:
        return False
    if kept is None:
        kept = SpeakerAnswer(speaker_id=row.id, part=part.key, item_id=part.item.id if part.item else None, times=0)
        db.session.add(kept)
        row.answers.append(kept)
    kept.answer, kept.reason, kept.answered_at = answer, reason or None, now
    kept.starts_at, kept.ends_at, kept.place = part.slot.starts_at, part.slot.ends_at, part.slot.place
    kept.times += 1
    return True
