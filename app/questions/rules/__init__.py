"""What an event may ask, which answers it takes, and what a question with answers still allows."""

from __future__ import annotations

from app.questions.rules.answers import check_answered, check_seats, complete, is_answered, longest, normalise
from app.questions.rules.asking import (
    MOST_ERASURE_DAYS,
    MOST_QUESTIONS,
    check_change,
    check_form,
    check_form_change,
    check_question,
    kinds_for,
    needs_reason,
    wording_changes,
)
from app.questions.rules.windows import erased_on, is_open, moved, reminder_at
from app.questions.rules.words import (
    BOUNDED,
    CHOSEN,
    MOST_CHOICES,
    NOTHING,
    RATINGS,
    Asked,
    Choice,
    FormInput,
    Kind,
    Purpose,
    QuestionInput,
    Readers,
)

__all__ = [
    "BOUNDED",
    "CHOSEN",
    "MOST_CHOICES",
    "MOST_ERASURE_DAYS",
    "MOST_QUESTIONS",
    "NOTHING",
    "RATINGS",
    "Asked",
    "Choice",
    "FormInput",
    "Kind",
    "Purpose",
    "QuestionInput",
    "Readers",
    "check_answered",
    "check_change",
    "check_form",
    "check_form_change",
    "check_question",
    "check_seats",
    "complete",
    "erased_on",
    "is_answered",
    "is_open",
    "kinds_for",
    "longest",
    "moved",
    "needs_reason",
    "normalise",
    "reminder_at",
    "wording_changes",
]
