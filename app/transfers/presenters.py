"""The thread of a practice, and the exchanges of the network as map, matrix and table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.kernel.date_words import local_day, rough_date, rough_span, short_day
from app.kernel.dates import DatePrecision, RoughDate
from app.kernel.i18n import language
from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.map_projection import project
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.network.models import Organisation
from app.practices.models import Practice
from app.practices.queries.reviewing import changes_of
from app.practices.rules.states import Step
from app.transfers import queries
from app.transfers.models import Adoption
from app.transfers.rules import Uptake

COUNTED = (Uptake.INTERESTED, Uptake.ADAPTING, Uptake.PILOTING, Uptake.ADOPTED)
TOLD = frozenset({Step.IDENTIFY, Step.SELECT, Step.PUBLISH, Step.VALIDATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """A knot of the thread: what happened, when, and where one reads more."""

    when: str
    words: str
    about: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Regions that give, regions that receive, and how often; ``rows`` in the order of ``receivers``."""

    receivers: list[str]
    rows: list[tuple[str, list[int]]]


def thread_of(practice: Practice) -> list[Knot]:
    """From the study to those who took it up; each part in the order of time."""
    return [*_sources(practice), *_steps(practice), *_uses(practice), *_uptake(practice)]


def _sources(practice: Practice) -> Iterator[Knot]:
    lang = language()
    for row in queries.sources_of(practice.id):
        if row.study:
            when = rough_span(row.study.starts, row.study.ends) if row.study.starts or row.study.ends else ""
            title = row.study.title.wording(lang).text
            yield Knot(when=when, words=_("studied"), about=title, url=f"/studies/{row.study.slug}")
        if row.service:
            name = f"{row.service.name.wording(lang).text}, {row.service.organisation.name}"
            url = f"/studies/{row.study.slug}#service-{row.service_id}" if row.study else "/studies/services"
            yield Knot(when="", words=_("found as a service"), about=name, url=url)


def _steps(practice: Practice) -> Iterator[Knot]:
    for change in reversed(changes_of(practice.id)):
        if change.step in TOLD:
            by = change.organisation.name if change.organisation else ""
            yield Knot(when=short_day(change.at.date()), words=say(change.after), about=by)


def _uses(practice: Practice) -> Iterator[Knot]:
    """Only events that stand on lists are told of."""
    shown = [use for use in practice.uses if use.event.on_lists]
    for use in sorted(shown, key=lambda one: (one.event.starts_at, one.id)):
        event = use.event
        first = RoughDate(local_day(event.starts_at, event.timezone), event.date_precision)
        when = short_day(first.first) if first.precision is DatePrecision.DAY else rough_date(first)
        item = f"#item-{use.agenda_item_id}" if use.agenda_item_id else ""
        title = event.title.wording(language()).text
        yield Knot(when=when, words=say(use.act), about=title, url=f"/events/{event.slug}{item}")


def _uptake(practice: Practice) -> Iterator[Knot]:
    told = [(change.at, row, change) for row in queries.adoptions_of(practice.id) for change in row.changes]
    for at, row, change in sorted(told, key=lambda one: (one[0], one[2].id)):
        yield Knot(
            when=short_day(at.date()),
            words=say(change.after),
            about=row.organisation.name,
            url=f"/organisations/{row.organisation.slug}",
        )


def region_of(organisation: Organisation) -> str:
    """Its region, or its country where no region is known."""
    return str((organisation.region or organisation.country).name.wording(language()).text)


def giver_region(adoption: Adoption) -> str:
    """Where the practice is done."""
    region = adoption.practice.region
    return str(region.name.wording(language()).text) if region else region_of(adoption.practice.owner)


def matrix_of(adoptions: Sequence[Adoption]) -> Matrix:
    """Who gives to whom, region by region; what was given up is not counted."""
    pairs = Counter((giver_region(one), region_of(one.organisation)) for one in adoptions if one.state in COUNTED)
    givers, receivers = sorted({giver for giver, _r in pairs}), sorted({receiver for _g, receiver in pairs})
    return Matrix(receivers, [(giver, [pairs[giver, receiver] for receiver in receivers]) for giver in givers])


def map_of(adoptions: Sequence[Adoption]) -> tuple[OutlineMap, list[list[tuple[float, float]]]]:
    """Givers and receivers that have a place, and a line for each exchange; the table names all of them."""
    pairs = {
        (one.practice.owner, one.organisation)
        for one in adoptions
        if one.state in COUNTED and _is_placed(one.practice.owner) and _is_placed(one.organisation)
    }
    places = {organisation.id: organisation for pair in pairs for organisation in pair}
    pins = [
        pin(one.latitude or 0.0, one.longitude or 0.0, label=one.name, url=f"/organisations/{one.slug}")
        for one in sorted(places.values(), key=lambda one: one.name)
    ]
    lines = sorted([_point(giver), _point(receiver)] for giver, receiver in pairs)
    return outline(pins, countries=sorted({one.country_code for one in places.values()})), lines


def _is_placed(organisation: Organisation) -> bool:
    return organisation.latitude is not None and organisation.longitude is not None


def _point(organisation: Organisation) -> tuple[float, float]:
    return project(organisation.latitude or 0.0, organisation.longitude or 0.0)


def title_of(adoption: Adoption) -> Wording:
    return adoption.practice.title.wording(language())


def dates_of(adoption: Adoption) -> dict[Uptake, str]:
    """The latest day on which each state was reached, as ISO dates."""
    return {change.after: change.at.date().isoformat() for change in adoption.changes}


def table_of(adoptions: Sequence[Adoption]) -> str:
    """The report as CSV with a byte order mark: a line for each practice and who receives it, with the dates."""
    out = io.StringIO()
    writer = csv.writer(out)
    head = [_("Practice"), _("Owner"), _("From region"), _("Received by"), _("To region"), _("State")]
    writer.writerow(head + [say(state) for state in Uptake])
    for one in adoptions:
        dates = dates_of(one)
        line = [
            title_of(one).text,
            one.practice.owner.name,
            giver_region(one),
            one.organisation.name,
            region_of(one.organisation),
            say(one.state),
        ]
        writer.writerow([_harmless(cell) for cell in line] + [dates.get(state, "") for state in Uptake])
    return "\ufeff" + out.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet does not work it out."""
    return f"'{cell}" if cell[:1] in tuple("=+-@\t\r") and cell else cell
