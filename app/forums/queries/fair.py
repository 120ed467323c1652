from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from app.agenda.models import AgendaItem
from app.events.models import Event
from app.forums.errors import FormatNotFound
from app.forums.models import FairStand, StandInterest
from app.kernel.db import db
from app.practices.models import Practice
from app.registration.models import Registration
from app.registration.rules import Place

_WHOLE = joinedload(FairStand.practice).joinedload(Practice.owner)


def stands_of(item_id: int) -> Sequence[FairStand]:
    """The stands of a fair with their practices, by number."""
    query = select(FairStand).where(FairStand.item_id == item_id).order_by(FairStand.number)
    return db.session.scalars(query.options(_WHOLE)).all()


def stand(item_id: int, stand_id: int) -> FairStand:
    """Raises FormatNotFound."""
    found = db.session.scalar(
        select(FairStand).where(FairStand.item_id == item_id, FairStand.id == stand_id).options(_WHOLE)
    )
    if found is None:
        raise FormatNotFound(stand_id=stand_id)
    return found


def stand_with(event_id: int, code: str) -> FairStand:
    """The stand whose code was read; raises FormatNotFound."""
    found = db.session.scalar(
        select(FairStand).where(FairStand.event_id == event_id, FairStand.code == code).options(_WHOLE)
    )
    if found is None:
        raise FormatNotFound(stand=code)
    return found


def interest(stand_id: int, registration_id: int) -> StandInterest | None:
    return db.session.get(StandInterest, (stand_id, registration_id))


def member(registration_id: int) -> Row[*tuple[Any, ...]] | None:
    """Address, language and organisation of a participant who comes for one that the network knows."""
    query = select(Registration.email, Registration.locale, Registration.organisation_id)
    return db.session.execute(
        query.where(Registration.id == registration_id, Registration.organisation_id.is_not(None))
    ).one_or_none()


def is_interested(organisation_id: int, practice_id: int) -> bool:
    """Whether somebody of an organisation has tapped at a stand of a practice, at any fair."""
    query = (
        select(StandInterest.stand_id)
        .join(FairStand, FairStand.id == StandInterest.stand_id)
        .join(Registration, Registration.id == StandInterest.registration_id)
        .where(Registration.organisation_id == organisation_id, FairStand.practice_id == practice_id)
    )
    return db.session.scalar(query.limit(1)) is not None


def interests_of(registration_id: int) -> frozenset[int]:
    """The stands at which somebody tapped."""
    query = select(StandInterest.stand_id).where(StandInterest.registration_id == registration_id)
    return frozenset(db.session.scalars(query))


def practices_liked(registration_id: int) -> list[str]:
    """The addresses of the practices at whose stands somebody tapped."""
    query = (
        select(Practice.slug)
        .join(FairStand, FairStand.practice_id == Practice.id)
        .join(StandInterest, StandInterest.stand_id == FairStand.id)
        .where(StandInterest.registration_id == registration_id)
        .order_by(Practice.slug)
    )
    return list(db.session.scalars(query.distinct()))


def counts(stand_ids: Collection[int]) -> dict[int, int]:
    """How many with a place are interested, by stand."""
    rows = db.session.execute(
        select(StandInterest.stand_id, func.count())
        .join(Registration, Registration.id == StandInterest.registration_id)
        .where(StandInterest.stand_id.in_(stand_ids), Registration.place == Place.CONFIRMED)
        .group_by(StandInterest.stand_id)
    )
    return {row[0]: row[1] for row in rows}


def fairs_of(practice_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stand, title and begin of every event at whose fair a practice stood, the newest first."""
    return db.session.execute(
        select(FairStand.id, Event.title, Event.starts_at, Event.timezone)
        .join(Event, Event.id == FairStand.event_id)
        .where(FairStand.practice_id == practice_id)
        .order_by(Event.starts_at.desc(), FairStand.id)
    ).all()


def part_of(stand: FairStand) -> AgendaItem:
    """The part of the agenda where a stand is, with its event."""
    query = select(AgendaItem).where(AgendaItem.id == stand.item_id).options(joinedload(AgendaItem.event))
    return db.session.scalars(query).one()
