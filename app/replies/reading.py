"""A mail → the answer in it. Everything in a mail may be forged, broken or enormous; nothing here trusts it.

Calendars differ: Exchange leaves ORGANIZER out, Outlook keeps the present time in a property of its own when it
proposes another one, some send the calendar only as an attachment, or in a charset that it is not in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage, Message
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.prop import vDDDTypes

from app.mail.reports import said_at
from app.registration.reply_addresses import claims_in
from app.replies.rules import LONGEST_COMMENT, Reply, Said

LARGEST = 200_000  # bytes of one calendar; replies have a few thousand
MOST_PARTS = 4  # the same answer is often there twice: as an alternative, and attached
_MOST_COMPONENTS = 6  # a calendar, its VEVENT, alarms
_LONGEST_LINE = 50_000
_MOST_MAIL_PARTS = 60
_CALENDAR_TYPES = frozenset({"text/calendar", "application/ics", "application/calendar", "text/x-vcalendar"})
_BEGIN = re.compile(rb"^BEGIN[ \t]*:", re.IGNORECASE | re.MULTILINE)
_MAILTO = re.compile(r"^\s*mailto:", re.IGNORECASE)
# headers in which the server that delivers to the inbox says whom a mail was sent to
_DELIVERED = frozenset({"delivered-to", "x-original-to", "envelope-to", "to", "cc"})
_LONGEST_HEADER = 20_000
_SAID = {"ACCEPTED": Said.ACCEPTED, "TENTATIVE": Said.TENTATIVE, "DECLINED": Said.DECLINED, "DELEGATED": Said.DELEGATED}
_METHODS = frozenset({"REPLY", "COUNTER"})
_YEARS = range(1990, 2200)


class UnclearError(ValueError):
    """The mail holds no answer, or several that differ, or one that cannot be read."""


def marks_of(mail: EmailMessage) -> list[str]:
    """The places outside the calendar where a signed address may stand."""
    # as they are written: to take endless lists of addresses apart lasts long
    raw = [str(value)[:_LONGEST_HEADER] for name, value in mail.raw_items() if name.lower() in _DELIVERED]
    return raw[:_MOST_MAIL_PARTS]


def calendars_in(mail: EmailMessage) -> list[Calendar]:
    """The answers (METHOD REPLY or COUNTER) in a mail. Raises UnclearError for what is too big to be one."""
    found = [_calendar(part) for part in _calendar_parts(mail)]
    return [one for calendars in found for one in calendars if _method(one) in _METHODS]


def organizers_of(calendars: list[Calendar]) -> list[str]:
    """Addresses inside the calendars where the signed address may stand."""
    return [
        str(address)
        for calendar in calendars
        for event in calendar.walk("VEVENT")
        for name in ("ORGANIZER", "ATTENDEE")
        for address in _many(event.get(name))
    ]


def reply_in(
    calendars: list[Calendar], mail: EmailMessage, *, email_key: str, timezone: str, lasts: timedelta, now: datetime
) -> Reply:
    """The one answer that all these calendars give. Raises UnclearError when they give none, or different ones.

    ``timezone``: of the event, for times without one. ``lasts``: how long, where a proposal gives no end.
    """
    replies = {
        _reply(calendar, event, email_key=email_key, timezone=timezone, lasts=lasts, now=said_at(mail, now))
        for calendar in calendars
        for event in calendar.walk("VEVENT")
    }
    if len(replies) != 1:
        raise UnclearError(len(replies))
    return replies.pop()


def _calendar_parts(mail: EmailMessage) -> Iterator[Message]:
    """Parts that are or are called calendars; nothing inside a forwarded mail."""
    waiting, seen, found = [mail], 0, 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > _MOST_MAIL_PARTS:
            raise UnclearError(seen)
        if part.is_multipart():
            if part.get_content_maintype() == "multipart":
                waiting += part.get_payload()  # type: ignore[arg-type]
        elif _is_calendar(part):
            found += 1
            if found > MOST_PARTS:
                raise UnclearError(found)
            yield part


def _is_calendar(part: Message) -> bool:
    name = str(part.get_filename() or "").lower()
    return part.get_content_type() in _CALENDAR_TYPES or name.endswith(".ics")


def _calendar(part: Message) -> list[Calendar]:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes) or len(raw) > LARGEST:
        raise UnclearError("size")
    text = _text(raw, part.get_content_charset() or "")
    plain = _without_zones(text.encode("utf-8", "replace"))
    if len(_BEGIN.findall(plain)) > _MOST_COMPONENTS or max(map(len, plain.splitlines()), default=0) > _LONGEST_LINE:
        raise UnclearError("components")
    try:
        return [one for one in Calendar.from_ical(plain, multiple=True) if isinstance(one, Calendar)]
    except Exception as error:  # whatever breaks a parser: the mail is not understood
        raise UnclearError("syntax") from error


def _without_zones(text: bytes) -> bytes:
    """Zones are known by their names: to follow the rules that a stranger wrote can take for ever."""
    lines, is_inside = [], False
    for line in text.splitlines(keepends=True):
        mark = line.strip().upper().replace(b" ", b"")
        is_inside = is_inside or mark == b"BEGIN:VTIMEZONE"
        if not is_inside:
            lines.append(line)
        is_inside = is_inside and mark != b"END:VTIMEZONE"
    return b"".join(lines)


def _text(raw: bytes, charset: str) -> str:
    """In the charset that the part names, if it is in it; else in UTF-8, else in Windows's letters."""
    for name in (charset, "utf-8-sig", "cp1252"):
        try:
            text = raw.decode(name) if name else ""
        except (LookupError, ValueError):
            continue
        if "BEGIN:VCALENDAR" in text.upper():
            return text.lstrip("\ufeff")
    return raw.decode("latin-1")


