"""The pages that docs/organiser.md walks through are there. ``PICTURES=1`` takes its pictures anew."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.house import House
from tests.journeys.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS = Path(__file__).parents[2] / "docs"
WORKSHOP, VISIT = "from-needs-to-pilots", "prototyping-and-cleantech-rovereto-and-povo"
FULL, FORUM, HELD = "industry-4-0-in-bavaria", "agri-food-meta-district-forum", "agrifood-innovation-in-lodi"
WIDE, PHONE = {"width": 1120, "height": 820}, {"width": 390, "height": 820}
# picture → page, words on it that the picture begins with (empty: the top), and how wide
STEPS = {
    "organiser-plan": ("/manage/events/new?kind=study_visit", "", WIDE),
    "organiser-places": (f"/manage/events/{FORUM}/seats", "Quotas", WIDE),
    "organiser-invitations": (f"/manage/events/{WORKSHOP}/invitations", "Who is invited", WIDE),
    "organiser-participants": (f"/manage/events/{FULL}/participants", "", WIDE),
    "organiser-groups": (f"/manage/events/{VISIT}/groups", "Group 1", WIDE),
    "organiser-messages": (f"/manage/events/{WORKSHOP}/messages", "", WIDE),
    "organiser-check-in": (f"/manage/events/{HELD}/check-in", "", PHONE),
    "organiser-feedback": (f"/manage/events/{HELD}/feedback", "How was the event as a whole?", WIDE),
    "organiser-certificates": (f"/manage/events/{HELD}/certificates", "", WIDE),
}


def test_every_step_of_the_walk_is_there(browser: Browser, house: House) -> None:
    context = browser.new_context(base_url=house.url, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    sign_in(page, "admin@filo.example")
    told = (DOCS / "organiser.md").read_text("utf-8")
    for name, (path, words, look) in STEPS.items():
        assert f"pictures/{name}.png" in told
        page.set_viewport_size(look)  # type: ignore[arg-type]
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
        if words:
            found = page.get_by_text(words, exact=True).first
            expect(found).to_be_visible()
            found.evaluate("one => one.scrollIntoView()")
        if os.environ.get("PICTURES"):
            _keep(DOCS / "pictures" / f"{name}.png", page.screenshot(scale="css"))
    context.close()


def _keep(path: Path, shot: bytes) -> None:
    """With few colours: screens have no more, and the repository stays small."""
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(96).save(path, optimize=True)
