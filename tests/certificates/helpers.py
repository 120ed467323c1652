from __future__ import annotations

from datetime import datetime

from app.events.models import Event
from app.kernel.db import db
from app.kernel.ids import opaque_id
from app.kernel.texts import Texts
from app.presence.models import CheckList, Scan
from app.presence.rules import ListKind, Method, ScanKind
from tests.builders import NOW


def check_list(event: Event, kind: ListKind = ListKind.CUSTOM, *, day: int = 1) -> int:
    row = CheckList(event_id=event.id, kind=kind, day=day, label=Texts(en="Part"))
    db.session.add(row)
    db.session.commit()
    return row.id


def note(list_id: int, *registration_ids: int, at: datetime = NOW) -> None:
    """They came in."""
    db.session.add_all(
        Scan(
            id=opaque_id(),
            list_id=list_id,
            registration_id=registration_id,
            kind=ScanKind.IN,
            at=at,
            received_at=at,
            method=Method.QR,
        )
        for registration_id in registration_ids
    )
    db.session.commit()
