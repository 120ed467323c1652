"""Shows the form of an address again, filled with what was just sent there."""

from __future__ import annotations

from flask import Response, current_app, flash, get_flashed_messages, make_response, request
from werkzeug.exceptions import HTTPException

from app.kernel.errors import Refusal


def form_again(message: str, status: int) -> Response | None:
    """The page that asks for this form, rendered within the request that sent it, so that its fields are filled.

    None where nothing was typed, or where no page with a form stands at this address.
    """
    page = _page(message) if request.form else None
    if page is None or page.status_code != 200:
        get_flashed_messages()  # what nobody has read is not for the next page
        return None
    page.status_code = status
    return page


def _page(message: str) -> Response | None:
    try:
        endpoint, values = current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
        flash(message, "bad")
        return make_response(current_app.view_functions[endpoint](**values))
    except (HTTPException, Refusal):
        return None
