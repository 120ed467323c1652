"""Each role does its part: organiser, participant, delegation manager, host at the gate. Helpers: see test_check_in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo import guest_data, people
from tests.house import House
from tests.journeys.inbox import link_of, text_of, wait_for_mail
from tests.journeys.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORUM = "agri-food-meta-district-forum"
WORKSHOP = "from-needs-to-pilots"
VISIT = "prototyping-and-cleantech-rovereto-and-povo"
PHONE = {"width": 360, "height": 740}
Enter = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser, house: House) -> Iterator[Enter]:
    """Opens a browser for somebody: signed in by an address, or a visitor."""
    contexts = []

    def open_page(email: str = "", **look: object) -> Page:
        context = browser.new_context(base_url=house.url, locale="en-GB", **look)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if email:
            sign_in(page, email)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_an_organiser_approves_and_invites(enter: Enter, house: House) -> None:
    """demand 24: who asked is let in or turned away in one step, and reads why."""
    page = enter("coordinator@filo.example")
    _set_approval(page, wanted=True)
    _ask_for_a_place(house, "Anna")
    _ask_for_a_place(house, "Otto")

    page.goto(f"/manage/events/{FORUM}/participants?place=pending")
    _decide(page, "Anna", "Approve")
    _decide(page, "Otto", "Turn away", reason="Only one of each company.")
    wait_for_mail(house, to="otto@visitor.example", saying="Only one of each company.")

    page.goto(f"/manage/events/{FORUM}/invitations")
    page.get_by_text("Invite a person", exact=True).click()
    page.get_by_label("E-mail", exact=True).fill("ida@invited.example")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("row", name="ida@invited.example")).to_contain_text("No answer yet")
    _set_approval(page, wanted=False)


def test_an_organiser_makes_groups_prints_papers_and_writes(enter: Enter, house: House) -> None:
    page = enter("organiser@filo.example")
    base = f"/manage/events/{VISIT}"
    page.goto(f"{base}/groups")
    page.get_by_label("People in a group at most").fill("5")
    page.get_by_label("Make all groups anew").check()
    page.get_by_role("button", name="Divide everybody again").click()
    expect(page.get_by_role("heading", name=re.compile(r"Group [1-9]"))).to_have_count(3)
    for paper in ("groups.pdf", "signature-sheet.pdf?day=2", "badges.pdf", "gate-list.pdf"):
        answer = page.request.get(f"{base}/{paper}")
        assert (answer.status, answer.body()[:5]) == (200, b"%PDF-"), paper

    page.goto(f"{base}/messages/new")
    page.get_by_label("To", exact=True).select_option("confirmed")
    page.locator("#subject_en").fill("The coach leaves at nine")
    page.locator("#body_en").fill("Dear {given_name},\n\nbe at the station in time.")
    page.get_by_role("button", name="Keep the draft and look at it").click()
    expect(page.get_by_text("be at the station in time.").first).to_be_visible()
    page.get_by_label("now", exact=False).first.check()
    page.get_by_role("button", name="Send it then").click()
    expect(page.get_by_role("status")).to_contain_text("It is on its way")
    wait_for_mail(house, to="", saying="be at the station in time.")


def test_an_invited_person_comes_in_company_hands_over_and_takes_the_data_along(enter: Enter, house: House) -> None:
    """demand 19: the companion takes a place; demand 22: the colleague takes over, nobody holds two places."""
    page = enter()
    guest = people.participant(guest_data.PENDING[0]).email
    page.goto(_path_in(text_of(wait_for_mail(house, to=guest, saying="/invitations/")), "invitations"))
    page.get_by_role("link", name="I come").click()
    page.get_by_label("It is a").select_option("company")
    page.get_by_label("Country").select_option("IT")
    page.get_by_label("Companion 1").fill("Mia Begleiterin")
    page.get_by_role("checkbox", name="Pairing needs and practices").check()
    page.locator("#privacy").check()
    page.locator("main form button.btn").click()
    main = page.locator("main")
    expect(main).to_have_attribute("data-place", "confirmed")
    expect(main).to_contain_text("Mia Begleiterin")

    page.get_by_role("link", name="Hand my place over").click()
    for label, value in {"Given name": "Carl", "Family name": "Collega", "E-mail": "carl@heir.example"}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Hand over").click()
    expect(page.locator("h1")).to_have_text("Your place is handed over")
    heir = link_of(wait_for_mail(house, to="carl@heir.example", saying="/registrations/"))
    page.goto(heir or "")
    expect(main).to_contain_text("Carl Collega")
    data = json.loads(page.request.get(f"{heir}/data").text())
    assert "carl@heir.example" in json.dumps(data)
    assert guest not in json.dumps(data), "who handed over is forgotten"


def test_a_partner_registers_a_delegation_and_sends_somebody_else(enter: Enter, house: House) -> None:
    page = enter("partner@filo.example")
    page.goto(f"/delegations/{WORKSHOP}")
    before = page.locator("ul.lines > li").count()
    for label, value in {"Given name": "Dora", "Family name": "Delegata", "E-mail": "dora@partner.example"}.items():
        page.get_by_label(f"{label}, line 1", exact=True).fill(value)
    page.locator("#informed").check()
    page.get_by_role("button", name="Register them").click()
    expect(page.get_by_role("region", name="What became of each line")).to_contain_text("Dora Delegata")
    own = page.locator("ul.lines > li", has_text="dora@partner.example")
    expect(page.locator("ul.lines > li")).to_have_count(before + 1)

    own.get_by_text("Change").first.click()
    for label, value in {"Given name": "Enzo", "Family name": "Erede", "E-mail": "enzo@partner.example"}.items():
        own.get_by_label(label, exact=True).fill(value)
    own.get_by_role("button", name="Send this person instead").click()
    expect(page.locator("ul.lines > li", has_text="enzo@partner.example")).to_have_count(1)
    wait_for_mail(house, to="enzo@partner.example", saying="/registrations/")


def test_a_host_sees_on_the_phone_who_comes_to_the_gate(enter: Enter, house: House) -> None:
    page = enter("host@filo.example", viewport=PHONE)
    page.goto(f"/manage/events/{VISIT}/gate-list")
    expect(page.locator("h1")).to_have_text("Gate list")
    rows = page.locator("tbody tr")
    assert rows.count() >= 10  # other walks give places back
    text = page.locator("main").inner_text()
    assert "company.example" not in text, "the host reads no addresses"
    assert "DEMO00000" not in text, "nor documents where only totals are due"
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    paper = page.request.get(f"/manage/events/{VISIT}/gate-list.pdf")
    assert paper.body()[:5] == b"%PDF-"
    assert page.request.get(f"/manage/events/{VISIT}/participants").status == 403


def _set_approval(page: Page, *, wanted: bool) -> None:
    page.goto(f"/manage/events/{FORUM}/seats")
    page.get_by_label("I look at every registration and approve it").set_checked(wanted)
    page.get_by_role("region", name="How places are given").get_by_role("button", name="Save").click()


def _ask_for_a_place(house: House, name: str) -> None:
    hidden, cookie = house.open_form(f"/events/{FORUM}/register")
    values = {
        "given_name": name,
        "family_name": "Ansucht",
        "email": f"{name.lower()}@visitor.example",
        "organisation": "Company Example",
        "org_type": "company",
        "country": "IT",
        "privacy": "y",
    }
    status, link = house.post(f"/events/{FORUM}/register", hidden | values, cookie)
    assert status == 303
    assert 'data-place="pending"' in house.get(urlsplit(link).path)[1]


def _decide(page: Page, name: str, button: str, *, reason: str = "") -> None:
    page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("status")).to_be_visible()


def _path_in(text: str, room: str) -> str:
    found = re.search(rf"https?://\S+/{room}/\S+", text)
    assert found
    return urlsplit(found[0]).path
