"""The demonstration shows every state and capability of registration and presence, and its figures hold."""

from __future__ import annotations

from collections import Counter
from datetime import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda import queries as agenda
from app.agenda.rules import ItemKind
from app.board import queries as board
from app.board.rules import PostFilter
from app.certificates import queries as certificates
from app.demo.day import publish_demo_day
from app.demo.event_data import EVENTS
from app.demo.more import ZONE
from app.demo.queries import demonstration_events, people_with_place
from app.demo.services import load
from app.diaries.models import DiaryLine
from app.diaries.queries.findings import findings_of
from app.embedding.queries import embedder
from app.events import queries as events
from app.feedback.models import FeedbackReply
from app.feedback.rules import LEAST_SHOWN
from app.freebusy import queries as freebusy
from app.freebusy.models import ImportedCalendar
from app.invitations.models import Invitation, PassCode
from app.invitations.rules import InvitationStatus
from app.kernel.dates import instant
from app.kernel.db import db
from app.mailings.models import Mailing
from app.mailings.rules import State
from app.materials import queries as materials
from app.materials.rules import MaterialKind, Visibility
from app.plans.presenters.groups import overview
from app.plans.queries.groups import groups_of_projects
from app.presence import queries as presence
from app.registration import queries as registrations
from app.registration.models import Allotment, AllotmentKind, Companion, ItemPlace, Registration
from app.registration.rules import HOLDING, ItemStanding, Origin, Place
from app.site.queries import next_edition
from app.speakers.presenters import overview_of
from app.speakers.rules import SpeakerStanding
from app.stories.models import Comment, Story
from app.stories.rules.commenting import CommentState
from app.stories.rules.writing import StoryState
from app.subgroups.models import SubGroupMember
from tests.builders import NOW, make_room, make_venue

ALL_PLACES = set(Place) - {Place.UNVERIFIED}  # an address either proves itself soon or lapses


def test_every_state_and_capability_is_on_show_and_the_figures_hold(database: Session) -> None:
    """One load for all: it takes seconds."""
    load(NOW)
    ids = demonstration_events({key: event.title for key, event in EVENTS.items()})
    _every_state(ids)
    _counts_for_display_are_true(ids)
    _ways_in(ids)
    _groups_and_answers(ids)
    _what_follows_an_event(ids)
    _calendars(ids)
    _five_groups()
    _speakers(ids)
    _stories_and_board()


def _stories_and_board() -> None:
    """One comment in each state, and the request in Agri-food that an agency in Poland answered (B10)."""
    assert sorted(db.session.scalars(select(Comment.state))) == sorted(CommentState)
    assert set(db.session.scalars(select(Story.state))) == {StoryState.PUBLISHED}
    posts = board.posts(PostFilter(group="agrifood"), NOW.date(), offset=0, limit=5).rows
    assert [len(post.replies) for post in posts] == [3]
    thread = board.post_for_page(posts[0].slug).replies
    assert [reply.organisation.country_code for reply in thread] == ["PL", "IT", "PL"]
    assert board.posts(PostFilter(past="1"), NOW.date(), offset=0, limit=5).total == 2


def _speakers(ids: dict[str, int]) -> None:
    """One accepted and sent everything but slides, one has not answered, one was not asked."""
    view = overview_of(events.whole_event(ids["E3"]), NOW)
    assert sorted(one.standing for one in view.lines) == sorted(
        [SpeakerStanding.ACCEPTED, SpeakerStanding.ASKED, SpeakerStanding.NOT_ASKED]
    )
    assert view.answer_by
    assert sorted(one.consents for one in view.lines) == [False, False, True]


def _five_groups() -> None:
    """Five plans drafted by two countries, three adopted; version 2 of the first is in consultation."""
    found = overview(groups_of_projects(None), NOW)
    assert (found.plans.developed, found.plans.taken_up) == (5, 3)
    states = [str(one.plan.state) for one in found.columns]
    assert states == ["consultation", "adopted", "adopted", "adopted", "drafting"]
    first = found.columns[0]
    assert [one.number for one in first.plan.versions] == [2, 1]
    assert first.silent == ["Czechia", "Hungary", "Italy", "Slovenia"]
    districts = [one.district for one in found.columns if one.district]
    assert [one.reached for one in districts] == [2, 4, 3, 4, 0]
    assert [one.proposes for one in districts] == [False, False, False, True, False]
    assert first.actions.overdue == 1


def _places(event_id: int) -> Counter[Place]:
    query = (
        select(Registration.place, func.count())
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id == event_id, Allotment.kind == AllotmentKind.EVENT)
        .group_by(Registration.place)
    )
    return Counter(dict(db.session.execute(query).all()))


def _every_state(ids: dict[str, int]) -> None:
    places = {key: _places(event_id) for key, event_id in ids.items()}
    assert {place for found in places.values() for place in found} == ALL_PLACES
    left = {key: registrations.seats_of(registrations.hold_seats(ids[key])).unclaimed for key in ("E3", "E4", "E6")}
    assert left == {"E3": 4, "E4": 0, "E6": 0}
    assert (places["E4"][Place.CONFIRMED], places["E4"][Place.WAITLISTED]) == (15, 3)
    assert {place: places["E6"][place] for place in (Place.PENDING, Place.OFFERED, Place.OFFER_EXPIRED)} == {
        Place.PENDING: 2,
        Place.OFFERED: 1,
        Place.OFFER_EXPIRED: 1,
    }
    heads = {part.unnamed_heads for part in events.whole_event(ids["E1"]).organisations}
    assert heads == {0, 6}


