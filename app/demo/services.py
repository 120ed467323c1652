"""Fills an empty house with the demonstration, through the verbs that everybody uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, count, repeat

from sqlalchemy import select

from app.demo import accounts, forum_data, people
from app.demo.agenda_data import load_agenda
from app.demo.board_data import load_board
from app.demo.calendar import thursday_before_clock_change, working_day
from app.demo.calendar_data import load_calendars, load_sites
from app.demo.diary_data import load_diaries
from app.demo.event_data import EVENTS, DemoEvent
from app.demo.feedback_data import load_feedback
from app.demo.group_data import load_groups
from app.demo.guest_data import load_guests
from app.demo.ids import DemoIds
from app.demo.mailing_data import load_mailings
from app.demo.material_data import load_materials
from app.demo.meeting_data import load_meetings
from app.demo.need_data import load_needs
from app.demo.network_data import load_network
from app.demo.plan_data import load_plan
from app.demo.practice_data import load_practices
from app.demo.presence_data import load_presence
from app.demo.profile_data import load_profiles
from app.demo.queries import people_with_place
from app.demo.question_data import load_answers, load_questions
from app.demo.queue_data import load_queue
from app.demo.seat_data import prepare_seats, wishes
from app.demo.service_data import load_services
from app.demo.speaker_data import load_speakers
from app.demo.story_data import load_stories
from app.demo.strategy_data import load_strategies
from app.demo.study_data import load_studies
from app.demo.venue_data import VENUES, load_venues
from app.events import queries as events
from app.events import services as event_verbs
from app.events.models import Event
from app.events.rules import Format, Kind
from app.events.services import EventInput
from app.kernel.dates import DatePrecision, instant
from app.kernel.db import db, transactional
from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.registration.inputs import Application, SeatsInput
from app.registration.rules import Place
from app.registration.services import joining, leaving, seats

BEFORE_EVERYTHING = timedelta(days=240)
REGISTERED = timedelta(days=12)  # before today, or before an event that is over


@transactional
def load(now: datetime) -> None:
    """Everything of the demonstration, or nothing of it; for an empty database."""
    network = load_network(now)
    ids = DemoIds(network=network, venues=load_venues(network.organisations, now))
    accounts.load_accounts(network.persons, now)
    series_id = _load_series(ids, now)
    numbers, made = count(1), dict[str, int]()
    for key, data in EVENTS.items():
        event_id = _plan(key, data, ids, series_id, now)
        starts_at = events.event(event_id).starts_at
        prepare_seats(key, event_id, ids, starts_at, min(now, starts_at) - REGISTERED)
        _register(key, event_id, data, numbers, min(now, starts_at) - REGISTERED)
        _live_through(event_id, data, ids, series_id, now)
        made[key] = event_id
    for key, event_id in made.items():
        _go_on(key, event_id, ids, now)
    load_practices(ids, now)
    load_studies(ids, now)
    load_stories(made, ids, now)
    load_board(ids, now)
    forum_data.load_forum(made[forum_data.EVENT], now)
    forum_data.load_cards(made[forum_data.NETWORKING], now)
    load_services(ids, load_needs(ids, made, now), now)
    load_profiles(ids, now)
    load_strategies(ids, made, now)
    load_sites(now)


def is_empty() -> bool:
    """Whether nobody has put anything into this house yet."""
    return db.session.scalar(select(Event.id).limit(1)) is None


def _go_on(key: str, event_id: int, ids: DemoIds, now: datetime) -> None:
    """What has happened around the places since then, at those events that show it."""
    load_guests(key, event_id, ids, now - REGISTERED)
    load_queue(key, event_id, now)
    load_answers(key, event_id, now)
    load_groups(key, event_id, ids, now)
    load_plan(key, event_id, now)
    load_speakers(key, event_id, now)
    load_presence(key, event_id)
    load_materials(key, event_id)
    load_meetings(key, event_id, now)
    load_feedback(key, event_id)
    load_diaries(key, event_id)
    load_mailings(key, event_id, now)
    load_calendars(key, event_id, ids, now)


def _load_series(ids: DemoIds, now: datetime) -> int:
    return event_verbs.create_series(
        title=Texts(
            en="Clusters workshops of S3-4AlpClusters",
            it="Clusters workshop di S3-4AlpClusters",
            de="Cluster-Workshops von S3-4AlpClusters",
        ),
        kind=Kind.CLUSTERS_WORKSHOP,
        project_id=ids.network.projects["A"],
        region_codes=("ITH2", "DE2", "SI04"),
        actor=SYSTEM,
        now=now,
    )


def _plan(key: str, data: DemoEvent, ids: DemoIds, series_id: int, now: datetime) -> int:
    """Draft an event, give it people, seats and an agenda, and publish it, as it would have been done then."""
    first = _first_day(data, now.date())
    zone = VENUES[data.venue].venue.timezone
    starts_at = instant(first, data.start, zone)
    then = min(now, starts_at) - (BEFORE_EVERYTHING if starts_at < now else timedelta(days=20))
    organiser = data.organisers[0][0]
    event_id = event_verbs.create(
        values=_values(data, first, ids, series_id),
        organiser_id=ids.network.organisations[organiser],
        actor=SYSTEM,
        now=then,
        demonstration=True,
    )
    _give_parts(event_id, data, ids, then)
    _provide(event_id, data, starts_at, now)
    load_agenda(key, event_id, ids, then)
    load_questions(key, event_id, starts_at, then)
    event_verbs.publish(event_id, actor=SYSTEM, now=then)
    return event_id


def _first_day(data: DemoEvent, today: date) -> date:
    if data.before_clock_change:
        return thursday_before_clock_change(today)
    if data.on:
        return data.on
    return working_day(today + timedelta(days=data.moved_from_days or data.in_days or 0))


def _values(data: DemoEvent, first: date, ids: DemoIds, series_id: int) -> EventInput:
    zone = VENUES[data.venue].venue.timezone
    last = first + timedelta(days=data.days - 1)
    return EventInput(
        kind=data.kind,
        sub_format=data.sub_format,
        format=data.format,
        audience=data.audience,
        title=data.title,
        summary=data.summary,
        cost_note=data.cost_note,
        starts_at=instant(first, data.start, zone),
        ends_at=instant(last, data.end, zone),
        timezone=zone,
        date_precision=DatePrecision.YEAR if data.year_only else DatePrecision.DAY,
        venue_id=ids.venues[data.venue],
        online_url=data.online_url if data.format is not Format.ON_SITE else None,
        project_id=ids.network.projects[data.project] if data.project else None,
        phase_id=ids.network.phases.get((data.project, data.phase)) if data.project and data.phase else None,
        series_id=series_id if data.in_series else None,
        edition_label=data.edition,
        contact_email="events@filo.example",
        languages=data.languages,
        sector_ids=data.sectors,
        group_ids=tuple(ids.network.groups[group] for group in data.groups),
    )


def _give_parts(event_id: int, data: DemoEvent, ids: DemoIds, now: datetime) -> None:
    heads = dict(data.unnamed_heads)
    for organisation, role in data.organisers[1:]:
        event_verbs.add_organisation(
            event_id,
            organisation_id=ids.network.organisations[organisation],
            role=role,
            unnamed_heads=heads.get(organisation, 0),
            actor=SYSTEM,
            now=now,
        )
    for person, part, organisation in data.persons:
        event_verbs.add_person(
            event_id,
            person_id=ids.network.persons[person],
            role=part,
            organisation_id=ids.network.organisations[organisation],
            actor=SYSTEM,
            now=now,
        )


def _provide(event_id: int, data: DemoEvent, starts_at: datetime, now: datetime) -> None:
    values = SeatsInput(
        capacity=data.seats.capacity,
        has_waitlist=data.seats.has_waitlist,
        opens_at=now + timedelta(days=data.seats.opens_in) if data.seats.opens_in else None,
        closes_at=starts_at - timedelta(days=data.seats.closes_before) if data.seats.closes_before else None,
    )
    seats.change_seats(event_slug=events.event(event_id).slug, values=values, actor=SYSTEM, now=now)


def _register(key: str, event_id: int, data: DemoEvent, numbers: Iterator[int], at: datetime) -> None:
    """Fill the seats, then let one withdraw and one be removed before the queue, so that every state is on show."""
    event = events.event(event_id)
    leave = 2 if data.seats.waiting else 0
    wanted = chain(wishes(key, event_id), repeat(frozenset[int]()))
    count_of_people = data.seats.confirmed + data.seats.waiting + leave
    people_in_order = [_application(event_id, next(numbers), place, next(wanted)) for place in range(count_of_people)]
    joining.admit(event_id, people_in_order[: leave + 1], now=at)
    if leave:
        _first, second, third = people_with_place(event_id, Place.CONFIRMED)
        leaving.withdraw(second, now=at)
        leaving.remove(third, event_slug=event.slug, reason="Registered twice", actor=SYSTEM, now=at)
    joining.admit(event_id, people_in_order[leave + 1 :], now=at)


def _application(event_id: int, number: int, place: int, item_ids: frozenset[int]) -> Application:
    return Application(
        person=people.participant(number, diet="vegetarian" if place % 5 == 1 else ""),
        form_key=f"demonstration-{event_id}-{number:06}",
        item_ids=item_ids,
        is_invited=True,
        skips_approval=True,
        is_verified=True,
    )


def _live_through(event_id: int, data: DemoEvent, ids: DemoIds, series_id: int, now: datetime) -> None:
    """What happened to the event since it was published."""
    if data.is_held:
        event_verbs.hold(event_id, actor=SYSTEM, now=now)
    if data.moved_from_days and data.in_days:
        first = working_day(now.date() + timedelta(days=data.in_days))
        revision = events.event(event_id).revision
        values = _values(data, first, ids, series_id)
        event_verbs.edit(event_id, values=values, revision=revision, actor=SYSTEM, now=now)
    if data.called_off:
        event_verbs.call_off(event_id, reason=data.called_off, actor=SYSTEM, now=now)
