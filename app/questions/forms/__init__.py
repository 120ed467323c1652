"""The form that participants fill in, made of questions; and those in which organisers make the questions."""

from __future__ import annotations

from app.questions.forms.answering import answers_into, answers_of, form_for
from app.questions.forms.making import FormForm, QuestionEditor
from app.questions.forms.uploads import accept_uploads, asks_for_files, kept_file

__all__ = [
    "FormForm",
    "QuestionEditor",
    "accept_uploads",
    "answers_into",
    "answers_of",
    "asks_for_files",
    "form_for",
    "kept_file",
]