def _method(calendar: Calendar) -> str:
    return str(calendar.get("METHOD", "")).strip().upper()


def _reply(
    calendar: Calendar, event: Component, *, email_key: str, timezone: str, lasts: timedelta, now: datetime
) -> Reply:
    is_counter = _method(calendar) == "COUNTER"
    attendee, partstat = _attendee(event, email_key)
    starts_at = ends_at = None
    answers = _moment(event, "X-MS-OLK-ORIGINALSTART" if is_counter else "DTSTART", timezone)
    if is_counter:
        starts_at = _instant(_moment(event, "DTSTART", timezone), timezone)
        ends_at = _instant(_moment(event, "DTEND", timezone), timezone)
        if starts_at and (ends_at is None or ends_at <= starts_at):
            ends_at = starts_at + lasts
    return Reply(
        uid=str(event.get("UID", "")).strip(),
        said=_said(partstat, is_counter=is_counter),
        sequence=_sequence(event),
        written_at=_written_at(event, now),
        attendee=attendee,
        answers=answers,
        starts_at=starts_at,
        ends_at=ends_at,
        comment=_comment(event),
    )


def _said(partstat: str, *, is_counter: bool) -> Said:
    if is_counter:
        return Said.PROPOSED_AND_DECLINED if partstat == "DECLINED" else Said.PROPOSED
    return _SAID.get(partstat, Said.OTHER)


def _attendee(event: Component, email_key: str) -> tuple[str, str]:
    """Who answers, and what: the person who was invited if named among several, else the only one named.

    Raises UnclearError when several others are named, since which of them answers is not said.
    """
    named = {}
    for address in _many(event.get("ATTENDEE")):
        mailbox = _MAILTO.sub("", str(address)).strip()[:254]
        if claims_in([mailbox]):
            continue  # some list the organizer too
        parameters = getattr(address, "params", {})
        named[mailbox.casefold()] = (mailbox, str(parameters.get("PARTSTAT", "")).strip().upper())
    if email_key in named:
        return named[email_key]
    if len(named) > 1:
        raise UnclearError("attendees")
    return next(iter(named.values()), ("", ""))


def _sequence(event: Component) -> int:
    try:
        return min(max(int(event.get("SEQUENCE", 0)), 0), 2**31 - 1)
    except (TypeError, ValueError):
        return 0


def _written_at(event: Component, now: datetime) -> datetime:
    """DTSTAMP to the second, in UTC; where it is missing or in the future, ``now``: what the mail's head says."""
    stamp = _moment(event, "DTSTAMP", "UTC")
    return min(stamp, now) if isinstance(stamp, datetime) else now.replace(microsecond=0)


def _comment(event: Component) -> str:
    """In the person's words: some programs keep them beside the answer."""
    beside = [getattr(one, "params", {}).get("X-RESPONSE-COMMENT", "") for one in _many(event.get("ATTENDEE"))]
    words = "\n".join(str(text) for text in _many(event.get("COMMENT")) or beside).replace("\0", "").strip()
    return words.encode("utf-8", "replace").decode()[:LONGEST_COMMENT]


def _moment(event: Component, name: str, timezone: str) -> datetime | date | None:
    """An instant in UTC, or a day; None where it is missing, unreadable or absurd."""
    value = event.get(name)
    if isinstance(value, list):
        raise UnclearError(name)
    try:
        found = value.dt if hasattr(value, "dt") else vDDDTypes.from_ical(str(value)) if value else None
        if isinstance(found, datetime):
            found = (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)
    except (ValueError, OverflowError, KeyError):
        return None
    return found if isinstance(found, date) and found.year in _YEARS else None


def _instant(moment: datetime | date | None, timezone: str) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), ZoneInfo(timezone)).astimezone(UTC)


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
