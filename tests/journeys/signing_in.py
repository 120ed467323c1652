from __future__ import annotations

from playwright.sync_api import Page


def sign_in(page: Page, email: str) -> None:
    """As one of the demonstration's people; the browser stands on their overview then."""
    page.goto("/sign-in")
    page.locator("#email").fill(email)
    page.locator("#password").fill("filo-demo")
    page.locator("#password").press("Enter")
    page.wait_for_url("**/manage")
