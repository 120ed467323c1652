from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FormField, HiddenField, SelectMultipleField

from app.diaries.inputs import FieldChange, change_from
from app.diaries.phrases import PROMPTS
from app.diaries.presenters.own import ShownStop
from app.diaries.rules import Prompt
from app.diaries.rules.merging import LONGEST
from app.kernel.form_checks import Rows, lines


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


def prefix_of(item_id: int | None) -> str:
    return f"stop-{item_id}-"


def _listed(text: str | None) -> list[str]:
    return [name for name in (text or "").split(",") if name]


def _mark(text: str, is_shared: bool, is_named: bool) -> str:
    return hashlib.sha256(repr((text.strip(), bool(is_shared), bool(is_named))).encode()).hexdigest()[:16]
