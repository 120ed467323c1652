"""An agenda as bytes that never change: everything that it says, in all languages, and the digest of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from app.agenda.frozen import Frozen, frozen
from app.agenda.models import AgendaItem, AgendaPerson
from app.agenda.reading import input_of
from app.events.models import Event


def frozen_rows(rows: Sequence[AgendaItem], *, lang: str = "en") -> list[Frozen]:
    """Items with the words of what they refer to; ``where`` is the room, or else the track."""
    return [
        frozen(input_of(row))
        | {
            "uid": row.uid,
            "sequence": row.sequence,
            "where": row.room.name if row.room else (row.track or ""),
            "venue": dict(row.stop.venue.name) if row.stop and row.stop.venue else None,
            "host": row.stop.host.name if row.stop and row.stop.host else None,
            "people": [_person(part) for part in row.persons],
        }
        for row in rows
    ]


def content_of(event: Event, rows: Sequence[AgendaItem]) -> str:
    """One canonical form, so that the same agenda has the same digest."""
    content = {
        "event": {
            "slug": event.slug,
            "uid": event.uid,
            "title": dict(event.title),
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
            "timezone": event.timezone,
            "precision": str(event.date_precision),
        },
        "items": frozen_rows(rows),
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(content: str) -> str:
    """SHA-256 of the content's UTF-8, hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def items_in(content: str) -> list[Frozen]:
    """The items of a release."""
    items: list[Frozen] = json.loads(content)["items"]
    return items


def _person(part: AgendaPerson) -> dict[str, Any]:
    return {
        "person_id": part.person_id,
        "name": part.person.full_name,
        "role": str(part.role),
        "organisation": part.organisation.name if part.organisation else None,
    }
