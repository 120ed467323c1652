"""What hosts were asked and said: for the organiser, for the host, and for mails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from app.agenda.models import AgendaItem
from app.agenda.rules import PhotoPolicy, Protection, clock
from app.events.models import Event
from app.events.presenters import zone_words
from app.invitations.presenters import organiser_names
from app.kernel.date_words import day_with_weekday, day_words, local_day
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.kernel.texts import Texts
from app.subgroups import presenters as groups
from app.visits import queries
from app.visits.days import day_of
from app.visits.gate import AtGate, at_gate
from app.visits.models import HostRequest
from app.visits.presenters.titles import title_of
from app.visits.rules import hosts as rules
from app.visits.rules.hosts import HostState
from app.visits.services.hosts import is_over

TONES = {
    HostState.NOT_ASKED: "",
    HostState.ASKED: "warn",
    HostState.CONFIRMED: "ok",
    HostState.CHANGED: "ok",
    HostState.DECLINED: "bad",
}
USUAL_NOTICE = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostView:
    """How a stop stands with its host. ``told`` is what the host said, ``missing`` what the visit still lacks."""

    state: HostState
    words: str
    tone: str
    about: str
    told: Sequence[str]
    missing: Sequence[str]
    wished: str
    moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPage:
    """What a host sees. ``names`` only while they are due; ``sizes`` are how many want what."""

    event_title: str
    title: str
    when: str
    where: str
    organisers: str
    contact: str
    due: str
    people: int
    groups: Sequence[str]
    sizes: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    names: Sequence[tuple[str, str, str]] | None
    names_from: str
    state: HostState
    is_over: bool
    answered: str


def host_views(event: Event, rows: Sequence[AgendaItem], now: datetime) -> dict[int, HostView]:
    """By item, for every stop."""
    asked = queries.requests_of(event.id)
    today = local_day(now, event.timezone)
    return {row.id: host_view(row, asked.get(row.id), today) for row in rows if row.stop}


def host_view(row: AgendaItem, request: HostRequest | None, today: date) -> HostView:
    state = request.state if request else HostState.NOT_ASKED
    moved = bool(request and request.answered_sequence is not None and request.answered_sequence != row.sequence)
    return HostView(
        state=state,
        words=say(state),
        tone=TONES[state],
        about=_about(request, today) if request else "",
        told=_told(row, request) if request and state in rules.ANSWERED else (),
        missing=_missing(row, request) if request and state in {HostState.CONFIRMED, HostState.CHANGED} else (),
        wished=_wished(row, request) if request else "",
        moved=moved and state in rules.ANSWERED,
    )


def host_page(request: HostRequest, now: datetime) -> HostPage:
    """What a link opens; the caller notes that names were seen."""
    row, event = request.item, request.item.event
    over, day = is_over(event, now), day_of(row)
    stop = row.stop
    is_due = not over and rules.is_due(
        request.names_due_on,
        needs_names=bool(stop and stop.needs_identity),
        today=local_day(now, event.timezone),
        stop_day=day,
    )
    told = AtGate() if over else at_gate(event)
    names_from = request.names_due_on or day
    return HostPage(
        event_title=event.title.wording(language()).text,
        title=title_of(row),
        when=when_of(row),
        where=_where(row),
        organisers=organiser_names(event.id),
        contact=event.contact_email or "",
        due=day_words(request.due_on),
        people=queries.people_with_a_place(event.id),
        groups=[] if over else _groups(event, row),
        sizes=told.totals,
        names=told.people if is_due else None,
        names_from=day_words(names_from) if stop and stop.needs_identity and names_from else "",
        state=request.state,
        is_over=over,
        answered=day_words(local_day(request.answered_at, event.timezone)) if request.answered_at else "",
    )


def answer_values(request: HostRequest) -> Mapping[str, Any]:
    """What the host's form shows: what was said, or else what is planned."""
    stop, day = request.item.stop, day_of(request.item)
    assert stop is not None  # noqa: S101 (only stops have hosts)
    due = request.names_due_on
    if due is None and day and stop.identity_days_before:
        due = day - timedelta(days=stop.identity_days_before)
    return {
        "group_limit": request.wished_limit or stop.group_limit,
        "protective_equipment": list(stop.protective_equipment),
        "photo_policy": stop.photo_policy,
        "needs_nondisclosure": stop.needs_nondisclosure,
        "needs_identity": stop.needs_identity,
        "names_due_on": due,
        "gate": stop.gate,
        "access": request.access,
        "contact_name": request.contact_name or request.name,
        "contact_phone": request.contact_phone,
        "shows_contact": request.shows_contact,
        "note": request.note if request.state is not HostState.DECLINED else "",
        **{f"safety_{lang}": text for lang, text in request.safety.items()},
    }


