"""What the organiser's pages show of people, quotas and tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.models import AgendaItem
from app.agenda.rules import clock
from app.events.models import Event
from app.kernel.date_words import clock_time, local_day, short_day
from app.kernel.dates import shown_zone
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.mail.queries import not_arriving
from app.network.actors import Actor
from app.network.rules import OrganisationType
from app.questions.presenters import in_words
from app.questions.rules import Kind
from app.registration import queries
from app.registration.errors import DoesNotFit
from app.registration.models import Allotment, Quota, Registration
from app.registration.queries import managing
from app.registration.queries.managing import ItemLine
from app.registration.rules import ItemStanding, Place, QuotaKind
from app.registration.services.bulk import Decision
from app.registration.services.opening_files import readable_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody on the list. ``until``: how long an offer stands, on the event's clocks."""

    registration: Registration
    position: int | None = None
    until: str = ""
    companions: tuple[str, ...] = ()
    quota: str = ""
    delegation: str = ""
    bounces: bool = False
    items: tuple[tuple[str, ItemStanding, int | None], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.registration.given_name} {self.registration.family_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """Something that happened to a registration: when, what, by whom if not by itself, why."""

    at: datetime
    words: str
    what: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """A quota with how full it is; ``waiting`` have a claim to it. ``releases_typed`` as a form takes it."""

    quota: Quota
    name: str
    size: int
    used: int
    waiting: int
    releases: str
    releases_typed: str
    released: str

    @property
    def left(self) -> int:
        return max(0, self.size - self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A part of the agenda that takes sign-ups, and who sits and waits there, in order."""

    item: AgendaItem
    title: str
    when: str
    allotment: Allotment
    seated: tuple[PersonRow, ...]
    queued: tuple[PersonRow, ...]
    wanted: tuple[PersonRow, ...]

    @property
    def seats_taken(self) -> int:
        return sum(row.registration.seats for row in self.seated)

    @property
    def left(self) -> int:
        """Places that nobody has; 0 without a limit."""
        return max(0, (self.allotment.capacity or 0) - self.seats_taken)

    @property
    def is_held_up(self) -> bool:
        """Places are free, and all the same somebody waits: the first in the queue brings more people than fit."""
        return bool(self.left and self.queued)


def moment_words(at: datetime | None, event: Event) -> str:
    """Day and time on the clocks of the event; empty for None."""
    return f"{short_day(local_day(at, event.timezone))}, {clock_time(at, event.timezone)}" if at else ""


def _typed(at: datetime | None, event: Event) -> str:
    return f"{at.astimezone(shown_zone(event.timezone)):%Y-%m-%dT%H:%M}" if at else ""


def rows_of(event: Event, people: Sequence[Registration]) -> list[PersonRow]:
    """People with everything that the list says of them, in a fixed number of queries."""
    ids = [one.id for one in people]
    if not ids:
        return []
    positions = managing.positions(people[0].allotment_id, ids)
    companions = managing.companions_of(ids)
    delegations = managing.organisation_names({one.delegation_id for one in people if one.delegation_id})
    quotas = quota_names(event, queries.quotas_of(event.id))
    bounced = not_arriving(one.email_key for one in people)
    items = items_by_person(event, ids)
    return [
        PersonRow(
            registration=one,
            position=positions.get(one.id),
            until=moment_words(one.offer_expires_at, event),
            companions=tuple(companions.get(one.id, ())),
            quota=quotas.get(one.seat_quota_id or one.claim_id or 0, ""),
            delegation=delegations.get(one.delegation_id or 0, ""),
            bounces=one.email_key in bounced,
            items=tuple(items.get(one.id, ())),
        )
        for one in people
    ]


def items_by_person(
    event: Event, ids: Collection[int] | None = None
) -> dict[int, list[tuple[str, ItemStanding, int | None]]]:
    """The tables of each person: title, standing, place in that queue."""
    lines = managing.item_lines(event.id, ids)
    if not lines:
        return {}
    titles = {item.id: title_of(item) for item in managing.agenda_of(event.id)}
    found: dict[int, list[tuple[str, ItemStanding, int | None]]] = {}
    for line in lines:
        found.setdefault(line.registration_id, []).append((titles[line.item_id], line.standing, line.queue))
    return found


def title_of(item: AgendaItem) -> str:
    return item.title.wording(language()).text or say(item.kind)


def quota_names(event: Event, quotas: Sequence[Quota]) -> dict[int, str]:
    """For whom each quota is kept, in words."""
    regions = managing.region_names({one.region_code for one in quotas if one.region_code})
    return {one.id: _quota_name(one, regions) for one in quotas}


def _quota_name(quota: Quota, regions: Mapping[str, Any]) -> str:
    match quota.kind:
        case QuotaKind.REGION if quota.region_code:
            return str(regions[quota.region_code].wording(language()).text)
        case QuotaKind.ORGANISATION_TYPE if quota.org_type:
            return say(OrganisationType(quota.org_type))
        case _:
            return quota.organisation.name if quota.organisation else ""


def quota_lines(event: Event) -> list[QuotaLine]:
    quotas = queries.quotas_of(event.id)
    if not quotas:
        return []
    names, use = quota_names(event, quotas), managing.quota_use(event.id)
    return [
        QuotaLine(
            quota=one,
            name=names[one.id],
            size=one.allotment.capacity or 0,
            used=use[one.id].used,
            waiting=use[one.id].waiting,
            releases=moment_words(one.releases_at, event),
            releases_typed=_typed(one.releases_at, event),
            released=moment_words(one.released_at, event),
        )
        for one in quotas
    ]


def history_of(event: Event, registration: Registration) -> list[ChangeLine]:
    """Every change of a registration in its order: moves to other places, and data that was mended."""
    notes = managing.notes_on(registration.id)
    accounts = [*(one.account_id for one in registration.changes), *(one.account_id for one in notes)]
    actors = {one for one in accounts if one is not None}
    by = managing.account_names(actors) if actors else {}
    lines = [
        ChangeLine(
            at=one.at,
            words=moment_words(one.at, event),
            what=say(one.verb),
            by=by.get(one.account_id or 0, ""),
            reason=one.reason or "",
        )
        for one in registration.changes
    ]
    lines += [
        ChangeLine(
            at=one.at, words=moment_words(one.at, event), what=say(one.action), by=by.get(one.account_id or 0, "")
        )
        for one in notes
        if one.action in {"registration_mended", "item_changed", "replaced"}
    ]
    return sorted(lines, key=lambda line: line.at)


@dataclass(frozen=True, slots=True)
class GivenWords:
    """A question and its answer in words; ``file_of``: the question whose file can be opened."""

    question: str
    answer: str
    file_of: int | None = None


def answers_of(event: Event, registration: Registration, actor: Actor) -> list[GivenWords]:
    """What somebody answered, as far as the actor reads it."""
    questions = readable_questions(event, actor)
    given = managing.answers_to([one.id for one in questions], registration.id) if questions else {}
    lang = language()
    words = [(one, in_words(one.asked, given.get((registration.id, one.id)), lang)) for one in questions]
    return [
        GivenWords(one.label.wording(lang).text, said, one.id if one.kind is Kind.FILE else None)
        for one, said in words
        if said
    ]


def tables_of(event: Event, item_id: int | None = None) -> list[Table]:
    """The parts of the agenda that take sign-ups, with their people; one of them only, if named."""
    allotments = [one for one in queries.sign_ups(event.id) if item_id in {None, one.agenda_item_id}]
    lines = managing.item_lines(event.id)
    people = managing.names_at(event.id, {line.registration_id for line in lines})
    return [_table(one, one.item, lines, people) for one in allotments if one.item is not None]


def _table(
    allotment: Allotment, item: AgendaItem, lines: Sequence[ItemLine], people: Mapping[int, Registration]
) -> Table:
    by_standing: dict[ItemStanding, list[PersonRow]] = {standing: [] for standing in ItemStanding}
    for line in lines:
        if line.item_id == item.id:
            row = PersonRow(registration=people[line.registration_id], position=line.queue)
            by_standing[line.standing].append(row)
    return Table(
        item=item,
        title=title_of(item),
        when=_when(item),
        allotment=allotment,
        seated=tuple(by_standing[ItemStanding.SEATED]),
        queued=tuple(by_standing[ItemStanding.QUEUED]),
        wanted=tuple(by_standing[ItemStanding.WANTED]),
    )


def _when(item: AgendaItem) -> str:
    """On the clocks that the agenda is written for; the first day needs no number."""
    hours = f"{clock(item.start_minute)}–{clock(item.end_minute)}"
    return _("Day %(day)s, %(hours)s", day=item.day + 1, hours=hours) if item.day else hours


_MOST_NAMED = 5


def does_not_fit_words(refusal: DoesNotFit, decision: Decision) -> str:
    """Who of the chosen stands in the way of a decision, where they stand, and what to do."""
    people: list[tuple[str, Place]] = refusal.details["people"]  # type: ignore[assignment]
    named = [_("%(name)s (%(place)s)", name=name, place=say(place)) for name, place in people[:_MOST_NAMED]]
    names, more = ", ".join(named), len(people) - _MOST_NAMED
    if more > 0:
        names = ngettext("%(names)s and %(num)d more", "%(names)s and %(num)d more", more, names=names)
    if refusal.details["chosen"] == 1:
        return " ".join((_("Nothing was changed: %(names)s.", names=names), _whom_it_fits(decision)))
    what_to_do = _("Nobody was changed. Take the tick off %(names)s, then press the button again.", names=names)
    return " ".join((what_to_do, _whom_it_fits(decision)))


def _whom_it_fits(decision: Decision) -> str:
    match decision:
        case Decision.APPROVE:
            return _("Only who waits for approval can be approved.")
        case Decision.REJECT:
            return _("Only who has no place yet can be turned away; whoever has one, by “Take the place back”.")
        case Decision.PROMOTE:
            return _("Only who waits for approval or for a place, or was offered one, can be given a place.")
        case Decision.PUT_FORWARD:
            return _("Only who is on the waiting list can be put at its head.")
        case Decision.REMOVE:
            return _("Only who is still registered can lose the place.")
