from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from app.events.models import Event
from app.kernel.codes import companion_code
from app.kernel.db import db
from app.presence.inputs import By, ScanInput
from app.presence.rules import Answer, Method, ScanKind
from app.presence.services.scanning import deliver
from app.registration.models import Allotment, Companion, Registration
from tests.builders import NOW
from tests.sheets.helpers import seat


def code_of(registration_id: int) -> str:
    return db.session.get_one(Registration, registration_id).public_id


def codes_of_companions(registration_id: int) -> list[str]:
    those = db.session.scalars(select(Companion.id).where(Companion.registration_id == registration_id))
    return [companion_code(code_of(registration_id), one) for one in sorted(those)]


def note(code: str, kind: ScanKind = ScanKind.IN, *, at: datetime = NOW, **changes: Any) -> ScanInput:
    values: dict[str, Any] = {
        "id": str(uuid4()),
        "list_key": "d1",
        "code": code,
        "kind": kind,
        "at": at,
        "method": Method.QR,
    }
    return ScanInput(**values | changes)


def noted(event_id: int, *scans: ScanInput, now: datetime = NOW) -> list[Answer]:
    answers = deliver(event_id=event_id, scans=scans, by=By(), now=now)
    return [answers[scan.id] for scan in scans]


def seated(event: Event, *names: tuple[str, str], **changes: Any) -> list[int]:
    """Registrations as rows; whoever joins later has a later number."""
    ids = seat(event, *names, **changes)
    db.session.execute(update(Allotment).where(Allotment.event_id == event.id).values(next_number=1000))
    db.session.commit()
    return ids
