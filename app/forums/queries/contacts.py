from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from app.events.models import Event
from app.forums.models import ContactCard
from app.kernel.db import db
from app.registration.models import Registration
from app.registration.rules import Place


def card(registration_id: int) -> ContactCard | None:
    return db.session.get(ContactCard, registration_id)


def cards_of(event_id: int) -> Sequence[ContactCard]:
    """The cards of everybody with a confirmed place who shares one, in the order of names."""
    return db.session.scalars(
        select(ContactCard)
        .join(Registration, Registration.id == ContactCard.registration_id)
        .where(ContactCard.event_id == event_id, Registration.place == Place.CONFIRMED)
        .order_by(Registration.family_name, Registration.given_name, Registration.id)
        .options(contains_eager(ContactCard.registration))
    ).all()


def events_over(before: datetime) -> Sequence[int]:
    """Events with cards that had ended by then."""
    query = select(Event.id).where(Event.ends_at <= before, Event.id.in_(select(ContactCard.event_id)))
    return db.session.scalars(query).all()


def count_cards(event_id: int) -> int:
    query = (
        select(func.count())
        .select_from(ContactCard)
        .join(Registration, Registration.id == ContactCard.registration_id)
        .where(ContactCard.event_id == event_id, Registration.place == Place.CONFIRMED)
    )
    return db.session.scalar(query) or 0
