"""An organiser arranges the agenda with the mouse and with the keyboard, while another one does too."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.house import House
from tests.journeys.signing_in import sign_in
from tests.journeys.test_pages import AXE, LEVELS, LOOK, LOOKS, TOO_WIDE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOARD = "/manage/events/agri-food-meta-district-forum/agenda"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture
def pages(browser: Browser, house: House) -> Iterator[tuple[Page, Page]]:
    """Two organisers before the same board."""
    opened = []
    for email in ("admin@filo.example", "coordinator@filo.example"):
        context = browser.new_context(base_url=house.url, locale="en-GB", viewport=WIDE, reduced_motion="reduce")  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = context.new_page()
        sign_in(page, email)
        page.goto(BOARD)
        opened.append(page)
    yield opened[0], opened[1]
    for page in opened:
        page.context.close()


def test_an_agenda_is_arranged_by_mouse_and_keyboard_by_two_at_once(pages: tuple[Page, Page]) -> None:
    page, other = pages
    item = page.locator("[data-board] [data-item].pause").first
    key, begins = item.get_attribute("data-item"), int(item.get_attribute("data-begins") or 0)
    item, theirs = _item(page, key), _item(other, key)

    _lift(page, item, down=90)
    expect(_said(page)).to_contain_text(re.compile(r"\d\d:\d\d–\d\d:\d\d"))
    _nobody_is_kept_out(page)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(_said(page)).to_contain_text("is back where it was")

    _lift(page, item, down=60)
    page.mouse.up()
    expect(_said(page)).to_contain_text("Saved.")
    expect(item).not_to_have_attribute("data-begins", str(begins))
    page.keyboard.press("Control+z")
    expect(item).to_have_attribute("data-begins", str(begins))

    other.reload()  # from here on both look at the same
    # the keyboard moves it too; meanwhile the other one does, is told, and decides
    theirs.locator("[data-grip]").press("Enter")
    other.keyboard.press("ArrowDown")
    item.locator("[data-grip]").press("Enter")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(item).to_have_attribute("data-begins", str(begins - 5))
    expect(_said(page)).to_contain_text("Saved.")
    expect(item.locator("[data-grip]")).to_be_focused()
    other.evaluate("dispatchEvent(new Event('focus'))")
    expect(_said(other)).to_contain_text("In the meantime")
    other.keyboard.press("ArrowDown")  # what is held is still held
    other.keyboard.press("Enter")
    expect(other.get_by_role("dialog")).to_contain_text("went from")
    other.get_by_role("button", name="Do it all the same").click()
    expect(theirs).to_have_attribute("data-begins", str(begins + 10))

    # without network it goes back, and says so
    other.route("**/board/items/**", _lose)
    theirs.locator("[data-grip]").press("Enter")
    other.keyboard.press("Delete")
    other.keyboard.press("Enter")
    expect(other.locator("[data-refused]")).to_contain_text("No answer")
    expect(theirs).to_have_attribute("data-begins", str(begins + 10))
    other.unroute("**/board/items/**")

    theirs.locator("[data-grip]").press("Enter")
    other.keyboard.press("Delete")
    other.keyboard.press("Enter")
    expect(other.locator("[data-waiting] [data-item]")).to_have_attribute("data-item", key or "")
    expect(theirs.locator("[data-grip]")).to_be_focused()
    for before in (begins + 10, begins - 5, begins):  # all of it is taken back
        other.keyboard.press("Control+z")
        expect(theirs).to_have_attribute("data-begins", str(before))


def _lose(route: Route, _request: Request) -> None:
    route.abort()


def _item(page: Page, key: str | None) -> Locator:
    return page.locator(f'[data-item="{key}"]')


def _said(page: Page) -> Locator:
    return page.locator("[data-said]")


def _lift(page: Page, item: Locator, *, down: int) -> None:
    item.scroll_into_view_if_needed()
    box = item.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 14)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 14 + down, steps=3)


def _nobody_is_kept_out(page: Page) -> None:
    page.evaluate(f"{AXE};0")
    assert page.evaluate(LOOK, LEVELS) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate(LOOK, LOOKS) == []
    assert page.evaluate(TOO_WIDE) <= 0
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


VISIT = "/manage/events/prototyping-and-cleantech-rovereto-and-povo/agenda"


def test_an_item_gets_shorter_by_its_edge_waits_aside_and_goes_to_another_day(pages: tuple[Page, Page]) -> None:
    page, _other = pages
    key = page.locator("[data-board] [data-item]:has([data-edge])").first.get_attribute("data-item")
    item = _item(page, key)
    begins, minutes = item.get_attribute("data-begins"), int(item.get_attribute("data-minutes") or 0)
    edge = item.locator("[data-edge]")
    _drag(page, edge, up=20)
    expect(_said(page)).to_contain_text("Saved.")
    assert int(item.get_attribute("data-minutes") or 0) < minutes
    page.keyboard.press("Control+z")
    expect(item).to_have_attribute("data-minutes", str(minutes))

    pause = page.locator("[data-board] [data-item].pause").first
    key = pause.get_attribute("data-item")
    board = page.locator("[data-board]").first
    was, around = pause.bounding_box(), board.bounding_box()
    assert was
    assert around
    _carry(page, pause, page.locator("[data-aside]"), deep=30)
    expect(page.locator("[data-waiting] [data-item]")).to_have_attribute("data-item", key or "")
    _carry(page, _item(page, key), board, deep=round(was["y"] - around["y"]) + 4, beside=was["x"] - around["x"] + 30)
    expect(_said(page)).to_contain_text("Saved.")
    expect(page.locator("[data-waiting] [data-item]")).to_have_count(0)
    for _ in range(2):
        page.keyboard.press("Control+z")
        expect(_said(page)).to_contain_text("Taken back.")
    assert item.get_attribute("data-begins") == begins

    page.goto(VISIT)
    last = page.locator("[data-board]").first.locator("[data-item]").last
    key = last.get_attribute("data-item")
    _carry(page, _item(page, key), page.locator("[data-board]").nth(1), deep=-60)
    expect(page.locator("[data-refused]")).to_contain_text("outside the event")
    expect(_item(page, key)).to_have_attribute("data-day", "0")


def _drag(page: Page, handle: Locator, *, up: int) -> None:
    handle.evaluate("each => each.scrollIntoView({block: 'center'})")  # at the edge of the screen it would scroll along
    box = handle.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] - up, steps=4)
    page.mouse.up()


def _carry(page: Page, item: Locator, place: Locator, *, deep: int, beside: float = 60) -> None:
    """Drag an item to ``deep`` pixels below the upper edge of a place, or above its lower one."""
    item.scroll_into_view_if_needed()
    grip = item.locator("[data-grip]").bounding_box() or item.bounding_box()
    assert grip
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    for _ in range(150):
        box = place.bounding_box()
        assert box
        wanted = box["y"] + (deep if deep > 0 else box["height"] + deep)
        page.mouse.move(box["x"] + beside, min(max(wanted, 8), WIDE["height"] - 8))
        page.wait_for_timeout(20)
        if 70 < wanted < WIDE["height"] - 70 and place.bounding_box() == box:
            break
    page.wait_for_timeout(100)
    page.mouse.up()
