"""Somebody writes the diary where there is no network, and it is there when the network is back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app import create_app
from app.demo.diary_data import EVENT
from app.demo.event_data import EVENTS
from app.events.models import Event
from app.kernel.db import db
from app.registration import links
from app.registration.models import Allotment, Registration
from app.registration.rules import Place
from config import Config
from tests.house import House
from tests.journeys.test_check_in import PHONE
from tests.journeys.test_pages import AXE, LEVELS, LOOK, TOO_WIDE
from tests.lines import cut, mend, on_a_line

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def diary(house: House) -> str:
    """Where somebody writes who has written nothing yet."""
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        event_id = next(
            row.id for row in db.session.execute(select(Event.id, Event.title)) if row.title == EVENTS[EVENT].title
        )
        place = select(Registration).join(Allotment, Allotment.id == Registration.allotment_id)
        someone = db.session.scalars(
            place.where(Allotment.event_id == event_id, Registration.place == Place.CONFIRMED).order_by(
                Registration.number.desc()
            )
        ).first()
        assert someone
        return f"/registrations/{links.token(someone)}/diary"


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Page]:
    context = on_a_line(browser, house, viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.add_init_script(AXE)
    yield page
    context.close()


def test_what_is_written_without_network_is_there_when_it_is_back(phone: Page, house: House, diary: str) -> None:
    phone.goto(diary)
    assert phone.evaluate(LOOK, LEVELS) == []
    assert phone.evaluate(TOO_WIDE) <= 0
    phone.wait_for_selector("[data-kept]")
    cut(phone.context)
    phone.get_by_label("What we saw").first.fill("Seen in the tunnel")
    phone.get_by_label("Share with the group").first.check()
    expect(phone.get_by_role("status")).to_contain_text("No network")
    phone.reload()
    expect(phone.get_by_label("What we saw").first).to_have_value("Seen in the tunnel")
    phone.get_by_label("What we need to ask").first.fill("Asked in the tunnel")

    assert phone.context.browser
    laptop = phone.context.browser.new_context(base_url=house.url, locale="en-GB").new_page()
    laptop.goto(diary)
    expect(laptop.get_by_label("What we saw").first).to_have_value("")
    laptop.get_by_label("What we saw").first.fill("Seen at the hotel")
    laptop.get_by_role("button", name="Save this stop").first.click()
    _is_saved(laptop)
    laptop.context.close()

    mend(phone.context)
    _is_saved(phone)
    expect(phone.get_by_label("What we saw").first).to_have_value("Seen at the hotel")
    expect(phone.get_by_text("Seen in the tunnel")).to_be_visible()
    phone.get_by_role("button", name="Add it to the text above").click()
    phone.get_by_role("button", name="Save this stop").first.click()
    _is_saved(phone)
    phone.reload()
    expect(phone.get_by_label("What we saw").first).to_have_value("Seen at the hotel\nSeen in the tunnel")
    expect(phone.get_by_label("What we need to ask").first).to_have_value("Asked in the tunnel")


def _is_saved(page: Page) -> None:
    expect(page.locator("[data-diary]")).to_have_attribute("data-state", "saved")
