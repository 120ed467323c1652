"""Notes of cafés and findings of peer reviews, for whoever makes more of them further up. Nobody is named."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _

from app.agenda.findings import Finding, register_findings
from app.forums.queries import cafe, review
from app.kernel.phrases import say

CAFE_NOTE, REVIEW_FINDING = "cafe_note", "review_finding"


def register() -> None:
    register_findings(CAFE_NOTE, cafe_notes)
    register_findings(REVIEW_FINDING, review_findings)


def cafe_notes(event_ids: Collection[int]) -> list[Finding]:
    return [
        Finding(
            kind=CAFE_NOTE,
            id=note.id,
            event_id=event_id,
            text=note.text,
            about=_("%(kind)s, table %(number)s", kind=say(note.tag), number=note.table.number),
        )
        for event_id, note in cafe.notes_at_events(event_ids)
    ]


def review_findings(event_ids: Collection[int]) -> list[Finding]:
    return [
        Finding(kind=REVIEW_FINDING, id=row.id, event_id=row.event_id, text=row.text, about=say(row.kind))
        for row in review.findings_at_events(event_ids)
    ]
