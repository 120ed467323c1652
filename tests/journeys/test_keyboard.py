"""Everything by keyboard: from the first Tab to a registration, with an error on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORUM = "/events/agri-food-meta-district-forum"
IS_ON_TOP = """one => {
  const box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return one.contains(top) || (one.labels && [...one.labels].some((label) => label.contains(top)));
}"""


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_the_skip_link_leads_past_the_menu(page: Page) -> None:
    page.goto("/practices")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_menu_and_filter(page: Page) -> None:
    page.goto("/practices")
    _go_to(page, page.get_by_role("button", name="Menu"))
    page.keyboard.press("Enter")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    page.keyboard.press("Enter")
    _go_to(page, menu.get_by_role("link", name="Events"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/events")

    _go_to(page, page.locator("summary", has_text="Narrow the list"))
    page.keyboard.press("Enter")
    _go_to(page, page.get_by_label("Country"))
    page.keyboard.press("ArrowDown")
    assert page.url.endswith("/events"), "an arrow chooses, it does not send"
    _go_to(page, page.get_by_label("Words"), "Shift+Tab")
    page.keyboard.type("Lodi")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=Lodi"))
    assert "country=" in page.url


def test_an_error_in_the_form_is_found_and_mended(page: Page) -> None:
    page.goto(FORUM)
    _go_to(page, page.get_by_role("link", name=re.compile("^Take one of|^Register")).first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/register")

    for label, words in {
        "Given name": "Karla",
        "Family name": "Keyboard",
        "E-mail": "karla@nowhere",
        "Organisation": "Keyboard s.r.o.",
        "It is a": "Comp",
        "Country": "Aus",
    }.items():
        _go_to(page, page.get_by_label(label, exact=True))
        page.keyboard.type(words)
    _go_to(page, page.get_by_role("checkbox", name="I have read"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: E-mail"))
    page.keyboard.press("Tab")
    expect(summary.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    email = page.get_by_label("E-mail", exact=True)
    expect(email).to_be_focused()
    expect(email).to_have_value("karla@nowhere")
    assert "whole address" in _description_of(email)
    expect(page.get_by_label("Given name")).to_have_value("Karla")
    expect(page.get_by_label("It is a")).to_have_value("company")
    expect(page.get_by_role("checkbox", name="I have read")).to_be_checked()

    page.keyboard.press("End")
    page.keyboard.type(".example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registrations/*")
    expect(page.locator("main")).to_have_attribute("data-place", "confirmed")


def _go_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus; then it is seen, and nothing lies over it."""
    page.wait_for_load_state("load")
    for _ in range(120):
        page.keyboard.press(key)
        if target.evaluate("one => one === document.activeElement"):
            expect(target).to_be_in_viewport(ratio=0.9)
            assert target.evaluate(IS_ON_TOP), f"something lies over {target}"
            return
    raise AssertionError(f"{target} is not reached by {key}")


def _description_of(field: Locator) -> str:
    return str(
        field.evaluate("one => one.ariaDescribedByElements.map(other => other.textContent).join(' ')"),
    )
