"""The Subscribe panel."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from flask import Flask, render_template
from flask.testing import FlaskClient

from app.events.rules import Filter
from app.feeds.presenters import list_subscription, subscription
from tests.feeds.world import make_sector, publish

FILTER = Filter(kind="study_visit", q="caffè & co")


def test_every_way_leads_to_the_same_calendar(app: Flask) -> None:
    with app.test_request_context("/events?lang=it"):
        ways = list_subscription(FILTER, name="Visite & studio")
    assert ways.url == "http://localhost/events.ics?kind=study_visit&q=caff%C3%A8+%26+co&lang=it"
    assert ways.webcal == ways.url.replace("http:", "webcal:")
    assert parse_qs(urlsplit(ways.google).query) == {"cid": [ways.webcal]}
    for way in (ways.outlook, ways.office):
        assert parse_qs(urlsplit(way).query) == {"url": [ways.url], "name": ["Visite & studio"]}


def test_the_address_on_the_panel_is_a_feed(app: Flask, client: FlaskClient) -> None:
    sector = make_sector()
    publish("Workshop", sectors=[sector])
    with app.test_request_context("/"):
        ways = subscription("/sectors/tourism/events.ics", {"sessions": "1"}, name="Tourism")
        page = render_template("feeds/_subscribe.html", subscription=ways)
    address = re.search(r'value="([^"]+)"', page)
    assert address
    assert b"SUMMARY:Workshop" in client.get(address[1].replace("&amp;", "&").removeprefix("http://localhost")).data
    assert "style=" not in page
    assert "<script" not in page
