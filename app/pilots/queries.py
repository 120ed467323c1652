from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.kernel.db import db
from app.kernel.texts import Texts
from app.needs.models import Need
from app.needs.rules import NeedState
from app.network.models import Organisation
from app.pilots.errors import ServiceNotFound
from app.pilots.models import (
    Pilot,
    ServiceProposal,
    ServiceUptake,
    ServiceVersion,
    service_implementer,
    service_need,
    service_practice,
)
from app.pilots.rules import OPEN, ServiceFilter
from app.practices.models import Practice
from app.search.queries import refs

PAGE = 30
_LINE = (
    joinedload(ServiceProposal.owner),
    selectinload(ServiceProposal.implementers),
)
_WHOLE = (
    *_LINE,
    joinedload(ServiceProposal.proposer),
    selectinload(ServiceProposal.needs).joinedload(Need.cluster),
    selectinload(ServiceProposal.practices),
    selectinload(ServiceProposal.changes),
    selectinload(ServiceProposal.pilots),
    selectinload(ServiceProposal.uptakes).joinedload(ServiceUptake.adopter),
)


def service(slug: str) -> ServiceProposal:
    """With everything that its page shows; raises ServiceNotFound."""
    found = db.session.scalar(select(ServiceProposal).where(ServiceProposal.slug == slug).options(*_WHOLE))
    if found is None:
        raise ServiceNotFound(slug=slug)
    return found


def hold_service(service_id: int) -> ServiceProposal:
    """The row, locked. Raises ServiceNotFound."""
    query = select(ServiceProposal).where(ServiceProposal.id == service_id).with_for_update()
    found = db.session.scalar(query, execution_options={"populate_existing": True})
    if found is None:
        raise ServiceNotFound(id=service_id)
    return found


def service_by_id(service_id: int) -> ServiceProposal | None:
    return db.session.scalar(select(ServiceProposal).where(ServiceProposal.id == service_id).options(*_LINE))


def pilot(service_id: int, pilot_id: int) -> Pilot | None:
    return db.session.scalar(select(Pilot).where(Pilot.id == pilot_id, Pilot.service_id == service_id))


def uptake(service_id: int, uptake_id: int) -> ServiceUptake | None:
    query = select(ServiceUptake).where(ServiceUptake.id == uptake_id, ServiceUptake.service_id == service_id)
    return db.session.scalar(query)


def slugs_like(beginning: str) -> set[str]:
    return set(db.session.scalars(select(ServiceProposal.slug).where(ServiceProposal.slug.startswith(beginning))))


def listed(wanted: ServiceFilter, *, page: int = 1) -> tuple[Sequence[ServiceProposal], int]:
    """One page of services, the latest change first, and how many there are in all."""
    tests = _conditions(wanted)
    total = db.session.scalar(select(func.count()).select_from(ServiceProposal).where(*tests)) or 0
    query = select(ServiceProposal).where(*tests).limit(PAGE).offset((page - 1) * PAGE)
    return _found(query), total


def _conditions(wanted: ServiceFilter) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if wanted.q:
        tests.append(ServiceProposal.id.in_(refs("service_proposal", wanted.q)))
    if wanted.stage:
        tests.append(ServiceProposal.stage == wanted.stage)
    if wanted.target:
        tests.append(ServiceProposal.target == wanted.target)
    if wanted.country:
        of_country = select(service_implementer.c.service_id).join(
            Organisation, Organisation.id == service_implementer.c.organisation_id
        )
        tests.append(ServiceProposal.id.in_(of_country.where(Organisation.country_code == wanted.country)))
    return tests


def _found(query: Select[ServiceProposal]) -> Sequence[ServiceProposal]:
    ordered = query.options(*_LINE).order_by(ServiceProposal.changed_at.desc(), ServiceProposal.id.desc())
    return db.session.scalars(ordered).all()


