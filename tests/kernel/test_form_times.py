from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.kernel.form_times import Day, InZone, Moment, local


class Window(InZone, FlaskForm):
    opens_at = Moment("Opens")


class Plan(FlaskForm):
    due_on = Day("Due")


@pytest.mark.parametrize(
    ("typed", "understood", "is_right"),
    [
        ("2027-03-27T09:00", datetime(2027, 3, 27, 8, 0, tzinfo=UTC), True),
        ("2027-03-28T09:00:30", datetime(2027, 3, 28, 7, 0, 30, tzinfo=UTC), True),
        ("2027-03-28T02:30", None, False),  # the clocks jump from two to three
        ("2027-10-31T02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), True),  # the first of the two
        ("", None, True),
        ("soon", None, False),
        ("0001-01-01T00:00", None, False),
        ("9999-12-31T23:59", None, False),
    ],
)
def test_a_moment_is_understood_on_the_clocks_of_the_zone(
    app: Flask, typed: str, understood: datetime | None, is_right: bool
) -> None:
    with app.test_request_context():
        form = Window(MultiDict({"opens_at": typed}), zone="Europe/Rome", meta={"csrf": False})
        assert (form.validate(), form.opens_at.instant) == (is_right, understood)
        assert form.opens_at._value() == typed
        assert bool(form.opens_at.errors) is not is_right


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [("2027-03-27", True), ("1950-01-01", True), ("1949-12-31", False), ("0001-01-01", False), ("9999-12-31", False)],
)
def test_a_day_is_of_a_year_that_can_be_meant(app: Flask, typed: str, is_right: bool) -> None:
    with app.test_request_context():
        form = Plan(MultiDict({"due_on": typed}), meta={"csrf": False})
        assert form.validate() is is_right
        assert (form.due_on.errors == ["Is the year right?"]) is not is_right


def test_a_field_is_filled_with_what_the_clocks_of_the_zone_show() -> None:
    assert local(datetime(2027, 7, 1, 7, 0, tzinfo=UTC), "Europe/Rome") == datetime(  # noqa: DTZ001 - a field has no zone
        2027, 7, 1, 9, 0
    )
    assert local(None, "Europe/Rome") is None
