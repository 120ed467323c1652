"""An organisation's year, short enough for one page: for a board that asks what the project brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.date_words import date_span, day_words, rough_date
from app.kernel.dates import DatePrecision, RoughDate, shown_zone
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.models import Organisation, Project
from app.profiles.queries import years

MOST = 5  # lines of a section; how many more there are is said
EARLIEST = 1990


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    words: str
    lang: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``empty`` is said where there is nothing, and what to do about it; ``more`` where not all lines are here."""

    heading: str
    lines: Sequence[Line]
    more: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    organisation: Organisation
    year: int
    years: Sequence[int]
    project: Project | None
    projects: Sequence[Project]
    figures: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def year_page(organisation: Organisation, values: Mapping[str, str], *, today: date, is_insider: bool) -> YearPage:
    """What an address asks for by ``year`` and ``project``; how many people came is for insiders."""
    projects = years.projects_of(organisation.id)
    project = next((each for each in projects if each.slug == values.get("project")), None)
    known = years.years_of(organisation.id)
    typed = values.get("year", "")
    is_year = len(typed) == 4 and typed.isascii() and typed.isdigit() and EARLIEST <= int(typed) <= today.year + 1
    year = int(typed) if is_year else today.year
    project_id = project.id if project else None
    events = _events(years.events_of(organisation.id, year, project_id))
    given = _given(years.given(organisation.id, year, project_id))
    others = _steps((row, row.name) for row in years.taken_up_by_others(organisation.id, year))
    steps = [(row, "") for row in years.taken(organisation.id, year)]
    taken = _steps(steps)
    needs = [
        Line(
            words=row.text,
            lang=row.language,
            url=url_for("needs.show", public_id=row.public_id),
            note=ngettext("%(num)d vote", "%(num)d votes", row.voters) if row.voters else "",
        )
        for row in years.needs_of(organisation.id, year)
    ]
    services = _services(years.services_of(organisation.id, year))
    figures = [
        (str(len(events)), ngettext("event", "events", len(events))),
        (str(len(needs)), ngettext("need", "needs", len(needs))),
        (str(len(given)), ngettext("practice shown to others", "practices shown to others", len(given))),
        (str(len(services)), ngettext("service on its way", "services on their way", len(services))),
        (str(len(steps)), ngettext("step with a practice of others", "steps with practices of others", len(steps))),
    ]
    if is_insider:
        people, at_events = years.people_of(organisation.id, year, project_id)
        words = ngettext("registration of our people", "registrations of our people", people)
        figures.insert(1, (str(people), f"{words} ({_('at %(num)s events', num=at_events)})"))
    return YearPage(
        organisation=organisation,
        year=year,
        years=sorted({*known, today.year, year}, reverse=True),
        project=project,
        projects=projects,
        figures=figures,
        sections=[
            _section(_("Events"), events, _("No event this year. Look at what is coming and register.")),
            _section(
                _("Needs that we stated"), needs, _("No public need this year. State one before the next workshop.")
            ),
            _section(_("Practices that we gave"), [*given, *others], _("No practice of ours was shown this year.")),
            _section(_("Practices that we take up"), taken, _("None yet. The library of practices has some to adopt.")),
            _section(
                _("Services that we run or try out"), services, _("None this year. Needs of others wait for one.")
            ),
        ],
    )


def _section(heading: str, lines: list[Line], empty: str) -> Section:
    rest = len(lines) - MOST
    more = ngettext("and %(num)d more", "and %(num)d more", rest) if rest > 0 else ""
    return Section(heading=heading, lines=lines[:MOST], more=more, empty=empty)


def _events(rows: Iterable[Any]) -> list[Line]:
    found: dict[str, tuple[Any, list[str]]] = {}
    for row in rows:
        found.setdefault(row.slug, (row, []))[1].append(say(row.role))
    lines = []
    for row, roles in found.values():
        title = row.title.wording(language())
        note = f"{_days(row)} · {', '.join(roles)}"
        lines.append(Line(words=title.text, lang=title.lang, url=f"/events/{row.slug}", note=note))
    return lines


def _days(row: Any) -> str:
    if row.date_precision is not DatePrecision.DAY:
        first = row.starts_at.astimezone(shown_zone(row.timezone)).date()
        return rough_date(RoughDate(first, row.date_precision))
    return date_span(row.starts_at, row.ends_at, row.timezone)


def _given(rows: Iterable[Any]) -> list[Line]:
    """One line for a practice, with every act on it."""
    found: dict[str, tuple[Any, list[str]]] = {}
    for row in rows:
        act = f"{say(row.act)}: {row.event_title.wording(language()).text}"
        found.setdefault(row.slug, (row, []))[1].append(act)
    lines = []
    for row, acts in found.values():
        title = row.title.wording(language())
        lines.append(Line(words=title.text, lang=title.lang, url=f"/practices/{row.slug}", note="; ".join(acts)))
    return lines


def _services(rows: Iterable[Any]) -> list[Line]:
    """One line for a service, with every step of the year."""
    found: dict[str, tuple[Any, list[str]]] = {}
    for row in rows:
        found.setdefault(row.slug, (row, []))[1].append(f"{say(row.after)}, {day_words(row.at.date())}")
    lines = []
    for row, steps in found.values():
        title = row.title.wording(language())
        lines.append(Line(words=title.text, lang=title.lang, url=f"/services/{row.slug}", note="; ".join(steps)))
    return lines


def _steps(rows: Iterable[tuple[Any, str]]) -> list[Line]:
    """One line for a practice, and for each organisation that takes it up, with every step of the year."""
    found: dict[tuple[str, str], tuple[Any, list[str]]] = {}
    for row, by in rows:
        found.setdefault((row.slug, by), (row, []))[1].append(f"{say(row.after)}, {day_words(row.at.date())}")
    lines = []
    for (slug, by), (row, steps) in found.items():
        title = row.title.wording(language())
        note = " · ".join(filter(None, (by, "; ".join(steps))))
        lines.append(Line(words=title.text, lang=title.lang, url=f"/practices/{slug}", note=note))
    return lines


def paper_of(page: YearPage) -> dict[str, Any]:
    """The same for one sheet of paper."""
    programme = page.project.programme if page.project else None
    where = " · ".join(filter(None, (str(page.year), page.project.acronym if page.project else "")))
    return {
        "title": f"{page.organisation.name}: {_('Our year')} {page.year}",
        "lang": language(),
        "foot": f"{page.organisation.name} · {where}",
        "name": _("Our year"),
        "organisation": page.organisation.name,
        "about": where,
        "figures": [{"number": number, "words": words} for number, words in page.figures],
        "sections": [
            {
                "heading": section.heading,
                "lines": [{"words": line.words, "lang": line.lang, "note": line.note} for line in section.lines],
                "more": section.more,
                "empty": section.empty,
            }
            for section in page.sections
        ],
        "funding": {
            "emblem": programme.emblem,
            "name": programme.name.wording(language()).text,
            "sentence": programme.funding_sentence.wording(language()).text,
        }
        if programme
        else None,
    }
