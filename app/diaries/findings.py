"""Findings of debriefs, for whoever makes more of them further up; what waits to be worded anew is left out."""

from __future__ import annotations

from collections.abc import Collection

from app.agenda.findings import Finding, register_findings
from app.diaries.queries import findings as queries
from app.diaries.rules.debrief import is_on_hold
from app.diaries.services.reading import sources_of
from app.kernel.i18n import language

DEBRIEF_FINDING = "debrief_finding"


def register() -> None:
    register_findings(DEBRIEF_FINDING, debrief_findings)


def debrief_findings(event_ids: Collection[int]) -> list[Finding]:
    return [
        Finding(
            kind=DEBRIEF_FINDING,
            id=row.id,
            event_id=row.event_id,
            text=row.text,
            about=row.stop_title.wording(language()).text,
        )
        for row in queries.findings_at_events(event_ids)
        if not is_on_hold(sources_of(row))
    ]
