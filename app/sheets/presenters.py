"""What the templates under templates/print show: plain data, in the language in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events.models import Event
from app.events.presenters import place_line, when
from app.kernel.countries import country_names
from app.kernel.date_words import date_span, day_with_weekday, last_day, local_day
from app.kernel.dates import DatePrecision
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.printing import emblem_file, qr_drawing
from app.questions.presenters import in_words
from app.sheets import rules
from app.sheets.rules import Attendee, Layout
from app.sheets.services import GateList, who_comes
from app.visits.gate import AtGate

Data = dict[str, Any]


def days(event: Event) -> list[date]:
    """The days of an event on its own calendar; the first alone where only month or year is known."""
    first = local_day(event.starts_at, event.timezone)
    if event.date_precision is not DatePrecision.DAY:
        return [first]
    return rules.days_of(first, last_day(event.starts_at, event.ends_at, event.timezone))


def day_choices(event: Event) -> list[tuple[int, str]]:
    """Number and words of every day, for a form."""
    if event.date_precision is not DatePrecision.DAY:
        return [(1, when(event).days)]
    return [(number, day_with_weekday(day)) for number, day in enumerate(days(event), 1)]


def signature_sheet(event: Event, people: Sequence[Attendee], *, day: int) -> Data:
    """The sheet of one day, counted from 1."""
    all_days = days(event)
    on_day = day_with_weekday(all_days[day - 1]) if len(all_days) > 1 else str(when(event))
    origins = {True: _("local"), False: _("international"), None: ""}
    rows = [
        {
            "number": str(number),
            "name": _name(one),
            "organisation": one.organisation,
            "home": _home(one),
            "origin": origins[rules.is_local(one.country_code, event.country_code)],
        }
        for number, one in enumerate(people, 1)
    ]
    blank = {"name": "", "organisation": "", "home": "", "origin": ""}
    last = len(rows) + rules.blank_rows(len(rows))
    rows += [{"number": str(number), **blank} for number in range(len(rows) + 1, last + 1)]
    return paper(
        event,
        _("Signature sheet"),
        when_words=on_day,
        more=[_code_line(event, _("Day %(day)s of %(days)s", day=day, days=len(all_days)))],
        foot_words=day_with_weekday(all_days[day - 1]) if len(all_days) > 1 else when(event).days,
        columns=[
            _("No."),
            _("Name"),
            _("Organisation"),
            _("Region, country"),
            _("Local or international"),
            _("Signature"),
        ],
        rows=rows,
    )


def participant_list(event: Event, people: Sequence[Attendee]) -> Data:
    """Who comes, with organisation and country; no address of anybody."""
    rows = [
        {
            "number": str(number),
            "name": _name(one),
            "organisation": one.organisation,
            "type": say(one.org_type) if one.org_type else "",
            "home": _home(one),
        }
        for number, one in enumerate(people, 1)
    ]
    organisations = {one.organisation.casefold() for one in people}
    countries = {one.country_code for one in people}
    figures = [
        ngettext("%(num)d participant", "%(num)d participants", len(people)),
        ngettext("%(num)d organisation", "%(num)d organisations", len(organisations)),
        ngettext("%(num)d country", "%(num)d countries", len(countries)),
    ]
    return paper(
        event,
        _("Participants"),
        more=[" · ".join(figures)] if people else [],
        columns=[_("No."), _("Name"), _("Organisation"), _("Type"), _("Region, country")],
        rows=rows,
    )


def gate_list(found: GateList) -> Data:
    """For the host: names in order; diets as totals."""
    rows = [
        {"number": str(number), "name": _name_by_family(one), "organisation": one.organisation, "group": one.group}
        for number, one in enumerate(found.people, 1)
    ]
    has_groups = any(one.group for one in found.people)
    return paper(
        found.event,
        _("Gate list"),
        more=[people_words(len(rows))] if rows else [],
        columns=[
            _("No."),
            _("Name"),
            _("Organisation"),
            *([_("Group")] if has_groups else []),
            _("In"),
            _("Out"),
        ],
        has_groups=has_groups,
        rows=rows,
        totals=totals(found),
    )


def at_gate(event: Event) -> AtGate:
    """For the page of a host of a study visit."""
    found = who_comes(event)
    return AtGate(
        people=[(_name_by_family(one), one.organisation, one.group) for one in found.people],
        totals=[(block["name"], [(row["count"], row["words"]) for row in block["rows"]]) for block in totals(found)],
    )


def totals(found: GateList) -> list[Data]:
    """Diets, and what else was asked that the host may know: how many of each, never who."""
    diets = [{"count": str(total.count), "words": total.words} for total in found.diets]
    blocks = [{"name": _("Diets"), "rows": diets}] if diets else []
    for tally in found.answers:
        rows = [
            {"count": str(count), "words": in_words(tally.question, value, language())} for value, count in tally.counts
        ]
        blocks.append({"name": tally.question.label.wording(language()).text, "rows": rows})
    return blocks


def badges(event: Event, people: Sequence[Attendee], *, layout: Layout) -> Data:
    """A badge each. The code holds the public number of the registration, which opens nothing by itself."""
    title = event.title.wording(language()).text
    cards = [
        {
            "head": title,
            "name": _name(one),
            "organisation": one.organisation,
            "home": _country(one.country_code),
            "role": say(one.role),
            "code": qr_drawing(one.public_id) if one.public_id else "",
        }
        for one in people
    ]
    return paper(event, _("Badges"), layout=str(layout), badges=cards, code_words=_("Code for check-in"))


def people_words(count: int) -> str:
    """``47 people``."""
    return ngettext("%(num)d person", "%(num)d people", count)


def name_of(one: Attendee) -> str:
    """The name on the screen of a gate list."""
    return _name_by_family(one)


def paper(event: Event, name: str, *, when_words: str = "", foot_words: str = "", **parts: Any) -> Data:
    """What every paper about an event says at its head and foot."""
    title, shown = event.title.wording(language()).text, when(event)
    foot = " · ".join(part for part in (name, title, foot_words or shown.days) if part)
    return {
        "title": _("%(paper)s: %(event)s", paper=name, event=title),
        "lang": language(),
        "name": name,
        "foot": foot,
        "event": {
            "title": title,
            "kind": str(event.kind),
            "when": when_words or str(shown),
            "days": _days(event),
            "place": place_line(event),
        },
        "funding": _funding(event),
        "nobody": _("Nobody has a confirmed place yet."),
        "more": [],
        **parts,
    }


def _funding(event: Event) -> Data | None:
    programme = event.project.programme if event.project else None
    if programme is None or event.project is None:
        return None
    lang = language()
    sentence = programme.funding_sentence.wording(lang).text
    return {
        "emblem": emblem_file(programme.emblem),
        "name": programme.name.wording(lang).text,
        "sentence": " ".join(
            part for part in (sentence, _("Project: %(project)s", project=event.project.acronym)) if part
        ),
    }


def _code_line(event: Event, more: str) -> str:
    return " · ".join((_("Event code: %(code)s", code=event.slug), more))


def _days(event: Event) -> str:
    if event.date_precision is not DatePrecision.DAY:
        return when(event).days
    return date_span(event.starts_at, event.ends_at, event.timezone)


def _name(one: Attendee) -> str:
    return _("Guest of %(name)s", name=one.with_whom) if one.with_whom else one.full_name


def _name_by_family(one: Attendee) -> str:
    if one.with_whom or not one.family_name:
        return _name(one)
    return ", ".join(part for part in (one.family_name, one.given_name) if part)


def _home(one: Attendee) -> str:
    region = one.region.wording(language()).text if one.region else ""
    return ", ".join(part for part in (region, _country(one.country_code)) if part)


def _country(code: str) -> str:
    return country_names(language()).get(code, code)
