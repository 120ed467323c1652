"""The same pages in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOCALES = {"en": "en-GB", "it": "it-IT", "de": "de-AT"}
LISTS = (
    "/events?kind=study_visit",
    "/events?view=month",
    "/events?view=map",
    "/events?when=past",
    "/practices",
    "/network",
)
ENGLISH = re.compile(
    r"\b(the|and|with|events|practices|network|venues|sign in|study visit|narrow|subscribe|country|remove|waiting|past"
    r"|month|skip|workshops? of|places?|monday|map of)\b",
    re.IGNORECASE,
)
# text that says no other language of itself, as it is read aloud; names stand in every language as they are
OWN_WORDS = """() => {
  const foreign = "[lang]:not(html), bdi, script, style";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [...document.querySelectorAll("[aria-label], [placeholder]")]
    .filter((one) => !one.closest(foreign))
    .map((one) => one.ariaLabel ?? one.placeholder);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(foreign)) words.push(walker.currentNode.data.trim());
  }
  return words;
}"""


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """A browser that prefers none of the three."""
    context = browser.new_context(base_url=house.url, locale="fr-FR")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("code", LOCALES)
def test_the_browser_s_language_is_spoken(browser: Browser, house: House, code: str) -> None:
    with browser.new_context(base_url=house.url, locale=LOCALES[code]) as context:
        page = context.new_page()
        page.goto("/events")
        expect(page.locator("html")).to_have_attribute("lang", code)


def test_a_chosen_language_keeps_the_page_and_is_remembered(page: Page) -> None:
    page.goto("/events?kind=study_visit&country=IT")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url("**/events?kind=study_visit&country=IT&lang=de")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("article.day")).not_to_have_count(0)
    page.get_by_role("link", name="Prototypen und Umwelttechnik").click()
    assert "lang=" not in page.url
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Italiano").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Prototipazione e cleantech, Rovereto e Povo")
    page.goto("/practices")
    expect(page.locator("html")).to_have_attribute("lang", "it")


@pytest.mark.parametrize("code", ["it", "de"])
def test_no_english_is_left_on_lists(page: Page, code: str) -> None:
    found = []
    for path in LISTS:
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={code}")
        found += [(path, words) for words in page.evaluate(OWN_WORDS) if ENGLISH.search(words)]
    assert found == []
