"""A secret address, as calendars fetch it and as strangers try it."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.fetches.rules import Family
from app.kernel import clock
from app.mail.models import Message
from app.personal import proofs
from app.personal.models import CalendarToken
from app.personal.services import revoke_calendar
from app.registration.rules import Place
from app.web.request_log import without_secrets
from tests.builders import NOW, make_account, make_event
from tests.forms import hidden_values
from tests.personal.world import ADA, calendar_of, fetch, let_work, register, shown
from tests.query_counter import counted_queries
from tests.signing_in import sign_in

pytestmark = pytest.mark.usefixtures("database")
FORM = {
    "label": "Phone",
    "language": "it",
    "timezone": "Europe/Rome",
    "parts": ["places", "deadlines"],
    "reminder": "60",
}


def test_unchanged_costs_one_query_and_a_miss_two(client: FlaskClient) -> None:
    for title in ("Workshop", "Forum"):
        register(make_event(title).id)
    opened = calendar_of()
    with counted_queries() as whole:
        first = fetch(client, opened, User_Agent="")
    with counted_queries() as again:
        second = fetch(client, opened, User_Agent="", If_None_Match=first.headers["ETag"])
    assert (first.status_code, len(whole), second.status_code, len(again)) == (200, 2, 304, 1)
    assert second.data == b""


def test_nobody_keeps_or_finds_it(client: FlaskClient) -> None:
    answer = fetch(client, calendar_of())
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_logs_never_hold_the_address() -> None:
    assert without_secrets("/calendars/s3cret.ics") == "/calendars/…"
    assert without_secrets("/calendars/pr00f/proof") == "/calendars/…/proof"


def test_gzip_on_request(client: FlaskClient) -> None:
    register(make_event("Workshop").id)
    opened = calendar_of()
    packed = fetch(client, opened, Accept_Encoding="gzip")
    assert gzip.decompress(packed.data) == fetch(client, opened).data


def test_a_revoked_address_is_gone_and_says_so_and_no_other_is(client: FlaskClient) -> None:
    phone, tablet = calendar_of(), calendar_of(label="Tablet")
    revoke_calendar(phone.token_id, email_key=ADA, now=NOW)
    answer = fetch(client, phone)
    assert answer.status_code == 410
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "address withdrawn" in answer.text
    assert fetch(client, tablet).status_code == 200


def test_secrets_are_kept_as_digests_only(database: Session) -> None:
    opened = calendar_of()
    row = database.get_one(CalendarToken, opened.token_id)
    kept = " ".join(str(value) for value in vars(row).values())
    assert opened.secret not in kept
    assert opened.password not in kept


def test_a_fetch_writes_nothing_until_the_minute_is_over(app: Flask, client: FlaskClient, database: Session) -> None:
    app.extensions["fetches"].take()
    opened = calendar_of()
    fetch(client, opened, User_Agent="iOS/17.4 (21E219) dataaccessd/1.0")
    assert database.get_one(CalendarToken, opened.token_id, populate_existing=True).last_used_at is None
    app.extensions["fetches"].write()
    row = database.get_one(CalendarToken, opened.token_id, populate_existing=True)
    assert (row.client, row.last_used_at is None) == (Family.APPLE_IOS, False)


def test_whoever_has_no_account_proves_the_address_by_a_mailed_link(
    app: Flask, client: FlaskClient, database: Session
) -> None:
    event = make_event("Workshop")
    register(event.id, Place.WAITLISTED)
    page = client.get("/calendars")
    client.post("/calendars/link", data={**hidden_values(page.text), "email": ADA})
    message = database.scalars(select(Message).where(Message.name == "calendar_proof")).one()
    assert ADA not in str(message.about)
    proof = proofs.proof_of(ADA, now=clock.now())
    asked = client.get(f"/calendars/{proof}/proof")
    assert client.get("/calendars").text.count(ADA) == 0  # looking at a link opens nothing
    client.post(f"/calendars/{proof}/proof", data=hidden_values(asked.text))
    page = client.get("/calendars")
    assert ADA in page.text
    made = client.post("/calendars", data={**hidden_values(page.text), **FORM})
    assert made.status_code == 201
    path = re.search(r"http://localhost(/calendars/[\w-]+\.ics)", made.text)
    assert path
    assert "Non ancora" in (text := client.get(path[1]).text) or "Not yet" in text
    assert "Phone" in client.get("/calendars").text


@pytest.mark.parametrize("proof", ["forged", "W10.x", "a.b.c"])
def test_a_forged_or_old_proof_opens_nothing(client: FlaskClient, proof: str) -> None:
    assert client.get(f"/calendars/{proof}/proof").status_code == 409
    old = proofs.proof_of(ADA, now=clock.now() - timedelta(hours=1))
    assert client.get(f"/calendars/{old}/proof").status_code == 409


def test_devices_are_changed_and_withdrawn_singly_and_only_by_their_owner(client: FlaskClient) -> None:
    mine, others = calendar_of(), calendar_of("bruno@filo.example")
    sign_in(client, make_account(ADA).id)
    page = client.get(f"/calendars/devices/{mine.token_id}")
    fields = hidden_values(page.text)
    changed = client.post(f"/calendars/devices/{mine.token_id}", data={**fields, **FORM, "label": "Tablet"})
    assert (changed.status_code, "Tablet" in client.get("/calendars").text) == (303, True)
    for path in ("", "/revocation"):
        assert client.post(f"/calendars/devices/{others.token_id}{path}", data={**fields, **FORM}).status_code == 404
    assert client.get(f"/calendars/devices/{others.token_id}").status_code == 404
    client.post(f"/calendars/devices/{mine.token_id}/revocation", data=fields)
    assert fetch(client, mine).status_code == 410
    assert fetch(client, others).status_code == 200


def test_no_more_than_twenty_devices(client: FlaskClient) -> None:
    for _number in range(20):
        calendar_of()
    sign_in(client, make_account(ADA).id)
    page = client.get("/calendars")
    assert client.post("/calendars", data={**hidden_values(page.text), **FORM}).status_code == 409


def test_a_change_reaches_calendars_by_the_worker(app: Flask, client: FlaskClient) -> None:
    from tests.registration.helpers import join

    event = make_event("Workshop")
    opened = calendar_of("ada@company.example")
    join(event.id, "ada")
    let_work(app)
    assert {*shown(client, opened)} == {event.uid}


def test_the_command_prints_address_and_password(app: Flask, client: FlaskClient) -> None:
    result = app.test_cli_runner().invoke(args=["calendar", "token", "--email", ADA])
    found = dict(line.split(maxsplit=1) for line in result.output.splitlines() if ":" in line)
    assert client.get(found["Address:"].removeprefix("http://localhost")).status_code == 200
    assert re.fullmatch(r"([2-9a-z]{4}-){6}[2-9a-z]{4}", found["Password:"])
