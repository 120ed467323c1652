from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import Email, InputRequired

from app.kernel.form_checks import line, lines, texts_of
from app.kernel.form_times import Day
from app.kernel.i18n import LANGUAGE_NAMES
from app.plans.inputs import CommentInput, GuestInput, WindowInput

WHOLE = ""
LANGUAGES = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]


class WindowForm(FlaskForm):  # type: ignore[misc]
    opens_on = Day(_("First day"), [InputRequired(_("Give the first day."))])
    closes_on = Day(_("Last day"), [InputRequired(_("Give the last day."))])
    asks_en = lines(_("What you ask, in English"), longest=1000)
    asks_it = lines(_("What you ask, in Italian"), longest=1000)
    asks_de = lines(_("What you ask, in German"), longest=1000)

    def to_input(self) -> WindowInput:
        return WindowInput(opens_on=self.opens_on.data, closes_on=self.closes_on.data, asks=texts_of(self, "asks"))


class CommentForm(FlaskForm):  # type: ignore[misc]
    chapter = SelectField(_("About"))
    text = lines(_("Comment"), longest=4000, required=_("Write your comment."))

    def offer(self, chapters: list[tuple[str, str]]) -> None:
        """Give the choices, in the reader's language."""
        self.chapter.choices = [
            SelectChoice(WHOLE, str(_("The plan as a whole"))),
            *(SelectChoice(key, title) for key, title in chapters),
        ]

    def to_input(self) -> CommentInput:
        return CommentInput(chapter=self.chapter.data, text=self.text.data)


class GuestForm(FlaskForm):  # type: ignore[misc]
    name = line(_("Person or organisation"), longest=200, required=_("Write whom you ask."))
    country = SelectField(_("Answers for"))
    email = line(_("E-mail"), longest=254, checks=[Email(_("This address cannot be right. Look for a typing error."))])
    locale = SelectField(
        _("Language of the mail"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )

    def offer(self, countries: list[tuple[str, str]]) -> None:
        self.country.choices = [SelectChoice(code, name) for code, name in countries]

    def to_input(self) -> GuestInput:
        return GuestInput(
            name=self.name.data,
            country_code=self.country.data,
            email=self.email.data or "",
            locale=self.locale.data,
        )
