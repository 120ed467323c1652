from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from app.forums.inputs import FindingInput, ReviewerInput, TodoInput
from app.forums.models import PeerReview, ReviewTodo
from app.forums.rules.review import FindingKind, TodoState
from app.kernel.form_checks import line, lines
from app.kernel.form_times import Day
from app.kernel.phrases import say

NOBODY = "0"


class ReviewForm(FlaskForm):  # type: ignore[misc]
    host = SelectField(_("Host: whose region is reviewed"))
    question = lines(_("What the host asks of the peers"), longest=1000)

    def offer(self, organisations: list[tuple[int, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.host.choices = [
            SelectChoice(NOBODY, str(_("Not named yet"))),
            *(SelectChoice(str(key), name) for key, name in organisations),
        ]

    @property
    def host_id(self) -> int | None:
        return int(self.host.data) if self.host.data != NOBODY else None

    @classmethod
    def of(cls, review: PeerReview | None) -> ReviewForm:
        if review is None:
            return cls(formdata=None)
        return cls(formdata=None, host=str(review.host_id or NOBODY), question=review.question)


class ReviewerForm(FlaskForm):  # type: ignore[misc]
    name = line(_("Name"), longest=200, required=_("Write the name of the peer."))
    organisation = line(_("Organisation"), longest=200)
    country = SelectField(_("Country"))

    def offer(self, countries: list[tuple[str, str]]) -> None:
        self.country.choices = [SelectChoice(code, name) for code, name in countries]

    def to_input(self) -> ReviewerInput:
        return ReviewerInput(
            name=self.name.data, organisation=self.organisation.data or "", country_code=self.country.data
        )


class FindingForm(FlaskForm):  # type: ignore[misc]
    kind = SelectField(_("What it is"))
    text = lines(_("Finding"), longest=2000, required=_("Write what the peers found."))

    def offer(self) -> None:
        """Give the choices, in the reader's language."""
        self.kind.choices = [SelectChoice(str(one), say(one)) for one in FindingKind]

    def to_input(self) -> FindingInput:
        return FindingInput(kind=FindingKind(self.kind.data), text=self.text.data)


class TodoForm(FlaskForm):  # type: ignore[misc]
    text = line(_("What is to be done"), longest=500, required=_("Write what is to be done."))
    owner = line(_("Who does it"), longest=200, required=_("Write who does it."))
    due = Day(_("Until"), [InputRequired(_("Give the day until when."))])
    state = SelectField(_("State"))

    def offer(self) -> None:
        """Give the choices, in the reader's language."""
        self.state.choices = [SelectChoice(str(one), say(one)) for one in TodoState]

    def to_input(self) -> TodoInput:
        return TodoInput(
            text=self.text.data, owner=self.owner.data, due=self.due.data, state=TodoState(self.state.data)
        )

    @classmethod
    def of(cls, row: ReviewTodo) -> TodoForm:
        return cls(formdata=None, text=row.text, owner=row.owner, due=row.due, state=str(row.state))
