"""A schedule is made while the organiser looks on, and told."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.house import House
from tests.journeys.signing_in import sign_in
from tests.journeys.test_pages import AXE, LEVELS, LOOK, TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB", bypass_csp=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, "organiser@filo.example")
    yield page
    context.close()


def test_an_organiser_sees_the_schedule_come_and_tells_it(page: Page, house: House) -> None:
    lines = house.run("demo", "forum", "--people", "14", "--slots", "3").splitlines()
    address = next(line.partition(": ")[2] for line in lines if line.startswith("Meetings"))
    page.goto(urlsplit(address).path)
    page.get_by_role("button", name="Make the schedule").click()
    found = page.get_by_role("heading", name="Found, and not told yet")
    expect(found).to_be_visible(timeout=60_000)  # without a reload by hand
    assert page.evaluate(TOO_WIDE) <= 0
    page.evaluate(AXE)
    assert page.evaluate(LOOK, LEVELS) == []
    page.get_by_role("button", name="Use this schedule and tell those concerned").click()
    expect(page.get_by_role("status")).to_contain_text("get a mail")
    expect(page.get_by_role("link", name="Print all schedules")).to_be_visible()
