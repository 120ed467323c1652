from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from app.agenda.models import AgendaItem, Stop
from app.diaries.models import Debrief, DiaryLine
from app.diaries.rules import Prompt
from app.diaries.rules.windows import USUAL_DAYS
from app.events.models import Event
from app.events.rules import Audience
from app.kernel.db import db
from app.registration.models import Registration
from app.registration.rules import Place


def has_stops(event_id: int) -> bool:
    """Whether there is something to write a diary of."""
    query = select(AgendaItem.id).join(Stop, Stop.item_id == AgendaItem.id).where(AgendaItem.event_id == event_id)
    return db.session.scalar(query.limit(1)) is not None


def stops_of(event_id: int) -> Mapping[int, AgendaItem]:
    """The stops that participants see, by item, in the order of time."""
    query = (
        select(AgendaItem)
        .join(Stop, Stop.item_id == AgendaItem.id)
        .where(AgendaItem.event_id == event_id, AgendaItem.audience.is_distinct_from(Audience.INTERNAL))
        .options(joinedload(AgendaItem.stop).joinedload(Stop.host))
        .order_by(AgendaItem.day, AgendaItem.start_minute, AgendaItem.end_minute, AgendaItem.id)
    )
    return {one.id: one for one in db.session.scalars(query)}


def debrief_of(event_id: int) -> Debrief:
    """What the organiser wrote; where nobody has yet, as it begins (not in the session)."""
    found = db.session.get(Debrief, event_id)
    return found or Debrief(event_id=event_id, open_days=USUAL_DAYS, objectives="", competence="", cooperation="")


def hold_debrief(event_id: int) -> Debrief:
    """The row, made if need be; for who holds the event."""
    found = db.session.get(Debrief, event_id)
    if found is None:
        found = Debrief(event_id=event_id, open_days=USUAL_DAYS)
        db.session.add(found)
    return found


def lines_of(registration_id: int) -> Sequence[DiaryLine]:
    """Everything that somebody wrote, with its versions."""
    query = select(DiaryLine).where(DiaryLine.registration_id == registration_id)
    return db.session.scalars(query.options(selectinload(DiaryLine.versions)).order_by(DiaryLine.id)).all()


def line_at(registration_id: int, item_id: int, prompt: Prompt) -> DiaryLine | None:
    query = select(DiaryLine).where(
        DiaryLine.registration_id == registration_id, DiaryLine.item_id == item_id, DiaryLine.prompt == prompt
    )
    return db.session.scalar(query.options(selectinload(DiaryLine.versions)))


def shared_lines(event_id: int, ids: Collection[int] | None = None) -> Sequence[DiaryLine]:
    """What is shared now by people with a place, in the order in which it was written; of some ids, or all."""
    query = (
        select(DiaryLine)
        .join(Registration, Registration.id == DiaryLine.registration_id)
        .where(
            DiaryLine.event_id == event_id,
            DiaryLine.is_shared,
            DiaryLine.text != "",
            Registration.place == Place.CONFIRMED,
        )
        .options(joinedload(DiaryLine.registration))
        .order_by(DiaryLine.written_at, DiaryLine.id)
    )
    return db.session.scalars(query if ids is None else query.where(DiaryLine.id.in_(ids))).all()


def events_to_erase(before: datetime, limit: int) -> Sequence[int]:
    """Events over before then that still have diaries."""
    query = select(DiaryLine.event_id).join(Event, Event.id == DiaryLine.event_id).where(Event.ends_at < before)
    return db.session.scalars(query.distinct().limit(limit)).all()


def erase_lines(event_id: int) -> None:
    """Every line of an event with its versions."""
    db.session.execute(delete(DiaryLine).where(DiaryLine.event_id == event_id))


def erase_of(registration_id: int) -> None:
    """Everything that somebody wrote."""
    db.session.execute(delete(DiaryLine).where(DiaryLine.registration_id == registration_id))
