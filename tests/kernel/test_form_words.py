"""What forms say without being told how."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_wtf import FlaskForm
from wtforms import DateField, FloatField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from app.kernel.form_words import SENTENCES, own_words


class Asked(FlaskForm):
    day = DateField()
    count = IntegerField(validators=[NumberRange(1, 9)])
    share = FloatField()
    one = SelectField(choices=["a"])
    some = SelectMultipleField(choices=["a"])
    name = IntegerField(validators=[InputRequired()])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "it",
            {
                "day": "Non è una data valida.",
                "count": "Il numero deve essere compreso tra 1 e 9.",
                "share": "Non è un numero valido.",
                "one": "Non è tra le scelte possibili.",
                "some": "«x» non è tra le scelte possibili.",
                "name": "Questo campo è obbligatorio.",
            },
        ),
        (
            "de",
            {
                "day": "Das ist kein gültiges Datum.",
                "count": "Die Zahl muss zwischen 1 und 9 liegen.",
                "share": "Das ist keine gültige Dezimalzahl.",
                "one": "Das steht nicht zur Auswahl.",
                "some": "„x“ steht nicht zur Auswahl.",
                "name": "Dieses Feld muss ausgefüllt werden.",
            },
        ),
    ],
)
def test_forms_speak_in_our_words(app: Flask, lang: str, said: dict[str, Any]) -> None:
    typed = {"day": "soon", "count": "12", "share": "much", "one": "x", "some": "x", "name": ""}
    with app.test_request_context(f"/?lang={lang}", method="POST", data=typed):
        form = Asked(meta={"csrf": False})
        assert not form.validate()
        assert {name: str(errors[0]) for name, errors in form.errors.items() if name} == said


@pytest.mark.parametrize("lang", ["it", "de"])
def test_every_sentence_that_people_can_be_told_is_translated(app: Flask, lang: str) -> None:
    with app.test_request_context(), force_locale(lang):
        assert [one for one in SENTENCES if str(one) == one._args[0]] == []


def test_what_our_catalogue_has_not_is_said_by_the_library(app: Flask) -> None:
    with app.test_request_context("/?lang=it"):
        assert own_words.gettext("Invalid UUID.") == "UUID non valido."
