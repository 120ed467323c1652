from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.accounts import queries, services
from app.accounts.models import Account, SignedInSession, SignInLink, SignInTry
from app.accounts.passwords import hash_of
from app.jobs.worker import work_off
from app.kernel import clock
from app.kernel.db import Base, db
from app.mail.models import Message
from tests.builders import make_account

PASSWORD = "a-long-enough-one"
EMAIL = "ada@filo.example"


@pytest.fixture(autouse=True)
def no_forged_forms_here(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def ada(database: Session) -> int:
    account: Account = make_account(EMAIL, password_hash=hash_of(PASSWORD))
    return account.id


def sign_in(client: FlaskClient, password: str = PASSWORD, email: str = EMAIL, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("filo")
    return found.value if found else ""


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/sign-in").status_code == 303


def rows(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_signing_in_and_out(client: FlaskClient, ada: int) -> None:
    assert not is_signed_in(client)
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (303, "/manage")
    assert is_signed_in(client)
    held = cookie(client)
    assert client.post("/sign-out").status_code == 303
    assert not is_signed_in(client)
    client.set_cookie("filo", held)
    assert not is_signed_in(client), "a kept copy of the cookie is worth nothing"
    assert rows(SignedInSession) == 0


def test_the_session_changes_with_every_sign_in(client: FlaskClient, ada: int) -> None:
    with client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
    sign_in(client)
    first = cookie(client)
    sign_in(client, email=" Ada@FILO.example ")
    assert cookie(client) != first
    assert rows(SignedInSession) == 1
    with client.session_transaction() as now:
        assert "planted" not in now


def test_the_database_holds_no_secret(client: FlaskClient, ada: int) -> None:
    sign_in(client)
    with client.session_transaction() as now:
        secret = now["signed_in"]
    stored = db.session.scalars(select(SignedInSession.secret_digest)).one()
    assert secret not in stored
    assert len(secret) >= 43


def test_a_disabled_account_is_out_at_once(client: FlaskClient, ada: int) -> None:
    sign_in(client)
    services.disable_account(EMAIL, now=clock.now())
    assert not is_signed_in(client)
    assert sign_in(client).status_code == 422


def test_a_session_ends(client: FlaskClient, ada: int) -> None:
    sign_in(client)
    with client.session_transaction() as now:
        secret = now["signed_in"]
    assert queries.account_id_of_session(secret, clock.now() + timedelta(days=13)) == ada
    assert queries.account_id_of_session(secret, clock.now() + timedelta(days=15)) is None


def test_answers_do_not_tell_whether_an_account_exists(client: FlaskClient, ada: int) -> None:
    known, unknown = sign_in(client, "wrong"), sign_in(client, "wrong", "eve@filo.example")
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(EMAIL, "") == unknown.text.replace("eve@filo.example", "")
    known = client.post("/sign-in/link", data={"email": EMAIL})
    unknown = client.post("/sign-in/link", data={"email": "eve@filo.example"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(EMAIL, "") == unknown.text.replace("eve@filo.example", "")


@pytest.mark.parametrize(
    ("email", "password"),
    [("", ""), (EMAIL, ""), ("", PASSWORD), ("a" * 300, "x"), (f"a\0{EMAIL}", "x"), (EMAIL, "x" * 1001)],
)
def test_what_cannot_be_meant_is_refused_beside_the_field(
    client: FlaskClient, ada: int, email: str, password: str
) -> None:
    answer = sign_in(client, password, email)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{password or PASSWORD}"' not in answer.text, "a password is not sent back"


def test_guessing_is_stopped_but_not_for_the_owner_elsewhere(client: FlaskClient, app: Flask, ada: int) -> None:
    statuses = [sign_in(client, f"wrong {number}").status_code for number in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    answer = sign_in(client)
    assert answer.status_code == 429, "also the right password"
    assert int(answer.headers["Retry-After"]) > 0
    elsewhere = app.test_client()
    fresh = elsewhere.post(
        "/sign-in", data={"email": EMAIL, "password": PASSWORD}, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )
    assert fresh.status_code == 303
    assert rows(SignInTry) == 10


def test_a_class_behind_one_router_signs_in(client: FlaskClient, ada: int) -> None:
    assert {sign_in(client).status_code for _ in range(12)} == {303}
    assert rows(SignInTry) == 0


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/healthz", "/healthz"),
        ("/healthz?a=1", "/healthz?a=1"),
        ("/no/such/page/of/ours", "/manage"),
        ("//evil.example", "/manage"),
        ("/\\evil.example", "/manage"),
        ("https://evil.example", "/manage"),
        ("javascript:alert(1)", "/manage"),
        ("/sign-out", "/manage"),
    ],
)
def test_a_sign_in_leads_to_our_own_pages(client: FlaskClient, ada: int, target: str, expected: str) -> None:
    assert sign_in(client, next=target).location == expected


def mailed_secret(app: Flask, mail_folder: Path) -> str:
    before = set(mail_folder.glob("*.eml"))
    work_off(app)
    [mail] = set(mail_folder.glob("*.eml")) - before
    found = re.search(r"/sign-in/([\w-]{43})", mail.read_text().replace("=\n", ""))
    assert found
    return found[1]


def test_a_mailed_link_signs_in_once(client: FlaskClient, app: Flask, ada: int, mail_folder: Path) -> None:
    client.post("/sign-in/link", data={"email": EMAIL.upper()})
    secret = mailed_secret(app, mail_folder)
    for _ in range(3):  # scanners look as often as they like
        page = client.get(f"/sign-in/{secret}")
        assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert client.post(f"/sign-in/{secret}").status_code == 303
    assert is_signed_in(client)
    other = app.test_client()
    assert other.get(f"/sign-in/{secret}").status_code == 409
    assert other.post(f"/sign-in/{secret}").status_code == 409
    assert not is_signed_in(other)


def test_no_table_holds_the_secret_of_a_link(
    client: FlaskClient, app: Flask, ada: int, mail_folder: Path, database: Session
) -> None:
    client.post("/sign-in/link", data={"email": EMAIL})
    secret = mailed_secret(app, mail_folder)
    for table in Base.metadata.sorted_tables:
        assert secret not in str(database.execute(text(f'SELECT * FROM "{table.name}"')).all())


def test_a_link_ends_after_half_an_hour(database: Session, ada: int) -> None:
    now = clock.now()
    secret = services.issue_link(ada, now=now)
    assert queries.open_link(secret, now + timedelta(minutes=29))
    assert not queries.open_link(secret, now + timedelta(minutes=31))


def test_links_are_limited_an_hour(client: FlaskClient, ada: int) -> None:
    for _ in range(8):
        assert client.post("/sign-in/link", data={"email": EMAIL}).status_code == 200
    assert rows(Message) == 5


@pytest.mark.parametrize("secret", ["x", "a" * 43, "%00", "..", "ü"])
def test_an_invented_link_is_refused(client: FlaskClient, database: Session, secret: str) -> None:
    assert client.post(f"/sign-in/{secret}").status_code in {404, 409}
    assert rows(SignInLink) == 0


def test_the_language_of_a_sign_in_becomes_that_of_the_mails(client: FlaskClient, ada: int) -> None:
    client.set_cookie("lang", "de")
    sign_in(client)
    account = queries.account_of(EMAIL)
    assert account
    assert account.locale == "de"


def test_signing_in_does_not_change_the_language_of_the_page(client: FlaskClient, database: Session) -> None:
    make_account("gino@filo.example", password_hash=hash_of(PASSWORD), locale="it")
    sign_in(client, email="gino@filo.example")
    assert client.get_cookie("lang") is None
    known = queries.account_of("gino@filo.example")
    assert known
    assert known.locale == "en"


def test_a_form_from_elsewhere_is_refused(
    client: FlaskClient, app: Flask, ada: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert sign_in(client).status_code == 400
    assert client.post("/sign-out").status_code == 400


def test_what_has_run_out_is_forgotten(client: FlaskClient, ada: int) -> None:
    sign_in(client, "wrong")
    sign_in(client)
    services.issue_link(ada, now=clock.now())
    services.forget_old(clock.now() + timedelta(days=30))
    assert [rows(SignInTry), rows(SignedInSession), rows(SignInLink)] == [0, 0, 0]
