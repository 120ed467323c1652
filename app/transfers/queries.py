from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.network.models import Organisation
from app.practices.models import Practice
from app.transfers.errors import AdoptionNotFound
from app.transfers.models import Adoption
from app.transfers.rules import ASKED_AFTER, OPEN, asking_due


def adoption(public_id: str) -> Adoption:
    """With practice, organisation and changes; raises AdoptionNotFound."""
    found = db.session.scalar(_whole().where(Adoption.public_id == public_id))
    if found is None:
        raise AdoptionNotFound
    return found


def adoption_by_id(adoption_id: int) -> Adoption | None:
    return db.session.scalar(_whole().where(Adoption.id == adoption_id))


def adoption_between(practice_id: int, organisation_id: int) -> Adoption | None:
    """An organisation's way with a practice, with what a mail says of it."""
    query = _whole().where(Adoption.practice_id == practice_id, Adoption.organisation_id == organisation_id)
    return db.session.scalar(query)


def hold_adoption(public_id: str) -> Adoption:
    """The same, locked; raises AdoptionNotFound."""
    found = db.session.scalar(select(Adoption).where(Adoption.public_id == public_id).with_for_update())
    if found is None:
        raise AdoptionNotFound
    return found


def adoption_of(practice_id: int, organisation_id: int) -> Adoption | None:
    query = select(Adoption).where(Adoption.practice_id == practice_id, Adoption.organisation_id == organisation_id)
    return db.session.scalar(query.with_for_update())


def adoptions_of(practice_id: int) -> Sequence[Adoption]:
    """Who takes a practice up, in the order in which they began."""
    return db.session.scalars(_whole().where(Adoption.practice_id == practice_id)).all()


def exchanges() -> Sequence[Adoption]:
    """Everybody who takes up a published practice, or gave it up."""
    return db.session.scalars(_whole().join(Adoption.practice).where(Practice.is_published)).all()


def to_ask(now: datetime) -> Sequence[Adoption]:
    """Those in an open state of whom a follow-up is due; nobody is asked about what is not published any more."""
    soonest = now - timedelta(days=28 * ASKED_AFTER[0])  # no three months are shorter
    query = (
        select(Adoption)
        .join(Adoption.practice)
        .where(
            Practice.is_published,
            Adoption.state.in_(OPEN),
            Adoption.asked < len(ASKED_AFTER),
            Adoption.since <= soonest,
        )
    )
    rows = db.session.scalars(query.order_by(Adoption.id).with_for_update(of=Adoption)).all()
    return [row for row in rows if asking_due(row.state, row.since, row.asked, now)]


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def _whole() -> Select[Adoption]:
    place = (joinedload(Organisation.country), joinedload(Organisation.region))
    return (
        select(Adoption)
        .order_by(Adoption.since, Adoption.id)
        .options(
            joinedload(Adoption.practice).options(
                joinedload(Practice.region), joinedload(Practice.owner).options(*place)
            ),
            joinedload(Adoption.organisation).options(*place),
            selectinload(Adoption.changes),
        )
    )
