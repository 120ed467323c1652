"""An organiser plans a workshop, publishes it, moves it, calls it off; every calendar that follows sees each step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Browser, Page, expect

from tests.house import House
from tests.journeys.inbox import calendar_of, text_of, wait_for_mail
from tests.journeys.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Clusters workshop on shared machines"
PARTICIPANT = "paul@participant.example"


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    sign_in(page, "organiser@filo.example")
    yield page
    context.close()


def test_calendars_see_each_step_of_an_event(page: Page, house: House) -> None:
    slug = _draft(page)
    assert house.get(f"/events/{slug}.ics")[0] == 404
    assert TITLE not in house.get("/events.ics")[1]

    _add_the_venue(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("It is published")
    published = _entry(house, slug)
    assert (published["STATUS"], published["SEQUENCE"]) == ("CONFIRMED", 0)

    _register_somebody(page, slug)
    confirmed = wait_for_mail(house, to=PARTICIPANT, saying="You have a place.")

    _move_by_a_day(page, slug)
    moved = _entry(house, slug)
    assert moved["UID"] == published["UID"]
    assert moved.start == published.start + timedelta(days=1)
    assert moved["SEQUENCE"] > published["SEQUENCE"]
    changed = wait_for_mail(house, to=PARTICIPANT, saying="Date, time or place of this event changed.")
    method, content = calendar_of(changed)
    assert method == "REQUEST"
    invited, invited_before = (_only_event(text) for text in (content, calendar_of(confirmed)[1]))
    assert invited["UID"] == invited_before["UID"]
    assert (invited.start, invited["SEQUENCE"] > invited_before["SEQUENCE"]) == (moved.start, True)

    _call_off(page, slug)
    cancelled = _entry(house, slug)
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["SEQUENCE"] > moved["SEQUENCE"]
    told = wait_for_mail(house, to=PARTICIPANT, saying="The event is called off.")
    assert "The machines are being moved" in text_of(told)
    assert calendar_of(told)[0] == "CANCEL"
    page.goto(f"/events/{slug}")
    assert "The machines are being moved" in page.locator("main").inner_text()


def _draft(page: Page) -> str:
    page.get_by_role("link", name="Plan an event").first.click()
    page.get_by_role("link", name="Clusters workshop", exact=True).click()
    page.get_by_role("group", name="English").get_by_label("Title").fill(TITLE)
    expect(page.get_by_label("Start", exact=True)).to_have_value(re.compile(r"T09:00"))
    page.get_by_label("Time zone").select_option("Europe/Rome")
    page.get_by_role("button", name="Make the draft").click()
    missing = page.get_by_role("region", name="Publish")
    expect(missing).to_contain_text("Before it can be published, it needs")
    expect(missing).to_contain_text(re.compile("venue", re.IGNORECASE))
    slug = urlsplit(page.url).path.rpartition("/")[2]
    page.get_by_role("link", name="Agenda").click()
    assert page.locator("main").get_by_role("listitem").count() > 2, "the usual agenda of a workshop came along"
    page.goto(f"/manage/events/{slug}")
    return slug


def _add_the_venue(page: Page) -> None:
    page.get_by_role("link", name="Add what is missing").click()
    page.get_by_label("Venue").select_option(label=_option(page, "Venue", "Progetto Manifattura"))
    page.get_by_role("button", name="Save").click()


def _option(page: Page, field: str, beginning: str) -> str:
    expect(page.get_by_label(field)).to_be_visible()  # to read what is there does not wait for the page
    words = page.get_by_label(field).locator("option").all_inner_texts()
    return next(word for word in words if word.startswith(beginning))


def _register_somebody(page: Page, slug: str) -> None:
    page.goto(f"/manage/events/{slug}/participants")
    page.get_by_role("link", name="Add a participant").click()
    for label, value in {
        "Given name": "Paul",
        "Family name": "Participant",
        "E-mail": PARTICIPANT,
        "Organisation": "Participant d.o.o.",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("It is a").select_option("company")
    page.get_by_label("Country").select_option("SI")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("row", name="Paul Participant")).to_contain_text("confirmed", ignore_case=True)


def _move_by_a_day(page: Page, slug: str) -> None:
    page.goto(f"/manage/events/{slug}/edit")
    for label in ("Start", "End"):
        field = page.get_by_label(label, exact=True)
        field.fill((datetime.fromisoformat(field.input_value()) + timedelta(days=1)).isoformat(timespec="minutes"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")


def _call_off(page: Page, slug: str) -> None:
    page.goto(f"/manage/events/{slug}")
    page.get_by_role("link", name="Call off").click()
    expect(page.get_by_text("1 person who registered or waits is told by mail")).to_be_visible()
    page.get_by_label("Reason").fill("The machines are being moved.")
    page.get_by_role("button", name="Call off").click()
    expect(page.get_by_role("status")).to_contain_text("It is called off")


def _entry(house: House, slug: str) -> Event:
    """The event in its own calendar, after making sure that the calendar of all events says the same."""
    entry = _only_event(house.get(f"/events/{slug}.ics")[1])
    among = [event for event in Calendar.from_ical(house.get("/events.ics")[1]).events if event["UID"] == entry["UID"]]
    assert [event.to_ical() for event in among] == [entry.to_ical()]
    return entry


def _only_event(content: str) -> Event:
    (event,) = Calendar.from_ical(content).events
    return event
