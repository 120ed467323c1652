"""Releases as pages show them: the log of changes, and the agenda as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.agenda.frozen import Frozen
from app.agenda.presenters import day_heading
from app.agenda.reading import span_of
from app.agenda.rules import AgendaRole, ItemKind, Span, clock
from app.events.models import Event
from app.events.rules import Audience
from app.kernel.dates import DatePrecision
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts, Wording
from app.planning import queries
from app.planning.differences import differences
from app.planning.freezing import frozen_rows, items_in
from app.planning.models import Release
from app.planning.reading import Planned
from app.planning.services.releasing import open_warnings
from app.planning.words import difference_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A release in the log. ``is_valid``: the last one; ``is_of_the_day``: valid when the event took place."""

    number: int
    name: str
    note: str
    at: datetime
    changes: tuple[str, ...]
    is_valid: bool
    is_of_the_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPerson:
    """``name`` is None for somebody who does not agree to be named now."""

    role: str
    name: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OldItem:
    starts: str
    ends: str
    title: Wording
    kind_words: str
    abstract: Wording
    where: str
    persons: tuple[OldPerson, ...]
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OldDay:
    heading: str
    items: tuple[OldItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldAgenda:
    """The agenda as it was released; ``digest`` is the SHA-256 of what is kept."""

    logged: Logged
    digest: str
    days: tuple[OldDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a release would change, and what it still needs; ``can_show_at_once``: nothing was ever released."""

    coming: tuple[str, ...]
    needs_reason: int
    errors: int
    releases: tuple[Logged, ...]
    can_show_at_once: bool


def log_of(event: Event) -> tuple[Logged, ...]:
    """Every release with what it changed, the last one first; internal items are left out."""
    releases = queries.releases(event.id)
    return tuple(_logged(one, event, is_valid=number == 0) for number, one in enumerate(releases))


def panel_of(event: Event, planned: Planned, errors: int) -> Panel:
    """For the organiser, who sees internal items too."""
    log = log_of(event)
    coming = differences(frozen_rows(list(planned.valid.values())), frozen_rows(planned.rows), span_of(event))
    return Panel(
        coming=tuple(difference_words(one) for one in coming),
        needs_reason=len(open_warnings(event, planned)),
        errors=errors,
        releases=log,
        can_show_at_once=not log,
    )


def agenda_as_released(event: Event, number: int) -> OldAgenda:
    """Raises ReleaseNotFound."""
    release = queries.release(event.id, number)
    latest = queries.latest_release(event.id)
    items = [item for item in items_in(release.content) if _is_open(item["audience"], event)]
    named, span = _named(items), _span_then(release)
    return OldAgenda(
        logged=_logged(release, event, is_valid=latest is not None and latest.id == release.id),
        digest=release.digest,
        days=tuple(
            OldDay(heading=day_heading(span, day), items=tuple(_item(item, named) for item in of_day))
            for day, of_day in groupby(items, key=lambda item: item["day"])
        ),
    )


def _logged(release: Release, event: Event, *, is_valid: bool) -> Logged:
    return Logged(
        number=release.number,
        name=release.name,
        note=release.note,
        at=release.at,
        changes=tuple(difference_words(one) for one in release.changes if _is_open(one["audience"], event)),
        is_valid=is_valid,
        is_of_the_day=release.is_of_the_day,
    )


def _is_open(audience: str | None, event: Event) -> bool:
    return (Audience(audience) if audience else event.audience) is not Audience.INTERNAL


def _span_then(release: Release) -> Span:
    """When the event took place as it was released; it may have moved since."""
    event = json.loads(release.content)["event"]
    if event["precision"] != DatePrecision.DAY:
        return Span(zone=event["timezone"])
    starts_at, ends_at = (datetime.fromisoformat(event[name]) for name in ("starts_at", "ends_at"))
    return Span(zone=event["timezone"], starts_at=starts_at, ends_at=ends_at)


def _named(items: Iterable[Frozen]) -> dict[int, str]:
    """Those of the people in some items who agree to be named now."""
    ids = {part["person_id"] for item in items for part in item["people"]}
    return {one.id: one.full_name for one in queries.persons_by_id(ids).values() if one.is_public}


def _item(item: Frozen, named: dict[int, str]) -> OldItem:
    leg, lang = item["leg"], language()
    return OldItem(
        starts=clock(item["start"]),
        ends=clock(item["end"]),
        title=Texts(item["title"]).wording(lang),
        kind_words=say(ItemKind(item["kind"])),
        abstract=Texts(item["abstract"]).wording(lang),
        where=", ".join(filter(None, (item["where"], Texts(item["venue"] or {}).wording(lang).text, item["host"]))),
        way=f"{leg['departs_from']} → {leg['arrives_at']}" if leg else "",
        persons=tuple(
            OldPerson(
                role=say(AgendaRole(part["role"])),
                name=named.get(part["person_id"]),
                organisation=part["organisation"],
            )
            for part in item["people"]
        ),
    )
