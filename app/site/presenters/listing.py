"""The list of events: upcoming or past, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.site import queries
from app.site.presenters.lines import Details, EventLine, by_month, lines, next_change
from app.site.rules import Cursor, Wanted

A_PAGE = 40
COUNTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """``count``: of all pages, with a plus where nobody counted on."""

    months: list[tuple[str, list[EventLine]]]
    count: int
    more_than_counted: bool
    previous_url: str | None
    next_url: str | None
    details: Details
    changes_at: datetime | None


def listing(wanted: Wanted, now: datetime, language: str, *, empty: bool = False) -> Listing:
    """A page of the list that is wanted; ``empty`` where nothing can match."""
    rows = [] if empty else _rows(wanted, now)
    has_more = len(rows) > A_PAGE
    shown = (rows[1:] if wanted.before else rows[:A_PAGE]) if has_more else rows
    edges = [Cursor(row.starts_at, row.id) for row in (shown[0], shown[-1])] if shown else []
    has_next = has_more if not wanted.before else True
    has_previous = has_more if wanted.before else wanted.after is not None
    details = Details.of([row.id for row in shown])
    count = _count(wanted, now, shown_all=None if has_more or wanted.after or wanted.before else len(shown))
    return Listing(
        months=by_month(lines(shown, details, now, language)),
        count=min(count, COUNTED),
        more_than_counted=count > COUNTED,
        previous_url=wanted.other(before=edges[0]).address() if has_previous and edges else None,
        next_url=wanted.other(after=edges[1]).address() if has_next and edges else None,
        details=details,
        changes_at=next_change(shown, details.seats, now),
    )


def _rows(wanted: Wanted, now: datetime) -> list[queries.Line]:
    return queries.page_of_events(
        wanted.filter, wanted.when, now, limit=A_PAGE + 1, after=wanted.after, before=wanted.before
    )


def _count(wanted: Wanted, now: datetime, *, shown_all: int | None) -> int:
    if shown_all is not None:
        return shown_all
    return queries.count_events(wanted.filter, wanted.when, now, most=COUNTED + 1)
