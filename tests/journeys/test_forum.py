"""A participant at an exchange forum: the seat, the vote, a tap at a stand. Narrow, by keyboard, without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app import create_app
from app.events import queries as events
from app.forums.inputs import SessionInput
from app.forums.models import CafeSeat, FairStand, PitchSession
from app.forums.queries import fair
from app.forums.services import pitches
from app.kernel import clock
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.registration import links
from app.registration.models import Registration
from config import Config
from tests.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Forum:
    own: str
    stand: str


def _forum(house: House) -> Forum:
    """The link of somebody with a seat, and the address of a stand nobody tapped at; the vote is open."""
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        session, now = db.session.scalars(select(PitchSession)).one(), clock.now()
        slug, item_id = events.event(session.event_id).slug, session.item_id
        window = SessionInput(minutes=4, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))
        pitches.set_up(event_slug=slug, item_id=item_id, values=window, actor=SYSTEM, now=now)
        person = db.session.get_one(Registration, db.session.scalars(select(CafeSeat.registration_id).limit(1)).one())
        stands = db.session.scalars(select(FairStand)).all()
        free = next(one for one in stands if not fair.counts([one.id]))
        return Forum(own=f"/registrations/{links.token(person)}", stand=f"/events/{slug}/stands/{free.code}")


def _press(page: Page, selector: str, key: str = "Enter") -> None:
    page.locator(selector).first.focus()
    page.keyboard.press(key)


def test_a_participant_finds_the_seat_votes_and_taps_at_a_stand(browser: Browser, house: House) -> None:
    forum = _forum(house)
    context = browser.new_context(
        base_url=house.url, locale="en-GB", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(forum.own)
    _press(page, f'main a[href^="{forum.own}/cafe/"]')
    expect(page.locator("main")).to_contain_text("Round 3, 14:40 – 15:00")
    page.goto(forum.own)
    _press(page, f'main a[href^="{forum.own}/pitches/"]')
    _press(page, "main input[type=radio]", "Space")
    _press(page, "main form[method=post] button")
    expect(page.locator("main")).to_contain_text("My vote")
    expect(page.locator("main form button")).to_have_text("Change my vote")
    page.goto(forum.own)
    _press(page, f'main a[href^="{forum.own}/fair/"]')
    expect(page.locator("h1")).to_have_text("Good-practice fair")
    page.goto(forum.stand)
    expect(page.locator("main")).to_contain_text("You are ")
    _press(page, "main form[method=post] button")
    expect(page.locator("main")).to_contain_text("You are interested")
    context.close()
