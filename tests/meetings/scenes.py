"""A forum with a block of meetings and people who take part."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.agenda.models import AgendaItem
from app.agenda.rules import ItemKind
from app.events.models import Event
from app.events.rules import Kind
from app.kernel.db import db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts
from app.meetings import queries
from app.meetings.inputs import ProfileInput, SettingsInput
from app.meetings.schedule import solve
from app.meetings.services import asking, partaking, preparing, searching
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.registration.models import Registration
from tests.builders import NOW, make_event
from tests.registration.helpers import join

LATER = NOW + timedelta(days=1)


def make_forum(organiser: Organisation | None = None, **settings: Any) -> Event:
    """In ten days, at noon UTC: six slots of twenty minutes from 13:00 in Rome on, at four tables."""
    event = make_event("Forum", kind=Kind.EXCHANGE_FORUM, organiser=organiser, capacity=60)
    item_id = add_item(event, ItemKind.B2B_BLOCK, start=13 * 60, minutes=120)
    preparing.set_block(item_id, event_slug=event.slug, slot_minutes=20, tables=4, actor=SYSTEM, now=NOW)
    preparing.set_settings(event_slug=event.slug, values=SettingsInput(**settings), actor=SYSTEM, now=NOW)
    return event


def add_item(event: Event, kind: ItemKind, *, start: int, minutes: int) -> int:
    item = AgendaItem(
        event_id=event.id,
        uid=new_uid(),
        day=0,
        start_minute=start,
        end_minute=start + minutes,
        kind=kind,
        title=Texts(en="One-to-one meetings" if kind is ItemKind.B2B_BLOCK else "Keynote"),
        abstract=Texts(),
        created_at=NOW,
        content_changed_at=NOW,
    )
    db.session.add(item)
    db.session.commit()
    return item.id


def take_part(event: Event, name: str, *, organisation: str = "", **values: Any) -> Registration:
    """Somebody of an organisation of their own registers and takes part."""
    registration = join(event.id, name, organisation=organisation or f"{name.capitalize()} & Co")
    values = {"needs": ("sector:ict",), "offers": (f"word:{name}",)} | values
    partaking.take_part(registration.id, values=ProfileInput(**values), now=NOW)
    return registration


def agree(asker: Registration, asked: Registration) -> None:
    """One asks, the other accepts."""
    asking.ask(asker.id, whom=asked.id, reason="A pilot", now=NOW)
    request = queries.request_between(asker.id, asked.id)
    assert request
    asking.accept(asked.id, request_id=request.id, now=NOW)


def make_schedule(event: Event, *, keeps: bool = False, now: datetime = LATER) -> int:
    """Ask for a schedule, make it as the worker does, and tell it."""
    search_id = searching.begin(event_slug=event.slug, seconds=10, keeps=keeps, actor=SYSTEM, now=now)
    started = searching.start(search_id, now=now)
    assert started
    posed, _seconds = started
    searching.finish(search_id, posed=posed, solved=solve(posed.problem, seconds=1), now=now)
    return searching.use(search_id, event_slug=event.slug, actor=SYSTEM, now=now)


def starts_at(event: Event, slot: int) -> datetime:
    """When a slot of the block begins: 13:00 in Rome is noon UTC in winter."""
    return event.starts_at.replace(hour=12, minute=0) + slot * timedelta(minutes=20)
