from __future__ import annotations

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateTimeLocalField, Form, FormField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from app.kernel.form_checks import Boxes, Number, Rows, WholeNumber, line, lines, listed, texts_of
from app.kernel.texts import Texts


class SampleForm(Form):
    name = line("Name", longest=20, required=True)
    about = lines("About", longest=40)
    degrees = Number("Degrees")
    seats = WholeNumber("Seats", [Optional(), NumberRange(1, 9)])
    title_en = line("Title", longest=20)
    title_it = line("Title", longest=20)
    title_de = line("Title", longest=20)


def filled(**values: str) -> SampleForm:
    return SampleForm(MultiDict({"name": "Ada", "degrees": "1", **values}))


@pytest.mark.parametrize(
    "name",
    [
        "a\x00b",
        "a\r\nb",
        "a\nBcc: x",
        "a\x1bb",
        "a\x85b",
        "a\u2028b",
        "a\ud800b",
        "a\u202eb",
        "a\u200fb",
        "",
        "  ",
        "x" * 21,
        "<b>Ada",
        "Ada</b>",
        "<!-- Ada",
        "=1+1",
        "＝A1",
        "@SUM (A1)",
        "-f(2)",
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_or_does_not_fit_is_refused_and_kept(app: Flask, name: str) -> None:
    with app.test_request_context():
        form = filled(name=name)
        assert not form.validate()
        assert "name" in form.errors
        assert form.name.data == name.strip().replace("\r\n", "\n")


@pytest.mark.parametrize("name", ["Éva Ő", "5 < 7 > 3", "<3", "+39 0464 1", "- none", "R&D “A”", "日本", "👩‍🔬"])
def test_everything_that_people_write_passes(app: Flask, name: str) -> None:
    with app.test_request_context():
        assert filled(name=name).validate()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", 0), (" ", 0), ("3", 0), ("0", 1), ("many", 1), ("1.5", 1)],
)
def test_of_what_is_no_number_one_thing_is_said(app: Flask, typed: str, said: int) -> None:
    with app.test_request_context():
        form = filled(seats=typed)
        form.validate()
        assert len(form.seats.errors) == said


def test_several_lines_may_hold_breaks_and_nothing_else_unseen(app: Flask) -> None:
    with app.test_request_context():
        form = filled(about="one\r\ntwo\tthree")
        assert form.validate()
        assert form.about.data == "one\ntwo\tthree"
        assert not filled(about="one\x00").validate()


@pytest.mark.parametrize(("typed", "number"), [("45,89", 45.89), ("45.89", 45.89), ("-3", -3.0)])
def test_numbers_take_comma_and_point(app: Flask, typed: str, number: float) -> None:
    with app.test_request_context():
        form = filled(degrees=typed)
        assert form.validate()
        assert form.degrees.data == number


@pytest.mark.parametrize("typed", ["nan", "inf", "1e999", "north", "1,2,3"])
def test_what_is_no_number_is_refused(app: Flask, typed: str) -> None:
    with app.test_request_context():
        assert not filled(degrees=typed).validate()


def test_names_one_a_line_without_repetition() -> None:
    assert listed(" Hit \n\nHIT\nHit") == ["Hit", "HIT"]


def test_texts_come_from_three_fields(app: Flask) -> None:
    with app.test_request_context():
        assert texts_of(filled(title_en="A", title_de="B"), "title") == Texts(en="A", de="B")


def test_blanks_round_a_text_go_even_those_without_width(app: Flask) -> None:
    with app.test_request_context():
        assert filled(name=" \u200bAda\u2060 Prova\ufeff\u3000").name.data == "Ada\u2060 Prova"
        assert not filled(name="\u200b \u200d").validate()


class Seats(Rows):
    seats = IntegerField("Seats")


class ForgedForm(FlaskForm):
    kind = SelectField("Kind", choices=["workshop"])
    starts = DateTimeLocalField("Start")
    room = FormField(Seats)
    aims = Boxes("Aims", choices=["service"])


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "de",
            ["Das steht nicht zur Auswahl.", "Das ist kein gültiges Datum mit Uhrzeit.", "Das ist keine ganze Zahl."],
        ),
        ("it", ["Non è tra le scelte possibili.", "Non sono una data e un’ora valide.", "Non è un numero intero."]),
    ],
)
def test_a_forged_form_is_refused_in_the_readers_language(app: Flask, lang: str, sentences: list[str]) -> None:
    forged = {"kind": "ball", "starts": "soon", "room-seats": "many", "aims": "gold"}
    with app.test_request_context(f"/?lang={lang}", method="POST", data=forged):
        form = ForgedForm()
        assert not form.validate()
        said = [*form.kind.errors, *form.starts.errors, *form.room.form.seats.errors]
        assert said == sentences
        assert "gold" not in str(form.aims.errors), "what was forged is not repeated"
