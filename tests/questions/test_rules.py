"""Which answers are taken, what is asked with a reason, and what a question with answers still allows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.kernel.errors import Refusal
from app.kernel.texts import Texts
from app.questions import errors
from app.questions.rules import (
    Asked,
    Choice,
    FormInput,
    Kind,
    Purpose,
    QuestionInput,
    Readers,
    check_change,
    check_form,
    check_form_change,
    check_question,
    check_seats,
    complete,
    erased_on,
    is_open,
    moved,
    normalise,
    reminder_at,
    wording_changes,
)

SIZES = tuple(Choice(code=code, label=Texts(en=code.upper())) for code in ("s", "m", "l"))
LONG = "x" * 1_000_000


def asked(kind: Kind, **changes: Any) -> Asked:
    plain: dict[str, Any] = {"id": 7, "code": "size", "kind": kind, "label": Texts(en="Size")}
    if kind in (Kind.CHOICE, Kind.SEVERAL):
        plain["choices"] = SIZES
    return Asked(**plain | changes)


def given(kind: Kind = Kind.CHOICE, **changes: Any) -> QuestionInput:
    plain: dict[str, Any] = {"kind": kind, "label": Texts(en="Size"), "purpose": Texts(en="To order coats")}
    if kind in (Kind.CHOICE, Kind.SEVERAL):
        plain["choices"] = SIZES
    return QuestionInput(**plain | changes)


@pytest.mark.parametrize(
    ("kind", "limits", "raw", "kept"),
    [
        (Kind.TEXT, {}, "  Ada Müller \u200b", "Ada Müller"),
        (Kind.TEXT, {}, " \u00a0\u200b", None),
        (Kind.TEXT, {}, "x" * 500, "x" * 500),
        (Kind.LONG_TEXT, {}, "one\r\ntwo", "one\ntwo"),
        (Kind.CHOICE, {}, "m", "m"),
        (Kind.CHOICE, {}, "", None),
        (Kind.SEVERAL, {}, ["l", "s", "l"], ["s", "l"]),
        (Kind.SEVERAL, {"least": 2}, [], None),
        (Kind.NUMBER, {"least": 34, "most": 52}, "42", 42),
        (Kind.NUMBER, {}, "41,5", 41.5),
        (Kind.NUMBER, {}, "-3", -3),
        (Kind.DATE, {}, "2027-03-18", "2027-03-18"),
        (Kind.DATE, {}, date(2027, 3, 18), "2027-03-18"),
        (Kind.COUNTRY, {}, "SI", "SI"),
        (Kind.RATING, {}, "5", 5),
        (Kind.CONSENT, {}, True, {"agreed": True, "wording": 3, "language": "de"}),
        (Kind.CONSENT, {}, None, {"agreed": False, "wording": 3, "language": "de"}),
        (Kind.FILE, {}, {"file": "abc", "name": "a.pdf", "more": 1}, {"file": "abc", "name": "a.pdf"}),
        (Kind.FILE, {}, None, None),
    ],
)
def test_an_answer_is_kept_in_one_form(kind: Kind, limits: dict[str, Any], raw: object, kept: object) -> None:
    assert normalise(asked(kind, wording_version=3, **limits), raw, language="de") == kept


@pytest.mark.parametrize(
    ("kind", "limits", "raw", "refusal"),
    [
        (Kind.TEXT, {}, "x" * 501, errors.TooLong),
        (Kind.LONG_TEXT, {}, "x" * 2001, errors.TooLong),
        *((kind, {}, LONG, errors.TooLong) for kind in Kind if kind is not Kind.SEVERAL),
        (Kind.SEVERAL, {}, ["s"] * 100_000, errors.NotAChoice),
        (Kind.TEXT, {}, "a\x00b", errors.UnseenCharacters),
        (Kind.TEXT, {}, "a\nb", errors.UnseenCharacters),
        (Kind.TEXT, {}, "a\ud800b", errors.UnseenCharacters),
        (Kind.LONG_TEXT, {}, "a\u202eb", errors.UnseenCharacters),
        (Kind.CHOICE, {}, "xl", errors.NotAChoice),
        (Kind.CHOICE, {}, ["s"], errors.NotAChoice),
        (Kind.SEVERAL, {}, ["s", "xl"], errors.NotAChoice),
        (Kind.SEVERAL, {}, "s", errors.NotAChoice),
        (Kind.SEVERAL, {"least": 2}, ["s"], errors.TooFew),
        (Kind.SEVERAL, {"most": 1}, ["s", "m"], errors.TooMany),
        *(
            (Kind.NUMBER, {}, raw, errors.NotANumber)
            for raw in ("forty", "1e5", "nan", "٤٢", "1.000.000", True, "9" * 12)
        ),
        (Kind.NUMBER, {"least": 34}, "33", errors.TooSmall),
        (Kind.NUMBER, {"most": 52}, "52.5", errors.TooLarge),
        *((Kind.DATE, {}, raw, errors.NotADate) for raw in ("18.3.2027", "2027-02-30", "20270318", "0001-01-01", 5)),
        *((Kind.COUNTRY, {}, raw, errors.NotACountry) for raw in ("it", "ZZ", "EU", "Italy", ["IT"])),
        *((Kind.RATING, {}, raw, errors.NotAChoice) for raw in ("0", "6", "3.5", "five")),
        (Kind.FILE, {}, "../../etc/passwd", errors.NotAFile),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused_beside_its_field(
    kind: Kind, limits: dict[str, Any], raw: object, refusal: type[Refusal]
) -> None:
    """demand 4"""
    question = asked(kind, **limits)
    if kind is Kind.CONSENT:
        refusal = errors.TooLong
    with pytest.raises(refusal) as refused:
        normalise(question, raw)
    assert refused.value.details["field"] == "q_7"


def test_what_is_required_and_missing_is_named_in_order() -> None:
    name = asked(Kind.TEXT, id=1, required=True)
    photo = asked(Kind.CONSENT, id=2, required=True)
    diet = asked(Kind.TEXT, id=3)
    questions = [name, photo, diet]
    assert complete(questions, {}) == [name, photo]
    assert complete(questions, {1: "Ada", 2: {"agreed": False, "wording": 1, "language": "en"}}) == [photo]
    assert complete(questions, {1: "Ada", 2: {"agreed": True, "wording": 1, "language": "en"}}) == []


def test_a_choice_whose_places_are_taken_is_refused() -> None:
    few = (Choice(code="boat", label=Texts(en="Boat"), seats=2), Choice(code="walk", label=Texts(en="Walk")))
    question = asked(Kind.CHOICE, choices=few)
    check_seats(question, "boat", {"boat": 1})
    check_seats(question, "walk", {"boat": 2, "walk": 500})
    with pytest.raises(errors.ChoiceFull):
        check_seats(question, "boat", {"boat": 2})
    with pytest.raises(errors.ChoiceFull):
        check_seats(question, ["walk", "boat"], {"boat": 2})


def test_answers_go_so_many_days_after_the_last_day_or_with_the_registration() -> None:
    assert erased_on(date(2027, 3, 19), 1) == date(2027, 3, 20)
    assert erased_on(date(2027, 3, 19), 0) == date(2027, 3, 19)
    assert erased_on(date(2027, 3, 19), None) is None


def test_a_window_is_open_from_its_opening_until_before_its_deadline() -> None:
    opens, closes = datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 10, tzinfo=UTC)
    assert [is_open(opens, closes, now) for now in (opens, closes)] == [True, False]
    assert is_open(None, None, closes)
    assert reminder_at(closes, 3) == datetime(2027, 3, 7, tzinfo=UTC)
    assert reminder_at(closes, None) is None is reminder_at(None, 3)


def test_a_deadline_moves_with_the_event_and_stays_at_its_hour_of_the_wall_clock() -> None:
    before, after = datetime(2027, 2, 10, 8, tzinfo=UTC), datetime(2027, 6, 9, 7, tzinfo=UTC)  # 9 o'clock, both
    deadline = datetime(2027, 2, 3, 17, tzinfo=UTC)  # 18 o'clock, a week before
    carried = moved(deadline, before=before, after=after, timezone="Europe/Rome")
    assert carried == datetime(2027, 6, 2, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "purpose", "is_anonymous", "field"),
    [
        ({"label": Texts()}, Purpose.JOINING, False, "label_en"),
        ({"kind": Kind.TEXT, "purpose": Texts(), "choices": ()}, Purpose.JOINING, False, "purpose_en"),
        ({"kind": Kind.CONSENT, "purpose": Texts(), "choices": ()}, Purpose.FOLLOW_UP, False, "purpose_en"),
        ({"kind": Kind.RATING}, Purpose.JOINING, False, "kind"),
        ({"kind": Kind.FILE}, Purpose.FEEDBACK, True, "kind"),
        ({"choices": SIZES[:1]}, Purpose.JOINING, False, "choices.0.label_en"),
        ({"kind": Kind.NUMBER, "least": 5, "most": 4}, Purpose.JOINING, False, "most"),
    ],
)
def test_a_question_that_cannot_be_put_is_refused_beside_its_field(
    changes: dict[str, Any], purpose: Purpose, is_anonymous: bool, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_question(given(**changes), purpose=purpose, is_anonymous=is_anonymous)
    assert refused.value.details["field"] == field


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"label": Texts(en="Size of your coat")}, None),
        ({"choices": (*SIZES, Choice(code="xl", label=Texts(en="XL")))}, None),
        ({"choices": SIZES[:2]}, None),
        ({"choices": SIZES[1:]}, errors.ChoiceKept),
        ({"kind": Kind.SEVERAL}, errors.KindKept),
        ({"readers": Readers.ORGANISERS}, None),
        ({"readers": Readers.EVERYBODY_MANAGING}, errors.PromiseKept),
        ({"erased_after_days": 1}, None),
        ({"erased_after_days": 8}, errors.PromiseKept),
        ({"erased_after_days": None}, errors.PromiseKept),
    ],
)
def test_a_change_keeps_what_was_answered_and_promised(changes: dict[str, Any], refusal: type[Refusal] | None) -> None:
    promised = {"readers": Readers.ORGANISERS_AND_HOST, "erased_after_days": 7}
    before, after = asked(Kind.CHOICE, **promised), given(**promised | changes)
    check_change(before, after, answered=None)
    if refusal is None:
        check_change(before, after, answered=frozenset({"s"}))
    else:
        with pytest.raises(refusal):
            check_change(before, after, answered=frozenset({"s"}))


def test_other_words_are_another_wording() -> None:
    before = asked(Kind.CHOICE, purpose=Texts(en="To order coats"))
    assert not wording_changes(before, given(required=True, readers=Readers.EVERYBODY_MANAGING))
    assert wording_changes(before, given(purpose=Texts(en="To order coats and hats")))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": Texts()}, "title_en"),
        ({"is_anonymous": True}, "is_anonymous"),
        ({"remind_days_before": 3}, "closes_at"),
        ({"opens_at": datetime(2027, 3, 2, tzinfo=UTC), "closes_at": datetime(2027, 3, 1, tzinfo=UTC)}, "closes_at"),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    plain: dict[str, Any] = {"purpose": Purpose.JOINING, "title": Texts(en="Questions")}
    with pytest.raises(Refusal) as refused:
        check_form(FormInput(**plain | changes))
    assert refused.value.details["field"] == field


def test_who_answered_without_a_name_stays_without_one() -> None:
    anonymous = FormInput(purpose=Purpose.FEEDBACK, title=Texts(en="Feedback"), is_anonymous=True)
    named = FormInput(purpose=Purpose.FEEDBACK, title=Texts(en="Feedback"))
    check_form_change(anonymous, named, has_answers=False)
    with pytest.raises(errors.AnsweredAlready):
        check_form_change(anonymous, named, has_answers=True)
