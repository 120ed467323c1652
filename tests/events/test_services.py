from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.events import queries, services
from app.events.errors import (
    EditedMeanwhile,
    EndsBeforeStart,
    EventNotFound,
    LastOrganiser,
    MayNotManage,
    NoLongerEdited,
    NotYetComplete,
    ReasonMissing,
    UnknownChoice,
    WasPublished,
    WrongStep,
)
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.events.handlers import hold_past_events
from app.events.models import Event, EventPerson
from app.events.rules import Kind, Missing, OrganisationRole, Part, PersonRole, Status
from app.events.services import EventInput
from app.kernel import facts
from app.kernel.dates import DatePrecision, NoSuchTime, UnknownZone
from app.kernel.texts import Texts
from app.network.actors import ANYBODY, SYSTEM, Actor
from app.network.models import Affiliation, Programme, Project
from app.search.queries import found
from tests.builders import NOW, make_account, make_event, make_manager, make_organisation, make_person, make_venue

STARTS = datetime(2027, 3, 11, 8, 30, tzinfo=UTC)
BASIC = EventInput(
    kind=Kind.CLUSTERS_WORKSHOP,
    title=Texts(en="From needs to pilots"),
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=4),
    timezone="Europe/Rome",
)
ADMIN = Actor(account_id=1, is_administrator=True)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The facts that were recorded, in their order."""
    heard: list[Any] = []
    for kind in (EventCreated, EventChanged, EventStepTaken):
        monkeypatch.setitem(facts._handlers, kind, [heard.append])
    return heard


def draft(**changes: Any) -> int:
    organiser = changes.pop("organiser", None) or make_organisation()
    return services.create(
        values=replace(BASIC, **changes), organiser_id=organiser.id, actor=SYSTEM, now=NOW, demonstration=True
    )


def test_a_new_event_is_a_draft_with_an_organiser_a_uid_and_an_address(database: Session, told: list[Any]) -> None:
    event = queries.whole_event(draft())
    assert (event.status, event.sequence, event.on_lists, event.slug) == (
        Status.DRAFT,
        0,
        False,
        "from-needs-to-pilots",
    )
    assert event.uid.endswith("@filo.example")
    assert [(part.role, step.status) for part in event.organisations for step in queries.steps(event.id)] == [
        (OrganisationRole.ORGANISER, Status.DRAFT)
    ]
    assert told == [EventCreated(event_id=event.id)]


def test_events_of_one_title_have_addresses_of_their_own(database: Session) -> None:
    slugs = [queries.event(draft(title=Texts(de=title))).slug for title in ("Über", "Über", "Über", "!!!", "new")]
    assert slugs == ["uber", "uber-2027", "uber-2027-2", "clusters-workshop", "new-2027"]


def test_country_and_region_follow_the_venue(database: Session) -> None:
    venue = make_venue(country="DE")
    event = queries.event(draft(venue_id=venue.id))
    assert (event.country_code, event.region_code) == ("DE", venue.region_code)


def test_of_a_month_only_its_bounds_are_kept(database: Session) -> None:
    event = queries.event(draft(date_precision=DatePrecision.MONTH))
    assert event.starts_at == datetime(2027, 2, 28, 23, 0, tzinfo=UTC)
    assert event.ends_at == datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"ends_at": STARTS}, EndsBeforeStart, "ends"),
        ({"timezone": "Europe/Atlantis"}, UnknownZone, None),
        ({"venue_id": 999}, UnknownChoice, "venue_id"),
        ({"project_id": 999}, UnknownChoice, "project_id"),
        ({"phase_id": 999}, UnknownChoice, "phase_id"),
        ({"series_id": 999}, UnknownChoice, "series_id"),
        ({"sector_ids": ("alchemy",)}, UnknownChoice, "sector_ids"),
        ({"group_ids": (999,)}, UnknownChoice, "group_ids"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    database: Session, changes: dict[str, Any], refusal: type[Any], field: str | None
) -> None:
    with pytest.raises(refusal) as refused:
        draft(**changes)
    assert refused.value.details.get("field") == field


def test_publishing_names_what_is_missing_and_the_funding_sentence_belongs_to_it(database: Session) -> None:
    programme = Programme(
        code="AS", name=Texts(en="A"), period_from=2014, period_to=2020, fund="ERDF", emblem="x.svg",
        funding_sentence=Texts(),
    )  # fmt: skip
    project = Project(slug="p", acronym="S3-4AlpClusters", title=Texts(), objectives=Texts(), programme=programme)
    database.add(project)
    database.commit()
    event_id = draft(project_id=project.id)
    with pytest.raises(NotYetComplete) as refused:
        services.publish(event_id, actor=SYSTEM, now=NOW)
    assert refused.value.details["missing"] == [Missing.PLACE, Missing.FUNDING]


def test_a_published_event_is_on_lists_and_found_a_draft_is_not(database: Session, told: list[Any]) -> None:
    event_id = draft(venue_id=make_venue().id, summary=Texts(it="Prüfung dei bisogni"))
    assert found("bisogni", 5) == []
    services.publish(event_id, actor=SYSTEM, now=NOW)
    event = queries.event(event_id)
    assert (event.on_lists, event.sequence) == (True, 0)
    assert found("prufung rovereto", 5) == [("event", event_id)]
    assert told[-1] == EventStepTaken(event_id=event_id, before=Status.DRAFT, after=Status.PUBLISHED)
    services.take_back(event_id, actor=SYSTEM, now=NOW)
    assert (queries.event(event_id).sequence, found("bisogni", 5)) == (1, [])


def test_each_step_says_who_when_and_why_and_raises_the_sequence(database: Session) -> None:
    event_id = draft(venue_id=make_venue().id)
    later = NOW + timedelta(days=1)
    actor = Actor(account_id=make_account().id, is_administrator=True)
    services.publish(event_id, actor=actor, now=NOW)
    services.postpone(event_id, reason=" Snow ", actor=actor, now=later)
    event = queries.event(event_id)
    assert (event.status, event.status_reason, event.sequence) == (Status.POSTPONED, "Snow", 1)
    assert event.content_changed_at == later
    services.publish(event_id, actor=actor, now=later)
    services.call_off(event_id, reason="Too few", actor=actor, now=later)
    services.archive(event_id, actor=actor, now=later)
    event = queries.event(event_id)
    assert (event.status, event.status_reason, event.on_lists) == (Status.ARCHIVED, "Too few", True)
    assert [(step.status, step.reason) for step in queries.steps(event_id)][2:] == [
        (Status.POSTPONED, "Snow"),
        (Status.PUBLISHED, None),
        (Status.CALLED_OFF, "Too few"),
        (Status.ARCHIVED, None),
    ]
    actions = database.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["event_called_off", "event_archived"]


@pytest.mark.parametrize("verb", [services.postpone, services.call_off])
def test_without_a_reason_nothing_is_moved_or_called_off(database: Session, verb: Any) -> None:
    event_id = make_event().id
    with pytest.raises(ReasonMissing):
        verb(event_id, reason=" ", actor=SYSTEM, now=NOW)


def test_a_step_that_the_life_cycle_has_not_is_refused(database: Session) -> None:
    with pytest.raises(WrongStep):
        services.archive(draft(), actor=SYSTEM, now=NOW)


def test_the_worker_holds_what_is_over_and_nothing_else(database: Session) -> None:
    over, goes_on = make_event(starts_at=NOW - timedelta(hours=5)).id, make_event(starts_at=NOW - timedelta(hours=1)).id
    draft_id = make_event(starts_at=NOW - timedelta(days=9), status=Status.DRAFT).id
    hold_past_events(NOW)
    hold_past_events(NOW)
    assert [queries.event(i).status for i in (over, goes_on, draft_id)] == [
        Status.HELD,
        Status.PUBLISHED,
        Status.DRAFT,
    ]
    assert [step.account_id for step in queries.steps(over)] == [None]


@pytest.mark.parametrize(
    ("changes", "tells", "sequence"),
    [
        ({"starts_at": STARTS + timedelta(hours=1)}, True, 1),
        ({"title": Texts(en="Another title")}, False, 0),
        ({"summary": Texts(en="More")}, False, 0),
        ({"listed": False}, False, 0),
    ],
)
def test_participants_are_told_when_a_published_event_moves(
    database: Session, told: list[Any], changes: dict[str, Any], tells: bool, sequence: int
) -> None:
    event_id = draft(venue_id=make_venue().id)
    services.publish(event_id, actor=SYSTEM, now=NOW)
    event = queries.event(event_id)
    values = replace(services.values_of(event), **changes)
    services.edit(event_id, values=values, revision=event.revision, actor=SYSTEM, now=NOW + timedelta(hours=1))
    event = queries.event(event_id)
    assert told[-1] == EventChanged(event_id=event_id, tells_participants=tells)
    assert (event.sequence, event.content_changed_at) == (sequence, NOW + timedelta(hours=1))


def test_saving_a_form_unchanged_changes_nothing(database: Session, told: list[Any]) -> None:
    event_id = draft()
    event = queries.event(event_id)
    services.edit(event_id, values=services.values_of(event), revision=1, actor=SYSTEM, now=NOW + timedelta(1))
    assert (queries.event(event_id).revision, len(told)) == (1, 1)


def test_of_two_forms_of_the_same_state_the_second_is_refused(database: Session) -> None:
    event_id = draft()
    services.edit(event_id, values=replace(BASIC, title=Texts(en="A")), revision=1, actor=SYSTEM, now=NOW)
    with pytest.raises(EditedMeanwhile):
        services.edit(event_id, values=replace(BASIC, title=Texts(en="B")), revision=1, actor=SYSTEM, now=NOW)
    assert queries.event(event_id).title["en"] == "A"


def test_an_archived_event_stays_as_it_is(database: Session) -> None:
    event = make_event(status=Status.ARCHIVED)
    with pytest.raises(NoLongerEdited):
        services.edit(event.id, values=BASIC, revision=1, actor=SYSTEM, now=NOW)


def test_a_copy_takes_the_chosen_parts(database: Session, told: list[Any]) -> None:
    source = make_event("Forum", summary=Texts(en="Words"), starts_at=STARTS)
    host, person = make_organisation("Host"), make_person()
    services.add_organisation(source.id, organisation_id=host.id, role=OrganisationRole.HOST, actor=SYSTEM, now=NOW)
    services.add_person(source.id, person_id=person.id, role=PersonRole.SPEAKER, actor=SYSTEM, now=NOW)
    copied = {
        parts: queries.whole_event(
            services.copy(source.id, starts_on=date(2027, 9, 2), parts=parts, actor=SYSTEM, now=NOW)
        )
        for parts in (frozenset(Part), frozenset[Part]())
    }
    whole, bare = copied.values()
    assert (whole.status, whole.slug, whole.summary) == (Status.DRAFT, "forum", source.summary)
    assert [(len(event.organisations), len(event.persons)) for event in (whole, bare)] == [(2, 1), (1, 0)]
    assert (bare.title, bare.summary) == (source.title, Texts())
    assert whole.starts_at == datetime(2027, 9, 2, 7, 30, tzinfo=UTC)  # 09:30 in Rome, in summer as in winter
    assert whole.uid != source.uid
    assert [(f.copied_from, f.with_agenda) for f in told if isinstance(f, EventCreated)] == [
        (source.id, True),
        (source.id, False),
    ]


def test_demand_14_copies_repeat_on_the_same_weekday_at_the_same_time_or_none_is_made(database: Session) -> None:
    source = make_event("Forum", starts_at=STARTS)  # 09:30 in Rome
    how: dict[str, Any] = {"parts": frozenset(Part), "actor": SYSTEM, "now": NOW}
    made = services.copy_monthly(source.id, starts_on=date(2027, 9, 15), times=4, **how)
    events = [queries.event(event_id) for event_id in made]
    assert [event.starts_at.strftime("%m-%d %H:%M") for event in events] == [
        "09-15 07:30",
        "10-20 07:30",
        "11-17 08:30",  # winter time
        "12-15 08:30",
    ]
    assert {event.status for event in events} == {Status.DRAFT}
    assert [event.edition_label for event in events] == ["1", "2", "3", "4"]
    assert len({event.slug for event in events}) == len({event.uid for event in events}) == 4
    night = make_event("Night", starts_at=datetime(2027, 1, 10, 1, 30, tzinfo=UTC))  # 02:30, skipped on 28 March
    with pytest.raises(NoSuchTime):
        services.copy_monthly(night.id, starts_on=date(2027, 2, 28), times=3, **how)
    with pytest.raises(MayNotManage):
        services.copy_monthly(source.id, starts_on=date(2027, 9, 15), times=4, **how | {"actor": ANYBODY})
    assert len(database.scalars(select(Event)).all()) == 6


def test_only_a_draft_that_was_never_out_can_be_deleted(database: Session) -> None:
    event_id = draft(venue_id=make_venue().id)
    other = draft(venue_id=make_venue().id)
    services.delete_draft(event_id, actor=SYSTEM, now=NOW)
    assert database.get(Event, event_id) is None
    services.publish(other, actor=SYSTEM, now=NOW)
    services.take_back(other, actor=SYSTEM, now=NOW)
    with pytest.raises(WasPublished):
        services.delete_draft(other, actor=SYSTEM, now=NOW)


def test_a_part_is_named_once_and_its_unnamed_heads_are_counted_anew(database: Session) -> None:
    event, guest = make_event(), make_organisation("Guest")
    for heads in (6, 4):
        services.add_organisation(
            event.id, organisation_id=guest.id, role=OrganisationRole.PARTICIPANT, unnamed_heads=heads,
            actor=SYSTEM, now=NOW,
        )  # fmt: skip
    parts = queries.whole_event(event.id).organisations
    assert [(part.organisation.name, part.unnamed_heads) for part in parts[1:]] == [("Guest", 4)]


def test_the_last_organiser_stays(database: Session) -> None:
    event = make_event()
    with pytest.raises(LastOrganiser):
        services.remove_organisation(event.id, part_id=event.organisations[0].id, actor=SYSTEM, now=NOW)


def test_a23_an_expert_keeps_the_organisation_of_that_time(database: Session) -> None:
    event, cluster = make_event(), make_organisation("Cluster Mechatronik & Automation Management")
    expert = make_person("Heiko", "Bartschat", form_of_address="Mr", is_public=True)
    job = Affiliation(person_id=expert.id, organisation_id=cluster.id, job=Texts(en="Manager"))
    database.add(job)
    database.commit()
    services.add_person(event.id, person_id=expert.id, role=PersonRole.INVITED_EXPERT, actor=SYSTEM, now=NOW)
    job.until = date(2027, 1, 14)
    database.commit()
    part = database.scalars(select(EventPerson)).one()
    assert (part.organisation.name if part.organisation else "") == cluster.name
    assert found("Mechatronik", 5) == [("event", event.id)]


@pytest.mark.parametrize(
    ("who", "status", "refusal"),
    [
        ("anybody", Status.PUBLISHED, MayNotManage),
        ("anybody", Status.DRAFT, EventNotFound),
        ("stranger", Status.PUBLISHED, MayNotManage),
        ("stranger", Status.DRAFT, EventNotFound),
        ("host", Status.PUBLISHED, MayNotManage),
        ("member", Status.PUBLISHED, MayNotManage),
        ("manager", Status.PUBLISHED, None),
        ("manager", Status.DRAFT, None),
        ("co_organiser", Status.DRAFT, None),
        ("administrator", Status.DRAFT, None),
    ],
)
def test_who_may_do_something_with_an_event(
    database: Session, who: str, status: Status, refusal: type[Exception] | None
) -> None:
    organiser, partner, host = (make_organisation(name) for name in ("Organiser", "Partner", "Host"))
    event = make_event(organiser=organiser, status=status)
    for organisation, role in ((partner, OrganisationRole.CO_ORGANISER), (host, OrganisationRole.HOST)):
        services.add_organisation(event.id, organisation_id=organisation.id, role=role, actor=SYSTEM, now=NOW)
    actor = {
        "anybody": lambda: ANYBODY,
        "stranger": lambda: make_manager(make_organisation("Stranger")),
        "host": lambda: make_manager(host),
        "member": lambda: replace(make_manager(organiser), managed_ids=frozenset()),
        "manager": lambda: make_manager(organiser),
        "co_organiser": lambda: make_manager(partner),
        "administrator": lambda: ADMIN,
    }[who]()
    revision = queries.event(event.id).revision
    verbs: list[Any] = [
        lambda: services.manageable_event(event.slug, actor),
        lambda: services.copy(event.id, starts_on=date(2028, 1, 1), parts=frozenset(), actor=actor, now=NOW),
        lambda: services.add_organisation(
            event.id, organisation_id=host.id, role=OrganisationRole.SUPPORTER, actor=actor, now=NOW
        ),
        lambda: services.edit(event.id, values=BASIC, revision=revision + (not refusal), actor=actor, now=NOW),
        lambda: (services.call_off if status is Status.PUBLISHED else _publish)(
            event.id, reason="Snow", actor=actor, now=NOW
        ),
    ]
    for verb in verbs:
        if refusal:
            with pytest.raises(refusal):
                verb()
        else:
            verb()


def _publish(event_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    event = queries.event(event_id)
    values = replace(services.values_of(event), venue_id=make_venue("Another hall").id)
    services.edit(event_id, values=values, revision=event.revision, actor=actor, now=now)
    services.publish(event_id, actor=actor, now=now)


def test_an_event_is_planned_in_the_name_of_an_organisation_that_one_manages(database: Session) -> None:
    own, foreign = make_organisation("Own"), make_organisation("Foreign")
    manager = make_manager(own)
    services.create(values=BASIC, organiser_id=own.id, actor=manager, now=NOW)
    with pytest.raises(MayNotManage):
        services.create(values=BASIC, organiser_id=foreign.id, actor=manager, now=NOW)


def test_a16_a_series_knows_its_planned_regions(database: Session) -> None:
    with pytest.raises(UnknownChoice):
        services.create_series(title=Texts(en="Road show"), kind=Kind.CLUSTERS_WORKSHOP, actor=ADMIN, now=NOW,
                               region_codes=["XX9"])  # fmt: skip
    services.create_series(title=Texts(en="Road show"), kind=Kind.CLUSTERS_WORKSHOP, actor=ADMIN, now=NOW)
    assert queries.series("road-show").regions == []
