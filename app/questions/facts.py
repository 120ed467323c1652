from __future__ import annotations

from dataclasses import dataclass

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsChanged(Fact):
    """What an event asks changed: a form, a question, a deadline or a reminder."""

    event_id: int
    form_id: int
