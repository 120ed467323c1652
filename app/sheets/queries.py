from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from app.agenda.models import AgendaItem
from app.kernel.db import db, table_of
from app.network.models import Organisation, Region
from app.planning.models import Release
from app.questions.models import Question
from app.questions.rules import Kind, Readers
from app.registration.models import Allotment, AllotmentKind, Answer, Companion, Registration
from app.registration.rules import Place
from app.venues.models import Room

_people, _seats = table_of(Registration), table_of(Allotment)
_organisations, _regions, _companions = table_of(Organisation), table_of(Region), table_of(Companion)
COUNTED = (Kind.CHOICE, Kind.SEVERAL, Kind.NUMBER)
FOR_HOSTS = (Readers.ORGANISERS_AND_HOST, Readers.EVERYBODY_MANAGING)


def _of_event(event_id: int) -> Any:
    return (_seats.c.event_id == event_id, _seats.c.kind == AllotmentKind.EVENT, _people.c.place == Place.CONFIRMED)


def confirmed(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Everybody with a confirmed place, with the region of an organisation that the network knows."""
    return db.session.execute(
        select(
            _people.c.id,
            _people.c.public_id,
            _people.c.given_name,
            _people.c.family_name,
            _people.c.organisation,
            _people.c.org_type,
            _people.c.country_code,
            _people.c.email_key,
            _people.c.diet,
            _regions.c.name.label("region"),
        )
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .join(_organisations, _organisations.c.id == _people.c.organisation_id, isouter=True)
        .join(_regions, _regions.c.code == _organisations.c.region_code, isouter=True)
        .where(*_of_event(event_id))
        .order_by(_people.c.number)
    ).all()


def companions(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who comes along on a confirmed place: the registration, an id, and the name, which may be empty."""
    return db.session.execute(
        select(_companions.c.registration_id, _companions.c.id, _companions.c.name)
        .join(_people, _people.c.id == _companions.c.registration_id)
        .join(_seats, _seats.c.id == _people.c.allotment_id)
        .where(*_of_event(event_id))
        .order_by(_companions.c.id)
    ).all()


def answers_to_count(event_id: int) -> Sequence[tuple[Question, Any]]:
    """Answers of the confirmed that the host may know and that can be counted: sizes, choices; never free text."""
    rows = db.session.execute(
        select(Question, Answer.value)
        .join(Answer, Answer.question_id == Question.id)
        .join(Registration, Registration.id == Answer.registration_id)
        .join(Allotment, Allotment.id == Registration.allotment_id)
        .where(
            Allotment.event_id == event_id,
            Allotment.kind == AllotmentKind.EVENT,
            Registration.place == Place.CONFIRMED,
            Question.kind.in_(COUNTED),
            Question.readers.in_(FOR_HOSTS),
            Answer.erased_at.is_(None),
        )
        .order_by(Question.form_id, Question.position, Question.id)
    )
    return [(row[0], row[1]) for row in rows]


def rooms_of(event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Id and name of every room on the agenda of an event, in the order of the names."""
    on_agenda = select(AgendaItem.room_id).where(AgendaItem.event_id == event_id)
    return db.session.execute(
        select(Room.id, Room.name).where(Room.id.in_(on_agenda)).order_by(Room.name, Room.id)
    ).all()


def latest_release(event_id: int) -> Row[*tuple[Any, ...]] | None:
    """Number, name and time of the release that is valid, without what it holds."""
    return db.session.execute(
        select(Release.number, Release.name, Release.at)
        .where(Release.event_id == event_id)
        .order_by(Release.number.desc())
        .limit(1)
    ).first()
