"""Shapes of what is typed about mailings."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from app.kernel.form_checks import WholeNumber, line, lines, texts_into, texts_of
from app.kernel.form_times import InZone, Moment
from app.kernel.phrases import say
from app.mailings.models import Mailing
from app.mailings.ready import Ready
from app.mailings.rules import MOST_MINUTES, Audience, Narrowing
from app.mailings.services import MailingInput, Timing, TimingKind

UNITS = {"days": 24 * 60, "hours": 60, "minutes": 1}
Choices = list[tuple[str, str]]


class MailingForm(FlaskForm):
    """Subject and text (Markdown) in every language, and whom they reach."""

    subject_en = line(_("Subject"), longest=200)
    subject_it = line(_("Subject"), longest=200)
    subject_de = line(_("Subject"), longest=200)
    body_en = lines(_("Text"), longest=20_000)
    body_it = lines(_("Text"), longest=20_000)
    body_de = lines(_("Text"), longest=20_000)
    audience = SelectField(_("To"))
    answer = SelectField(_("Only those who answered"), default="")
    org_type = SelectField(_("Only organisations of this type"), default="")
    country = SelectField(_("Only from this country"), default="")
    is_service = BooleanField(_("This serves what the reader signed up for"))

    def offer(self, *, audiences: Choices, answers: Choices, org_types: Choices, countries: Choices) -> None:
        """Give the choices, which are in the reader's language."""
        everybody = [("", str(_("everybody")))]
        self.audience.choices = audiences
        self.answer.choices = everybody + answers
        self.org_type.choices = everybody + org_types
        self.country.choices = everybody + countries

    def to_input(self) -> MailingInput:
        question, _colon, answer = (self.answer.data or "").partition(":")
        return MailingInput(
            subject=texts_of(self, "subject"),
            body=texts_of(self, "body"),
            audience=Audience(self.audience.data),
            narrowing=Narrowing(
                org_type=self.org_type.data or "",
                country=self.country.data or "",
                question_id=int(question) if question else None,
                answer=answer,
            ),
            is_service=self.is_service.data,
        )

    @classmethod
    def of(cls, mailing: Mailing) -> MailingForm:
        narrowing = Narrowing.of(mailing.narrowing)
        return cls(
            **texts_into("subject", mailing.subject),
            **texts_into("body", mailing.body),
            audience=str(mailing.audience),
            answer=f"{narrowing.question_id}:{narrowing.answer}" if narrowing.question_id else "",
            org_type=narrowing.org_type,
            country=narrowing.country,
            is_service=mailing.is_service,
        )

    @classmethod
    def begun_with(cls, text: Ready) -> MailingForm:
        return cls(
            **texts_into("subject", text.subject()),
            **texts_into("body", text.body()),
            audience=str(text.reached()),
            is_service=True,
        )


class TimingForm(InZone, FlaskForm):
    """When a mailing goes out; a moment is typed on the clocks of ``zone``."""

    when = RadioField(_("When does it go out?"))
    at = Moment(_("Day and time"))
    amount = WholeNumber(_("How long before or after"), [Optional(), NumberRange(1, MOST_MINUTES)])
    unit = SelectField(_("Unit"))

    def __init__(self, *args: Any, with_event: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.when.choices = [
            (str(kind), say(kind)) for kind in TimingKind if with_event or kind in {TimingKind.NOW, TimingKind.AT}
        ]
        self.unit.choices = [("days", str(_("days"))), ("hours", str(_("hours"))), ("minutes", str(_("minutes")))]
        self.unit.data = self.unit.data or "days"

    def validate_amount(self, field: Any) -> None:
        if self._is_relative() and self._minutes() > MOST_MINUTES:
            raise ValidationError(_("Choose a time within one year of the event."))

    def validate_when(self, field: Any) -> None:
        if self.when.data == TimingKind.AT and self.at.data is None:
            raise ValidationError(_("Choose a day and a time."))
        if self._is_relative() and self.amount.data is None:
            raise ValidationError(_("Say how long before or after the event."))

    def to_input(self) -> Timing:
        kind = TimingKind(self.when.data)
        return Timing(kind=kind, at=self.at.instant if kind is TimingKind.AT else None, minutes=self._minutes())

    @classmethod
    def of(cls, mailing: Mailing, *, zone: str, with_event: bool) -> TimingForm:
        """What a proposal proposes; otherwise nothing goes out before somebody chooses."""
        minutes = mailing.minutes or 0
        unit = next((name for name, length in UNITS.items() if minutes and minutes % length == 0), "days")
        return cls(
            zone=zone,
            with_event=with_event,
            when=str(mailing.anchor or TimingKind.NOW),
            amount=minutes // UNITS[unit] or None,
            unit=unit,
        )

    def _is_relative(self) -> bool:
        return self.when.data in {TimingKind.BEFORE_START, TimingKind.AFTER_END}

    def _minutes(self) -> int:
        return (self.amount.data or 0) * UNITS.get(self.unit.data, 1)


class AddressForm(FlaskForm):
    address = HiddenField(validators=[Length(1, 254)])


class ReaderForm(FlaskForm):
    """Which reader a trial is worded for."""

    reader = HiddenField(validators=[Length(max=10)])


class ButtonForm(FlaskForm):
    """One button."""


def local(moment: datetime, zone: str) -> datetime:
    """On the clocks of a zone."""
    return moment.astimezone(ZoneInfo(zone))
