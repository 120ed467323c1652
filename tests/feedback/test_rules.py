from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.feedback import errors, rules
from app.feedback.rules import FeedbackState, Window
from app.kernel.texts import Texts
from app.questions.rules import Asked, Choice, Kind
from tests.builders import NOW

HOUR = timedelta(hours=1)
OPEN = Window(NOW - HOUR, NOW + HOUR)


def asked(kind: Kind, **changes: Any) -> Asked:
    return Asked(**{"id": 1, "code": "q", "kind": kind, "label": Texts(en="Q"), **changes})


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        (None, None, Window(NOW, NOW + rules.USUALLY_OPEN_FOR)),
        (NOW - HOUR, None, Window(NOW - HOUR, NOW + rules.USUALLY_OPEN_FOR)),
        (None, NOW + HOUR, Window(NOW, NOW + HOUR)),
        (None, NOW - HOUR, Window(NOW - HOUR, NOW - HOUR)),
        (NOW + HOUR, None, Window(NOW + HOUR, NOW + HOUR + rules.USUALLY_OPEN_FOR)),
    ],
)
def test_a_form_is_open_after_the_event_unless_its_organiser_says_else(
    opens: Any, closes: Any, expected: Window
) -> None:
    assert rules.window(opens, closes, ends_at=NOW) == expected


@pytest.mark.parametrize(
    ("changes", "window", "expected", "refusal"),
    [
        ({}, OPEN, FeedbackState.OPEN, None),
        ({"is_asked": False}, OPEN, FeedbackState.NOT_ASKED, errors.NotAsked),
        ({"has_answered": True}, OPEN, FeedbackState.ANSWERED, errors.AnsweredOnce),
        ({}, Window(NOW + HOUR, NOW + 2 * HOUR), FeedbackState.NOT_YET, errors.NotYetOpen),
        ({}, Window(NOW - HOUR, NOW), FeedbackState.CLOSED, errors.OverAlready),
        ({"is_sealed": True}, OPEN, FeedbackState.CLOSED, errors.OverAlready),
        ({"has_answered": True}, Window(NOW - HOUR, NOW), FeedbackState.ANSWERED, errors.AnsweredOnce),
    ],
)
def test_what_somebody_can_do_with_a_form(
    changes: dict[str, bool], window: Window, expected: FeedbackState, refusal: type[Exception] | None
) -> None:
    values = {"is_asked": True, "has_answered": False, "is_sealed": False} | changes
    state = rules.state(window, now=NOW, **values)
    assert state is expected
    if refusal is None:
        rules.check_open(state)
    else:
        with pytest.raises(refusal):
            rules.check_open(state)


CHOICES = (Choice(code="a", label=Texts(en="A")), Choice(code="b", label=Texts(en="B")))


@pytest.mark.parametrize(
    ("question", "values", "bars", "mean"),
    [
        (asked(Kind.RATING), [5, 4, 4], ((1, 0), (2, 0), (3, 0), (4, 2), (5, 1)), 13 / 3),
        (asked(Kind.CHOICE, choices=CHOICES), ["b", "b", "gone"], (("a", 0), ("b", 2), ("gone", 1)), None),
        (asked(Kind.SEVERAL, choices=CHOICES), [["a", "b"], ["a"], []], (("a", 2), ("b", 1)), None),
        (asked(Kind.NUMBER), [3, 1, 3], ((1, 1), (3, 2)), 7 / 3),
        (asked(Kind.CONSENT), [{"agreed": True}, {"agreed": False}], ((True, 1), (False, 1)), None),
        (asked(Kind.COUNTRY), ["IT", "DE", "IT"], (("IT", 2), ("DE", 1)), None),
        (asked(Kind.RATING), [], ((1, 0), (2, 0), (3, 0), (4, 0), (5, 0)), None),
    ],
    ids=["rating", "choice", "several", "number", "consent", "country", "nothing"],
)
def test_answers_are_counted_by_the_kind_of_their_question(
    question: Asked, values: list[Any], bars: tuple[tuple[Any, int], ...], mean: float | None
) -> None:
    found = rules.summarise(question, values, is_anonymous=False)
    assert found.bars == bars
    assert found.mean == mean


@pytest.mark.parametrize(("answers", "is_hidden"), [(4, True), (5, False)])
def test_few_anonymous_answers_are_not_shown_at_all(answers: int, is_hidden: bool) -> None:
    for question, value in ((asked(Kind.RATING), 3), (asked(Kind.LONG_TEXT), "text")):
        found = rules.summarise(question, [value] * answers, is_anonymous=True)
        assert found.is_hidden is is_hidden
        assert bool(found.bars or found.texts) is not is_hidden
        assert found.answers == answers
    assert rules.may_show(1, is_anonymous=False)


def test_who_answered_cannot_be_told_without_the_key() -> None:
    assert rules.respondent("key", 7) == rules.respondent("key", 7)
    assert len({rules.respondent(key, number) for key in ("key", "other") for number in (7, 8)}) == 4