def _counts_for_display_are_true(ids: dict[str, int]) -> None:
    for event_id in ids.values():
        allotment = registrations.allotment_of(event_id)
        seats = registrations.seats_of(registrations.hold_seats(event_id))
        assert (allotment.confirmed + allotment.offered, allotment.waiting) == (seats.taken, seats.waiting)


def _ways_in(ids: dict[str, int]) -> None:
    answered = Counter(db.session.scalars(select(Invitation.status).where(Invitation.event_id == ids["E3"])))
    assert answered == {InvitationStatus.ACCEPTED: 2, InvitationStatus.PENDING: 2, InvitationStatus.DECLINED: 1}
    assert db.session.scalars(select(PassCode.used).where(PassCode.event_id == ids["E3"])).all() == [1]
    came = Counter(db.session.scalars(select(Registration.origin).where(Registration.place.in_(HOLDING))))
    assert (came[Origin.DELEGATION], came[Origin.WALK_IN]) == (3, 2)
    assert db.session.scalar(select(func.count()).select_from(Companion)) == 1
    assert [len(registrations.quotas_of(ids[key])) for key in ("E8", "E9")] == [2, 2]
    queued = select(Allotment.event_id, func.count()).join(ItemPlace, ItemPlace.allotment_id == Allotment.id)
    queues = queued.where(ItemPlace.standing == ItemStanding.QUEUED).group_by(Allotment.event_id)
    assert dict(db.session.execute(queues).all()) == {ids["E2"]: 1, ids["E3"]: 1}


def _groups_and_answers(ids: dict[str, int]) -> None:
    query = select(func.count()).select_from(SubGroupMember).group_by(SubGroupMember.sub_group_id)
    assert sorted(db.session.scalars(query)) == [7, 8]
    answered = [bool(registrations.answers_of(one)) for one in people_with_place(ids["E4"], Place.CONFIRMED)]
    assert sum(answered) == 9


def _what_follows_an_event(ids: dict[str, int]) -> None:
    first_day = presence.day_list(presence.lists_of(ids["E5"]), 1)
    assert first_day
    counted = presence.counts(ids["E5"])[first_day.id]
    assert (counted.present, counted.walk_ins, counted.excused, counted.absent) == (8, 1, 1, 1)
    assert len(certificates.of_event(ids["E5"])) == counted.present
    assert len(db.session.scalars(select(FeedbackReply)).all()) >= LEAST_SHOWN
    assert {one.is_shared for one in db.session.scalars(select(DiaryLine))} == {True, False}
    assert len(findings_of(ids["E5"])) == 3
    for key in ("E2", "E5"):
        found = materials.materials(ids[key])
        assert {one.kind for one in found} == {
            MaterialKind.SLIDES,
            MaterialKind.MINUTES,
            MaterialKind.PHOTO,
            MaterialKind.RECORDING,
        }
        assert {one.visibility for one in found} == {Visibility.PUBLIC, Visibility.PARTICIPANTS}
    approved = select(Mailing.event_id, Mailing.state).where(Mailing.state != State.DRAFT).order_by(Mailing.id)
    assert dict(db.session.execute(approved).all()) == {
        ids["E3"]: State.SCHEDULED,
        ids["E5"]: State.SENDING,
    }


def _calendars(ids: dict[str, int]) -> None:
    """A series goes on, a venue's bookings stand beside an agenda that they leave in peace, a site shows the events."""
    workshop = events.event(ids["E3"])
    assert workshop.series_id
    assert next_edition(workshop.series_id, NOW) == workshop.slug
    (bookings,) = db.session.scalars(select(ImportedCalendar)).all()
    times = sorted(freebusy.times(bookings.id).values(), key=lambda time: time.begins)
    assert [time.begins >= workshop.ends_at for time in times] == [True, True, True]
    assert (times[0].begins.date(), bookings.problem_count) == (workshop.starts_at.date(), 0)
    assert [room.venue_id for room in bookings.rooms] == [workshop.venue_id]
    assert embedder("hub-innovazione-trentino").origins == ("https://www.cluster.example",)


def test_a_demonstration_day_shows_what_is_on_and_what_comes_next(database: Session) -> None:
    venue = make_venue()
    rooms = [make_room(venue, name).id for name in ("A", "B", "C")]
    noon = instant(NOW.date(), time(12, 3), ZONE)
    event = events.event_for_page(publish_demo_day(count=1, now=noon).slug)
    items = agenda.items(event.id)
    present = [item for item in items if item.start_minute <= 723 < item.end_minute]
    assert sorted(item.room_id or 0 for item in present) == rooms, "each room has something of its own"
    assert next(item.kind for item in items if item.start_minute > 723) is ItemKind.BREAK
    late = instant(NOW.date(), time(23, 50), ZONE)
    assert agenda.items(events.event_id(publish_demo_day(count=1, now=late).slug)), "and late at night as well"
