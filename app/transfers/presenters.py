"""What the thread of a practice says of uptake, and the exchanges of the network as map, matrix and table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.kernel.date_words import short_day
from app.kernel.i18n import language
from app.kernel.map_pins import OutlineMap, outline, pin
from app.kernel.map_projection import project
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.network.models import Organisation
from app.practices.models import Practice
from app.practices.rules.thread import Knot, Stretch
from app.transfers import queries
from app.transfers.models import Adoption
from app.transfers.rules import Uptake

COUNTED = (Uptake.INTERESTED, Uptake.ADAPTING, Uptake.PILOTING, Uptake.ADOPTED)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Regions that give, regions that receive, and how often; ``rows`` in the order of ``receivers``."""

    receivers: list[str]
    rows: list[tuple[str, list[int]]]


def uptake_of(practice: Practice, now: datetime) -> Iterator[Knot]:
    """Who took a practice up, for its thread; of published ones only."""
    for row in queries.adoptions_of(practice.id) if practice.is_published else ():
        for change in row.changes:
            yield Knot(
                part=Stretch.UPTAKE,
                on=change.at.date(),
                when=short_day(change.at.date()),
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
