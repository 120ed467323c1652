"""The way in, for pages that are only for those who are signed in."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.current import current_account_id


def ask_to_sign_in() -> Response | None:
    """Before a page: lead anybody who is not signed in there and back. What is sent is refused by its verb."""
    if request.method not in {"GET", "HEAD"} or current_account_id():
        return None
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
