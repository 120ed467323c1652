"""Long texts keep what is typed into them: a chapter of a plan, a practice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.house import House
from tests.journeys.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    sign_in(page, "admin@filo.example")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/groups/agrifood/plan/draft/chapters/new", "#body_en"),
        ("/manage/practices/new", "#body_en"),
    ],
)
def test_what_is_typed_is_kept_shown_and_there_after_a_reload(page: Page, address: str, field: str) -> None:
    page.goto(address)
    writing = page.locator(field)
    writing.locator("xpath=following-sibling::details").locator("summary").click()
    writing.fill("A **bold** step")
    expect(writing.locator("xpath=following-sibling::details").locator("strong")).to_have_text("bold")
    expect(page.locator("[data-editor-status]")).to_contain_text("Kept at")
    page.reload()
    expect(page.locator(field)).to_have_value("A **bold** step")
    page.get_by_role("button", name="Throw away what I typed").click()
    expect(page.locator(field)).to_have_value("")
