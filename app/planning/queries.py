from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import defer

from app.accounts.models import Account
from app.kernel.db import Base, db
from app.materials.models import Material
from app.network.models import Organisation, Person
from app.planning.errors import ReleaseNotFound
from app.planning.models import FormerItem, Plan, PlanItem, PlanReason, PlanStep, Release
from app.planning.rules import StepState
from app.practices.models import PracticeUse
from app.venues.models import Room, Venue

_BOUND: dict[str, type[Material] | type[PracticeUse]] = {"material": Material, "practice_use": PracticeUse}


def plan(event_id: int) -> Plan | None:
    return db.session.get(Plan, event_id)


def version(event_id: int) -> int:
    """How far a plan has come; 0 where nobody changed anything yet."""
    return db.session.scalar(select(Plan.version).where(Plan.event_id == event_id)) or 0


def changeover(event_id: int) -> int:
    """Minutes that shall be left between two items in a room."""
    return db.session.scalar(select(Plan.changeover).where(Plan.event_id == event_id)) or 0


def plan_items(event_id: int) -> Sequence[PlanItem]:
    """Where the plan differs from the agenda, in the order in which it came to."""
    return db.session.scalars(select(PlanItem).where(PlanItem.event_id == event_id).order_by(PlanItem.id)).all()


def steps_since(event_id: int, version: int) -> Sequence[PlanStep]:
    """What was changed after a version, the last change first."""
    query = select(PlanStep).where(PlanStep.event_id == event_id, PlanStep.version > version)
    return db.session.scalars(query.order_by(PlanStep.version.desc())).all()


def latest_steps(event_id: int, most: int) -> Sequence[PlanStep]:
    query = select(PlanStep).where(PlanStep.event_id == event_id).order_by(PlanStep.version.desc())
    return db.session.scalars(query.limit(most)).all()


def step_to_undo(event_id: int) -> PlanStep | None:
    """The last change that stands."""
    return _step(event_id, StepState.DONE, PlanStep.version.desc())


def step_to_redo(event_id: int) -> PlanStep | None:
    """The first of those that were undone and not replaced by another change."""
    return _step(event_id, StepState.UNDONE, PlanStep.version)


def _step(event_id: int, state: StepState, order: Any) -> PlanStep | None:
    query = select(PlanStep).where(PlanStep.event_id == event_id, PlanStep.state == state)
    return db.session.scalar(query.order_by(order).limit(1))


def let_pass(event_id: int, *states: StepState) -> None:
    """Changes in these states can no longer be undone, or done again."""
    db.session.execute(
        update(PlanStep).where(PlanStep.event_id == event_id, PlanStep.state.in_(states)).values(state=StepState.PASSED)
    )


def reasons(event_id: int) -> Sequence[PlanReason]:
    return db.session.scalars(select(PlanReason).where(PlanReason.event_id == event_id).order_by(PlanReason.id)).all()


def former_sequences(event_id: int, uids: Collection[str]) -> dict[str, int]:
    """Where items that were on the agenda once left off."""
    query = select(FormerItem.uid, FormerItem.sequence).where(FormerItem.event_id == event_id, FormerItem.uid.in_(uids))
    return {row.uid: row.sequence for row in db.session.execute(query)}


def former_item(event_id: int, uid: str) -> FormerItem | None:
    return db.session.scalar(select(FormerItem).where(FormerItem.event_id == event_id, FormerItem.uid == uid))


def bound_to(item_id: int) -> dict[str, list[int]]:
    """By table the rows that belong to an item and outlive it: material, and where practices were presented."""
    return {
        name: list(db.session.scalars(select(table.id).where(table.agenda_item_id == item_id).order_by(table.id)))
        for name, table in _BOUND.items()
    }


def bind_again(bound: Mapping[str, Collection[int]], item_id: int) -> None:
    """Give rows to an item again, those that belong to no other."""
    for name, ids in bound.items():
        table = _BOUND.get(name)
        if table and ids:
            free = update(table).where(table.id.in_(ids), table.agenda_item_id.is_(None))
            db.session.execute(free.values(agenda_item_id=item_id))


def releases(event_id: int) -> Sequence[Release]:
    """The releases of an agenda without what they hold, the last one first."""
    query = select(Release).where(Release.event_id == event_id).order_by(Release.number.desc())
    return db.session.scalars(query.options(defer(Release.content))).all()


def releases_after(event_id: int, number: int) -> Sequence[Release]:
    query = select(Release).where(Release.event_id == event_id, Release.number > number)
    return db.session.scalars(query.options(defer(Release.content))).all()


def release(event_id: int, number: int) -> Release:
    """Raises ReleaseNotFound."""
    found = db.session.scalar(select(Release).where(Release.event_id == event_id, Release.number == number))
    if found is None:
        raise ReleaseNotFound(number=number)
    return found


def release_by_id(release_id: int) -> Release | None:
    return db.session.get(Release, release_id)


def latest_release(event_id: int) -> Release | None:
    query = select(Release).where(Release.event_id == event_id).order_by(Release.number.desc()).limit(1)
    return db.session.scalar(query)


def count_releases(event_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Release.event_id == event_id)) or 0


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """What people with these accounts are called: by their names, else by their addresses."""
    query = (
        select(Account.id, Account.email, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.account_id == Account.id)
        .where(Account.id.in_(account_ids))
    )
    return {
        row.id: f"{row.given_name} {row.family_name}" if row.family_name else row.email
        for row in db.session.execute(query)
    }


def rooms_by_id(ids: Collection[int]) -> dict[int, Room]:
    return _by_id(Room, ids)


def venues_by_id(ids: Collection[int]) -> dict[int, Venue]:
    return _by_id(Venue, ids)


def persons_by_id(ids: Collection[int]) -> dict[int, Person]:
    return _by_id(Person, ids)


def organisations_by_id(ids: Collection[int]) -> dict[int, Organisation]:
    return _by_id(Organisation, ids)


def _by_id(table: type[Base], ids: Collection[int]) -> dict[int, Any]:
    if not ids:
        return {}
    rows: Sequence[Any] = db.session.scalars(select(table).where(table.__table__.c.id.in_(ids))).all()
    return {row.id: row for row in rows}
