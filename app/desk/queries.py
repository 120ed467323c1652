from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.events.models import Event, EventOrganisation, RegionalCopy
from app.events.queries import managed
from app.events.rules import ORGANISING, Status
from app.kernel.db import db
from app.mail.models import Message, MessageState
from app.network.models import Person, Project
from app.network.rules import OrganisationType
from app.practices.models import PracticeUse
from app.practices.rules import Act
from app.questions.models import Question, QuestionForm
from app.questions.rules import Purpose
from app.registration.models import Allotment, AllotmentKind, Answer, Registration
from app.registration.rules import LIVE, Place
from app.venues.models import Venue

_CARD = (
    joinedload(Event.venue).joinedload(Venue.country),
    joinedload(Event.project).joinedload(Project.programme),
    selectinload(Event.organisations),
)
_ALIVE = (Status.DRAFT, Status.PUBLISHED, Status.POSTPONED)
PAGE = 50
NEAR = timedelta(days=7)


def coming(organiser_ids: frozenset[int] | None, now: datetime) -> Sequence[Event]:
    """What still needs its organisers: every draft and postponed event, and published ones that are not over."""
    query = managed(organiser_ids).where(
        Event.status.in_(_ALIVE), (Event.status != Status.PUBLISHED) | (Event.ends_at > now)
    )
    return db.session.scalars(query.options(*_CARD).order_by(Event.starts_at, Event.id).limit(200)).all()


def past(organiser_ids: frozenset[int] | None, now: datetime, *, offset: int) -> Sequence[Event]:
    """What is over or called off, newest first; one more than a page, to know whether there is another."""
    query = managed(organiser_ids).where(
        Event.status.not_in(_ALIVE) | ((Event.status == Status.PUBLISHED) & (Event.ends_at <= now))
    )
    query = query.options(*_CARD).order_by(Event.starts_at.desc(), Event.id.desc())
    return db.session.scalars(query.limit(PAGE + 1).offset(offset)).all()


def pending(event_ids: Collection[int]) -> dict[int, int]:
    """How many wait for an approval, by event."""
    query = (
        select(Allotment.event_id, func.count())
        .join(Registration, Registration.allotment_id == Allotment.id)
        .where(Allotment.event_id.in_(event_ids), Registration.place == Place.PENDING)
        .group_by(Allotment.event_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def silent(event_ids: Collection[int], now: datetime) -> dict[int, int]:
    """How many confirmed people have not answered a follow-up form that closes within a week, by event."""
    is_asked = exists().where(Question.form_id == QuestionForm.id, Question.retired_at.is_(None))
    has_answered = (
        select(Answer.id)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.form_id == QuestionForm.id, Answer.registration_id == Registration.id)
        .exists()
    )
    query = (
        select(QuestionForm.event_id, func.count(func.distinct(Registration.id)))
        .join(Allotment, (Allotment.event_id == QuestionForm.event_id) & (Allotment.kind == AllotmentKind.EVENT))
        .join(Registration, Registration.allotment_id == Allotment.id)
        .where(
            QuestionForm.event_id.in_(event_ids),
            QuestionForm.purpose == Purpose.FOLLOW_UP,
            QuestionForm.closes_at > now,
            QuestionForm.closes_at <= now + NEAR,
            or_(QuestionForm.opens_at.is_(None), QuestionForm.opens_at <= now),
            Registration.place == Place.CONFIRMED,
            is_asked,
            ~has_answered,
        )
        .group_by(QuestionForm.event_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def editions_compared(series_id: int) -> Sequence[Row[Event, int | None]]:
    """The editions of a series in the order of time, each with the id of its template; of drafts, too."""
    return db.session.execute(
        select(Event, RegionalCopy.template_id)
        .outerjoin(RegionalCopy, RegionalCopy.event_id == Event.id)
        .where(Event.series_id == series_id)
        .options(*_CARD, joinedload(Event.region), selectinload(Event.organisations))
        .order_by(Event.starts_at, Event.id)
    ).all()


def organising_of(event_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Who organises these events, of whichever series."""
    rows = db.session.execute(
        select(EventOrganisation.event_id, EventOrganisation.organisation_id).where(
            EventOrganisation.event_id.in_(event_ids), EventOrganisation.role.in_(ORGANISING)
        )
    )
    found: dict[int, frozenset[int]] = {}
    for event_id, organisation_id in rows:
        found[event_id] = found.get(event_id, frozenset()) | {organisation_id}
    return found


def people_by_origin(event_ids: Collection[int]) -> Sequence[Row[int, Place, str, OrganisationType, int]]:
    """How many registered, by event, place, country and type of their organisation."""
    return db.session.execute(
        select(Allotment.event_id, Registration.place, Registration.country_code, Registration.org_type, func.count())
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(Allotment.event_id.in_(event_ids), Allotment.kind == AllotmentKind.EVENT, Registration.place.in_(LIVE))
        .group_by(Allotment.event_id, Registration.place, Registration.country_code, Registration.org_type)
    ).all()


def presented(event_ids: Collection[int]) -> set[tuple[int, int]]:
    """Which practices were presented at which events, as pairs of event and practice."""
    rows = db.session.execute(
        select(PracticeUse.event_id, PracticeUse.practice_id).where(
            PracticeUse.event_id.in_(event_ids), PracticeUse.act == Act.PRESENTED
        )
    )
    return {(row[0], row[1]) for row in rows}


def feedback_forms(event_ids: Collection[int]) -> Sequence[QuestionForm]:
    """The feedback forms of these events with their questions."""
    query = select(QuestionForm).where(QuestionForm.event_id.in_(event_ids), QuestionForm.purpose == Purpose.FEEDBACK)
    return db.session.scalars(
        query.options(selectinload(QuestionForm.questions)).order_by(QuestionForm.event_id, QuestionForm.position)
    ).all()


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """Who is behind these accounts: the person, or the address of an account that is nobody's yet."""
    query = select(Account.id, Account.email, Person).outerjoin(Person, Person.account_id == Account.id)
    rows = db.session.execute(query.where(Account.id.in_(account_ids)))
    return {account_id: person.full_name if person else email for account_id, email, person in rows}


def count_dead_messages() -> int:
    """Mails that were given up."""
    return db.session.scalar(select(func.count()).where(Message.state == MessageState.DEAD)) or 0
