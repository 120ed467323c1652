from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from app.kernel.date_words import day_words
from app.kernel.form_checks import Boxes, line, lines, texts_into, texts_of
from app.kernel.form_times import Day
from app.kernel.i18n import language
from app.kernel.ids import opaque_id
from app.kernel.phrases import say
from app.network import queries as network
from app.network.actors import Actor
from app.pilots import queries
from app.pilots.inputs import PilotInput, ServiceInput, UptakeInput, content_of
from app.pilots.models import Pilot, ServiceProposal, ServiceUptake
from app.practices.rules.contents import changed
from app.practices.rules.differences import Run
from app.studies.rules import Target

_WHICH_DAY = _("Give a day, for example 2027-03-01.")
LONGEST_SHOWN = 140


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else changed meanwhile: ``runs`` are what went and what came."""

    title: str
    runs: list[Run]


class ServiceForm(FlaskForm):  # type: ignore[misc]
    title_en = line(_("Title in English"), longest=160)
    title_it = line(_("Title in Italian"), longest=160)
    title_de = line(_("Title in German"), longest=160)
    description_en = lines(_("What it is, in English"), longest=4000)
    description_it = lines(_("What it is, in Italian"), longest=4000)
    description_de = lines(_("What it is, in German"), longest=4000)
    need_ids = Boxes(_("Needs that it answers"))
    practice_ids = Boxes(_("Practices that inspire it"))
    target = SelectField(_("For whom it is"))
    proposer_id = SelectField(_("Proposed by"))
    owner_id = SelectField(_("Owner"))
    implementer_ids = Boxes(_("Implemented by"))
    uptake_actions_en = lines(_("What an adopter must do, in English"), longest=2000)
    uptake_actions_it = lines(_("What an adopter must do, in Italian"), longest=2000)
    uptake_actions_de = lines(_("What an adopter must do, in German"), longest=2000)
    due_on = Day(_("Next step by"), [Optional()])
    proof = line(_("Proof: where it lies"), longest=500)
    form_key = HiddenField(validators=[Optional(), Length(max=64)], default=opaque_id)
    revision = HiddenField()

    def offer(self, actor: Actor) -> None:
        """Give the choices, in the reader's language."""
        everybody = [(str(id), name) for id, name in network.organisation_choices()]
        own = None if actor.is_administrator else actor.managed_ids
        self.proposer_id.choices = [(str(id), name) for id, name in network.organisation_choices(own)]
        self.owner_id.choices = everybody
        self.implementer_ids.choices = everybody
        self.need_ids.choices = [(str(id), text[:LONGEST_SHOWN]) for id, text in queries.needs_to_answer()]
        self.practice_ids.choices = [
            (str(id), title.wording(language()).text) for id, title in queries.practices_to_follow()
        ]
        self.target.choices = [(str(target), say(target)) for target in Target]

    def keep_choices(self, service: ServiceProposal) -> None:
        """What a service names already stays to be chosen, also where it is not public any more."""
        known = {value for value, _words in self.need_ids.choices}
        self.need_ids.choices += [
            (str(need.id), need.text[:LONGEST_SHOWN]) for need in service.needs if str(need.id) not in known
        ]
        known = {value for value, _words in self.practice_ids.choices}
        self.practice_ids.choices += [
            (str(one.id), one.title.wording(language()).text) for one in service.practices if str(one.id) not in known
        ]

    def clashes_with(self, stands: ServiceInput, keys: Collection[tuple[str, str]]) -> list[Clash]:
        """What this form would change in what stands, of the fields and languages of ``keys``."""
        theirs, mine = self._worded(content_of(stands)), self._worded(content_of(self.to_input()))
        found = (one for one in changed(theirs, mine) if (one.name, one.lang) in keys)
        return [Clash(self[f"{one.name}_{one.lang}" if one.lang else one.name].label.text, one.runs) for one in found]

    def _worded(self, content: dict[str, Any]) -> dict[str, Any]:
        """What was kept, with words instead of ids."""
        worded = dict(content)
        for name in ("need_ids", "practice_ids", "implementer_ids"):
            words = dict(self[name].choices)
            worded[name] = [words.get(str(id), "?") for id in content[name]]
        for name in ("owner_id", "target"):
            worded[name] = str(dict(self[name].choices).get(str(content[name]), "?"))
        worded["due_on"] = day_words(date.fromisoformat(content["due_on"])) if content["due_on"] else ""
        return worded

    def to_input(self) -> ServiceInput:
        return ServiceInput(
            title=texts_of(self, "title"),
            description=texts_of(self, "description"),
            uptake_actions=texts_of(self, "uptake_actions"),
            target=Target(self.target.data),
            owner_id=int(self.owner_id.data),
            need_ids=_ids(self.need_ids.data),
            practice_ids=_ids(self.practice_ids.data),
            implementer_ids=_ids(self.implementer_ids.data),
            due_on=self.due_on.data,
            proof=self.proof.data or "",
        )


