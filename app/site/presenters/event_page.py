"""The page of an event: first when, where, whether there is a place and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from app.agenda.presenters import Agenda, agenda_of
from app.events.models import Event
from app.events.permissions import may_manage
from app.events.presenters import When, kind_words, when_of, where_line
from app.events.rules import Audience, Filter, Kind, Status
from app.events.services.access import organising_ids
from app.feeds.presenters import page_of
from app.kernel.dates import DatePrecision
from app.kernel.markdown import markdown
from app.kernel.phrases import say
from app.kernel.texts import Texts, Wording
from app.materials.presenters import MaterialLine, materials_of
from app.materials.viewers import viewer_of
from app.network.actors import Actor
from app.network.panels import Panel, panels_of
from app.planning.queries import count_releases
from app.practices.rules import Act
from app.registration.presenters import SeatsView
from app.registration.queries import ShownSeats, shown_seats
from app.registration.rules import Window
from app.registration.services.delegating import may_send_to
from app.site import queries
from app.site.presenters import seats as places
from app.site.presenters.dates import joined, language_name, moment_words
from app.site.presenters.lines import next_change
from app.site.presenters.people import Attendance, PersonLine, RoleGroup, attendance, named_persons, roles
from app.site.presenters.structured import structured
from app.speakers.presenters import ShownSpeaker, speakers_shown
from app.walls.rules import State, standing
from app.walls.timetable import occasion_of

BEFORE_IT_HAPPENS = frozenset({Status.PUBLISHED, Status.POSTPONED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What a programme wants seen on every page of its events, and on no other."""

    programme: Wording
    emblem: str
    sentence: Wording
    project: str
    project_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeLine:
    url: str
    title: Wording
    acts: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Everything that the page of an event shows; texts are in the reader's language, or say in which they are."""

    slug: str
    kind: Kind
    kind_words: str
    status: Status
    reason: str
    title: Wording
    summary: Wording
    description: Wording
    description_html: Markup
    when: When
    where: str
    venue_url: str
    online_url: str
    cost: Wording
    spoken: str
    audience: str
    is_by_invitation: bool
    is_over: bool
    is_today: bool
    is_listed: bool
    is_demonstration: bool
    may_manage: bool
    may_send: bool  # a delegation
    has_entry: bool
    seats: SeatsView | None
    deadline: str
    next_step: places.NextStep
    agenda: Agenda
    expects_agenda: bool
    roles: list[RoleGroup]
    attendance: Attendance
    persons: list[PersonLine]
    speakers: list[ShownSpeaker]  # who agreed to be shown
    releases: int  # of the agenda
    practices: list[PracticeLine]
    materials: list[MaterialLine]
    sectors: list[tuple[str, Wording]]
    groups: list[tuple[str, Wording]]
    project: tuple[str, str, Wording] | None
    phase: str
    series: tuple[str, Wording] | None
    edition: str
    contact: str
    funding: Funding | None
    subscribe_to: tuple[str, str]
    structured: dict[str, Any] | None  # for search engines
    panels: list[Panel]  # what higher rooms add
    seats_by_id: Mapping[int, ShownSeats]
    changes_at: datetime | None


