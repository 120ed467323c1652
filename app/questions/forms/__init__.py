"""The form that participants fill in, made of questions; and those in which organisers make the questions."""

from __future__ import annotations

from app.questions.forms.answering import answers_into, answers_of, form_for
from app.questions.forms.making import FormForm, QuestionEditor

__all__ = ["FormForm", "QuestionEditor", "answers_into", "answers_of", "form_for"]
