"""Whatever a public page shows of an event makes its rendered parts untrue, in the same transaction."""

from __future__ import annotations

from typing import Any

from app.agenda.facts import AgendaChanged
from app.changes.services import touch
from app.events.facts import EventChanged, EventCreated, EventStepTaken
from app.events.queries import event
from app.kernel.facts import on
from app.site.rules import PAGES


@on(EventCreated, EventChanged, EventStepTaken, AgendaChanged)
def pages_changed(fact: Any) -> None:
    touch({PAGES}, now=event(fact.event_id).content_changed_at)
