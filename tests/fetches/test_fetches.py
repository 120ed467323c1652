"""What is noted of a fetch, when it is written, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fetches import queries, services
from app.fetches.gathering import MOST, Fetches
from app.fetches.models import CalendarFetch
from app.fetches.rules import KEPT, KEPT_EACH, MISSING, MOST_CALENDARS, Family, Noted, agenda_key
from app.kernel.db import db
from app.personal.models import CalendarToken
from app.personal.services import Opened, revoke_calendar
from tests.builders import NOW, make_account, make_event
from tests.caldav.dav import ALL, Dav
from tests.feeds.world import publish
from tests.forms import hidden_values
from tests.personal.world import ADA, calendar_of, fetch, register
from tests.query_counter import counted_queries
from tests.signing_in import sign_in, sign_in_administrator

pytestmark = pytest.mark.usefixtures("database")
GOOGLE = {"User-Agent": "Google-Calendar-Importer"}


@pytest.fixture(autouse=True)
def fetches(app: Flask) -> Iterator[Fetches]:
    """Nothing that other tests fetched."""
    kept: Fetches = app.extensions["fetches"]
    kept.take()
    yield kept
    kept.take()


def seen(calendar: str) -> list[tuple[int, Family]]:
    return [(row.status, row.family) for row in queries.newest_of(calendar)]


def test_public_feeds_are_noted_whole_unchanged_and_gone(client: FlaskClient, fetches: Fetches) -> None:
    publish("Workshop")
    etag = client.get("/events.ics", headers=GOOGLE).headers["ETag"]
    for _ in range(2):
        client.get("/events.ics?lang=en", headers=GOOGLE | {"If-None-Match": etag})
    client.get("/venues/nowhere/events.ics", headers={"User-Agent": "curl/8.5.0"})
    client.get("/events.ics?q=Ada+Esempio")
    assert db.session.scalars(select(CalendarFetch)).all() == []
    fetches.write()
    assert seen("/events.ics") == [(304, Family.GOOGLE), (304, Family.GOOGLE), (200, Family.GOOGLE)]
    assert [(row.asked, row.version) for row in queries.newest_missing()] == [("/venues/nowhere/events.ics", "8.5.0")]
    assert not any("Ada" in row.calendar for row in db.session.scalars(select(CalendarFetch)))


def test_a_feed_that_says_nothing_new_asks_the_database_no_more_than_before(client: FlaskClient) -> None:
    publish("Workshop")
    etag = client.get("/events.ics").headers["ETag"]
    with counted_queries() as asked:
        client.get("/events.ics", headers={"If-None-Match": etag})
    assert len(asked) == 1


def test_neither_secrets_nor_what_a_header_says_of_a_person_are_kept(client: FlaskClient, fetches: Fetches) -> None:
    opened = calendar_of()
    fetch(client, opened, User_Agent="Ada Esempio's telephone 192.0.2.7")
    fetches.write()
    (row,) = queries.newest_of(agenda_key(opened.token_id))
    kept = " ".join(str(value) for value in vars(row).values())
    assert not any(secret in kept for secret in (opened.secret, "Ada", "192.0.2"))


def test_caldav_counts_as_a_fetch_once_a_minute(client: FlaskClient, fetches: Fetches) -> None:
    register(make_event("Workshop").id)
    opened = calendar_of()
    home = f"/caldav/homes/{db.session.get_one(CalendarToken, opened.token_id).public_id}/agenda/"
    dav = Dav.of(client, opened)
    for _ in range(3):
        dav.sync(home)
    dav.sync(home, "http://localhost/caldav/ns/sync/forged")
    Dav(client).sync(ALL)
    fetches.write()
    assert sorted(status for status, _family in seen(agenda_key(opened.token_id))) == [207, 403]
    assert [status for status, _family in seen(ALL)] == [207]
    assert db.session.get_one(CalendarToken, opened.token_id, populate_existing=True).last_used_at


def test_twenty_are_kept_for_a_month_of_calendars_that_somebody_follows() -> None:
    at = NOW.timestamp()
    services.write([Noted("/events.ics", 200, "", at - minute) for minute in range(5)])
    services.write([Noted("/events.ics", 304, "", at + minute) for minute in range(30)])
    assert len(seen("/events.ics")) == KEPT_EACH
    assert db.session.query(CalendarFetch).count() == KEPT_EACH
    crowd = [Noted(f"/events.ics?place={number}", 200, "", at + 3600) for number in range(MOST_CALENDARS)]
    services.write([*crowd, Noted(agenda_key(1), 200, "", at)])
    services.forget_old(NOW)
    assert seen("/events.ics") == []
    assert len(seen(agenda_key(1))) == 1
    services.forget_old(NOW + KEPT + timedelta(days=1))
    assert db.session.query(CalendarFetch).count() == 0


def test_what_could_not_be_written_waits_and_never_grows_without_end(app: Flask) -> None:
    kept = Fetches(app)
    for number in range(MOST + 5):
        kept.note("/events.ics", 200, "x" * 5000, by_caldav=number % 2 == 0)
    assert len(kept.take()) == MOST


class TestTheOwnersPage:
    @pytest.fixture
    def opened(self, client: FlaskClient) -> Opened:
        sign_in(client, make_account(ADA).id)
        return calendar_of(now=datetime.now(UTC) - timedelta(days=2))

    def page(self, client: FlaskClient, opened: Opened) -> str:
        answer = client.get(f"/calendars/devices/{opened.token_id}/fetches")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.text

    def test_nothing_came_yet(self, client: FlaskClient, opened: Opened) -> None:
        assert "Nothing has fetched this calendar yet" in self.page(client, opened)

    def test_the_program_is_slow_not_we(self, client: FlaskClient, opened: Opened, fetches: Fetches) -> None:
        fetch(client, opened, User_Agent=GOOGLE["User-Agent"])
        fetches.write()
        page = self.page(client, opened)
        assert "It has the newest version since" in page
        assert "Keeps one copy by the address" in page
        assert "make a new address below" in page

    def test_a_new_address_takes_the_place_of_the_old_one(
        self, client: FlaskClient, opened: Opened, fetches: Fetches
    ) -> None:
        made = client.post(
            f"/calendars/devices/{opened.token_id}/address", data=hidden_values(self.page(client, opened))
        )
        assert made.status_code == 200
        secret = made.text.partition("webcal://localhost/calendars/")[2].partition(".ics")[0]
        assert secret != opened.secret
        old = fetch(client, opened)
        assert (old.status_code, b"VEVENT" in old.data) == (410, False)
        assert client.get(f"/calendars/{secret}.ics").status_code == 200
        assert Dav.of(client, opened).ask("PROPFIND", "/caldav/", Depth="0").status_code == 401
        fetches.write()
        assert "address that was withdrawn" in self.page(client, opened)

    def test_it_is_the_owners_alone(self, client: FlaskClient) -> None:
        sign_in(client, make_account("eve@filo.example").id)
        others = calendar_of(now=datetime.now(UTC))
        base = f"/calendars/devices/{others.token_id}"
        assert client.get(f"{base}/fetches").status_code == 404
        assert client.post(f"{base}/address", data=hidden_values(client.get("/calendars").text)).status_code == 404

    def test_a_withdrawn_one_that_is_still_asked_for_is_named(
        self, client: FlaskClient, opened: Opened, fetches: Fetches
    ) -> None:
        revoke_calendar(opened.token_id, email_key=ADA, now=datetime.now(UTC) - timedelta(hours=1))
        assert "still asked for" not in client.get("/calendars").text
        fetch(client, opened)
        fetches.write()
        assert "still asked for" in client.get("/calendars").text


class TestTheAdministratorsPages:
    def test_every_calendar_with_its_programs(self, client: FlaskClient, fetches: Fetches) -> None:
        publish("Workshop")
        client.get("/events.ics", headers=GOOGLE)
        client.get("/venues/nowhere/events.ics")
        fetches.write()
        sign_in_administrator(client)
        page = client.get("/manage/feeds").text
        assert "/manage/feeds/fetches?of=/events.ics" in page
        assert "/venues/nowhere/events.ics" in page
        assert "Google Calendar" in client.get("/manage/feeds/fetches?of=http://localhost/events.ics").text

    @pytest.mark.parametrize("of", ["/events.ics?kind=study_visit", ALL, "webcal://localhost/events.ics"])
    def test_an_address_that_nobody_fetched(self, client: FlaskClient, of: str) -> None:
        sign_in_administrator(client)
        answer = client.get("/manage/feeds/fetches", query_string={"of": of})
        assert answer.status_code == 200
        assert "Nothing has fetched this calendar yet" in answer.text

    @pytest.mark.parametrize("of", ["/nothing", "/events.ics?lang=xx", "http://[", agenda_key(1), MISSING])
    def test_what_is_no_public_calendar_is_refused(self, client: FlaskClient, of: str) -> None:
        sign_in_administrator(client)
        assert client.get("/manage/feeds/fetches", query_string={"of": of}).status_code == 422

    def test_nobody_else_sees_them(self, client: FlaskClient, database: Session) -> None:
        sign_in(client, make_account("eve@filo.example").id)
        assert client.get("/manage/feeds").status_code == 403
        assert client.get("/manage/feeds/fetches?of=/events.ics").status_code == 403
