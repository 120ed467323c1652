"""Answers as calendars write them: the fixtures, filled in for one registration."""

from __future__ import annotations

import base64
import quopri
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from app.events.models import Event
from app.registration import queries
from app.registration.models import Registration
from app.registration.reply_addresses import reply_address
from config import Config
from tests.builders import NOW

FIXTURES = Path(__file__).parent / "fixtures"
BASE = "filo@filo.example"
LATER = NOW + timedelta(hours=1)  # when the mail is read
WRITTEN = NOW + timedelta(minutes=30)
SAID = {"ACCEPTED": "Accepted", "DECLINED": "Declined", "TENTATIVE": "Tentative", "DELEGATED": "Delegated"}
_ENCODED = re.compile(r"<<<(\w+)\n(.*?)\n>>>", re.DOTALL)
_keys = count()


def address_of(registration: Registration, config: Config) -> str:
    return reply_address(BASE, registration.id, registration.email_key, config.secret_key)


def event_of(registration: Registration) -> Event:
    return queries.allotment_of(queries.event_id_of(registration.id)).event


def sequence_of(registration: Registration) -> int:
    return event_of(registration).sequence + registration.invitation_sequence


def answer(
    client: str,
    registration: Registration,
    config: Config,
    partstat: str = "DECLINED",
    *,
    method: str = "REPLY",
    written_at: datetime = WRITTEN,
    moved: timedelta = timedelta(),
    **changes: object,
) -> bytes:
    """The mail of a calendar program; ``moved``: how far the time of its entry is from the event's."""
    event = event_of(registration)
    starts_at, ends_at = event.starts_at + moved, event.ends_at + moved
    original = f'X-MS-OLK-ORIGINALSTART;TZID="W. Europe Standard Time":{_rome(event.starts_at)}\r\n'
    values: dict[str, object] = {
        "to": address_of(registration, config),
        "uid": event.uid,
        "email": registration.email,
        "sequence": sequence_of(registration),
        "dtstamp": f"{written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "start_utc": f"{starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "end_utc": f"{ends_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "start_rome": _rome(starts_at),
        "end_rome": _rome(ends_at),
        "original_rome": original if method == "COUNTER" else "",
        "method": method,
        "partstat": partstat,
        "Said": SAID.get(partstat, "New Time Proposed"),
        "comment": "",
        "key": f"key{next(_keys)}",
    } | changes
    text = (FIXTURES / f"{client}.eml").read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"[[{name}]]", str(value))
    return _ENCODED.sub(_encoded, text).replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _rome(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('Europe/Rome')):%Y%m%dT%H%M%S}"


def _encoded(found: re.Match[str]) -> str:
    way, text = found[1], found[2].replace("\r\n", "\n").replace("\n", "\r\n")
    if way == "qp":
        return quopri.encodestring(text.encode(), quotetabs=False).decode()
    return base64.encodebytes(text.encode("cp1252" if way == "cp1252" else "utf-8")).decode()
