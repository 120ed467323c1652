from __future__ import annotations

from datetime import date

import pytest

from app.events.rules import PersonRole
from app.kernel.texts import Texts
from app.questions.rules import Asked, Choice, Kind
from app.sheets import rules
from app.sheets.errors import NoSuchDay
from app.sheets.rules import Attendee, Total

DAYS = [date(2027, 3, 18), date(2027, 3, 19)]


def somebody(given: str, family: str) -> Attendee:
    return Attendee(given_name=given, family_name=family, organisation="HIT", org_type=None, country_code="IT")


def test_an_event_has_every_day_from_its_first_to_its_last() -> None:
    assert rules.days_of(DAYS[0], DAYS[1]) == DAYS
    assert rules.days_of(DAYS[0], DAYS[0]) == DAYS[:1]


@pytest.mark.parametrize(("number", "day"), [("1", 1), ("2", 2), ("02", 2)])
def test_a_day_is_named_by_its_number(number: str, day: int) -> None:
    assert rules.day_of(DAYS, number) == day


@pytest.mark.parametrize("number", ["0", "3", "-1", "", "x", "1.5", "٢", "²", "9" * 5000])
def test_a_day_that_the_event_has_not_is_refused(number: str) -> None:
    with pytest.raises(NoSuchDay):
        rules.day_of(DAYS, number)


@pytest.mark.parametrize(("named", "blank"), [(0, 6), (1, 6), (60, 6), (61, 7), (500, 50)])
def test_there_are_always_blank_rows_for_who_walks_in(named: int, blank: int) -> None:
    assert rules.blank_rows(named) == blank


@pytest.mark.parametrize(("home", "there", "answer"), [("IT", "IT", True), ("DE", "IT", False), ("IT", None, None)])
def test_local_is_who_comes_from_the_country_of_the_event(home: str, there: str | None, answer: bool | None) -> None:
    assert rules.is_local(home, there) is answer


def test_names_stand_in_the_order_in_which_one_looks_for_them() -> None:
    people = [somebody("Ada", "Zanon"), somebody("Jan", "Łuk"), somebody("Eva", "bauer"), somebody("Ada", "Bauer")]
    assert [one.full_name for one in rules.in_order(people)] == ["Ada Bauer", "Eva bauer", "Jan Łuk", "Ada Zanon"]


def test_a_badge_names_the_first_of_several_parts() -> None:
    assert rules.first_role([PersonRole.PARTICIPANT, PersonRole.SPEAKER]) is PersonRole.SPEAKER
    assert rules.first_role([]) is PersonRole.PARTICIPANT
    assert set(rules.ROLES) == set(PersonRole)


def test_equal_wishes_are_counted_together_and_nobody_is_named() -> None:
    wishes = ["Vegan", None, " vegan ", "No  nuts", "", "   ", "VEGAN"]
    assert rules.totals(wishes) == [Total(words="Vegan", count=3), Total(words="No nuts", count=1)]


def asked(kind: Kind, *codes: str) -> Asked:
    return Asked(
        id=1, code="q", kind=kind, label=Texts(en="?"), choices=tuple(Choice(code=c, label=Texts()) for c in codes)
    )


def test_sizes_are_counted_rising() -> None:
    assert rules.tally(asked(Kind.NUMBER), [44, 9, 44, 42.5]).counts == ((9, 1), (42.5, 1), (44, 2))


def test_choices_are_counted_as_they_are_offered() -> None:
    question = asked(Kind.SEVERAL, "bus", "train")
    assert rules.tally(question, [["train"], ["bus", "train"], ["gone"]]).counts == (
        ("bus", 1),
        ("train", 2),
        ("gone", 1),
    )
