"""What a form says otherwise than what stands there now, for an editor whom somebody overtook."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, FieldList, HiddenField, SelectField, SelectMultipleField

from app.agenda.forms import ItemForm


def differences(typed: ItemForm, stored: ItemForm) -> list[tuple[str, str]]:
    """The label of every field that differs, and its stored value in words."""
    fields = (field for field in stored if not isinstance(field, HiddenField))
    return [
        (str(field.label.text), _words(field) or _("(empty)"))
        for field in fields
        if _words(field) != _words(typed[field.short_name])
    ]


def _words(field: Any) -> str:
    if isinstance(field, FieldList):
        rows = (row.form for row in field if row.form.person_id.data)
        return "; ".join(", ".join(filter(None, (_words(each) for each in row if each.data))) for row in rows)
    if isinstance(field, SelectMultipleField):
        return ", ".join(words for value, words in field.choices if value in (field.data or ()))
    if isinstance(field, SelectField):
        return next((str(words) for value, words in field.choices if field.coerce(value) == field.data), "")
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    return str(field.data or "")
