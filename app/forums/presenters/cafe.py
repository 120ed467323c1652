"""A world café: its rounds, who sits where, what was noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.models import AgendaItem
from app.agenda.rules import clock
from app.events.presenters import place_line, when
from app.forums import links
from app.forums.models import Cafe, CafeNote, CafeTable
from app.forums.presenters.papers import funding
from app.forums.queries import cafe as queries
from app.forums.queries import parts
from app.forums.queries.parts import Participant
from app.forums.rules import cafe as rules
from app.forums.rules.cafe import NoteTag
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Wording
from app.printing import qr_drawing
from app.registration.rules import Place

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round: ``time`` on the clocks of the event."""

    number: int
    time: str
    question: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table: who stays, its link, and who comes in each round (empty without a plan)."""

    id: int
    number: int
    host: str
    host_id: int | None
    host_name: str
    url: str
    guests: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Somebody with a seat, and the number of the table in each round; ``is_host``: the same in all of them."""

    name: str
    organisation: str
    tables: tuple[int, ...]
    is_host: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    id: int
    round: int
    table: int
    tag: NoteTag
    tag_words: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CafeView:
    """Everything about a café. ``late`` have no seat yet, ``gone`` have one and are not among the people."""

    rounds: tuple[RoundView, ...]
    tables: tuple[TableView, ...]
    people: tuple[PersonView, ...]
    late: int
    gone: int
    repeats: int
    fewest: int
    is_seated: bool
    only_present: bool
    too_long_by: int  # minutes that the rounds take beyond the part of the agenda

    @property
    def is_settled(self) -> bool:
        return self.is_seated and not self.late and not self.gone


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSeat:
    """A round as a guest sees it; ``table`` is None where there is no seat."""

    round: RoundView
    table: int | None


def view_of(cafe: Cafe, item: AgendaItem) -> CafeView:
    """A café for its organiser: seven queries, however many people there are."""
    plan = queries.seating(cafe)
    invited = {one.id: one for one in parts.taking_part(cafe.event_id, cafe.item_id, only_present=cafe.only_present)}
    hosts = {table.host_id for table in cafe.tables if table.host_id}
    guests = set(invited) - hosts
    missing = plan.guests - set(invited)
    names = invited | {one.id: one for one in parts.confirmed(cafe.event_id, missing)} if missing else invited
    counted = len(plan.guests)
    return CafeView(
        rounds=rounds_of(cafe, item),
        tables=tuple(_table(table, place, plan, names) for place, table in enumerate(cafe.tables)),
        people=tuple(_people(cafe, plan, names)),
        late=len(guests - plan.guests) if cafe.seated_at else 0,
        gone=len(plan.guests - guests),
        repeats=rules.repeats(plan),
        fewest=rules.fewest_repeats(counted, tables=plan.tables, rounds=len(plan.rounds)) if counted else 0,
        is_seated=cafe.seated_at is not None,
        only_present=cafe.only_present,
        too_long_by=max(0, len(cafe.rounds) * cafe.round_minutes - (item.end_minute - item.start_minute)),
    )


def rounds_of(cafe: Cafe, item: AgendaItem) -> tuple[RoundView, ...]:
    """The rounds one behind the other from the beginning of the part."""
    lang = language()
    return tuple(
        RoundView(
            number=one.number,
            time=_span(item.start_minute + place * cafe.round_minutes, cafe.round_minutes),
            question=one.question.wording(lang),
        )
        for place, one in enumerate(cafe.rounds)
    )


def own_seats(cafe: Cafe, item: AgendaItem, registration_id: int) -> tuple[OwnSeat, ...]:
    """Where a guest sits in each round; a host at the own table in all of them."""
    numbers = {table.id: table.number for table in cafe.tables}
    hosted = next((table.number for table in cafe.tables if table.host_id == registration_id), None)
    seats = queries.seats_of(cafe.item_id, registration_id)
    return tuple(
        OwnSeat(round=one, table=hosted or numbers.get(seats.get(one.number, 0))) for one in rounds_of(cafe, item)
    )


def notes_of(notes: Iterable[CafeNote], numbers: Mapping[int, int]) -> list[NoteView]:
    """Notes to read; ``numbers`` of the tables by their id."""
    return [
        NoteView(
            id=one.id,
            round=one.round,
            table=numbers[one.table_id],
            tag=one.tag,
            tag_words=say(one.tag),
            text=one.text,
        )
        for one in notes
    ]