def ask_values(row: AgendaItem, request: HostRequest | None, now: datetime) -> Mapping[str, Any]:
    """What the form to ask shows: who was asked, or the language of the organiser and a fortnight before the stop."""
    day, today = day_of(row), local_day(now, row.event.timezone)
    if request:
        return {
            "name": request.name,
            "email": request.email,
            "locale": request.locale,
            "due_on": max(request.due_on, today),
        }
    due = max(day - USUAL_NOTICE, today) if day else today + USUAL_NOTICE
    return {"locale": language(), "due_on": due}


def safety_texts(item_ids: Any) -> Mapping[int, Texts]:
    """The safety rules for every page of the agenda."""
    return {item_id: request.safety for item_id, request in queries.hosts_who_said(item_ids).items() if request.safety}


def when_of(row: AgendaItem) -> str:
    """Day and times of a stop on its own clock."""
    day, zone = day_of(row), row.timezone or row.event.timezone
    times = _("%(start)s – %(end)s", start=clock(row.start_minute), end=clock(row.end_minute))
    return _(
        "%(day)s, %(times)s (%(zone)s)",
        day=day_with_weekday(day) if day else _("Day %(number)s", number=row.day + 1),
        times=times,
        zone=zone_words(zone),
    )


def _where(row: AgendaItem) -> str:
    venue = (row.stop.venue if row.stop else None) or row.event.venue
    if venue is None:
        return ""
    parts = (venue.name.wording(language()).text, venue.street, venue.city)
    return ", ".join(part for part in parts if part)


def _about(request: HostRequest, today: date) -> str:
    if request.state is not HostState.ASKED:
        return _("%(name)s, %(email)s", name=request.name, email=request.email) if request.name else ""
    if request.due_on < today:
        return _(
            "No answer from %(name)s, who was asked to answer until %(day)s. Call, or ask once more.",
            name=request.name,
            day=day_words(request.due_on),
        )
    return _("%(name)s is asked to answer until %(day)s.", name=request.name, day=day_words(request.due_on))


def _told(row: AgendaItem, request: HostRequest) -> list[str]:
    """What the host said otherwise, and what it added."""
    stop = row.stop
    assert stop is not None  # noqa: S101 (only stops have hosts)
    limit = stop.group_limit
    wear = ", ".join(say(Protection(code)) for code in stop.protective_equipment)
    changed = {
        "group_limit": _("At most %(limit)s people at once.", limit=limit) if limit else _("No limit of people."),
        "protective_equipment": _("To wear: %(things)s", things=wear) if wear else _("Nothing special to wear."),
        "photo_policy": say(PhotoPolicy(stop.photo_policy)),
        "needs_nondisclosure": _("A non-disclosure agreement is signed.")
        if stop.needs_nondisclosure
        else _("No non-disclosure agreement."),
        "needs_identity": _("Needs the names.") if stop.needs_identity else _("Needs no names."),
        "gate": _("Entrance: %(gate)s", gate=stop.gate) if stop.gate else "",
    }
    said = [changed[name] for name in request.changed if changed.get(name) and not _waits(request, name)]
    meets = ", ".join(part for part in (request.contact_name, request.contact_phone) if part)
    return [
        *said,
        *([_("Meets the group: %(who)s", who=meets)] if meets else []),
        *([_("Names needed on %(day)s.", day=day_words(request.names_due_on))] if request.names_due_on else []),
        *([_("Safety rules: %(languages)s", languages=", ".join(request.safety))] if request.safety else []),
        *([request.access] if request.access else []),
        *([_("“%(note)s”", note=request.note)] if request.note else []),
    ]


def _waits(request: HostRequest, name: str) -> bool:
    return name == "group_limit" and request.wished_limit is not None


def _missing(row: AgendaItem, request: HostRequest) -> list[str]:
    stop = row.stop
    lacks = {
        _("how many at once"): not (stop and stop.group_limit),
        _("who meets the group"): not request.contact_name,
        _("a phone number for the day"): not request.contact_phone,
        _("safety rules"): not request.safety,
    }
    return [words for words, is_missing in lacks.items() if is_missing]


def _wished(row: AgendaItem, request: HostRequest) -> str:
    if request.wished_limit is None or row.stop is None:
        return ""
    return _(
        "The host could have %(wished)s at once; %(limit)s are planned.",
        wished=request.wished_limit,
        limit=row.stop.group_limit,
    )


def _groups(event: Event, row: AgendaItem) -> list[str]:
    """How large the groups are and when each of them comes."""
    found = groups.groups_of(event.id)
    times: dict[int, str] = {}
    for rotation in groups.rotations_of(event, len(found)) if found else ():
        if rotation.day == row.day and rotation.start_minute == row.start_minute:
            here = title_of(row)
            for turn in rotation.turns:
                for place, station in enumerate(turn.stations):
                    if station and station.title == here:
                        times[place] = turn.time
    return [
        _("%(group)s: %(people)s", group=one.words, people=groups.people_words(one.taken))
        + (f" · {times[place]}" if place in times else "")
        for place, one in enumerate(found)
    ]
