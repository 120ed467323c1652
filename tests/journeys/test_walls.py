"""A phone that stands open all day: it hears what changes, and says when it hears nothing."""

from __future__ import annotations

from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from app import create_app
from app.events import queries as events
from app.events.services import postpone
from app.kernel import clock
from app.network.actors import SYSTEM
from config import Config
from tests.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Expected(Protocol):
    def is_done(self) -> bool: ...


def _postpone(house: House, slug: str, reason: str) -> None:
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        postpone(events.event_id(slug), actor=SYSTEM, now=clock.now(), reason=reason)


def _a_while(page: Page, path: str) -> Response:
    """Let the clock run until the page asks once more."""
    with page.expect_response(lambda answer: answer.url.endswith(path)) as asked:
        _run_until(page, asked, seconds=26)
    return asked.value


def _run_until(page: Page, event: Expected, *, seconds: int) -> None:
    """Let the page's clock run in steps: a timer that is not set yet when one begins runs out in the next."""
    for _ in range(20):
        if event.is_done():
            return
        page.clock.run_for(seconds * 1000)


def test_a_page_that_stands_open_hears_what_changes_and_says_when_it_hears_nothing(
    browser: Browser, house: House
) -> None:
    path = f"{house.publish_event(capacity=20)}/now"
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport={"width": 360, "height": 740})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.clock.install()
    page.goto(path)
    expect(page.get_by_text("It has not begun yet")).to_be_visible()
    assert _a_while(page, path).status == 304

    page.evaluate("window.stillTheSamePage = true")
    _postpone(house, path.split("/")[2], "The bridge is closed.")
    assert _a_while(page, path).status == 200
    expect(page.get_by_text("The bridge is closed.")).to_be_visible()
    assert page.evaluate("window.stillTheSamePage")

    context.set_offline(True)
    for _ in range(3):
        with page.expect_event("requestfailed") as failed:
            _run_until(page, failed, seconds=300)
    expect(page.get_by_text("No connection since")).to_be_visible()
    context.set_offline(False)
    with page.expect_response(lambda answer: answer.url.endswith(path)) as asked:
        _run_until(page, asked, seconds=400)
    expect(page.get_by_text("No connection since")).to_have_count(0)
    context.close()
