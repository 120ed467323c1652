"""The roadbook of one participant: the same for the page, which also opens without network, and for the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.agenda.presenters import AgendaDay, ShownItem, agenda_of
from app.events import queries as events
from app.events.models import Event
from app.events.presenters import place_line, when
from app.kernel.i18n import language
from app.kernel.texts import Wording
from app.printing import emblem_file
from app.questions.models import Question
from app.questions.presenters import in_words
from app.questions.rules import Kind
from app.registration import queries as registrations
from app.registration.models import Registration
from app.registration.own_parts import OwnPart
from app.registration.rules import Place
from app.subgroups.presenters import OwnGroup, group_of
from app.visits import queries
from app.visits.models import HostRequest

Data = dict[str, Any]
COUNTED = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.NUMBER})
NO_WORDS = Wording("", "", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry. ``facts`` are short lines, in the order in which somebody on the way needs them."""

    anchor: str
    starts: str
    ends: str
    instant: str
    title: Wording
    is_leg: bool
    is_pause: bool
    abstract: Wording
    facts: Sequence[str]
    safety: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadbook:
    """``own`` are what the participant said, as label and answer; ``emergency`` is empty where nobody was named."""

    event: Event
    title: Wording
    when: str
    place: str
    zone: str
    name: str
    organisation: str
    days: Sequence[Day]
    group: OwnGroup | None
    own: Sequence[tuple[str, str]]
    emergency: str
    contact: str


def own_part(registration: Registration, now: datetime) -> OwnPart | None:
    """The roadbook on a participant's own page, of an event that has stops or legs."""
    event = registration.allotment.event
    if registration.place is not Place.CONFIRMED or not queries.has_itinerary(event.id):
        return None
    return OwnPart(name="roadbook", template="visits/_own.html")


def roadbook_of(registration: Registration) -> Roadbook:
    """Everything that one participant needs on the way."""
    event = events.whole_event(registration.allotment.event_id)
    agenda = agenda_of(event, language=language())
    said = queries.hosts_who_said([item.id for day in agenda.days for item in day.items])
    helper = queries.emergency_of(event.id)
    return Roadbook(
        event=event,
        title=event.title.wording(language()),
        when=str(when(event)),
        place=place_line(event),
        zone=agenda.zone_words,
        name=f"{registration.given_name} {registration.family_name}",
        organisation=registration.organisation,
        days=[_day(day, said) for day in agenda.days],
        group=group_of(event, registration.id),
        own=_own(registration),
        emergency=_both(helper.name, helper.phone) if helper else "",
        contact=event.contact_email or "",
    )


def paper_of(book: Roadbook) -> Data:
    """The roadbook as the template of the paper takes it."""
    event = book.event
    return {
        "title": _("%(paper)s: %(event)s", paper=_("Roadbook"), event=book.title.text),
        "lang": language(),
        "foot": " · ".join((_("Roadbook"), book.title.text, book.name)),
        "name": _("Roadbook"),
        "event": {"title": book.title.text, "kind": str(event.kind), "when": book.when, "place": book.place},
        "funding": _funding(event),
        "for_whom": _both(book.name, book.organisation),
        "zone": _("Times: %(zone)s", zone=book.zone),
        "empty": _("The agenda is not out yet."),
        "days": [{"heading": day.heading, "lines": [_paper_line(line) for line in day.lines]} for day in book.days],
        "safety_words": _("Safety rules of the host"),
        "parts": _parts(book),
    }


def _parts(book: Roadbook) -> list[Data]:
    """What stands beside the days: whom to call, the group, what was said at registration."""
    parts = []
    if book.emergency:
        parts.append({"name": _("In an emergency"), "rows": [{"label": _("Call"), "words": book.emergency}]})
    if book.contact:
        parts.append({"name": _("Organiser"), "rows": [{"label": _("E-mail"), "words": book.contact}]})
    if book.group:
        guide = [{"label": _("Guide"), "words": book.group.guide}] if book.group.guide else []
        way = [{"label": time, "words": _both(title, where)} for time, title, where in book.group.stops]
        parts.append({"name": book.group.words, "rows": [*guide, *way]})
    if book.own:
        rows = [{"label": label, "words": words} for label, words in book.own]
        parts.append({"name": _("What you told us"), "rows": rows})
    return parts


