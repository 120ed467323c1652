"""The editions of a series side by side: what came of the same event in several regions.

Somebody sees the editions that he or she manages, and all copies of a template that he or she manages; of the other
copies of the own edition's template only what they come to together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.desk import queries
from app.events.models import Event
from app.events.permissions import may_manage
from app.events.presenters import EventCard, card_of
from app.events.rules import Status
from app.feedback import queries as feedback
from app.feedback.rules import Summary, summarise
from app.kernel.date_words import local_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.network.rules import OrganisationType
from app.presence.queries import present_people
from app.questions.rules import Kind
from app.registration.rules import Place

AVERAGED = (Kind.RATING, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Circle:
    """What somebody may compare: editions one by one, and those that are only counted in."""

    shown: tuple[Event, ...]
    counted: tuple[Event, ...]

    @property
    def ids(self) -> list[int]:
        return [event.id for event in (*self.shown, *self.counted)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: a word for each edition and one for all of them together. ``is_number``: they stand to the right."""

    words: str
    cells: tuple[str, ...]
    total: str
    is_number: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``others``: how many editions are in the totals without a column of their own."""

    heads: tuple[tuple[str, EventCard], ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    others: int


def circle_of(series_id: int, actor: Actor) -> Circle:
    """Which editions of a series somebody may compare; a template that is only a draft is none."""
    rows = queries.editions_compared(series_id)
    templates = {row[1] for row in rows if row[1] is not None}
    organising = queries.organising_of({row[0].id for row in rows} | templates)
    managed = {event_id for event_id, ids in organising.items() if may_manage(actor, ids)}
    held = [row for row in rows if not (row[1] is None and row[0].id in templates and row[0].status is Status.DRAFT)]
    shown = tuple(event for event, template in held if event.id in managed or template in managed)
    mine = {template for event, template in held if event.id in managed and template is not None}
    counted = tuple(event for event, template in held if template in mine and event not in shown)
    return Circle(shown, counted)


def compare(circle: Circle) -> Comparison:
    """Everything in a fixed number of queries, however many editions there are."""
    ids = circle.ids
    people = queries.people_by_origin(ids)
    groups = (
        (_("When and where"), tuple(_places(circle))),
        (_("People"), tuple(_people(circle, people, present_people(ids)))),
        (_("Confirmed by type of organisation"), tuple(_types(circle, people))),
        (_("Feedback: averages"), tuple(_averages(circle, ids))),
        (_("Practices"), (_practices(circle, queries.presented(ids)),)),
    )
    return Comparison(
        heads=tuple(zip(_names(circle.shown), map(card_of, circle.shown), strict=True)),
        groups=tuple((name, lines) for name, lines in groups if lines),
        others=len(circle.counted),
    )


def rows_of(comparison: Comparison) -> list[list[str]]:
    """The same as a sheet: a line each, editions as columns."""
    heads = [_("What"), *(name for name, _card in comparison.heads), _("Together")]
    lines = [[line.words, *line.cells, line.total] for _name, group in comparison.groups for line in group]
    return [heads, *lines]


def _names(events: Iterable[Event]) -> list[str]:
    """What the editions are called, with the year where two are called alike."""
    lang = language()
    named = [
        (event.edition_label or (event.region.name.wording(lang).text if event.region else ""), event)
        for event in events
    ]
    times = Counter(name for name, _event in named)
    return [
        name if name and times[name] == 1 else f"{name} {local_day(event.starts_at, event.timezone).year}".strip()
        for name, event in named
    ]


def _places(circle: Circle) -> Iterable[Line]:
    cards = [card_of(event) for event in circle.shown]
    yield Line(words=_("Date"), cells=tuple(str(card.when) for card in cards), total="", is_number=False)
    yield Line(words=_("Place"), cells=tuple(card.where for card in cards), total="", is_number=False)
    yield Line(words=_("State"), cells=tuple(str(card.status_words) for card in cards), total="", is_number=False)


def _people(circle: Circle, people: Sequence[Any], present: Mapping[int, int]) -> Iterable[Line]:
    registered: Counter[int] = Counter()
    confirmed: Counter[int] = Counter()
    countries: dict[int, set[str]] = defaultdict(set)
    for event_id, place, country, _type, number in people:
        registered[event_id] += number
        if place is Place.CONFIRMED:
            confirmed[event_id] += number
            countries[event_id].add(country)
    yield _numbers(_("Registered"), circle, registered)
    yield _numbers(_("Confirmed"), circle, confirmed)
    yield _numbers(_("Present"), circle, present)
    everywhere = set().union(*(countries[event_id] for event_id in circle.ids))
    yield Line(
        words=_("Countries of the confirmed"),
        cells=tuple(_countries(countries[event.id]) for event in circle.shown),
        total=_countries(everywhere),
        is_number=False,
    )


def _countries(codes: Collection[str]) -> str:
    return f"{len(codes)} ({', '.join(sorted(codes))})" if codes else "0"


def _types(circle: Circle, people: Sequence[Any]) -> Iterable[Line]:
    found: dict[OrganisationType, Counter[int]] = defaultdict(Counter)
    for event_id, place, _country, kind, number in people:
        if place is Place.CONFIRMED:
            found[kind][event_id] += number
    return [_numbers(say(kind), circle, found[kind]) for kind in OrganisationType if kind in found]


def _practices(circle: Circle, pairs: Collection[tuple[int, int]]) -> Line:
    """One that was presented at several editions is one practice."""
    numbers = Counter(event_id for event_id, _practice in pairs)
    return Line(
        words=_("Practices presented"),
        cells=tuple(str(numbers[event.id]) for event in circle.shown),
        total=str(len({practice for _event, practice in pairs})),
    )


def _averages(circle: Circle, ids: Collection[int]) -> Iterable[Line]:
    """The same question is one with the same code and kind. Editions with too few answers are in no average."""
    forms = queries.feedback_forms(ids)
    values = feedback.values_of([form.id for form in forms])
    labels: dict[tuple[str, Kind], Texts] = {}
    found: dict[tuple[str, Kind], dict[int, Summary]] = defaultdict(dict)
    for form in forms:
        for question in form.questions:
            if question.kind in AVERAGED:
                key = (question.code, question.kind)
                labels.setdefault(key, question.label)
                summary = summarise(question.asked, values.get(question.id, ()), is_anonymous=form.is_anonymous)
                found[key].setdefault(form.event_id, summary)
    return [
        Line(
            words=label.wording(language()).text,
            cells=tuple(_average(found[key].get(event.id)) for event in circle.shown),
            total=_together(found[key].values()),
        )
        for key, label in labels.items()
    ]


def _average(summary: Summary | None) -> str:
    if summary is None:
        return "–"
    if summary.is_hidden:
        return _("too few answers")
    return _mean(summary.mean, summary.answers)


def _together(summaries: Iterable[Summary]) -> str:
    open_ones = [(one.mean, one.answers) for one in summaries if one.mean is not None and not one.is_hidden]
    answers = sum(number for _mean, number in open_ones)
    return _mean(sum(mean * number for mean, number in open_ones) / answers if answers else None, answers)


def _mean(mean: float | None, answers: int) -> str:
    return f"{format_decimal(round(mean, 2))} ({answers})" if mean is not None else "–"


def _numbers(words: str, circle: Circle, numbers: Mapping[int, int]) -> Line:
    return Line(
        words=words,
        cells=tuple(str(numbers.get(event.id, 0)) for event in circle.shown),
        total=str(sum(numbers.get(event_id, 0) for event_id in circle.ids)),
    )
