"""What the form library says by itself, in our own words: its translations are uneven, and some are missing."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.i18n import translations as library

# what people can be told; each is the library's own English, by which the catalogues know it
SENTENCES = (
    lazy_gettext("'%(value)s' is not a valid choice for this field."),
    lazy_gettext("'%(value)s' are not valid choices for this field."),
    lazy_gettext("Date must be at least %(min)s."),
    lazy_gettext("Date must be at most %(max)s."),
    lazy_gettext("Date must be between %(min)s and %(max)s."),
    lazy_gettext("Field must be between %(min)d and %(max)d characters long."),
    lazy_gettext("Invalid Choice: could not coerce."),
    lazy_gettext("Invalid choice(s): one or more data inputs could not be coerced."),
    lazy_gettext("Invalid URL."),
    lazy_gettext("Invalid email address."),
    lazy_gettext("Invalid input."),
    lazy_gettext("Not a valid choice."),
    lazy_gettext("Not a valid date value."),
    lazy_gettext("Not a valid datetime value."),
    lazy_gettext("Not a valid decimal value."),
    lazy_gettext("Not a valid float value."),
    lazy_gettext("Not a valid integer value."),
    lazy_gettext("Not a valid time value."),
    lazy_gettext("Number must be at least %(min)s."),
    lazy_gettext("Number must be at most %(max)s."),
    lazy_gettext("Number must be between %(min)s and %(max)s."),
    lazy_gettext("This field is required."),
)


class OwnWords:
    """Looks a sentence of the library up in our catalogue, and in the library's where ours has none."""

    def gettext(self, sentence: str) -> str:
        found = gettext(sentence)
        return found if found != sentence else str(library.gettext(sentence))

    def ngettext(self, one: str, many: str, number: int) -> str:
        # ours knows each of the two sentences by itself
        plain = one if number == 1 else many
        found = gettext(plain)
        return found if found != plain else str(library.ngettext(one, many, number))


own_words = OwnWords()


def speak_in_forms() -> None:
    """Have every form speak in our words."""

    def words(_meta: Any, _form: Any) -> OwnWords:
        return own_words

    FlaskForm.Meta.get_translations = words
