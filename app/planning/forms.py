"""The shape of what is sent from the board."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.agenda.forms import words_of
from app.agenda.rules import ItemKind, parse_clock
from app.kernel.form_checks import line, lines
from app.kernel.texts import Texts
from app.planning.rules import LONGEST_ITEM, Column, Wish

LONGEST_CHANGEOVER = 120
SOON = 30  # minutes of a new item


class Nudge(StrEnum):
    """A small change at one press."""

    EARLIER = "earlier"
    LATER = "later"
    SHORTER = "shorter"
    LONGER = "longer"
    NEXT = "next"
    ASIDE = "aside"


def version_of(form: Any) -> int:
    """The version of the plan that the page showed; one that was forged knew of nothing."""
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class VersionForm(FlaskForm):  # type: ignore[misc]
    version = HiddenField()


class MoveForm(VersionForm):
    """Whatever is left out stays as it is."""

    day = IntegerField(_("Day"), [Optional(), NumberRange(0, 366)])
    starts = line(_("Begins"), longest=5)
    minutes = IntegerField(
        _("Minutes"),
        [Optional(), NumberRange(5, LONGEST_ITEM, _("Write a number of minutes from %(min)s to %(max)s."))],
    )
    column = line(_("Room or track"), longest=90)
    nudge = line(_("Small change"), longest=10)

    def wish(self) -> Wish:
        """Raises NotAClockTime or UnknownColumn."""
        return Wish(
            day=self.day.data,
            start=parse_clock(self.starts.data) if self.starts.data else None,
            minutes=self.minutes.data,
            column=Column.parse(self.column.data) if self.column.data else None,
        )


class NoteForm(FlaskForm):  # type: ignore[misc]
    """An item that has no time yet."""

    title = line(_("What"), longest=200, required=_("Write what it is."))
    kind = SelectField(_("Kind of item"))
    minutes = IntegerField(
        _("Minutes"),
        [
            InputRequired(_("Write how many minutes.")),
            NumberRange(5, LONGEST_ITEM, _("Write a number of minutes from %(min)s to %(max)s.")),
        ],
        default=SOON,
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.kind.choices = words_of(kind for kind in ItemKind if kind is not ItemKind.TRANSFER)

    def texts(self, lang: str) -> Texts:
        return Texts({lang: self.title.data})


class ReleaseForm(VersionForm):
    """``reason`` is asked for only where warnings are open."""

    name = line(
        _("Name of the release"), longest=120, required=_("Give it a name, such as “After the speakers answered”.")
    )
    note = lines(_("What everybody should know about it"), longest=1000)
    reason = line(_("Why the open warnings are all right"), longest=500)


class ChangeoverForm(FlaskForm):  # type: ignore[misc]
    changeover = IntegerField(
        _("Minutes between two items in a room"),
        [
            InputRequired(_("Write how many minutes.")),
            NumberRange(0, LONGEST_CHANGEOVER, _("Write a number of minutes from %(min)s to %(max)s.")),
        ],
    )


class CollectForm(FlaskForm):  # type: ignore[misc]
    collects = HiddenField()
