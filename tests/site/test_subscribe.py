"""The page where one subscribes: it shows what the feed holds."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import icalendar
import pytest
from flask.testing import FlaskClient

from app.events.models import Event, EventSeries
from app.events.rules import Format, Kind, Status
from app.kernel.clock import now
from app.kernel.db import db
from app.kernel.texts import Texts
from app.search.services import index
from tests.builders import make_organisation, make_venue
from tests.feeds.world import add_item, publish
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

SOON = now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=30)


def coming(title: str, days: int = 0, **changes: object) -> Event:
    starts = SOON + timedelta(days=days)
    given = {"starts_at": starts, "ends_at": starts + timedelta(hours=3), **changes}
    (event,) = publish(title, **given)
    return event


def titles(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<h3 lang="\w+"><a href="[^"]+">([^<]+)</a>', html)]


def feed_address(html: str) -> str:
    found = re.search(r'id="feed-address" type="url" readonly value="http://localhost([^"]+)"', html)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=study_visit",
        "kind=study_visit&sessions=1",
        "in=it",
        "q=visit",
        "organisation={organisation}",
        "organisation={organisation}&kind=study_visit&sessions=1&in=de",
        "venue={venue}",
        "series=visits",
    ],
)
def test_what_is_shown_is_the_beginning_of_the_feed(client: FlaskClient, query: str) -> None:
    organiser, venue = make_organisation("HIT"), make_venue("Sala")
    series = EventSeries(slug="visits", title=Texts(en="Visits"), kind=Kind.STUDY_VISIT)
    db.session.add(series)
    db.session.flush()
    visit = coming("Visit", kind=Kind.STUDY_VISIT, organiser=organiser, venue=venue, series_id=series.id)
    add_item(visit.id, "Keynote")
    for day in range(6):
        coming(f"Workshop {day}", day + 1, organiser=organiser)
    coming("Off", 2, status=Status.CALLED_OFF, venue=venue)
    coming("Draft", 1, status=Status.DRAFT)
    index("event", visit.id, names=["Visit"])
    coming("Long over", -60)
    html = client.get("/subscribe?" + query.format(organisation=organiser.slug, venue=venue.slug)).text
    answer = client.get(feed_address(html))
    assert answer.status_code == 200, answer.text
    entries = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    expected = [str(entry["SUMMARY"]) for entry in entries if str(entry["SUMMARY"]) != "Long over"]
    assert titles(html) == expected[:5]
    assert titles(html)


def test_times_are_those_of_the_event_and_days_are_bars(client: FlaskClient) -> None:
    coming("Online", format=Format.ONLINE, timezone="Europe/Helsinki", online_url="https://meet.example/x", venue=None)
    starts = SOON.replace(month=1, day=14, year=SOON.year + 1)
    coming("Fair", starts_at=starts, ends_at=starts + timedelta(days=2, hours=5))
    html = client.get("/subscribe?lang=en").text
    assert "Helsinki time" in html
    assert f"14 – 16 January {starts.year}, all day" in html


def test_a_cancelled_entry_says_so(client: FlaskClient) -> None:
    coming("Forum", status=Status.CALLED_OFF)
    html = client.get("/subscribe?in=de").text
    assert len(titles(html)) == 1
    assert "marked as cancelled" in html
    assert feed_address(html) == "/events.ics?lang=de"


def test_every_way_is_offered(client: FlaskClient) -> None:
    html = unescape(client.get("/subscribe?kind=study_visit").text)
    for way in (
        'href="webcal://localhost/events.ics?kind=study_visit"',
        'href="https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Fevents.ics%3Fkind%3Dstudy_visit"',
        'href="https://outlook.office.com/calendar/0/addfromweb?url=',
        'href="https://outlook.live.com/calendar/0/addfromweb?url=',
        "Thunderbird",
        'src="/subscribe/code.svg?kind=study_visit&in=en"',
        'value="http://localhost/events.ics?kind=study_visit"',
        'href="/calendars"',
    ):
        assert way in html, way
    assert "<iframe" not in html


def test_the_code_is_a_picture_of_this_very_page(client: FlaskClient) -> None:
    one, other = (client.get(f"/subscribe/code.svg?{query}") for query in ("kind=study_visit", "kind=exchange_forum"))
    assert one.mimetype == "image/svg+xml"
    assert one.text.startswith("<svg ")
    assert one.data != other.data


@pytest.mark.parametrize(
    "query", ["kind=party", "sector=none", "organisation=none", "venue=..%2Fx", "organisation=hit&venue=x", "q=%00"]
)
def test_a_calendar_that_is_not_there_is_not_offered(client: FlaskClient, query: str) -> None:
    coming("Workshop")
    answer = client.get(f"/subscribe?{query}")
    assert answer.status_code == (200 if query == "q=%00" else 404)


def test_an_empty_calendar_can_be_subscribed_to(client: FlaskClient) -> None:
    html = client.get("/subscribe").text
    assert "Nothing is planned" in html
    assert client.get(feed_address(html)).status_code == 200


def test_the_page_asks_as_often_for_many_as_for_one(client: FlaskClient) -> None:
    coming("Workshop")
    with counted_queries() as for_one:
        client.get("/subscribe")
    for day in range(8):
        coming(f"Workshop {day}", day)
    with counted_queries() as for_many:
        client.get("/subscribe")
    assert len(for_one) == len(for_many) <= 14, for_many


def test_an_organiser_gets_the_code_for_a_web_site(client: FlaskClient) -> None:
    organiser, other = make_organisation('HIT "Trento" <b>'), make_organisation("Other")
    coming("Workshop", organiser=organiser)
    sign_in_manager(client, organiser, "ada@hit.example")
    own = unescape(client.get(f"/subscribe?organisation={organiser.slug}&kind=clusters_workshop&in=it").text)
    assert f"/embed/organisations/{organiser.slug}/events?kind=clusters_workshop&amp;lang=it&amp;theme=auto" in own
    code = re.search(r"<iframe [^\n]+", own)
    assert code
    assert 'title="Filò – ' in code[0]
    assert "<b>" not in code[0]
    assert f"/manage/organisations/{organiser.slug}/embedding" in own
    for address in ("/subscribe", f"/subscribe?organisation={other.slug}"):
        html = unescape(client.get(address).text)
        assert f"/embed/organisations/{organiser.slug}/events?" in html
        assert "whose=all" in html