def _paper_line(line: Line) -> Data:
    return {
        "starts": line.starts,
        "ends": line.ends,
        "title": line.title.text,
        "leg": line.is_leg,
        "abstract": line.abstract.text,
        "facts": list(line.facts),
        "safety": line.safety.text,
    }


def _day(day: AgendaDay, said: Mapping[int, HostRequest]) -> Day:
    return Day(heading=day.heading, lines=[_line(item, said.get(item.id)) for item in day.items])


def _line(item: ShownItem, said: HostRequest | None) -> Line:
    return Line(
        anchor=item.anchor,
        starts=item.starts,
        ends=item.leg.arrives if item.leg else item.ends,
        instant=item.instant,
        title=item.title or Wording(item.leg.travel if item.leg else item.kind_words, language(), False),
        is_leg=item.leg is not None,
        is_pause=item.is_pause,
        abstract=item.abstract,
        facts=[fact for fact in (*_leg_facts(item), *_stop_facts(item, said)) if fact],
        safety=item.stop.safety if item.stop else NO_WORDS,
    )


def _leg_facts(item: ShownItem) -> list[str]:
    leg = item.leg
    if leg is None:
        return [item.place, item.zone_note or ""]
    return [
        leg.travel if item.title else "",
        _("%(start)s to %(end)s", start=leg.departs_from, end=leg.arrives_at)
        if leg.departs_from and leg.arrives_at
        else "",
        _("Departs on %(zone)s", zone=item.zone_note) if item.zone_note else "",
        _("Arrives %(time)s on the clock there", time=leg.arrives) if leg.arrives != item.ends else "",
        _("Meet: %(place)s", place=leg.meeting_point) if leg.meeting_point else "",
        _("Operator: %(name)s", name=leg.operator) if leg.operator else "",
    ]


def _stop_facts(item: ShownItem, said: HostRequest | None) -> list[str]:
    stop = item.stop
    if stop is None:
        return []
    where = _both(stop.venue.words if stop.venue else "", stop.address)
    contact = _both(said.contact_name, said.contact_phone) if said and said.shows_contact else ""
    return [
        where,
        _("Entrance: %(gate)s", gate=stop.gate) if stop.gate else "",
        said.access if said else "",
        _("Host: %(name)s", name=stop.host.words) if stop.host else "",
        _("Meets you: %(who)s", who=contact) if contact else "",
        _("Bring or wear: %(things)s", things=", ".join(stop.bring)) if stop.bring else "",
        stop.identity or "",
        _("You sign a non-disclosure agreement at the gate.") if stop.needs_nondisclosure else "",
        stop.photos,
    ]


def _own(registration: Registration) -> list[tuple[str, str]]:
    """Diet, needs, and what was answered."""
    lang = language()
    answers = [
        (one.question.label.wording(lang).text, in_words(one.question.asked, one.value, lang))
        for one in registrations.answers_of(registration.id).values()
        if one.erased_at is None and one.value is not None and _may_lie_about(one.question)
    ]
    known = [(_("Diet"), registration.diet or ""), (_("Access"), registration.access or ""), *answers]
    return [(label, words) for label, words in known if words]


def _may_lie_about(question: Question) -> bool:
    """Neither files nor the words that are erased on a day of their own, numbers of documents say: paper stays."""
    return question.kind is not Kind.FILE and (question.erased_after_days is None or question.kind in COUNTED)


def _both(first: str, second: str) -> str:
    return ", ".join(part for part in (first, second) if part)


def _funding(event: Event) -> Data | None:
    programme = event.project.programme if event.project else None
    if programme is None or event.project is None:
        return None
    sentence = programme.funding_sentence.wording(language()).text
    project = _("Project: %(project)s", project=event.project.acronym)
    return {
        "emblem": emblem_file(programme.emblem),
        "name": programme.name.wording(language()).text,
        "sentence": " ".join(part for part in (sentence, project) if part),
    }
