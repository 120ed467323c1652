"""The bytes of personal entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from icalendar import Alarm

from app.calendars import text
from app.calendars.entries import CalendarEntry, EntryStatus
from app.calendars.vevent import vevent, zones_of
from app.events.calendar_entry import calendar_entry, require_readable
from app.events.models import Event
from app.feeds.entries import session_entry
from app.meetings.calendar_entry import meeting_entry
from app.personal.gathering import Concern, Deadline, Gathered
from app.personal.models import CalendarToken

DEADLINE_REMINDER = timedelta(hours=15)  # at nine in the morning of the day before
_END = b"END:VEVENT\r\n"


@dataclass(frozen=True, slots=True)
class Wish:
    """How one calendar wants its entries."""

    language: str
    timezone: str
    reminder: timedelta | None

    @classmethod
    def of(cls, token: CalendarToken) -> Wish:
        minutes = token.reminder_minutes
        return cls(token.language, token.timezone, timedelta(minutes=minutes) if minutes is not None else None)


def entry_of(concern: Concern, gathered: Gathered, wish: Wish, *, uid: str) -> CalendarEntry | None:
    """The entry of a concern; None where its event is not to be shown, or its part of the agenda went.

    ``uid`` is that of a deadline, which has no other. Raises NoSuchTime for a part at an hour that is no hour.
    """
    event = gathered.events.get(concern.event_id)
    if event is None:
        return None
    require_readable(event)
    if concern.deadline:
        return _deadline(concern, event, wish, uid)
    if concern.meeting_id:
        meeting = _meeting(concern.meeting_id, event, gathered, wish)
        return _as_stands(meeting, concern, wish.language) if meeting else None
    if concern.item_id is None:
        entry = calendar_entry(event, wish.language, public_url=_public_url(), with_link=_may_join(concern))
    elif item := gathered.items.get(concern.item_id):
        entry = session_entry(event, item, wish.language)
    else:
        return None
    return _as_stands(entry, concern, wish.language)


def _meeting(meeting_id: int, event: Event, gathered: Gathered, wish: Wish) -> CalendarEntry | None:
    """The entry of a meeting, with the other one's name; None where its block went."""
    meeting = gathered.meetings.get(meeting_id)
    if meeting is None:
        return None
    own_id = meeting.one_id if meeting.one_id in gathered.own_ids else meeting.other_id
    return meeting_entry(event, meeting, own_id, wish.language)


def rendered(entry: CalendarEntry, wish: Wish) -> tuple[bytes, str]:
    """The VEVENT, with its reminder, and the zones that it refers to."""
    body = vevent(entry)
    if wish.reminder is not None and not entry.is_cancelled:
        before = DEADLINE_REMINDER if entry.all_day else wish.reminder
        body = body.removesuffix(_END) + _alarm(entry, before) + _END
    return body, " ".join(sorted(zones_of(entry)))


def _alarm(entry: CalendarEntry, before: timedelta) -> bytes:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text.line(entry.summary))
    alarm.add("trigger", -before)
    body: bytes = alarm.to_ical()
    return body


def _may_join(concern: Concern) -> bool:
    """The link to take part online stands only with those who have a place, or a duty."""
    return concern.status is EntryStatus.CONFIRMED


def _as_stands(entry: CalendarEntry, concern: Concern, lang: str) -> CalendarEntry:
    """Busy who has a place, free who waits; days as a bar leave everybody free."""
    changed_at = max(entry.changed_at, concern.since or entry.changed_at)
    sequence = entry.sequence + concern.mailed
    if entry.is_cancelled:
        return replace(entry, sequence=sequence, changed_at=changed_at)
    is_sure = concern.status is EntryStatus.CONFIRMED
    return replace(
        entry,
        sequence=sequence,
        changed_at=changed_at,
        status=concern.status,
        transparent=entry.all_day or not is_sure,
        summary=_title(entry.summary, concern.status, lang),
        conference=entry.conference if is_sure else None,
    )


def _title(title: str, status: EntryStatus, lang: str) -> str:
    """Some calendars hide the state, so the title says it."""
    with force_locale(lang):
        if status is EntryStatus.CANCELLED:
            return str(_("Not attending: %(title)s", title=title))
        if status is EntryStatus.TENTATIVE:
            return str(_("Not yet confirmed: %(title)s", title=title))
    return title


def _deadline(concern: Concern, event: Event, wish: Wish, uid: str) -> CalendarEntry:
    """A whole day on the reader's own clocks."""
    until = min(concern.until or event.starts_at, event.ends_at) if concern.deadline is not Deadline.FORM else None
    moment = until or concern.until or event.starts_at
    lang = wish.language
    page = f"{_public_url()}/events/{event.slug}"
    with force_locale(lang):
        title = event.title.wording(lang).text
        summary, how = _asked(concern, title, lang)
        since = concern.since or event.created_at
        return CalendarEntry(
            uid=uid,
            sequence=0,
            summary=summary,
            starts_at=moment - timedelta(seconds=1),  # a deadline at midnight is one of the evening before
            ends_at=moment,
            timezone=wish.timezone,
            all_day=True,
            created_at=since,
            changed_at=since,
            description="\n\n".join([how, page]),
            url=page,
            parent_uid=event.uid,
        )


def _asked(concern: Concern, title: str, lang: str) -> tuple[str, str]:
    """What is to be done by that day, and how."""
    if concern.deadline is Deadline.OFFER:
        return _("Accept your place: %(title)s", title=title), _("The link is in the mail that offered you the place.")
    if concern.deadline is Deadline.FORM:
        form = concern.title.wording(lang).text
        return (
            _("Answer “%(form)s”: %(title)s", form=form, title=title),
            _("The link is in the mails about your registration."),
        )
    return _("Registration closes: %(title)s", title=title), _("You are invited. The link is in your invitation.")


def changed_by(entry: CalendarEntry, moment: datetime) -> CalendarEntry:
    """The same entry, as old as a moment."""
    return replace(entry, changed_at=max(entry.changed_at, moment))


def _public_url() -> str:
    url: str = current_app.config["FILO"].public_url
    return url
