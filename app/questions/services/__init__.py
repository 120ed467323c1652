"""What organisers do with questions. Every verb decides who may, by ``actor``."""

from __future__ import annotations

from app.questions.services.copying import copy_forms
from app.questions.services.forms import add_form, edit_form, remove_form
from app.questions.services.questions import (
    add_question,
    add_ready,
    bring_back,
    edit_question,
    move_question,
    retire_question,
)

__all__ = [
    "add_form",
    "add_question",
    "add_ready",
    "bring_back",
    "copy_forms",
    "edit_form",
    "edit_question",
    "move_question",
    "remove_form",
    "retire_question",
]
