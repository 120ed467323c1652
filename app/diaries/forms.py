from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from app.diaries.inputs import DebriefInput, FieldChange, FindingInput, change_from
from app.diaries.phrases import PROMPTS
from app.diaries.presenters.own import ShownStop
from app.diaries.rules import Prompt
from app.diaries.rules.merging import LONGEST
from app.diaries.rules.windows import MOST_DAYS
from app.kernel.form_checks import Rows, WholeNumber, lines
from app.kernel.phrases import say

MOST_LINES = 100  # of one finding


def _prompt_form(label: Any) -> type[Rows]:
    """Three of them stand in the form of a stop, each with its question as the label of its text."""

    class PromptForm(Rows):
        text = lines(label, longest=LONGEST)
        shared = BooleanField(_("Share with the group"))
        named = BooleanField(_("With my name"))
        away = SelectMultipleField(_("Put it away"), validate_choice=False, choices=[])
        change = HiddenField()  # the name of what would be saved: sent twice, it is saved once
        was = HiddenField()  # what stood there: a field that nobody touched is no change
        truth = HiddenField()
        others = HiddenField()
        quiet = HiddenField()

    return PromptForm


class StopForm(FlaskForm):  # type: ignore[misc]
    """What somebody writes at one stop. Its names begin with the stop, for all stands on one page."""

    seen = FormField(_prompt_form(PROMPTS[Prompt.SEEN]))
    useful = FormField(_prompt_form(PROMPTS[Prompt.USEFUL]))
    ask = FormField(_prompt_form(PROMPTS[Prompt.ASK]))

    @property
    def by_prompt(self) -> dict[Prompt, Any]:
        return {Prompt.SEEN: self.seen, Prompt.USEFUL: self.useful, Prompt.ASK: self.ask}

    @classmethod
    def of(cls, stop: ShownStop) -> StopForm:
        """As it stands, to be filled."""
        values = {
            name: {
                "text": field.text,
                "shared": field.is_shared,
                "named": field.is_named,
                "change": str(uuid4()),
                "was": _mark(field.text, field.is_shared, field.is_named),
                "truth": field.truth,
                "others": ",".join(name for name, _text in field.others),
                "quiet": ",".join(field.quiet),
            }
            for name, field in zip(("seen", "useful", "ask"), stop.fields, strict=True)
        }
        return cls(formdata=None, prefix=prefix_of(stop.item_id), data=values)

    def to_changes(self, item_id: int, now: datetime) -> list[FieldChange]:
        """What was changed in it. Raises ChangeNotUnderstood for hidden values that were tampered with."""
        found = []
        for prompt, entry in self.by_prompt.items():
            values = entry.data
            text = values["text"] or ""
            if values["was"] == _mark(text, values["shared"], values["named"]) and not values["away"]:
                continue
            replaced = [*_listed(values["truth"]), *_listed(values["quiet"])]
            found.append(
                change_from(
                    {
                        "item": item_id,
                        "prompt": prompt,
                        "id": values["change"],
                        "text": text,
                        "shared": values["shared"],
                        "named": values["named"],
                        "at": now.timestamp() * 1000,
                        "sees": [*replaced, *_listed(values["others"])],
                        "drops": [*replaced, *(values["away"] or [])],
                    },
                    now,
                )
            )
        return found


class DebriefForm(FlaskForm):  # type: ignore[misc]
    """The organiser's own part of the report."""

    objectives = lines(_("Objectives of the visit"), longest=LONGEST)
    competence = lines(_("Competence gained"), longest=LONGEST)
    cooperation = lines(_("Cooperation planned"), longest=LONGEST)
    open_days = WholeNumber(
        _("Days after the visit on which diaries are written"),
        [
            InputRequired(_("Write a number of days.")),
            NumberRange(0, MOST_DAYS, _("Write a number from 0 to %(max)s.")),
        ],
    )

    def to_input(self) -> DebriefInput:
        return DebriefInput(
            open_days=self.open_days.data,
            objectives=self.objectives.data or "",
            competence=self.competence.data or "",
            cooperation=self.cooperation.data or "",
        )


class FindingForm(FlaskForm):  # type: ignore[misc]
    """A finding in the organiser's words. ``line_ids`` are the lines that it is made of, as numbers with commas."""

    text = lines(_("The finding, in your words"), longest=LONGEST, required=_("Write what was found."))
    prompt = SelectField(_("What it answers"))
    in_report = BooleanField(_("Put it into the report"))
    line_ids = HiddenField()

    def offer(self) -> None:
        self.prompt.choices = [(str(prompt), say(prompt)) for prompt in Prompt]

    def to_input(self) -> FindingInput:
        return FindingInput(text=self.text.data or "", in_report=self.in_report.data, prompt=Prompt(self.prompt.data))

    @property
    def chosen(self) -> list[int]:
        return [int(one) for one in _listed(self.line_ids.data) if one.isdigit() and len(one) < 10][:MOST_LINES]


def prefix_of(item_id: int | None) -> str:
    return f"stop-{item_id}-"


def _listed(text: str | None) -> list[str]:
    return [name for name in (text or "").split(",") if name]


def _mark(text: str, is_shared: bool, is_named: bool) -> str:
    return hashlib.sha256(repr((text.strip(), bool(is_shared), bool(is_named))).encode()).hexdigest()[:16]
