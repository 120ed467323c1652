"""Where one is: the entry of the main navigation, and the tab of the list."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

MARKED = re.compile(r'<a href="([^"]+)" aria-current="(page|true)">')

CASES = {
    "/events": [("/events", "page"), ("/events", "page")],
    "/practices": [("/practices", "page"), ("/practices", "page")],
    "/studies": [("/practices", "true"), ("/studies", "page")],
    "/needs": [("/practices", "true"), ("/needs", "page")],
    "/services": [("/practices", "true"), ("/services", "page")],
    "/practices/exchanges": [("/practices", "true"), ("/practices/exchanges", "page")],
    "/stories": [("/practices", "true"), ("/stories", "page")],
    "/network": [("/network", "page"), ("/network", "page")],
    "/people": [("/network", "true"), ("/people", "page")],
    "/board": [("/network", "true"), ("/board", "page")],
    "/venues": [("/venues", "page")],
    "/about": [],
}


@pytest.mark.parametrize("address", CASES)
def test_the_navigation_says_where_one_is(client: FlaskClient, address: str) -> None:
    assert MARKED.findall(client.get(address).text) == CASES[address]
