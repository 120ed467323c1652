from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange

from app.agenda.findings import Finding
from app.kernel.form_checks import Boxes, NoControlCharacters, WholeNumber, line, lines, texts_into, texts_of
from app.kernel.form_times import Day
from app.kernel.i18n import language
from app.plans.inputs import ActionInput, DistrictInput
from app.plans.models import MetaDistrict, PlanAction
from app.plans.rules.actions import LONGEST_TITLE, title_of

NONE = 0


class ActionForm(FlaskForm):  # type: ignore[misc]
    """``source``: the note that the action is made of."""

    source = HiddenField(validators=[Length(max=60), NoControlCharacters()])
    title_en = line(_("Action, in English"), longest=LONGEST_TITLE)
    title_it = line(_("Action, in Italian"), longest=LONGEST_TITLE)
    title_de = line(_("Action, in German"), longest=LONGEST_TITLE)
    owner = SelectField(_("Who does it"), coerce=int)
    due = Day(_("Until"), [InputRequired(_("Give the day until when."))])
    event = SelectField(_("Comes from the event"), coerce=int)
    note = lines(_("Note"), longest=4000)

    def offer(self, owners: list[tuple[int, str]], events: list[tuple[int, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.owner.choices = [SelectChoice(key, name) for key, name in owners]
        self.event.choices = [
            SelectChoice(NONE, str(_("No event"))),
            *(SelectChoice(key, name) for key, name in events),
        ]

    def to_input(self) -> ActionInput:
        return ActionInput(
            title=texts_of(self, "title"),
            owner_id=self.owner.data,
            due=self.due.data,
            note=self.note.data or "",
            event_id=self.event.data or None,
            source=self.source.data or "",
        )

    @classmethod
    def of(cls, row: PlanAction) -> ActionForm:
        return cls(
            formdata=None,
            source=row.source,
            owner=row.owner_id,
            due=row.due,
            event=row.event_id or NONE,
            note=row.note,
            **texts_into("title", row.title),
        )

    @classmethod
    def of_finding(cls, found: Finding, *, owner_id: int | None, due: date) -> ActionForm:
        """A note as an action that only needs to be saved; its words stand in the reader's language."""
        return cls(
            formdata=None,
            source=found.reference,
            owner=owner_id,
            due=due,
            event=found.event_id,
            note=found.text,
            **{f"title_{language()}": title_of(found.text)},
        )


class DistrictForm(FlaskForm):  # type: ignore[misc]
    name_en = line(_("Name in English"), longest=200)
    name_it = line(_("Name in Italian"), longest=200)
    name_de = line(_("Name in German"), longest=200)
    target_year = WholeNumber(
        _("To be established by the year"),
        [InputRequired(_("Give a year.")), NumberRange(2000, 2100, _("Give a year from 2000 to 2100."))],
    )
    members = Boxes(_("Member clusters and organisations"), coerce=int)

    def offer(self, organisations: list[tuple[int, str]]) -> None:
        self.members.choices = [SelectChoice(key, name) for key, name in organisations]

    def to_input(self) -> DistrictInput:
        return DistrictInput(
            name=texts_of(self, "name"),
            target_year=self.target_year.data,
            member_ids=frozenset(self.members.data or ()),
        )

    @classmethod
    def of(cls, row: MetaDistrict) -> DistrictForm:
        return cls(
            formdata=None,
            target_year=row.target_year,
            members=[one.organisation_id for one in row.members],
            **texts_into("name", row.name),
        )
