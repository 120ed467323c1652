"""A series has a lasting address for what comes next, and a calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.events.models import Event, EventSeries
from app.events.rules import Audience, Kind, Status
from app.kernel.clock import now
from app.kernel.db import db
from app.kernel.texts import Texts
from tests.feeds.world import change, publish

TODAY = now()


@pytest.fixture
def series(client: FlaskClient) -> EventSeries:
    row = EventSeries(slug="visits", title=Texts(en="Visits"), kind=Kind.STUDY_VISIT)
    db.session.add(row)
    db.session.flush()
    return row


def edition(series: EventSeries, title: str, days: int, **changes: object) -> Event:
    starts = TODAY + timedelta(days=days)
    (event,) = publish(title, series_id=series.id, starts_at=starts, ends_at=starts + timedelta(hours=3), **changes)
    return event


def test_the_address_leads_to_the_first_edition_that_is_still_to_come(client: FlaskClient, series: EventSeries) -> None:
    edition(series, "Gone", -30)
    edition(series, "Called off", 2, status=Status.CALLED_OFF)
    edition(series, "Postponed", 3, status=Status.POSTPONED)
    edition(series, "Draft", 4, status=Status.DRAFT)
    edition(series, "Internal", 5, audience=Audience.INTERNAL)
    edition(series, "Later", 20)
    soon = edition(series, "Soon", 10)
    answer = client.get("/series/visits/next")
    assert (answer.status_code, answer.location) == (303, f"/events/{soon.slug}")
    assert "public" not in answer.headers["Cache-Control"]


def test_an_edition_that_goes_on_is_still_the_next(client: FlaskClient, series: EventSeries) -> None:
    starts = TODAY - timedelta(hours=1)
    (event,) = publish("Now", series_id=series.id, starts_at=starts, ends_at=starts + timedelta(hours=3))
    assert client.get("/series/visits/next").location == f"/events/{event.slug}"


def test_without_a_next_one_the_page_says_so(client: FlaskClient, series: EventSeries) -> None:
    empty = client.get("/series/visits/next")
    assert empty.status_code == 200
    assert "No next edition is planned yet" in empty.text
    assert "The last edition" not in empty.text
    edition(series, "First", -90)
    last = edition(series, "Second", -30)
    html = client.get("/series/visits/next").text
    assert f'href="/events/{last.slug}"' in html
    assert "First" not in html
    assert 'href="/subscribe?series=visits"' in html
    assert client.get("/series/nothing/next").status_code == 404


def test_the_calendar_of_a_series_follows_who_enters_and_leaves_it(client: FlaskClient, series: EventSeries) -> None:
    event = edition(series, "Visit", 10)
    uid, event_id = event.uid, event.id
    feed = client.get("/series/visits/events.ics")
    assert f"UID:{uid}" in feed.text
    assert "NAME:Filò – Visits" in feed.text
    change(event_id, series_id=None)
    left = client.get("/series/visits/events.ics", headers={"If-None-Match": feed.headers["ETag"]})
    assert left.status_code == 200
    assert uid not in left.text


def test_the_page_of_a_series_offers_both(client: FlaskClient, series: EventSeries) -> None:
    html = client.get("/series/visits").text
    assert 'value="http://localhost/series/visits/next"' in html
    assert 'href="webcal://localhost/series/visits/events.ics"' in html
    assert 'href="/subscribe?series=visits"' in html
