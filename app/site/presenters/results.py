"""What a search found, by what it is: one query for each kind of thing, and only what everybody may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.events.presenters import when_of
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.site import queries
from app.site.presenters.lines import place_words

MOST_FOUND = 120


@dataclass(frozen=True, slots=True)
class Hit:
    url: str
    title: Wording
    about: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    name: str
    title: str
    hits: list[Hit]


def results(found: Sequence[tuple[str, int]], language: str) -> list[HitGroup]:
    """The groups that have hits, each in the order of the search."""
    ids: dict[str, list[int]] = defaultdict(list)
    for subject, ref in found:
        ids[subject].append(ref)
    groups = [
        HitGroup(name, title(), _hits(read(ids[name]), ids[name], write, language))
        for name, title, read, write in _SUBJECTS
        if ids[name]
    ]
    return [group for group in groups if group.hits]


def _hits(rows: Iterable[Any], order: list[int], write: Callable[[Any, str], Hit], language: str) -> list[Hit]:
    by_id = {row.id: row for row in rows}
    return [write(by_id[ref], language) for ref in order if ref in by_id]


def _named(name: str, language: str) -> Wording:
    return Wording(name, language, False)


def _event(row: Any, language: str) -> Hit:
    when = when_of(row.starts_at, row.ends_at, row.timezone, row.date_precision).days
    about = [say(row.kind), when, place_words(row, language)]
    return Hit(f"/events/{row.slug}", row.title.wording(language), " · ".join(part for part in about if part))


def _practice(row: Any, language: str) -> Hit:
    return Hit(f"/practices/{row.slug}", row.title.wording(language), row.summary.wording(language).text)


def _organisation(row: Any, language: str) -> Hit:
    place = ", ".join(part for part in (row.city, row.country_name.wording(language).text) if part)
    return Hit(f"/organisations/{row.slug}", _named(row.name, language), place)


def _person(row: Any, language: str) -> Hit:
    return Hit(f"/people/{row.slug}", _named(row.full_name, language))


def _project(row: Any, language: str) -> Hit:
    return Hit(f"/projects/{row.slug}", _named(row.acronym, language), row.title.wording(language).text)


def _group(row: Any, language: str) -> Hit:
    return Hit(f"/groups/{row.slug}", row.name.wording(language))


def _venue(row: Any, language: str) -> Hit:
    return Hit(f"/venues/{row.slug}", row.name.wording(language), row.city)


Subject = tuple[str, Callable[[], str], Callable[[Sequence[int]], Iterable[Any]], Callable[[Any, str], Hit]]
_SUBJECTS: tuple[Subject, ...] = (
    ("event", lambda: _("Events"), queries.found_events, _event),
    ("practice", lambda: _("Practices"), queries.found_practices, _practice),
    ("organisation", lambda: _("Organisations"), queries.found_organisations, _organisation),
    ("project", lambda: _("Projects"), queries.found_projects, _project),
    ("group", lambda: _("Thematic groups"), queries.found_groups, _group),
    ("venue", lambda: _("Venues"), queries.found_venues, _venue),
    ("person", lambda: _("People"), queries.found_persons, _person),
)
