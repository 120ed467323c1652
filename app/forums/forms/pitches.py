from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from app.forums.inputs import PitchInput, SessionInput
from app.forums.models import Pitch, PitchSession
from app.forums.presenters.pitches import PitchView
from app.forums.rules.pitches import USUAL
from app.kernel.form_checks import line, lines
from app.kernel.form_times import InZone, Moment, local


class SessionForm(InZone, FlaskForm):  # type: ignore[misc]
    """Times are on the clocks of the event's zone."""

    minutes = IntegerField(_("Minutes a pitch"), [InputRequired(_("Write a number of minutes."))])
    opens_at = Moment(_("Vote from"))
    closes_at = Moment(_("Vote until"))

    def to_input(self) -> SessionInput:
        return SessionInput(minutes=self.minutes.data, opens_at=self.opens_at.instant, closes_at=self.closes_at.instant)

    @classmethod
    def of(cls, session: PitchSession | None, zone: str) -> SessionForm:
        if session is None:
            return cls(formdata=None, zone=zone, minutes=USUAL)
        return cls(
            formdata=None,
            zone=zone,
            minutes=session.minutes,
            opens_at=local(session.opens_at, zone),
            closes_at=local(session.closes_at, zone),
        )


class PitchForm(FlaskForm):  # type: ignore[misc]
    title = line(_("Title"), longest=200, required=_("Write what the pitch is about."))
    speaker = line(_("Who pitches"), longest=200, required=_("Write who pitches."))
    organisation = line(_("Organisation"), longest=200)
    ask = lines(_("What is asked for"), longest=500)
    minutes = IntegerField(_("Minutes, if not the usual ones"), [Optional()])

    def to_input(self) -> PitchInput:
        return PitchInput(
            title=self.title.data,
            speaker=self.speaker.data,
            organisation=self.organisation.data or "",
            ask=self.ask.data or "",
            minutes=self.minutes.data,
        )

    @classmethod
    def of(cls, row: Pitch) -> PitchForm:
        return cls(formdata=None, obj=row)


class MoveForm(FlaskForm):  # type: ignore[misc]
    steps = HiddenField()

    @property
    def by(self) -> int:
        return -1 if self.steps.data == "-1" else 1


class VoteForm(FlaskForm):  # type: ignore[misc]
    pitch = RadioField(_("My vote"), coerce=int, validators=[InputRequired(_("Choose the pitch that you vote for."))])

    def offer(self, pitches: tuple[PitchView, ...]) -> None:
        self.pitch.choices = [SelectChoice(one.id, one.title) for one in pitches]
