"""An expert is asked by mail, accepts, and sends slides, without an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from tests.house import House
from tests.journeys.inbox import text_of, wait_for_mail
from tests.journeys.signing_in import sign_in
from tests.journeys.test_pages import AXE, LEVELS, LOOK, NARROW, TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VISIT = "prototyping-and-cleantech-rovereto-and-povo"
EXPERT = "carla@expert.example"
PDF = b"%PDF-1.7\nslides of the talk\n%%EOF\n"


@pytest.fixture
def pages(browser: Browser, house: House) -> Iterator[tuple[Page, Page]]:
    """That of the organiser, and that of somebody on a phone whom the house does not know."""
    contexts = [browser.new_context(base_url=house.url, locale="en-GB", **look) for look in ({}, {"viewport": NARROW})]
    for context in contexts:
        context.set_default_timeout(10_000)
    yield contexts[0].new_page(), contexts[1].new_page()
    for context in contexts:
        context.close()


def test_an_expert_accepts_and_sends_slides(pages: tuple[Page, Page], house: House) -> None:
    organiser, expert = pages
    sign_in(organiser, "organiser@filo.example")
    organiser.goto(f"/manage/events/{VISIT}/speakers")
    card = organiser.get_by_role("region", name="Carla Prova")
    card.get_by_text("Send the link").click()
    card.get_by_label("E-mail").fill(EXPERT)
    card.get_by_role("button", name="Send", exact=True).click()
    expect(organiser.get_by_role("status")).to_contain_text("The link is on its way.")
    asked = wait_for_mail(house, to=EXPERT, saying="This is what you are asked for:")
    link = re.search(r"https?://\S+/speaking/\S+", text_of(asked))
    assert link

    expert.goto(urlsplit(link[0]).path)
    _look(expert)
    expert.get_by_role("button", name="I accept all of it").click()
    expect(expert.get_by_role("status")).to_contain_text("see you there")
    expert.get_by_role("link", name="Slides", exact=True).click()
    _look(expert)
    expert.get_by_label("File").set_input_files({"name": "talk.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expert.get_by_role("button", name="Send slides").click()
    expect(expert.get_by_role("listitem").filter(has_text="talk")).to_be_visible()
    expert.get_by_role("link", name=re.compile("Your part in")).click()
    slots = expert.get_by_role("link", name="Get the entries").get_attribute("href")
    found = Calendar.from_ical(expert.request.get(str(slots)).text()).walk("VEVENT")
    assert {str(one["STATUS"]) for one in found} == {"CONFIRMED"}

    organiser.reload()
    card = organiser.get_by_role("region", name="Carla Prova")
    expect(card).to_contain_text("Accepted")
    card.get_by_text("What was sent").click()
    expect(card.get_by_role("link", name="talk")).to_be_visible()


def _look(page: Page) -> None:
    """On a phone: nothing is too wide, nothing keeps anybody out."""
    page.evaluate(AXE)
    assert page.evaluate(LOOK, LEVELS) == []
    assert page.evaluate(TOO_WIDE) <= 0
