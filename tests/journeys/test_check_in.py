"""Two helpers with phones at two doors, and no network for a while."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.kernel.codes import check_in_text, companion_code
from tests.house import House
from tests.journeys.conftest import FLAGS
from tests.journeys.test_pages import AXE, LEVELS, LOOK, TOO_WIDE
from tests.lines import cut, mend, on_a_line
from tests.plugins import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def today(house: House) -> dict[str, str]:
    return _event_of_today(house)


def _event_of_today(house: House) -> dict[str, str]:
    """Addresses of a new event of today for twelve people, by their names."""
    lines = house.run("demo", "day", "--people", "12").splitlines()
    return {name: urlsplit(address).path for name, _colon, address in (line.partition(": ") for line in lines)}


@pytest.fixture
def phones(browser: Browser, house: House, today: dict[str, str]) -> Iterator[tuple[Page, Page]]:
    contexts = [_context(browser, house) for _phone in range(2)]
    yield _open(contexts[0], today), _open(contexts[1], today)
    for context in contexts:
        context.close()


def _context(browser: Browser, house: House, **more: object) -> BrowserContext:
    context = on_a_line(browser, house, viewport=PHONE, **more)
    context.set_default_timeout(10_000)
    return context


def _open(context: BrowserContext, today: dict[str, str]) -> Page:
    page = context.new_page()
    page.goto(today["Helper's phone, today"])
    page.wait_for_selector("[data-kept]")
    page.locator("[data-people] li").first.wait_for()
    return page


def _line(page: Page, code: str) -> str:
    return page.locator(f'li[data-code="{code}"]').inner_text()


def _press(page: Page, code: str, words: str) -> None:
    page.locator(f'li[data-code="{code}"]').get_by_role("button", name=words).click()


def _codes(page: Page) -> list[str]:
    return [one.get_attribute("data-code") or "" for one in page.locator("[data-people] li").all()]


def test_two_phones_without_network_end_with_one_truth(
    phones: tuple[Page, Page], house: House, today: dict[str, str]
) -> None:
    one, other = phones
    first, second, both, undone, *_rest = _codes(one)
    for page in phones:
        cut(page.context)
    one.reload()  # the page opens without network

    _press(one, first, "Check in")
    _press(other, second, "Check in")
    for page in phones:
        _press(page, both, "Check in")
    _press(other, both, "Undo")  # only the own note is taken back
    _press(other, undone, "Check in")
    _press(other, undone, "Undo")
    expect(one.get_by_role("status").first).to_contain_text("2 not sent yet")
    expect(other.get_by_role("status").first).to_contain_text("5 not sent yet")
    assert _noted(house, today) == []

    for page in phones:
        mend(page.context)
    for page in phones:
        expect(page.get_by_role("status").first).to_have_text("Everything is sent.")
        for code, words in ((first, "Here since"), (second, "Here since"), (both, "Here since")):
            expect(page.locator(f'li[data-code="{code}"]')).to_contain_text(words, timeout=25_000)
        expect(page.locator(f'li[data-code="{undone}"]')).not_to_contain_text("Here since")
        expect(page.locator('[data-check-in] [data-figure="present"]')).to_have_text("3")
    assert len(_noted(house, today)) == 7
    assert _line(one, both).split() == _line(other, both).split()


def test_a_helper_needs_no_pointer_and_no_wide_screen(phones: tuple[Page, Page]) -> None:
    page, _other = phones
    page.locator("[data-search]").fill("institut primer")
    expect(page.locator("[data-people] li").first).to_contain_text("Inštitut Primer")
    page.locator("[data-search]").fill("")
    name = page.locator("[data-people] li b").last.inner_text()
    page.locator("[data-search]").focus()
    page.keyboard.type(name)
    expect(page.locator("[data-people] li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text(
        re.compile(f"{re.escape(name)} is (checked in|here already)")
    )
    expect(page.locator("[data-people] li")).to_contain_text("Here since")
    page.evaluate(f"{AXE};0")
    assert page.evaluate(LOOK, LEVELS) == []
    assert page.evaluate(TOO_WIDE) <= 0


def test_who_comes_along_is_checked_in_one_by_one_without_network(
    phones: tuple[Page, Page], house: House, today: dict[str, str]
) -> None:
    page, other = phones
    leader = _codes(page)[5]
    greta, guest = _bring(house, leader, ("Greta Beispiel", None))
    page.reload()
    page.locator(f'li[data-code="{guest}"]').wait_for()
    expect(page.locator(f'li[data-code="{guest}"]')).to_contain_text("companion 2 of 2")
    cut(page.context)
    heads = page.locator('[data-check-in] [data-figure="heads"]')
    before = int(heads.inner_text().partition(" ")[0])
    page.locator("[data-search]").fill(leader)
    page.locator("[data-search]").press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("Who comes along is below")
    expect(page.locator("[data-people] li")).to_have_count(3)
    _press(page, greta, "Check in")
    expect(heads).to_have_text(re.compile(f"^{before + 2} / "))
    mend(page.context)
    expect(page.get_by_role("status").first).to_have_text("Everything is sent.")
    expect(other.locator(f'li[data-code="{greta}"]')).to_contain_text("Here since", timeout=25_000)
    expect(other.locator(f'li[data-code="{guest}"]')).not_to_contain_text("Here since")


def test_who_has_no_place_is_let_in_without_network(phones: tuple[Page, Page], house: House) -> None:
    page, _other = phones
    cut(page.context)
    page.get_by_text("Somebody without a place").click()
    page.get_by_label("Given name").fill("Uta")
    page.get_by_label("Family name").fill("Unverhofft")
    page.get_by_role("button", name="Let in and check in").click()
    expect(page.get_by_role("status").first).to_contain_text("1 not sent yet")
    mend(page.context)
    expect(page.get_by_role("status").first).to_have_text("Everything is sent.")
    page.locator("[data-search]").fill("Unverhofft")
    expect(page.locator("[data-people] li")).to_contain_text("Here since")


def test_the_camera_reads_a_code(browser: Browser, house: House, today: dict[str, str], tmp_path: Path) -> None:
    with sqlite3.connect(house.folder / "filo.db") as database:
        (public_id,) = database.execute(
            "SELECT public_id FROM registration JOIN allotment ON allotment.id = allotment_id "
            "JOIN event ON event.id = event_id WHERE event.slug = ? ORDER BY number DESC LIMIT 1",
            (today["Event"].rpartition("/")[2],),
        ).fetchone()
    film = tmp_path / "code.y4m"
    film.write_bytes(_film_of(check_in_text(public_id)))
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    with browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera]) as with_camera:
        page = _open(_context(with_camera, house, permissions=["camera"]), today)
        page.get_by_role("button", name="Read codes").click()
        expect(page.get_by_role("alert").first).to_contain_text(re.compile("is checked in|is here already"))
        page.get_by_role("button", name="Close the camera").click()
        expect(page.get_by_role("button", name="Read codes")).to_be_focused()


def test_lists_are_called_in_the_language_that_the_helper_chose(
    browser: Browser, house: House, today: dict[str, str]
) -> None:
    context = _context(browser, house)
    page = _open(context, today)
    page.goto(today["Helper's phone, today"] + "?lang=de")
    page.locator("[data-people] li").first.wait_for()
    expect(page.locator("#live-list option").first).to_contain_text(re.compile("tag,|Mittwoch,"))
    context.close()


def test_check_in_works_without_scripts(browser: Browser, house: House, today: dict[str, str]) -> None:
    context = _context(browser, house, java_script_enabled=False)
    page = context.new_page()
    page.goto(today["Helper's phone, today"])
    person = page.locator("#people li", has=page.get_by_role("button", name="Check in")).first
    name = person.locator("b").inner_text()
    person.get_by_role("button", name="Check in").click()
    expect(page.locator("#people li", has_text=name).first).to_contain_text("here since")
    context.close()


def test_what_was_noted_in_time_arrives_after_the_day(browser: Browser, house: House, today: dict[str, str]) -> None:
    """The last of the tests with this link: its day ends here."""
    context = _context(browser, house)
    page = _open(context, today)
    cut(page.context)
    page.locator("[data-people]").get_by_role("button", name="Check in").first.click()
    expect(page.get_by_role("status").first).to_contain_text("1 not sent yet")
    before = len(_noted(house, today))
    with sqlite3.connect(house.folder / "filo.db") as database:
        over = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
        database.execute(
            "UPDATE helper_link SET valid_until = ? WHERE event_id = (SELECT id FROM event WHERE slug = ?)",
            (over, today["Event"].rpartition("/")[2]),
        )
    page.goto("about:blank")
    mend(page.context)
    page.go_back()
    expect(page.get_by_text("This link was for a day that is over.").first).to_be_visible()
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert len(_noted(house, today)) == before + 1
    assert page.locator("li").filter(has_text="Check in").count() == 0
    context.close()


def _bring(house: House, leader: str, names: tuple[str | None, ...]) -> list[str]:
    """Companions of somebody, as rows; their codes."""
    with sqlite3.connect(house.folder / "filo.db", timeout=10) as database:
        (person,) = database.execute("SELECT id FROM registration WHERE public_id = ?", [leader]).fetchone()
        database.execute("UPDATE registration SET seats = ? WHERE id = ?", [1 + len(names), person])
        row = "INSERT INTO companion (registration_id, name) VALUES (?, ?)"
        ids = [database.execute(row, [person, name]).lastrowid for name in names]
    return [companion_code(leader, int(one or 0)) for one in ids]


def _noted(house: House, today: dict[str, str]) -> list[tuple[str]]:
    """The notes of the event of today; the demonstration has others."""
    slug = today["Event"].rpartition("/")[2]
    with sqlite3.connect(house.folder / "filo.db") as database:
        return database.execute(
            "SELECT scan.id FROM scan JOIN check_list ON check_list.id = scan.list_id "
            "JOIN event ON event.id = check_list.event_id WHERE event.slug = ?",
            (slug,),
        ).fetchall()


def _film_of(text: str, size: int = 480) -> bytes:
    """One picture of a code, over and over, as a camera would send it."""
    matrix = segno.make(text, error="m", micro=False).matrix
    scale = size // (len(matrix) + 8)
    edge = (size - scale * len(matrix)) // 2
    rows = []
    for line in range(size):
        modules = matrix[(line - edge) // scale] if 0 <= line - edge < scale * len(matrix) else b""
        dark = b"".join((b"\x10" if module else b"\xeb") * scale for module in modules)
        rows.append((b"\xeb" * edge + dark).ljust(size, b"\xeb"))
    picture = b"FRAME\n" + b"".join(rows) + b"\x80" * (size * size // 2)
    return f"YUV4MPEG2 W{size} H{size} F10:1 Ip A1:1 C420jpeg\n".encode() + picture * 2
