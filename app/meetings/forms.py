"""What people and organisers say about meetings: shape only."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from app.kernel.form_checks import Boxes, line, lines
from app.kernel.form_times import InZone, Moment
from app.meetings.inputs import ProfileInput, SettingsInput
from app.meetings.rules import (
    LONGEST_WORD,
    MOST_TABLES,
    MOST_WORDS,
    SEARCH_SECONDS,
    SLOT_MINUTES,
    SPARE_LEAST,
    SPARE_MOST,
    Outcome,
)
from app.meetings.schedule.values import MOST_MEETINGS

_NUMBER = InputRequired(_("Write a number."))


def _words(text: str | None) -> list[str]:
    """Free words, between commas or line breaks."""
    parts = (part.strip() for part in (text or "").replace("\n", ",").replace(";", ",").split(","))
    return list(dict.fromkeys(part for part in parts if part))


class FewWords:
    """Refuses more words than a table has room for, and long ones."""

    def __call__(self, form: Any, field: Any) -> None:
        words = _words(field.data)
        if len(words) > MOST_WORDS:
            raise ValidationError(_("Write %(most)s at most.", most=MOST_WORDS))
        if any(len(word) > LONGEST_WORD for word in words):
            raise ValidationError(_("Put a comma between them: each has %(most)s letters at most.", most=LONGEST_WORD))


class ProfileForm(FlaskForm):  # type: ignore[misc]
    needs = Boxes(_("I look for"))
    need_words = line(_("I also look for"), longest=400, checks=[FewWords()])
    offers = Boxes(_("I offer"))
    offer_words = line(_("I also offer"), longest=400, checks=[FewWords()])
    about = lines(_("A sentence about you or your organisation"), longest=300)
    here = Boxes(_("When I can come"))
    may_be_arranged = BooleanField(_("The organiser may also arrange meetings for me"))

    def offer_choices(self, topics: list[tuple[str, str]], slots: list[tuple[str, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.needs.choices = self.offers.choices = [SelectChoice(code, words) for code, words in topics]
        self.here.choices = [SelectChoice(code, words) for code, words in slots]

    def to_input(self) -> ProfileInput:
        coming = set(self.here.data or [])
        return ProfileInput(
            needs=(*(self.needs.data or []), *(f"word:{word}" for word in _words(self.need_words.data))),
            offers=(*(self.offers.data or []), *(f"word:{word}" for word in _words(self.offer_words.data))),
            about=self.about.data or "",
            away=tuple(one.value for one in self.here.choices or [] if one.value not in coming),
            may_be_arranged=self.may_be_arranged.data,
        )


class AskForm(FlaskForm):  # type: ignore[misc]
    whom = HiddenField(validators=[InputRequired()])
    reason = line(_("What would you talk about?"), longest=300)

    def validate_whom(self, field: Any) -> None:
        if not field.data.isascii() or not field.data.isdigit() or len(field.data) > 9:
            raise ValidationError(_("Choose only from what is offered here."))


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    outcome = SelectField(_("What came of it"), choices=[SelectChoice(str(one), str(one)) for one in Outcome])


class SettingsForm(InZone, FlaskForm):  # type: ignore[misc]
    opens_at = Moment(_("Requests from"))
    closes_at = Moment(_("Requests until"))
    most = IntegerField(
        _("Meetings of one person at most"),
        [_NUMBER, NumberRange(1, MOST_MEETINGS, _("Write a number from 1 to %(most)s.", most=MOST_MEETINGS))],
    )
    spare = IntegerField(
        _("Tables kept free, in percent"),
        [_NUMBER, NumberRange(SPARE_LEAST, SPARE_MOST, _("Write a number from 10 to 20."))],
    )
    arranges = BooleanField(_("Also bring together people who did not ask for each other, where it fits"))

    def to_input(self) -> SettingsInput:
        return SettingsInput(
            opens_at=self.opens_at.instant,
            closes_at=self.closes_at.instant,
            most=self.most.data,
            spare=self.spare.data,
            arranges=self.arranges.data,
        )


class BlockForm(FlaskForm):  # type: ignore[misc]
    slot_minutes = SelectField(
        _("Minutes of a meeting"), coerce=int, choices=[SelectChoice(minutes, str(minutes)) for minutes in SLOT_MINUTES]
    )
    tables = IntegerField(
        _("Tables"), [_NUMBER, NumberRange(1, MOST_TABLES, _("Write a number from 1 to %(most)s.", most=MOST_TABLES))]
    )


class SearchForm(FlaskForm):  # type: ignore[misc]
    seconds = SelectField(
        _("Seconds that it may take"),
        coerce=int,
        choices=[SelectChoice(seconds, str(seconds)) for seconds in SEARCH_SECONDS],
    )
    keeps = BooleanField(_("Move as little as possible of what people were told"))


class TableForm(FlaskForm):  # type: ignore[misc]
    table = IntegerField(
        _("Own table"),
        [Optional(), NumberRange(1, MOST_TABLES, _("Write a number from 1 to %(most)s.", most=MOST_TABLES))],
    )