def values_of(values: ServiceInput) -> dict[str, Any]:
    """What the form shows of a service that stands already."""
    return {
        **texts_into("title", values.title),
        **texts_into("description", values.description),
        **texts_into("uptake_actions", values.uptake_actions),
        "target": str(values.target),
        "owner_id": str(values.owner_id),
        "need_ids": [str(each) for each in values.need_ids],
        "practice_ids": [str(each) for each in values.practice_ids],
        "implementer_ids": [str(each) for each in values.implementer_ids],
        "due_on": values.due_on,
        "proof": values.proof,
    }


def _ids(values: list[str] | None) -> tuple[int, ...]:
    return tuple(int(value) for value in values or ())


def mark(form: FlaskForm, row_id: int) -> None:
    """One of several forms on a page: its fields have ids of their own."""
    for each in form:
        each.id = each.label.field_id = f"{each.short_name}-{row_id}"


class StepForm(FlaskForm):  # type: ignore[misc]
    reason = lines(_("Why"), longest=500)
    next_by = Day(_("The step after it is due by"), [Optional()])


class PilotForm(FlaskForm):  # type: ignore[misc]
    where = line(_("Where, and with whom"), longest=200, required=_("Say where it is tried out."))
    starts_on = Day(_("First day"), [InputRequired(_WHICH_DAY)])
    ends_on = Day(_("Last day"), [Optional()])
    is_finished = BooleanField(_("It is finished"))
    result = lines(_("What came of it"), longest=2000)
    form_key = HiddenField(validators=[Optional(), Length(max=64)], default=opaque_id)

    def to_input(self) -> PilotInput:
        return PilotInput(
            where=self.where.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            is_finished=self.is_finished.data,
            result=self.result.data or "",
            form_key=self.form_key.data or None,
        )

    @classmethod
    def of(cls, pilot: Pilot) -> PilotForm:
        return cls(
            formdata=None,
            data={
                "where": pilot.where,
                "starts_on": pilot.starts_on,
                "ends_on": pilot.ends_on,
                "is_finished": pilot.is_finished,
                "result": pilot.result,
            },
        )


class CorrectionForm(FlaskForm):  # type: ignore[misc]
    """Of who took it up: when, and where the proof lies."""

    taken_up_on = Day(_("Taken up on"), [InputRequired(_WHICH_DAY)])
    proof = line(_("Proof: where it lies"), longest=500)

    @classmethod
    def of(cls, uptake: ServiceUptake) -> CorrectionForm:
        return cls(formdata=None, data={"taken_up_on": uptake.taken_up_on, "proof": uptake.proof})


class UptakeForm(CorrectionForm):
    adopter_id = SelectField(_("Organisation"))
    form_key = HiddenField(validators=[Optional(), Length(max=64)], default=opaque_id)

    def offer(self) -> None:
        self.adopter_id.choices = [(str(id), name) for id, name in network.organisation_choices()]

    def to_input(self) -> UptakeInput:
        return UptakeInput(
            adopter_id=int(self.adopter_id.data),
            taken_up_on=self.taken_up_on.data,
            proof=self.proof.data or "",
            form_key=self.form_key.data or None,
        )
