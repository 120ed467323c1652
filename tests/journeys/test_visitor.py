"""Somebody without an account and without JavaScript finds an event, waits, moves up, and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.house import House
from tests.journeys.inbox import calendar_of, link_of, mails, text_of, wait_for_mail

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VISIT = "/events/prototyping-and-cleantech-rovereto-and-povo"
ADDRESS = "vera@visitor.example"


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=house.url, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_visitor_waits_in_order_and_gets_the_place_that_becomes_free(page: Page, house: House) -> None:
    _find_the_visit(page)
    _join(page)
    own_page = page.url
    main = page.locator("main")
    expect(main).to_have_attribute("data-place", "waitlisted")
    expect(main).to_have_attribute("data-queue", "4")
    assert "number 4" in page.locator("h1").inner_text()
    waiting = wait_for_mail(house, to=ADDRESS, saying="waiting list")
    assert own_page.endswith(link_of(waiting) or "-"), "the mail holds the key to the same page"

    *before, last = islice(_links_of_confirmed(house), 4)
    for link in before:
        _give_back(page, link)
    page.goto(own_page)
    expect(main).to_have_attribute("data-queue", "1")

    _give_back(page, last)
    page.goto(own_page)
    expect(main).to_have_attribute("data-place", "confirmed")
    promoted = wait_for_mail(house, to=ADDRESS, saying="A place is yours.")
    method, content = calendar_of(promoted)
    entry = Calendar.from_ical(content).walk("VEVENT")[0]
    assert method == "REQUEST"
    assert "Rovereto" in str(entry["SUMMARY"])
    assert ADDRESS in str(entry["ATTENDEE"])

    _give_back(page, own_page)
    assert calendar_of(wait_for_mail(house, to=ADDRESS, saying="gave your place back"))[0] == "CANCEL"
    page.goto(VISIT)
    assert "1 of 15 left" in page.locator("main").inner_text()


def _find_the_visit(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Kind of event").get_by_role("link", name="Study visit").click()
    page.get_by_text("Narrow the list").click()
    page.get_by_label("Sector").select_option(label="Energy & environment")
    page.get_by_label("Country").select_option(label="Italy")
    page.get_by_role("button", name="Show").click()
    assert "kind=study_visit" in page.url
    found = page.locator("article.day h3")
    expect(found).to_have_count(1)
    page.get_by_role("link", name="Prototyping and cleantech").click()
    assert page.url.endswith(VISIT)
    assert "3 on the waiting list" in page.locator("main").inner_text()


def _join(page: Page) -> None:
    page.locator("aside").get_by_role("link", name="Join the waiting list").click()
    for label, value in {
        "Given name": "Vera",
        "Family name": "Visitor",
        "E-mail": ADDRESS,
        "Organisation": "Visitor GmbH",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("It is a").select_option("company")
    page.get_by_label("Country").select_option("AT")
    page.get_by_role("checkbox", name="I have read").check()
    page.get_by_role("button", name="Join the waiting list").click()


def _give_back(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Give my place back").click()
    expect(page.locator("main")).to_have_attribute("data-place", "withdrawn")


def _links_of_confirmed(house: House) -> Iterator[str]:
    """What stands in the mails of those who have a place at the visit, and is still true."""
    links = {link_of(mail) for mail in mails(house) if VISIT in text_of(mail) and mail["To"] != ADDRESS}
    for link in sorted(filter(None, links)):
        if 'data-place="confirmed"' in house.get(link)[1]:
            yield link
