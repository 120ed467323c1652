"""Meetings of the forum that is not open yet: its blocks stand ready."""

from __future__ import annotations

from datetime import datetime

from app.agenda.rules import ItemKind
from app.demo.queries import items_of_kind
from app.events import queries as events
from app.meetings.inputs import SettingsInput
from app.meetings.services import preparing
from app.network.actors import SYSTEM

TABLES, MINUTES = 12, 20


def load_meetings(key: str, event_id: int, now: datetime) -> None:
    """Twelve tables and twenty minutes, and meetings that the organiser may arrange, at the forum of ICT and energy."""
    if key != "E9":
        return
    slug = events.event(event_id).slug
    for item_id in items_of_kind(event_id, ItemKind.B2B_BLOCK):
        preparing.set_block(item_id, event_slug=slug, slot_minutes=MINUTES, tables=TABLES, actor=SYSTEM, now=now)
    preparing.set_settings(event_slug=slug, values=SettingsInput(arranges=True), actor=SYSTEM, now=now)
