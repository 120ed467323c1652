"""Calendar files as tests write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.freebusy.importing import ReadCalendar, read

NOW = datetime(2027, 1, 13, 12, tzinfo=UTC)


def calendar(*lines: str) -> bytes:
    return ("\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR")) + "\r\n").encode()


def event(uid: str = "1", *lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT")


def booking(uid: str = "1", start: str = "20270123T130000", title: str = "Choir", length: str = "PT2H") -> bytes:
    return calendar(*event(uid, f"DTSTART;TZID=Europe/Rome:{start}", f"DURATION:{length}", f"SUMMARY:{title}"))


def read_file(content: bytes) -> ReadCalendar:
    return read(content, timezone="Europe/Rome", since=NOW - timedelta(days=1), until=NOW + timedelta(days=400))
