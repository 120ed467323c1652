"""How what a search found is shown, kind by kind, and only what everybody may see now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any
from urllib.parse import quote, urlencode

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup

from app.events.presenters import when_of
from app.kernel import clock
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.materials.links import file_path
from app.network import queries as network
from app.practices.rules import Aim
from app.search import queries as search
from app.search.asking import A_PAGE, Found, ask
from app.search.facets import NAMES
from app.search.presenting import Hit, Presentation, hits_of, presentation_of, register_presentation, visible_of
from app.search.quoting import excerpt, marked
from app.site import queries
from app.site.presenters.dates import language_name
from app.site.presenters.lines import place_words
from app.site.queries import found as rows
from app.site.rules import Searched

MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit on the page: ``title`` and ``quote`` are escaped, with the words that were found in ``<mark>``."""

    subject: str
    kind: str
    url: str
    title: Markup
    wording: Wording
    about: str
    quote: Markup | None


@dataclass(frozen=True, slots=True)
class Results:
    searched: Searched
    found: Found
    hits: list[Shown]
    facets: list[tuple[str, list[tuple[str, str, bool, int, None]]]]
    earlier: str | None
    later: str | None
    first: int


def results(searched: Searched, language: str) -> Results:
    """One page of what was found, what it can be narrowed by, and the ways to the pages beside."""
    found = ask(searched.query, narrowed=searched.narrowed(), seen=visible_of, page=searched.page)
    if found.total and not found.page:  # beyond the last page
        searched = replace(searched, page=-(-found.total // A_PAGE))
        found = ask(searched.query, narrowed=searched.narrowed(), seen=visible_of, page=searched.page)
    hits = hits_of([(subject, ref) for _entry, subject, ref in found.page], language)
    texts = search.texts_of([entry for entry, _subject, _ref in found.page])
    shown = [
        _shown(subject, hits[subject, ref], texts.get(entry, ""), found.words)
        for entry, subject, ref in found.page
        if (subject, ref) in hits
    ]
    first = (searched.page - 1) * A_PAGE
    return Results(
        searched,
        found,
        shown,
        _facets(searched, found, language),
        searched.other(page=searched.page - 1) if searched.page > 1 else None,
        searched.other(page=searched.page + 1) if first + A_PAGE < found.total else None,
        first + 1,
    )


def _shown(subject: str, hit: Hit, text: str, words: Sequence[str]) -> Shown:
    presentation = presentation_of(subject)
    kind = presentation.kind() if presentation else ""
    return Shown(subject, kind, hit.url, marked(hit.title.text, words), hit.title, hit.about, excerpt(text, words))


def _facets(
    searched: Searched, found: Found, language: str
) -> list[tuple[str, list[tuple[str, str, bool, int, None]]]]:
    """The values of every facet with the most hits first; a chosen one leads back."""
    titles = {
        "type": _("Kind"),
        "sector": _("Sector"),
        "aim": _("Aim"),
        "country": _("Country"),
        "language": _("Language"),
        "year": _("Year"),
    }
    facets = []
    for name in NAMES:
        counts = found.counts.get(name, {})
        words = _words(name, counts, language)
        values = sorted(counts, key=lambda value: (-counts[value], words.get(value, value)))[:MOST_VALUES]
        chosen = searched.narrowed().get(name, "")
        links = [
            (
                searched.other(page=1, **{name: "" if value == chosen else value}),
                words.get(value, value),
                value == chosen,
                counts[value],
                None,
            )
            for value in values
        ]
        if len(links) > 1 or chosen:
            facets.append((titles[name], links))
    return facets


def _words(facet: str, values: Iterable[str], language: str) -> Mapping[str, str]:
    if facet == "type":
        return {value: one.kind() for value in values if (one := presentation_of(value))}
    if facet == "sector":
        return {one.id: one.name.wording(language).text for one in network.sectors(values)}
    if facet == "aim":
        return {value: say(Aim(value)) for value in values if value in set(Aim)}
    if facet == "country":
        return {one.code: one.name.wording(language).text for one in network.countries(values)}
    if facet == "language":
        return {value: language_name(value, language) for value in values}
    return {}


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


def _story(row: Any, language: str) -> Hit:
    return Hit(f"/stories/{row.slug}", row.title.wording(language), row.standfirst.wording(language).text)


def _post(row: Any, language: str) -> Hit:
    return Hit(f"/board/{row.slug}", Wording(row.title, row.language, row.language != language), row.organisation)


def _plan(row: Any, language: str) -> Hit:
    group = row.name.wording(language)
    return Hit(f"/groups/{row.slug}/plan", Wording(_("Plan: %(group)s", group=group.text), group.lang, False))


def _document(row: Any, language: str) -> Hit:
    title = Wording(row.title, row.language, row.language != language)
    address = row.url or file_path(row.public_id, row.name)
    return Hit(address, title, row.event_title.wording(language).text)


def _group_document(row: Any, language: str) -> Hit:
    group = row.name.wording(language)
    address = row.url or f"/groups/{row.slug}/documents/{row.id}/{quote(row.file_name, safe='')}"
    return Hit(address, _named(row.title, language), group.text)


def _study(row: Any, language: str) -> Hit:
    return Hit(f"/studies/{row.slug}", row.title.wording(language), row.summary.wording(language).text)


def _service(row: Any, language: str) -> Hit:
    name = row.name.wording(language)
    return Hit(f"/studies/services?{urlencode({'q': name.text})}", name, row.organisation)


def _proposal(row: Any, language: str) -> Hit:
    return Hit(f"/services/{row.slug}", row.title.wording(language), say(row.stage))


def _need(row: Any, language: str) -> Hit:
    words = shorten(row.text, 120, placeholder=" …")
    return Hit(f"/needs/{row.public_id}", Wording(words, row.language, row.language != language))


Reader = Callable[[Sequence[int]], Iterable[Any]]
_SUBJECTS: tuple[tuple[str, Any, Reader, Callable[[Any, str], Hit]], ...] = (
    ("event", lazy_gettext("Events"), queries.found_events, _event),
    ("practice", lazy_gettext("Practices"), queries.found_practices, _practice),
    ("organisation", lazy_gettext("Organisations"), queries.found_organisations, _organisation),
    ("project", lazy_gettext("Projects"), queries.found_projects, _project),
    ("group", lazy_gettext("Thematic groups"), queries.found_groups, _group),
    ("venue", lazy_gettext("Venues"), queries.found_venues, _venue),
    ("person", lazy_gettext("People"), queries.found_persons, _person),
    ("story", lazy_gettext("Stories"), rows.stories, _story),
    ("board_post", lazy_gettext("Offers and requests"), rows.posts, _post),
    ("strategic_plan", lazy_gettext("Plans"), rows.plans, _plan),
    ("material", lazy_gettext("Documents"), rows.documents, _document),
    ("group_document", lazy_gettext("Documents"), rows.group_documents, _group_document),
    ("study", lazy_gettext("Studies"), rows.studies, _study),
    ("cluster_service", lazy_gettext("Services"), rows.services, _service),
    ("service_proposal", lazy_gettext("Innovative services"), rows.proposals, _proposal),
    ("need", lazy_gettext("Needs"), rows.needs, _need),
)


def register_presentations() -> None:
    """Of rooms that did not register their own."""
    for subject, kind, read, write in _SUBJECTS:
        if presentation_of(subject) is None:
            register_presentation(_presentation(subject, kind, read, write))


def _presentation(subject: str, kind: Any, read: Reader, write: Callable[[Any, str], Hit]) -> Presentation:
    def visible(ids: Collection[int]) -> Collection[int]:
        return rows.visible(subject, ids, clock.now().date())

    def hits(ids: Sequence[int], language: str) -> Mapping[int, Hit]:
        return {row.id: write(row, language) for row in read(ids)}

    return Presentation(subject, lambda: str(kind), visible, hits)
