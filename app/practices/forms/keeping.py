"""The shape of what stands beside the form: uses, authors, files, tables, lengths."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.kernel.form_checks import Boxes, WholeNumber, line, lines
from app.kernel.phrases import say
from app.practices.forms.writing import chosen_id
from app.practices.inputs import AuthorInput, FileInput, UseInput
from app.practices.phrases import PARTS
from app.practices.rules import Act
from app.practices.rules.form import ROOM, Part


class UseForm(FlaskForm):
    """What happened to a practice at an event; several acts at once are several entries."""

    practice_id = SelectField(_("Practice"), [DataRequired(_("Choose a practice."))], coerce=chosen_id)
    act = Boxes(_("It was"), [InputRequired(_("Tick at least one."))], default=[str(Act.PRESENTED)])
    agenda_item_id = SelectField(_("In this item of the agenda"), coerce=chosen_id)
    notes = lines(_("Notes, shown on the page of the practice"), longest=2000)
    outcome = lines(_("What came of it"), longest=2000)

    def offer(self, *, practices: Sequence[tuple[int, str]], items: Sequence[tuple[int, str]]) -> None:
        self.practice_id.choices = [("", str(_("Choose…"))), *practices]
        self.act.choices = [(str(act), say(act)) for act in Act]
        self.agenda_item_id.choices = [("", str(_("No item in particular"))), *items]

    def to_inputs(self) -> list[UseInput]:
        return [
            UseInput(
                practice_id=self.practice_id.data,
                act=Act(act),
                agenda_item_id=self.agenda_item_id.data,
                notes=self.notes.data or None,
                outcome=self.outcome.data or None,
            )
            for act in self.act.data
        ]


class AuthorForm(FlaskForm):
    """Who wrote it, and for whom."""

    person_id = SelectField(_("Person"), [DataRequired(_("Choose a person."))], coerce=chosen_id)
    organisation_id = SelectField(_("Organisation"), [DataRequired(_("Choose an organisation."))], coerce=chosen_id)

    def offer(self, persons: Sequence[tuple[int, str]], organisations: Sequence[tuple[int, str]]) -> None:
        self.person_id.choices = [("", str(_("Choose…"))), *persons]
        self.organisation_id.choices = [("", str(_("Choose…"))), *organisations]

    def to_input(self) -> AuthorInput:
        return AuthorInput(person_id=self.person_id.data, organisation_id=self.organisation_id.data)


class FileForm(FlaskForm):
    """A picture or a document."""

    files = FileField(_("File"), [FileRequired(_("Choose a file."))])
    about = line(_("What it shows, for those who do not see it"), longest=300, required=True)
    credit = line(_("Credit: who made the picture"), longest=200)

    def to_input(self) -> FileInput:
        return FileInput(about=self.about.data, credit=self.credit.data or None)


class SheetForm(FlaskForm):
    """A table of practices."""

    files = FileField(_("Table as CSV or XLSX"), [FileRequired(_("Choose a file."))])


class LengthsForm(FlaskForm):
    """How many characters each part may have; empty means as the form says."""

    def to_input(self) -> dict[Part, int | None]:
        return {part: self[f"longest_{part}"].data for part in Part}


for _part in Part:
    setattr(
        LengthsForm,
        f"longest_{_part}",
        WholeNumber(
            PARTS[_part],
            [Optional(), NumberRange(10, ROOM[_part], message=_("Write a number from %(min)s to %(max)s."))],
        ),
    )
