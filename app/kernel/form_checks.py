"""What every form asks of what was typed: its length, and that nothing invisible hides in it.

``line`` and ``lines`` make the two usual fields. All of this is shape; what it means is decided by rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import FloatField, Form, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.kernel.errors import Refusal
from app.kernel.form_words import own_words
from app.kernel.phrases import say
from app.kernel.texts import LANGUAGES, Texts

# C0 and C1 controls, lone surrogates, line and paragraph separators, and what stands for bytes that are no text
_BREAKS = "\t\n\r"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
# what looks like nothing at all: blanks, and letters without width or ink
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u00ad\u200b\u200c\u200d\u2060\u2800\u3164\ufeff"
# marks that turn the direction of writing and can make a name read as another one
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


class NoControlCharacters:
    """Refuses NUL and other controls, lone surrogates and marks of direction; ``lines`` allows line breaks and tabs."""

    def __init__(self, *, lines: bool = False) -> None:
        self._lines = lines

    def __call__(self, form: Any, field: Any) -> None:
        text = field.data if isinstance(field.data, str) else ""
        if self._lines:
            text = text.translate({ord(sign): None for sign in _BREAKS})
        if _CONTROL.search(text):
            raise StopValidation(lazy_gettext("This holds characters that cannot be seen. Type it again by hand."))
        if _DIRECTION.search(text):
            raise StopValidation(lazy_gettext("This holds marks that change the direction of writing. Remove them."))


# an element, a comment or an instruction; "5 < 7" and "<3" are none
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
# what a spreadsheet would work out; "+39 0464 …" and "- none" are none
_FORMULA = re.compile(r"[=＝]|[@+\-＠＋－]\s*\w+\s*\(")


class PlainLine:
    """Refuses markup, and what a spreadsheet would work out: no name, title or place needs them."""

    def __call__(self, form: Any, field: Any) -> None:
        text = field.data if isinstance(field.data, str) else ""
        if _MARKUP.search(text):
            # said at once: pages do not escape lazy texts
            raise StopValidation(gettext("Write plain words here, without marks like <b>."))
        if _FORMULA.match(text):
            raise StopValidation(
                lazy_gettext("This would be a formula in a spreadsheet. Begin with a letter or a number.")
            )


class Shorter:
    """Refuses more than ``longest`` characters, and says how many are too many."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.field_flags = {"maxlength": longest}

    def __call__(self, form: Any, field: Any) -> None:
        spare = len(field.data or "") - self.longest
        if spare > 0:
            raise ValidationError(
                ngettext("This is %(num)s character too long.", "This is %(num)s characters too long.", spare)
            )


def trimmed(text: Any) -> Any:
    """A filter: no blanks round it, not even those that cannot be seen, and line breaks as one character."""
    return text.strip(_BLANKS).replace("\r\n", "\n") if isinstance(text, str) else text


def line(label: Any, *, longest: int, required: Any = False, checks: Sequence[Any] = (), **options: Any) -> Any:
    """A field of one line. ``required`` may be the sentence that says why it is needed."""
    needs = [_need(required), NoControlCharacters(), PlainLine(), Shorter(longest), *checks]
    return StringField(label, needs, [trimmed], **options)


def lines(label: Any, *, longest: int, required: Any = False, checks: Sequence[Any] = (), **options: Any) -> Any:
    """A field of several lines."""
    needs = [_need(required), NoControlCharacters(lines=True), Shorter(longest), *checks]
    return TextAreaField(label, needs, [trimmed], **options)


def _need(required: Any) -> Any:
    if not required:
        return Optional()
    sentence = lazy_gettext("Please fill this in.") if required is True else required
    return DataRequired(sentence)


class Rows(Form):  # type: ignore[misc]
    """A form inside a form; like the one round it, it speaks the reader's language."""

    class Meta:
        def get_translations(self, form: Any) -> Any:
            return own_words


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a few, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(
            *args, invalid_choice_message=lazy_gettext("Choose only from what is offered here."), **options
        )


class WholeNumber(IntegerField):  # type: ignore[misc]
    """A whole number; of what is none one thing is said: what its checks ask for, if they say so."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.process_errors:
            self.errors: Sequence[str] = list(self.errors)[-1:]


class Number(FloatField):  # type: ignore[misc]
    """A number that may be typed with a comma or a point; infinities and NaN are none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip().replace(",", ".") if valuelist else ""
        if not text:
            self.data = None
            return
        try:
            self.data = float(text)
        except ValueError:
            self.data = None
        if self.data is None or not math.isfinite(self.data):
            self.data = None
            raise ValueError(self.gettext("Not a valid float value."))


def listed(text: str | None) -> list[str]:
    """The lines of a field that takes one thing a line, without empty ones and repetitions."""
    return list(dict.fromkeys(entry for entry in map(str.strip, (text or "").splitlines()) if entry))


def texts_of(form: Form, name: str) -> Texts:
    """What fields ``<name>_en``, ``<name>_it``, ``<name>_de`` hold."""
    return Texts({lang: form[f"{name}_{lang}"].data or "" for lang in LANGUAGES})


def texts_into(name: str, texts: Texts) -> dict[str, str]:
    """The reverse of :func:`texts_of`, to fill a form."""
    return {f"{name}_{lang}": texts.get(lang, "") for lang in LANGUAGES}


def put_beside_field(form: Form, refusal: Refusal, words: str = "") -> bool:
    """Write a refusal beside the field that it names; False when it names none of this form.

    ``words``: instead of those that its code has everywhere.

    ``rooms.2.seats`` names a field of the third entry of a list.
    """
    field: Any = form
    lists: list[Any] = []
    for part in str(refusal.details.get("field", "")).split("."):
        try:
            field = field[int(part)] if part.isdigit() else field[part]
        except (KeyError, IndexError, TypeError):
            return False
        if hasattr(field, "entries"):
            lists.append(field)
    field.errors = [*field.errors, words or say(refusal.code, **refusal.details)]
    for each in lists:  # a list of fields keeps a copy of what its entries say
        each.errors = [entry.errors for entry in each.entries]
    return True
