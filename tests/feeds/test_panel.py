"""The Subscribe panel, and which feed each list leads to."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

from app.events.rules import Filter
from app.feeds.addresses import BadAddressError, feed_of, read_address
from app.feeds.presenters import subscription
from tests.feeds.world import make_sector, publish

FILTER = Filter(kind="study_visit", q="caffè & co")


def test_every_way_leads_to_the_same_calendar(app: Flask) -> None:
    with app.test_request_context("/events?lang=it"):
        ways = subscription(FILTER, name="Visite & studio")
    assert ways.url == "http://localhost/events.ics?kind=study_visit&q=caffe+co&lang=it"
    assert ways.webcal == ways.url.replace("http:", "webcal:")
    assert parse_qs(urlsplit(ways.google).query) == {"cid": [ways.webcal]}
    for way in (ways.outlook, ways.office):
        assert parse_qs(urlsplit(way).query) == {"url": [ways.url], "name": ["Visite & studio"]}


def test_the_address_on_the_panel_is_a_feed(app: Flask, client: FlaskClient) -> None:
    sector = make_sector()
    publish("Workshop", sectors=[sector])
    with app.test_request_context("/"):
        ways = subscription(Filter(sector="tourism"), sessions=True, name="Tourism")
        page = render_template("feeds/_subscribe.html", subscription=ways)
    address = re.search(r'href="webcal://localhost([^"]+)"', page)
    assert address
    assert address[1] == "/sectors/tourism/events.ics?sessions=1"
    assert b"SUMMARY:Workshop" in client.get(address[1]).data
    assert 'href="/subscribe?sector=tourism&amp;sessions=1"' in page
    assert "style=" not in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("filter", "address"),
    [
        (Filter(), "/events.ics"),
        (Filter(group="agrifood"), "/groups/agrifood/events.ics"),
        (Filter(group="agrifood", country="IT"), "/events.ics?group=agrifood&country=IT"),
        (Filter(organisation="hit"), "/organisations/hit/events.ics"),
        (Filter(organisation="hit", kind="study_visit"), "/organisations/hit/events.ics?kind=study_visit"),
        (Filter(series="visits", group="agrifood"), "/series/visits/events.ics?group=agrifood"),
        (Filter(venue="prom", q="Légno"), "/venues/prom/events.ics?q=legno"),
    ],
)
def test_every_list_has_one_feed(filter: Filter, address: str) -> None:
    feed = feed_of(filter, lang="en", default_lang="en")
    assert feed.address == address
    assert feed == read_address(*f"{address}?".split("?")[:2], "en")


@pytest.mark.parametrize(
    "filter",
    [
        Filter(organisation="hit", venue="prom"),
        Filter(series="../../etc"),
        Filter(kind="party"),
        Filter(organisation="hit", event="workshop"),
    ],
)
def test_what_no_feed_can_be_of_is_refused(filter: Filter) -> None:
    with pytest.raises(BadAddressError):
        feed_of(filter, lang="en", default_lang="en")


def test_a_calendar_of_an_organisation_can_be_narrowed(client: FlaskClient) -> None:
    (workshop,) = publish("Workshop")
    organiser, uid = workshop.organisations[0].organisation, workshop.uid
    publish("Visit", organiser=organiser, kind="study_visit")
    address = f"/organisations/{organiser.slug}/events.ics"
    assert client.get(address).text.count("BEGIN:VEVENT") == 2
    narrowed = client.get(f"{address}?kind=clusters_workshop")
    assert narrowed.text.count("BEGIN:VEVENT") == 1
    assert f"UID:{uid}" in narrowed.text
    assert narrowed.headers["ETag"] != client.get(address).headers["ETag"]
    assert client.get(f"{address}?organisation={organiser.slug}").status_code == 400
