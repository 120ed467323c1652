from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.kernel.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsChanged(Fact):
    """What an event asks changed: a form, a question, a deadline or a reminder."""

    event_id: int
    form_id: int
    at: datetime
    is_new: bool = False  # the form
    by_template: bool = False  # not by hand: it followed the template that it was made from