def numbers_of(cafe: Cafe) -> dict[int, int]:
    return {table.id: table.number for table in cafe.tables}


def host_of(table: CafeTable) -> str:
    """Who stays at a table; empty where nobody is named, or has given the place back."""
    if table.host is None:
        return table.host_name
    has_place = table.host.place is Place.CONFIRMED
    return f"{table.host.given_name} {table.host.family_name}".strip() if has_place else ""


def repeats_words(count: int, fewest: int) -> str:
    """What the plan is worth."""
    if not count:
        return _("Nobody meets twice.")
    words = ngettext("%(num)d pair meets again.", "%(num)d pairs meet again.", count)
    if count <= fewest:
        return _("%(repeats)s With so many people, tables and rounds no plan has fewer.", repeats=words)
    return _("%(repeats)s No plan can have fewer than %(fewest)s.", repeats=words, fewest=fewest)


def plan_paper(cafe: Cafe, item: AgendaItem) -> Data:
    """The plan by person and by table, and a card for each table with its code."""
    event, view = item.event, view_of(cafe, item)
    title = event.title.wording(language()).text
    name = item.title.wording(language()).text or say(item.kind)
    return {
        "title": _("%(paper)s: %(event)s", paper=_("Seating plan"), event=title),
        "lang": language(),
        "name": _("Seating plan"),
        "foot": " · ".join((_("Seating plan"), title, when(event).days)),
        "event": {"title": name, "kind": str(event.kind), "when": str(when(event)), "place": place_line(event)},
        "funding": funding(event),
        "by_person": _("By person"),
        "columns": [_("Name"), _("Organisation"), *(round_words(one.number) for one in view.rounds)],
        "rows": [
            {"name": one.name, "organisation": one.organisation, "tables": [str(table) for table in one.tables]}
            for one in view.people
        ],
        "nobody": _("Nobody has a seat yet."),
        "questions": [_question(one) for one in view.rounds],
        "code_words": _("Write notes on the phone"),
        "cards": [_card(one, view.rounds) for one in view.tables],
    }


def round_words(number: int) -> str:
    return _("Round %(number)s", number=number)


def table_words(number: int) -> str:
    return _("Table %(number)s", number=number)


def _question(one: RoundView) -> Data:
    return {"name": round_words(one.number), "time": one.time, "question": one.question.text}


def _card(table: TableView, rounds: Sequence[RoundView]) -> Data:
    return {
        "name": table_words(table.number),
        "host": _("Host: %(name)s", name=table.host) if table.host else _("Host: not named yet"),
        "code": qr_drawing(table.url),
        "rounds": [
            _question(one) | {"guests": ", ".join(guests)} for one, guests in zip(rounds, table.guests, strict=True)
        ],
    }


def _table(table: CafeTable, place: int, plan: rules.Seating, names: Mapping[int, Participant]) -> TableView:
    return TableView(
        id=table.id,
        number=table.number,
        host=host_of(table),
        host_id=table.host_id,
        host_name=table.host_name,
        url=links.url(table),
        guests=tuple(
            tuple(one.full_name for key, one in names.items() if seats.get(key) == place) for seats in plan.rounds
        ),
    )


def _people(cafe: Cafe, plan: rules.Seating, names: Mapping[int, Participant]) -> list[PersonView]:
    hosted = {table.host_id: table.number for table in cafe.tables if table.host_id in names}
    where = {one: tuple(cafe.tables[seats[one]].number for seats in plan.rounds) for one in plan.guests}
    where |= {one: (number,) * len(plan.rounds) for one, number in hosted.items() if one and cafe.seated_at}
    seated = sorted(
        (one for key, one in names.items() if key in where),
        key=lambda one: (one.family_name.casefold(), one.given_name.casefold(), one.id),
    )
    return [
        PersonView(name=one.full_name, organisation=one.organisation, tables=where[one.id], is_host=one.id in hosted)
        for one in seated
    ]


def _span(start: int, minutes: int) -> str:
    return _("%(start)s – %(end)s", start=clock(start), end=clock(start + minutes))