def event_page(event: Event, actor: Actor, now: datetime, language: str) -> EventPage:
    """The page of an event that ``event_for_page`` loaded."""
    shown = shown_seats([event.id])
    venue, step = event.venue, places.next_step(event, shown.get(event.id), now)
    seats_view = places.view(event, shown[event.id], now) if event.id in shown else None
    organisations = queries.organisations_at(event.id)
    return EventPage(
        slug=event.slug,
        kind=event.kind,
        kind_words=kind_words(event.kind, event.sub_format),
        status=event.status,
        reason=event.status_reason or "",
        title=event.title.wording(language),
        summary=event.summary.wording(language),
        description=event.description.wording(language),
        description_html=markdown(event.description.wording(language).text),
        when=when_of(event.starts_at, event.ends_at, event.timezone, event.date_precision),
        where=_where(event),
        venue_url=f"/venues/{venue.slug}" if venue else "",
        online_url=_link_for_everybody(event),
        cost=event.cost_note.wording(language),
        spoken=joined([language_name(spoken.language, language) for spoken in event.languages], language),
        audience=say(event.audience),
        is_by_invitation=event.audience is Audience.INVITED,
        is_over=step.window is Window.PAST,
        is_today=standing(occasion_of(event), (), now).state is State.TODAY,
        is_listed=event.on_lists,
        is_demonstration=event.demonstration,
        may_manage=may_manage(actor, organising_ids(event)),
        may_send=event.status is Status.PUBLISHED and now < event.ends_at and may_send_to(event, actor),
        has_entry=event.on_lists and event.date_precision is DatePrecision.DAY,
        seats=seats_view if seats_view and seats_view.state in places.WITH_PLACES else None,
        deadline=moment_words(seats_view.closes_at, event.timezone) if seats_view else "",
        next_step=step,
        agenda=agenda_of(event, language=language),
        expects_agenda=event.status is Status.PUBLISHED and step.window is not Window.PAST,
        roles=roles(organisations),
        attendance=attendance(organisations, event.region_code),
        persons=named_persons(event.persons),
        speakers=speakers_shown(event),
        releases=count_releases(event.id),
        practices=_practices(event.id, language),
        materials=materials_of(event.id, viewer_of(event, actor)),
        sectors=[(sector.id, sector.name.wording(language)) for sector in event.sectors],
        groups=[(group.slug, group.name.wording(language)) for group in event.groups],
        project=_project(event, language),
        phase=_phase(event, language),
        series=(event.series.slug, event.series.title.wording(language)) if event.series else None,
        edition=event.edition_label or "",
        contact=event.contact_email or "",
        funding=_funding(event, language),
        subscribe_to=_collection(event, language),
        structured=structured(event, places.view(event, shown.get(event.id), now), language),
        seats_by_id=shown,
        changes_at=next_change([event], shown, now),
        panels=panels_of("event", event),
    )


def _where(event: Event) -> str:
    venue = event.venue
    if venue is None:
        return where_line(event.format, None, None, None)
    return where_line(event.format, venue.name, venue.city, venue.country.name)


def _link_for_everybody(event: Event) -> str:
    """The link to take part online: only where no registration stands before it."""
    return event.online_url or "" if event.audience is Audience.PUBLIC and event.status in BEFORE_IT_HAPPENS else ""


def _practices(event_id: int, language: str) -> list[PracticeLine]:
    lines: dict[str, PracticeLine] = {}
    for slug, title, act in sorted(queries.practices_at(event_id), key=lambda row: list(Act).index(row.act)):
        empty = PracticeLine(url=f"/practices/{slug}", title=title.wording(language), acts=[])
        acts = lines.setdefault(slug, empty).acts
        if say(act) not in acts:
            acts.append(say(act))
    return list(lines.values())


def _project(event: Event, language: str) -> tuple[str, str, Wording] | None:
    if event.project is None:
        return None
    return f"/projects/{event.project.slug}", event.project.acronym, event.project.title.wording(language)


def _phase(event: Event, language: str) -> str:
    if event.phase is None:
        return ""
    name = event.phase.name.wording(language).text
    return str(_("Phase %(number)s: %(name)s", number=event.phase.number, name=name))


def _funding(event: Event, language: str) -> Funding | None:
    programme = event.project.programme if event.project else None
    if event.project is None or programme is None:
        return None
    return Funding(
        programme=programme.name.wording(language),
        emblem=programme.emblem,
        sentence=programme.funding_sentence.wording(language),
        project=event.project.acronym,
        project_url=f"/projects/{event.project.slug}",
    )


def _collection(event: Event, language: str) -> tuple[str, str]:
    """The list worth subscribing to from here: that of the event's group, else of its sector, else of its kind."""

    def words(name: Texts) -> str:
        return name.wording(language).text

    if event.groups:
        return page_of(Filter(group=event.groups[0].slug)), words(event.groups[0].name)
    if event.sectors:
        return page_of(Filter(sector=event.sectors[0].id)), words(event.sectors[0].name)
    return page_of(Filter(kind=event.kind)), say(event.kind)
