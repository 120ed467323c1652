from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from app.forums.inputs import CafeInput, NoteInput
from app.forums.models import Cafe
from app.forums.queries.parts import Participant
from app.forums.rules import cafe as rules
from app.forums.rules.cafe import NoteTag
from app.kernel.form_checks import line, lines, texts_into, texts_of
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES, Texts

ELSEWHERE = "0"
USUAL_ROUNDS, USUAL_MINUTES = 3, 20
_NUMBER = _("Write a number.")


class FrameForm(FlaskForm):  # type: ignore[misc]
    """How a café runs. Questions have fields ``question1_en`` and so on, for as many rounds as there may be."""

    rounds = IntegerField(_("Rounds"), [InputRequired(_NUMBER)])
    round_minutes = IntegerField(_("Minutes a round"), [InputRequired(_NUMBER)])
    tables = IntegerField(_("Tables"), [Optional()])

    def to_input(self) -> CafeInput:
        rounds = self.rounds.data
        asked = [texts_of(self, f"question{number}") for number in range(1, min(rounds, rules.MOST_ROUNDS) + 1)]
        asked += [Texts()] * (min(rounds, 99) - len(asked))
        return CafeInput(questions=tuple(asked), round_minutes=self.round_minutes.data, tables=self.tables.data)

    @classmethod
    def of(cls, cafe: Cafe | None) -> FrameForm:
        """As it is set up, or as cafés usually are."""
        if cafe is None:
            return cls(formdata=None, rounds=USUAL_ROUNDS, round_minutes=USUAL_MINUTES)
        questions: dict[str, str] = {}
        for one in cafe.rounds:
            questions |= texts_into(f"question{one.number}", one.question)
        return cls(
            formdata=None,
            rounds=len(cafe.rounds),
            round_minutes=cafe.round_minutes,
            tables=len(cafe.tables),
            **questions,
        )


_LABELS = {
    "en": _("Question in English"),
    "it": _("Question in Italian"),
    "de": _("Question in German"),
}
for _number in range(1, rules.MOST_ROUNDS + 1):
    for _lang in LANGUAGES:
        setattr(FrameForm, f"question{_number}_{_lang}", line(_LABELS[_lang], longest=300))


class SeatForm(FlaskForm):  # type: ignore[misc]
    only_present = BooleanField(_("Only those who are checked in"))
    anew = BooleanField(_("Make another plan: everybody sits elsewhere"))


class HostForm(FlaskForm):  # type: ignore[misc]
    host = SelectField(_("Participant"))
    name = line(_("Or somebody else, by name"), longest=200)

    def offer(self, people: list[Participant]) -> None:
        """Give the choices, in the reader's language."""
        self.host.choices = [
            SelectChoice(ELSEWHERE, _("Nobody of the participants")),
            *(SelectChoice(str(one.id), one.full_name) for one in people),
        ]

    @property
    def registration_id(self) -> int | None:
        return int(self.host.data) if self.host.data != ELSEWHERE else None


class NoteForm(FlaskForm):  # type: ignore[misc]
    round = SelectField(_("Round"), coerce=int)
    tag = SelectField(_("What it is"))
    text = lines(_("Note"), longest=500, required=_("Write the note first."))

    def offer(self, rounds: list[tuple[int, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.round.choices = [SelectChoice(number, words) for number, words in rounds]
        self.tag.choices = [SelectChoice(str(tag), say(tag)) for tag in NoteTag]

    def to_input(self) -> NoteInput:
        return NoteInput(round=self.round.data, tag=NoteTag(self.tag.data), text=self.text.data)
