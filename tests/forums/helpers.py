"""Parts of an agenda with a format, as rows."""

from __future__ import annotations

from typing import Any

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.events.rules import Kind
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.network.models import Organisation
from app.registration import links
from app.registration.models import Registration
from tests.builders import NOW, make_event


def make_forum(organiser: Organisation, **changes: Any) -> Event:
    """A forum from 13 to 17 o'clock, Rome time."""
    return make_event("Forum", organiser=organiser, kind=Kind.EXCHANGE_FORUM, **{"capacity": 400} | changes)


def put_part(event: Event, kind: ItemKind, *, start: int = 14 * 60, minutes: int = 90, **changes: Any) -> int:
    values: dict[str, Any] = {
        "event_id": event.id,
        "uid": new_uid(),
        "day": 0,
        "start_minute": start,
        "end_minute": start + minutes,
        "kind": kind,
        "title": Texts(en=f"The {kind}"),
        "abstract": Texts(),
        "created_at": NOW,
        "content_changed_at": NOW,
    }
    item = AgendaItem(**values | changes)
    db.session.add(item)
    db.session.commit()
    return item.id


def link(registration_id: int) -> str:
    """The participant's own page."""
    return f"/registrations/{links.token(db.session.get_one(Registration, registration_id))}"
