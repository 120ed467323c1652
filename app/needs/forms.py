from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import Length, Optional

from app.kernel.form_checks import Boxes, line, lines
from app.kernel.i18n import language
from app.kernel.ids import opaque_id
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES
from app.needs.inputs import NeedInput
from app.needs.models import Need
from app.needs.rules import Gate, Priority
from app.network import queries as network
from app.network.presenters.lists import named

LONGEST = 500


class CommentForm(FlaskForm):  # type: ignore[misc]
    comment = lines(_("Your comment"), longest=2000, required=_("Write what you want to say."))
    form_key = HiddenField(validators=[Optional(), Length(max=64)])

    def with_key(self) -> CommentForm:
        if not self.form_key.data:
            self.form_key.data = opaque_id()
        return self


class NeedForm(FlaskForm):  # type: ignore[misc]
    text = lines(_("What is needed?"), longest=LONGEST, required=_("Say in a sentence what is needed."))
    cluster = SelectField(_("On behalf of"), [Optional()])
    sector = SelectField(_("Sector"), [Optional()])
    priority = RadioField(_("How much depends on it?"), default=str(Priority.IMPORTANT))
    form_key = HiddenField(validators=[Optional(), Length(max=64)])

    def offer(self, clusters: Iterable[tuple[int, str]], *, nobody: str) -> None:
        """Give the choices; ``nobody`` is what stands for no cluster, empty where one must be chosen."""
        first = [("", nobody)] if nobody else []
        self.cluster.choices = [*first, *((str(id), name) for id, name in clusters)]
        self.sector.choices = [("", str(_("Any"))), *named(network.sector_choices())]
        self.priority.choices = [(str(priority), say(priority)) for priority in Priority]
        if not self.form_key.data:
            self.form_key.data = opaque_id()

    def to_input(self) -> NeedInput:
        lang = language()
        return NeedInput(
            text=self.text.data,
            language=lang if lang in LANGUAGES else "en",
            priority=Priority(self.priority.data),
            cluster_id=int(self.cluster.data) if self.cluster.data else None,
            sector_id=self.sector.data or None,
            form_key=self.form_key.data or None,
        )

    @classmethod
    def of(cls, need: Need) -> NeedForm:
        return cls(
            data={
                "text": need.text,
                "cluster": str(need.cluster_id or ""),
                "sector": need.sector_id or "",
                "priority": str(need.priority),
            }
        )


class VoteForm(FlaskForm):  # type: ignore[misc]
    need = HiddenField()
    wanted = HiddenField()

    @property
    def is_wanted(self) -> bool:
        return str(self.wanted.data) != "no"


class GatesForm(FlaskForm):  # type: ignore[misc]
    entries = SelectField(_("New needs"))
    votes = SelectField(_("Votes"))

    def offer(self) -> None:
        for field in (self.entries, self.votes):
            field.choices = [(str(gate), say(gate)) for gate in Gate]


class HideForm(FlaskForm):  # type: ignore[misc]
    reason = line(
        _("Reason"), longest=300, required=_("Please give a reason. It is kept, and only organisers read it.")
    )


class MergeForm(FlaskForm):  # type: ignore[misc]
    into = SelectField(_("Goes into"))


class PublishForm(FlaskForm):  # type: ignore[misc]
    needs = Boxes(_("Needs"))
    public = HiddenField()
