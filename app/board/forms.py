"""The shape of what is typed on the board. Choices come from the view, verdicts from the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired

from app.board.inputs import PostInput
from app.board.rules import PostKind
from app.events.forms import SPOKEN
from app.kernel.form_checks import line, lines
from app.kernel.form_times import Day
from app.kernel.i18n import language
from app.kernel.phrases import say

Choices = Sequence[tuple[Any, str]]
LONGEST_TEXT = 4000


def _id(value: Any) -> int | None:
    return int(value) if value else None


class PostForm(FlaskForm):
    """``offer`` gives the choices before the form is validated or shown."""

    kind = SelectField(_("What is it"), default=PostKind.REQUEST)
    title = line(_("Title"), longest=160, required=_("Say in one line what you offer or look for."))
    text = lines(_("Text"), longest=LONGEST_TEXT, required=_("Describe it: what, for whom, until when."))
    language = SelectField(_("Written in"))
    organisation_id = SelectField(_("In the name of"), [DataRequired(_("Choose in whose name you post."))], coerce=_id)
    sector_id = SelectField(_("Sector"))
    group_id = SelectField(_("Thematic group"), coerce=_id)
    expires_on = Day(_("Stands until"), [InputRequired(_("Give the last day."))])

    def offer(self, *, organisations: Choices, sectors: Choices, groups: Choices) -> None:
        names = Locale.parse(language()).languages
        self.kind.choices = [(str(kind), say(kind)) for kind in PostKind]
        self.language.choices = [(code, names[code]) for code in SPOKEN]
        self.organisation_id.choices = _of(organisations)
        self.sector_id.choices = [("", "–"), *sectors]
        self.group_id.choices = [("", "–"), *groups]

    def to_input(self) -> PostInput:
        return PostInput(
            kind=PostKind(self.kind.data),
            title=self.title.data or "",
            text=self.text.data or "",
            language=self.language.data,
            organisation_id=self.organisation_id.data,
            sector_id=self.sector_id.data or None,
            group_id=self.group_id.data,
            expires_on=self.expires_on.data,
        )


class ReplyForm(FlaskForm):
    organisation_id = SelectField(
        _("In the name of"), [DataRequired(_("Choose in whose name you answer."))], coerce=_id
    )
    text = lines(_("Your answer"), longest=LONGEST_TEXT, required=_("Write something, then send it."))

    def offer(self, organisations: Choices) -> None:
        self.organisation_id.choices = _of(organisations)


class MessageForm(FlaskForm):
    text = lines(_("Your message"), longest=LONGEST_TEXT, required=_("Write something, then send it."))
    agreed = BooleanField(
        _("My e-mail address goes to who posted this, for the answer"),
        [InputRequired(_("Without your address nobody can answer you. Tick this, or answer in the thread."))],
    )


def _of(organisations: Choices) -> list[tuple[Any, str]]:
    """Without a choice where there is none."""
    return list(organisations) if len(organisations) == 1 else [("", str(_("Choose…"))), *organisations]
