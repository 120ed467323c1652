"""Whom an organisation met, and at which events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.kernel.texts import Wording
from app.site.presenters.dates import event_days

MOST_EVENTS = 3  # that are named beside one organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class MetAt:
    url: str
    title: Wording
    days: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Another organisation, and the events that made the link, newest first. ``more``: how many are not named."""

    name: str
    url: str
    events: list[MetAt]
    more: int


def connections(rows: Iterable[Any], language: str) -> list[Connection]:
    """One for each organisation in rows of :func:`app.site.queries.met_at`, in the order of the latest event."""
    met: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        met.setdefault((row.organisation_name, row.organisation_slug), []).append(row)
    return [
        Connection(
            name=name,
            url=f"/organisations/{slug}",
            events=[_met_at(event, language) for event in events[:MOST_EVENTS]],
            more=len(events[MOST_EVENTS:]),
        )
        for (name, slug), events in met.items()
    ]


def _met_at(row: Any, language: str) -> MetAt:
    return MetAt(url=f"/events/{row.slug}", title=row.title.wording(language), days=event_days(row))
