"""Presence at several events at once, in as many queries as at one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import select

from app.kernel.db import db
from app.presence import rules
from app.presence.models import CheckList, Scan, StandingMark
from app.presence.rules import WERE_THERE, Mark, Standing


def present_people(event_ids: Collection[int]) -> Counter[int]:
    """How many people who registered were there, by event, on whichever list; who comes along is not counted."""
    lists = db.session.scalars(select(CheckList).where(CheckList.event_id.in_(event_ids))).all()
    events = {one.id: one.event_id for one in lists}
    rooms = {one.id: one.day for one in lists if one.has_exit}
    by_hand = _by_hand(event_ids)
    noted = {(who[0], list_id) for (who, list_id) in rules.states(_marks(event_ids), rooms) if who[1] is None}
    there = (noted - by_hand.keys()) | {key for key, standing in by_hand.items() if standing in WERE_THERE}
    return Counter(event_id for event_id, _person in {(events[list_id], who) for who, list_id in there})


def _marks(event_ids: Collection[int]) -> list[Mark]:
    rows = db.session.execute(
        select(Scan.id, Scan.list_id, Scan.registration_id, Scan.companion_id, Scan.kind, Scan.at, Scan.undoes)
        .join(CheckList, CheckList.id == Scan.list_id)
        .where(CheckList.event_id.in_(event_ids))
    )
    return [Mark(**row._asdict()) for row in rows]


def _by_hand(event_ids: Collection[int]) -> dict[tuple[int, int], Standing]:
    """What was set by hand and still holds, by registration and list."""
    rows = db.session.execute(
        select(StandingMark.registration_id, StandingMark.list_id, StandingMark.standing)
        .join(CheckList, CheckList.id == StandingMark.list_id)
        .where(CheckList.event_id.in_(event_ids))
        .order_by(StandingMark.id)
    )
    last = {(row[0], row[1]): row[2] for row in rows}
    return {key: standing for key, standing in last.items() if standing is not None}