def of_organisations(ids: Collection[int] | None) -> Sequence[ServiceProposal]:
    """What some organisations own, proposed or implement; all with None."""
    query = select(ServiceProposal)
    if ids is not None:
        implemented = select(service_implementer.c.service_id).where(service_implementer.c.organisation_id.in_(ids))
        query = query.where(
            or_(
                ServiceProposal.owner_id.in_(ids),
                ServiceProposal.proposer_id.in_(ids),
                ServiceProposal.id.in_(implemented),
            )
        )
    return _found(query)


def of_need(need_id: int) -> Sequence[ServiceProposal]:
    by_need = select(service_need.c.service_id).where(service_need.c.need_id == need_id)
    return _found(select(ServiceProposal).where(ServiceProposal.id.in_(by_need)))


def service_of_form(form_key: str) -> ServiceProposal | None:
    return db.session.scalar(select(ServiceProposal).where(ServiceProposal.form_key == form_key))


def pilot_of_form(form_key: str) -> Pilot | None:
    return db.session.scalar(select(Pilot).where(Pilot.form_key == form_key))


def uptake_of_form(form_key: str) -> ServiceUptake | None:
    return db.session.scalar(select(ServiceUptake).where(ServiceUptake.form_key == form_key))


def content_at(service_id: int, number: int) -> dict[str, Any] | None:
    """What the form held at an earlier revision; None of one that nobody kept."""
    row = db.session.get(ServiceVersion, (service_id, number))
    return row.content if row else None


def of_practice(practice_id: int) -> Sequence[ServiceProposal]:
    by_practice = select(service_practice.c.service_id).where(service_practice.c.practice_id == practice_id)
    return _found(select(ServiceProposal).where(ServiceProposal.id.in_(by_practice)))


def whole_of_practice(practice_id: int) -> Sequence[ServiceProposal]:
    """Those that a practice inspired, with needs, pilots and uptake, in the order of their proposal."""
    by_practice = select(service_practice.c.service_id).where(service_practice.c.practice_id == practice_id)
    return db.session.scalars(
        select(ServiceProposal)
        .where(ServiceProposal.id.in_(by_practice))
        .order_by(ServiceProposal.created_at, ServiceProposal.id)
        .options(
            selectinload(ServiceProposal.needs),
            selectinload(ServiceProposal.pilots),
            selectinload(ServiceProposal.uptakes).joinedload(ServiceUptake.adopter),
        )
    ).all()


def of_event(event_id: int) -> Sequence[ServiceProposal]:
    """Proposed for needs that were said at an event."""
    said = (
        select(service_need.c.service_id)
        .join(Need, Need.id == service_need.c.need_id)
        .where(Need.event_id == event_id, Need.is_public)
    )
    return _found(select(ServiceProposal).where(ServiceProposal.id.in_(said)))


def needs_to_answer() -> Sequence[tuple[int, str]]:
    """Public needs, the most wanted first."""
    rows = db.session.execute(
        select(Need.id, Need.text)
        .where(Need.is_public, Need.state == NeedState.SHOWN)
        .order_by(Need.voters.desc(), Need.id)
    )
    return [(row.id, row.text) for row in rows]


def practices_to_follow() -> Sequence[tuple[int, Texts]]:
    rows = db.session.execute(select(Practice.id, Practice.title).where(Practice.is_published).order_by(Practice.id))
    return [(row.id, row.title) for row in rows]


def needs(ids: Collection[int]) -> Sequence[Need]:
    return db.session.scalars(select(Need).where(Need.id.in_(ids)).order_by(Need.id)).all()


def practices(ids: Collection[int]) -> Sequence[Practice]:
    return db.session.scalars(select(Practice).where(Practice.id.in_(ids)).order_by(Practice.id)).all()


def organisations(ids: Collection[int]) -> Sequence[Organisation]:
    return db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name)).all()


def overdue(today: date, limit: int) -> Sequence[ServiceProposal]:
    """Whose day is over and whose owners were not told of it yet."""
    query = select(ServiceProposal).where(
        ServiceProposal.stage.in_(OPEN),
        ServiceProposal.due_on < today,
        or_(ServiceProposal.told_on.is_(None), ServiceProposal.told_on != ServiceProposal.due_on),
    )
    return db.session.scalars(query.options(*_LINE).order_by(ServiceProposal.id).limit(limit)).all()
