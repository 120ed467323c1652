"""The slots of one person as a calendar of their own.

How an item of an agenda looks in calendars, a higher room knows: it says so by :func:`register_entry`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import structlog
from flask_babel import force_locale
from flask_babel import gettext as _

from app.agenda.models import AgendaItem
from app.calendars.calendar import calendar_head, join
from app.calendars.entries import CalendarEntry, EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.events.calendar_entry import calendar_entry
from app.events.models import Event
from app.speakers import queries
from app.speakers.models import Speaker, SpeakerAnswer
from app.speakers.queries import HeldPart
from app.speakers.rules import SpeakerReply, has_day

EntryOf = Callable[[Event, AgendaItem, str], CalendarEntry]
_makers: list[EntryOf] = []
log = structlog.get_logger()


def register_entry(maker: EntryOf) -> EntryOf:
    """Let a higher room say how an item looks in calendars; the last one that says so does."""
    _makers[:] = [maker]
    return maker


def calendar_of(speaker: Speaker, event: Event, *, public_url: str) -> bytes:
    """The file: the items with a part, and the event itself for who has a part in that, in the language of the letters.

    What was accepted is confirmed, what is not answered tentative, what was declined cancelled. UIDs are those of all
    calendars; an answer raises SEQUENCE. An entry that cannot be made is left out and logged.
    """
    lang, answers = speaker.locale, queries.answers_by_part(speaker)
    title = event.title.wording(lang).text
    with force_locale(lang):
        head = calendar_head(
            _("Filò – my parts: %(title)s", title=title),
            _("When and where you are expected. Only you have this address: do not pass it on."),
            lang,
            url=f"{public_url}/events/{event.slug}",
        )
    entries: dict[str, CalendarEntry] = {}
    for part in queries.parts_at(event):
        if part.person.id != speaker.person_id:
            continue
        entry = _entry(event, part, answers.get(part.key), lang, public_url)
        # of two roles in one item, the one that somebody comes for
        if entry and (entry.uid not in entries or entries[entry.uid].is_cancelled):
            entries[entry.uid] = entry
    zones = {zone for entry in entries.values() for zone in zones_of(entry)}
    return join(head, zones, [vevent(entry) for entry in entries.values()])


def etag_of(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]


def _entry(
    event: Event, part: HeldPart, answer: SpeakerAnswer | None, lang: str, public_url: str
) -> CalendarEntry | None:
    if not has_day(event.date_precision):
        return None
    try:
        of_event = calendar_entry(event, lang, public_url=public_url)
        entry = _makers[0](event, part.item, lang) if part.item else of_event
    except Exception:
        log.exception("speaker_entry_not_made", part=part.key)
        return None
    return _as_answered(entry, answer, lang)


def _as_answered(entry: CalendarEntry, answer: SpeakerAnswer | None, lang: str) -> CalendarEntry:
    if answer:
        entry = replace(
            entry, sequence=entry.sequence + answer.times, changed_at=max(entry.changed_at, answer.answered_at)
        )
    if entry.is_cancelled:
        return entry
    with force_locale(lang):
        if answer and answer.answer is SpeakerReply.DECLINED:
            title = _("Not attending: %(title)s", title=entry.summary)
            return replace(entry, status=EntryStatus.CANCELLED, summary=title)
        if answer is None:
            title = _("Not yet confirmed: %(title)s", title=entry.summary)
            return replace(entry, status=EntryStatus.TENTATIVE, summary=title, transparent=True)
    return replace(entry, status=EntryStatus.CONFIRMED, transparent=entry.all_day)
