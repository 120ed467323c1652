"""A host answers by the link of the mail, and a participant reads the roadbook where there is no network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app import create_app
from app.agenda.models import AgendaItem, Stop
from app.events.models import Event
from app.kernel import clock
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.registration import links
from app.registration.models import Allotment, Registration
from app.registration.rules import Place
from app.visits import links as host_links
from app.visits.inputs import AskInput
from app.visits.services import hosts
from config import Config
from tests.house import House
from tests.journeys.test_check_in import PHONE
from tests.journeys.test_pages import AXE, LEVELS, LOOK, TOO_WIDE, VISIT
from tests.lines import cut, mend, on_a_line

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def addresses(house: House) -> tuple[str, str]:
    """Where a host answers, and somebody with a place finds the roadbook: only mails know both."""
    app = create_app(Config.from_env(house.environment))
    with app.app_context():
        of_visit = select(AgendaItem).join(Stop).join(Event, Event.id == AgendaItem.event_id).where(Event.slug == VISIT)
        stop = db.session.scalars(of_visit.order_by(AgendaItem.day, AgendaItem.start_minute)).first()
        assert stop
        now = clock.now()
        values = AskInput(
            name="Uta Gastgeber", email="uta@plant.example", locale="en", due_on=now.date() + timedelta(days=1)
        )
        request = hosts.ask(event_id=stop.event_id, item_id=stop.id, values=values, actor=SYSTEM, now=now)
        place = select(Registration).join(Allotment, Allotment.id == Registration.allotment_id)
        mine = db.session.scalars(
            place.where(Allotment.event_id == stop.event_id, Registration.place == Place.CONFIRMED)
        ).first()
        assert mine
        return urlsplit(host_links.url(request)).path, f"/registrations/{links.token(mine)}/roadbook"


@pytest.fixture
def phone(browser: Browser, house: House) -> Iterator[Page]:
    context = on_a_line(browser, house, viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.add_init_script(AXE)
    yield page
    context.close()


def test_b20_the_host_confirms_and_the_participant_reads_it_without_network(
    phone: Page, addresses: tuple[str, str]
) -> None:
    host, roadbook = addresses
    phone.goto(host)
    _has_no_barriers(phone)
    phone.get_by_label("How many you can have at once").fill("7")
    phone.get_by_label("Helmet").check()
    phone.get_by_label("Safety rules in English").fill("Stay behind the yellow line.")
    phone.get_by_role("button", name="Confirm").click()
    expect(phone.get_by_text("Thank you. The organiser is told")).to_be_visible()
    _has_no_barriers(phone)
    phone.goto(roadbook)
    _has_no_barriers(phone)
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.wait_for_selector("[data-kept]")
    cut(phone.context)
    phone.reload()
    expect(phone.get_by_text("Stay behind the yellow line.")).to_be_visible()
    expect(phone.get_by_text("Bring or wear: Safety shoes, Helmet").first).to_be_visible()
    expect(phone.get_by_text("No network: this is how it stood")).to_be_visible()
    mend(phone.context)


def _has_no_barriers(page: Page) -> None:
    assert page.evaluate(LOOK, LEVELS) == []
    assert page.evaluate(TOO_WIDE) <= 0
