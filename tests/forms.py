"""Filling in forms as a browser does: the token and the key come from the page."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_HIDDEN = re.compile(r'<input[^>]*name="(?P<name>csrf_token|form_key|revision)"[^>]*value="(?P<value>[^"]*)"')


def hidden_values(html: str) -> dict[str, str]:
    """The hidden fields that a form needs to come back."""
    return {match["name"]: match["value"] for match in _HIDDEN.finditer(html)}


def send(client: FlaskClient, page: str, values: dict[str, str], *, to: str | None = None) -> TestResponse:
    """Open a page, fill in its form, send it."""
    html = client.get(page).get_data(as_text=True)
    return client.post(to or page, data=hidden_values(html) | values)
