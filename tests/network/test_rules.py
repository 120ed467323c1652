from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.kernel.errors import Invalid
from app.network import rules
from app.network.errors import (
    HalfAPin,
    NotAWebAddress,
    NotMoney,
    PinOutsideCountry,
    PinTurnedRound,
    PrimaryTypeElsewhere,
    TooMuchMoney,
    TypeMissing,
    UnitOfItself,
)
from app.network.money import read_money
from app.network.rules import CountryBox, OrganisationType, ProjectStage

ITALY = CountryBox(south=35.4, west=6.6, north=47.1, east=18.6)
COMPANY, CLUSTER = OrganisationType.COMPANY, OrganisationType.CLUSTER_ORGANISATION


@pytest.mark.parametrize(
    ("typed", "language", "amount"),
    [
        ("120.000", "it", "120000.00"),
        ("120,000", "en", "120000.00"),
        ("120.000,50", "de", "120000.50"),
        ("120000", "it", "120000.00"),
        ("120000,5", "it", "120000.50"),
        ("1,234,567.89", "en", "1234567.89"),
        ("€ 120.000", "it", "120000.00"),
        ("120.000 €", "de", "120000.00"),
        ("120 000 EUR", "en", "120000.00"),
        ("0", "en", "0.00"),
    ],
)
def test_a06_money_is_read_in_the_way_of_the_language(typed: str, language: str, amount: str) -> None:
    assert read_money(typed, language) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("120.00", "it"),  # cents in the English way: not taken for twelve thousand
        ("120,00", "en"),
        ("1.2000", "de"),
        ("120.000,505", "it"),
        ("-1", "en"),
        ("1e5", "en"),
        ("١٢٠", "en"),
        ("much", "en"),
        ("€", "en"),
        ("nan", "en"),
    ],
)
def test_money_that_could_mean_two_things_is_refused(typed: str, language: str) -> None:
    with pytest.raises(NotMoney):
        read_money(typed, language)


def test_more_than_a_budget_can_hold_is_refused() -> None:
    with pytest.raises(TooMuchMoney):
        read_money("9" * 14, "en")


@pytest.mark.parametrize(
    ("latitude", "longitude", "refusal", "field"),
    [
        (45.89, None, HalfAPin, "longitude"),
        (None, 11.03, HalfAPin, "latitude"),
        (11.03, 45.89, PinTurnedRound, "latitude"),
        (55.0, 11.03, PinOutsideCountry, "latitude"),
        (45.89, 25.0, PinOutsideCountry, "longitude"),
    ],
)
def test_a17_a_pin_outside_the_country_is_refused(
    latitude: float | None, longitude: float | None, refusal: type[Invalid], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        rules.check_pin(latitude, longitude, ITALY)
    assert caught.value.details["field"] == field


@pytest.mark.parametrize(("latitude", "longitude"), [(45.8906, 11.0321), (None, None)])
def test_a17_a_pin_inside_the_country_or_none_is_right(latitude: float | None, longitude: float | None) -> None:
    rules.check_pin(latitude, longitude, ITALY)


def test_b09_an_organisation_has_types_and_one_comes_first() -> None:
    rules.check_types(frozenset({COMPANY, CLUSTER}), CLUSTER)
    with pytest.raises(TypeMissing):
        rules.check_types(frozenset(), COMPANY)
    with pytest.raises(PrimaryTypeElsewhere):
        rules.check_types(frozenset({COMPANY}), CLUSTER)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://x.example",
        "www.example.org",
        "https://",
        "https://a b.example",
        "https://[x",
        "data:,",
    ],
)
def test_what_is_no_page_is_refused_as_web_address(address: str) -> None:
    with pytest.raises(NotAWebAddress):
        rules.check_web(address)


def test_an_organisation_is_no_unit_of_itself() -> None:
    rules.check_unit(1, [2, 3])
    rules.check_unit(None, [2, 3])
    with pytest.raises(UnitOfItself):
        rules.check_unit(1, [2, 1])


@pytest.mark.parametrize(
    ("today", "is_valid"),
    [(date(2026, 12, 31), False), (date(2027, 1, 1), True), (date(2028, 12, 31), True), (date(2029, 1, 1), False)],
)
def test_a24_a_label_holds_until_its_last_day(today: date, is_valid: bool) -> None:
    assert rules.is_valid_label(date(2027, 1, 1), date(2028, 12, 31), today) is is_valid


def test_a07_the_sum_counts_what_is_missing_and_takes_nothing_for_zero() -> None:
    overview = rules.budget_overview([Decimal(120000), Decimal(222000), *[None] * 12])
    assert (overview.total, overview.not_entered) == (Decimal(342000), 12)


def test_b12_a_country_without_partner_is_a_gap_and_an_undeclared_one_is_named() -> None:
    cells = rules.coverage(["IT", "DE", "HU"], ["IT", "DE", "DE", "AT"])
    assert [(cell.country_code, cell.partners, cell.is_gap, cell.is_declared) for cell in cells] == [
        ("IT", 1, False, True),
        ("DE", 2, False, True),
        ("HU", 0, True, True),
        ("AT", 1, False, False),
    ]


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2010, 2, 28), ProjectStage.UPCOMING),
        (date(2013, 12, 31), ProjectStage.RUNNING),  # an end of 2013 lasts to its last day
        (date(2014, 1, 1), ProjectStage.CLOSED),
    ],
)
def test_b05_running_or_closed_follows_from_rough_dates(today: date, stage: ProjectStage) -> None:
    assert rules.stage(date(2010, 3, 1), date(2013, 12, 31), today) is stage
