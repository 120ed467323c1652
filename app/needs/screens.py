"""What screens show of the needs that arrive at a table or in a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.screens import Line, Panel, Source
from app.kernel.ids import digest
from app.needs import queries

MOST = 8


def _version(event_id: int, _now: datetime) -> str:
    known = queries.version_of(event_id)
    return digest(repr(known))[:12] if known[0] else ""


def _panels(item_ids: Sequence[int], _now: datetime) -> list[Panel]:
    counts, latest = queries.counts_at(item_ids), queries.latest_at(item_ids, MOST)
    return [
        Panel(
            item_id=item_id,
            heading=_("Needs"),
            lead=ngettext("%(num)d need", "%(num)d needs", count) if count else "",
            lines=[
                Line(words=row.text, mark=str(row.voters) if row.voters else "", note=row.cluster or "")
                for row in latest.get(item_id, ())
            ],
            more=max(0, count - MOST),
            empty=_("Nothing is needed yet. What you put in on your phone appears here."),
        )
        for item_id, count in counts.items()
    ]


SOURCES: Sequence[Source] = tuple(
    Source(kind=kind, version=_version, panels=_panels) for kind in sorted(queries.COLLECTING)
)
