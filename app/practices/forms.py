"""The shape of what is typed about a practice. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import DataRequired

from app.kernel.form_checks import Boxes, line, lines, texts_of
from app.kernel.i18n import language
from app.kernel.phrases import say
from app.network.queries import Choice
from app.practices.errors import TitleMissing
from app.practices.inputs import PracticeInput, UseInput
from app.practices.rules import Act, Aim


def named(choices: Iterable[Choice], empty: str) -> list[tuple[str, str]]:
    """Choices with their names in the reader's language, after an empty one."""
    lang = language()
    return [("", empty), *((str(choice.id), choice.name.wording(lang).text) for choice in choices)]


def _id(value: Any) -> int | None:
    return int(value) if value else None


class PracticeForm(FlaskForm):
    """``offer`` gives the choices before the form is validated or shown."""

    title_en = line(_("Title in English"), longest=160)
    title_it = line(_("Title in Italian"), longest=160)
    title_de = line(_("Title in German"), longest=160)
    owner_id = SelectField(_("Owner"), [DataRequired(_("Choose whose practice this is."))], coerce=_id)
    country_code = SelectField(_("Country"), [DataRequired(_("Choose the country where it is done."))])
    region_code = SelectField(_("Region"), default="")
    city = line(_("Town"), longest=120)
    sector_id = SelectField(_("Sector"), default="")
    aims = Boxes(_("What it promotes"))
    summary_en = lines(_("Summary in English"), longest=600)
    summary_it = lines(_("Summary in Italian"), longest=600)
    summary_de = lines(_("Summary in German"), longest=600)
    body_en = lines(_("In full, in English"), longest=20_000)
    body_it = lines(_("In full, in Italian"), longest=20_000)
    body_de = lines(_("In full, in German"), longest=20_000)

    def offer(
        self,
        *,
        owners: Sequence[tuple[int, str]],
        countries: Iterable[Choice],
        regions: Iterable[Choice],
        sectors: Iterable[Choice],
    ) -> None:
        self.owner_id.choices = [("", str(_("Choose…"))), *owners]
        self.country_code.choices = named(countries, str(_("Choose…")))
        self.region_code.choices = named(regions, str(_("No region")))
        self.sector_id.choices = named(sectors, str(_("No sector")))
        self.aims.choices = [(str(aim), say(aim)) for aim in Aim]

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        title = self[f"title_{language()}"]
        if texts_of(self, "title") or title.errors:
            return bool(is_right)
        title.errors = [say(TitleMissing.code)]
        return False

    def to_input(self) -> PracticeInput:
        return PracticeInput(
            title=texts_of(self, "title"),
            summary=texts_of(self, "summary"),
            body=texts_of(self, "body"),
            owner_id=self.owner_id.data,
            country_code=self.country_code.data,
            region_code=self.region_code.data or None,
            city=self.city.data or None,
            sector_id=self.sector_id.data or None,
            aims=frozenset(map(Aim, self.aims.data or ())),
        )


class UseForm(FlaskForm):
    """What happened to a practice at an event."""

    practice_id = SelectField(_("Practice"), [DataRequired(_("Choose a practice."))], coerce=_id)
    act = SelectField(_("It was"), default=Act.PRESENTED)
    agenda_item_id = SelectField(_("In this item of the agenda"), coerce=_id)
    notes = lines(_("Notes, shown on the page of the practice"), longest=2000)

    def offer(self, *, practices: Sequence[tuple[int, str]], items: Sequence[tuple[int, str]]) -> None:
        self.practice_id.choices = [("", str(_("Choose…"))), *practices]
        self.act.choices = [(str(act), say(act)) for act in Act]
        self.agenda_item_id.choices = [("", str(_("No item in particular"))), *items]

    def to_input(self) -> UseInput:
        return UseInput(
            practice_id=self.practice_id.data,
            act=Act(self.act.data),
            agenda_item_id=self.agenda_item_id.data,
            notes=self.notes.data or None,
        )
