from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from app.kernel.date_words import date_span, rough_date, rough_span, time_span
from app.kernel.dates import RoughDate
from app.network.presenters.words import euros


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("2013", "en", "2013"),
        ("2013", "de", "2013"),
        ("2013-03", "de", "März 2013"),
        ("2013-03", "it", "marzo 2013"),
        ("2011-10-25", "de", "25. Oktober 2011"),
        ("2011-10-25", "it", "25 ottobre 2011"),
        ("2011-10-25", "en", "25 October 2011"),
    ],
)
def test_b05_a_date_is_shown_as_exactly_as_it_is_known(app: Flask, text: str, lang: str, words: str) -> None:
    with app.test_request_context(), force_locale(lang):
        assert rough_date(RoughDate.parse(text)) == words


def test_a_span_with_an_open_end_keeps_its_dash(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        assert rough_span(RoughDate.parse("2010-03"), RoughDate.parse("2013")) == "March 2010 – 2013"
        assert rough_span(RoughDate.parse("2010"), None) == "2010 –"
        assert rough_span(None, None) == ""


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "ends", "lang", "words"),
    [
        (at(18, 8), at(18, 12), "en", "18 March 2027"),
        (at(18, 8), at(19, 12), "en", "18 – 19 March 2027"),
        (at(18, 8), at(19, 12), "de", "18. – 19. März 2027"),
        (at(30, 8), at(2, 8, month=4), "it", "30 marzo – 2 aprile 2027"),
        (at(17, 23), at(18, 12), "en", "18 March 2027"),  # midnight in Rome is 23:00 UTC
        (at(18, 8), at(18, 23), "en", "18 March 2027"),  # what ends at midnight does not begin the next day
    ],
)
def test_days_of_an_event_are_those_of_its_zone(
    app: Flask, starts: datetime, ends: datetime, lang: str, words: str
) -> None:
    with app.test_request_context(), force_locale(lang):
        assert date_span(starts, ends, "Europe/Rome") == words


def test_times_are_those_of_the_wall_clock_there(app: Flask) -> None:
    assert time_span(at(18, 8), at(18, 11), "Europe/Rome") == "09:00–12:00"


@pytest.mark.parametrize(
    ("amount", "lang", "words"),
    [
        ("120000.00", "it", "120.000\xa0€"),
        ("120000.00", "en", "€120,000"),
        ("1358494.68", "de", "1.358.494,68\xa0€"),
    ],
)
def test_a06_money_is_written_in_the_way_of_the_language(app: Flask, amount: str, lang: str, words: str) -> None:
    from decimal import Decimal

    with app.test_request_context(), force_locale(lang):
        assert euros(Decimal(amount)) == words
