"""The form made of questions: what a participant sees, and what comes back."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, render_template
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict

from app.files.services import keep
from app.kernel.form_checks import line
from app.kernel.texts import Texts
from app.questions.forms import accept_uploads, answers_into, answers_of, form_for, kept_file
from app.questions.presenters import in_words, shown
from app.questions.rules import Asked, Choice, Kind, Readers, normalise
from tests.builders import NOW, make_event

COLOURS = tuple(
    Choice(code=code, label=Texts(en=code.title(), it=italian))
    for code, italian in (("red", "Rosso"), ("green", "Verde"), ("blue", "Blu"))
)
QUESTIONS = tuple(
    Asked(
        id=number,
        code=str(kind),
        kind=kind,
        label=Texts(en=f"A {kind}", it=f"Uno {kind}"),
        help=Texts(en="Help <b>"),
        purpose=Texts(en="To know"),
        required=kind in (Kind.TEXT, Kind.CONSENT),
        choices=COLOURS if kind in (Kind.CHOICE, Kind.SEVERAL) else (),
        readers=Readers.ORGANISERS_AND_HOST,
        erased_after_days=1,
    )
    for number, kind in enumerate(Kind, start=1)
)
BY_KIND = {question.kind: question for question in QUESTIONS}
TYPED = {
    Kind.TEXT: " Ada ",
    Kind.LONG_TEXT: "one\r\ntwo",
    Kind.CHOICE: "red",
    Kind.SEVERAL: ["blue", "red"],
    Kind.NUMBER: "41,5",
    Kind.DATE: "2027-03-18",
    Kind.COUNTRY: "SI",
    Kind.FILE: "",
    Kind.CONSENT: "y",
    Kind.RATING: "4",
}
KEPT = {
    Kind.TEXT: "Ada",
    Kind.LONG_TEXT: "one\ntwo",
    Kind.CHOICE: "red",
    Kind.SEVERAL: ["red", "blue"],
    Kind.NUMBER: 41.5,
    Kind.DATE: "2027-03-18",
    Kind.COUNTRY: "SI",
    Kind.FILE: None,
    Kind.CONSENT: {"agreed": True, "wording": 1, "language": "en"},
    Kind.RATING: 4,
}


def filled(typed: dict[Kind, Any], base: type[FlaskForm] = FlaskForm, **more: str) -> Any:
    values: MultiDict[str, Any] = MultiDict(more)
    for kind, value in typed.items():
        values.setlist(BY_KIND[kind].field, value if isinstance(value, list) else [value])
    return form_for(QUESTIONS, base)(formdata=values, meta={"csrf": False})


def by_kind(answers: dict[int, Any]) -> dict[Kind, Any]:
    return {question.kind: answers[question.id] for question in QUESTIONS}


def test_what_is_typed_comes_back_as_it_is_kept_and_goes_back_in(app: Flask) -> None:
    with app.test_request_context():
        form = filled(TYPED)
        assert form.validate(), form.errors
        answers = answers_of(form)
        assert by_kind(answers) == KEPT
        again = form_for(QUESTIONS)(formdata=None, data=answers_into(QUESTIONS, answers))
        assert by_kind(answers_of(again)) == KEPT


def test_an_upload_is_handed_on_as_it_came(app: Flask) -> None:
    upload = FileStorage(filename="id.pdf")
    with app.test_request_context():
        form = form_for(QUESTIONS)(formdata=MultiDict({BY_KIND[Kind.FILE].field: upload}), meta={"csrf": False})
        assert answers_of(form)[BY_KIND[Kind.FILE].id] is upload


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("id.txt", b"Number 4711", ""),
        ("id.pdf", b"<!doctype html><script>alert(1)</script>", "id.pdf"),
        ("id.txt", b"", "id.txt"),
    ],
)
def test_a_file_goes_into_the_store_or_is_refused_beside_its_field(
    app: Flask, database: Session, name: str, content: bytes, words: str
) -> None:
    question = BY_KIND[Kind.FILE]
    upload = FileStorage(io.BytesIO(content), filename=name)
    with app.test_request_context():
        form = form_for([question])(formdata=MultiDict({question.field: upload}), meta={"csrf": False})
        assert form.validate()
        taken = accept_uploads(form)
        if words:
            assert taken is None
            assert words in str(form.errors[question.field])
        else:
            assert taken
            row = keep(taken[question.id], now=NOW)
            kept = normalise(question, kept_file(row))
            assert (kept, in_words(question, kept, "en")) == ({"file": row.public_id, "name": name}, name)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("talk.pdf", b"%PDF-1.7\n" + b"x" * 25_000_000, "talk.pdf is larger than 25 MB"),
        ("run.exe", b"MZ\x90\x00" * 20, "Save it as PDF, or as a JPEG picture"),
    ],
)
def test_a_file_that_is_not_taken_says_the_limit_and_what_to_do(
    app: Flask, database: Session, name: str, content: bytes, sentence: str
) -> None:
    question = BY_KIND[Kind.FILE]
    with app.test_request_context():
        upload = MultiDict({question.field: FileStorage(io.BytesIO(content), filename=name)})
        form = form_for([question])(formdata=upload, meta={"csrf": False})
        assert form.validate()
        assert accept_uploads(form) is None
        (said,) = form.errors[question.field]
        assert sentence in said
        assert "link" not in said
        assert "as far as" not in said


def test_beside_a_file_question_stands_what_is_taken_and_how_large(app: Flask, database: Session) -> None:
    with app.test_request_context():
        (one,) = shown([BY_KIND[Kind.FILE]], make_event())
        assert "PDF" in one.taken
        assert "up to 25 MB" in one.taken
        assert "up to 15 MB" in one.taken
        assert 'accept=".pdf,.docx' in str(form_for([BY_KIND[Kind.FILE]])(meta={"csrf": False})[one.field])


def test_nothing_typed_is_no_answer_and_only_what_is_required_is_missed(app: Flask) -> None:
    with app.test_request_context():
        form = filled({})
        assert not form.validate()
        assert set(form.errors) == {BY_KIND[Kind.TEXT].field, BY_KIND[Kind.CONSENT].field}


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (Kind.TEXT, "x" * 501, "at most 500 characters"),
        (Kind.TEXT, "x" * 900_000, "at most 500 characters"),
        (Kind.LONG_TEXT, "a\x00b", "cannot be seen"),
        (Kind.CHOICE, "pink", "Choose one of those"),
        (Kind.SEVERAL, ["red", "pink"], "Choose one of those"),
        (Kind.NUMBER, "forty", "a number in digits"),
        (Kind.DATE, "18.3.2027", "year-month-day"),
        (Kind.COUNTRY, "Atlantis", "country of the list"),
        (Kind.RATING, "6", "Choose one of those"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(
    app: Flask, kind: Kind, typed: Any, words: str
) -> None:
    """demand 4"""
    with app.test_request_context():
        form = filled(TYPED | {kind: typed})
        assert not form.validate()
        ((field, (error,)),) = form.errors.items()
        assert (field, words in str(error)) == (BY_KIND[kind].field, True)
        assert form[field].data == typed


def test_questions_stand_behind_the_fields_of_another_form(app: Flask) -> None:
    class JoinForm(FlaskForm):  # type: ignore[misc]
        name = line("Name", longest=10, required=True)

    with app.test_request_context():
        form = filled(TYPED, JoinForm, name="Ada")
        assert form.validate()
        assert [field.name for field in form][:2] == ["name", "q_1"]
        assert not filled(TYPED, JoinForm).validate()


def test_beside_every_field_stands_what_it_is_for_who_sees_it_and_when_it_goes(app: Flask, database: Session) -> None:
    """demand 4"""
    event = make_event(starts_at=datetime(2027, 3, 18, 8, tzinfo=UTC), ends_at=datetime(2027, 3, 19, 15, tzinfo=UTC))
    with app.test_request_context("/?lang=en"):
        html = render_template(
            "questions/_fields.html", form=form_for(QUESTIONS)(formdata=None), questions=shown(QUESTIONS, event)
        )
    kinds = len(QUESTIONS)
    assert html.count("To know") == html.count("Seen by the organisers and the host only.") == kinds
    assert html.count("Erased on 20 March 2027.") == kinds
    assert html.count("Help &lt;b&gt;") == kinds
    assert html.count("<fieldset") == html.count("<legend>") == 3  # choice, several, rating
    assert " checked" not in html


@pytest.mark.parametrize(
    ("kind", "value", "english", "italian"),
    [
        (Kind.CHOICE, "red", "Red", "Rosso"),
        (Kind.CHOICE, "gone", "gone", "gone"),
        (Kind.SEVERAL, ["red", "blue"], "Red, Blue", "Rosso, Blu"),
        (Kind.DATE, "2027-03-18", "18 March 2027", "18 marzo 2027"),
        (Kind.COUNTRY, "SI", "Slovenia", "Slovenia"),
        (Kind.COUNTRY, "DE", "Germany", "Germania"),
        (Kind.NUMBER, 42, "42", "42"),
        (Kind.NUMBER, 0, "0", "0"),
        (Kind.FILE, {"file": "abc", "name": "id.pdf"}, "id.pdf", "id.pdf"),
        (Kind.CONSENT, {"agreed": True, "wording": 1, "language": "en"}, "Yes", None),
        (Kind.DATE, "of another kind", "of another kind", "of another kind"),
        (Kind.TEXT, None, "", ""),
    ],
)
def test_an_answer_is_read_in_the_language_of_the_reader(
    app: Flask, kind: Kind, value: object, english: str, italian: str | None
) -> None:
    with app.test_request_context("/?lang=en"):
        assert in_words(BY_KIND[kind], value, "en") == english
        if italian is not None:
            assert in_words(BY_KIND[kind], value, "it") == italian
