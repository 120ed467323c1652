from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.events.models import Event
from app.events.rules import Status
from app.invitations import links, queries, services
from app.invitations.models import Invitation
from app.invitations.rules import InvitationStatus
from app.jobs.worker import work_off
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.network.models import Organisation
from tests.builders import make_event, make_organisation
from tests.forms import hidden_values, send
from tests.invitations.helpers import invite
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

NOW = datetime.now(UTC)
SOON = NOW + timedelta(days=10)
TYPED = {"email": "ada@company.example", "given_name": "Ada", "locale": "en", "role": "guest", "skips_approval": "y"}
LISTED = {"locale": "en", "role": "guest"}


@pytest.fixture
def organiser(client: FlaskClient, database: Session) -> Organisation:
    organiser = make_organisation()
    sign_in_manager(client, organiser, "organiser@filo.example")
    return organiser


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_event(starts_at=SOON, organiser=organiser, contact_email="office@filo.example")


@pytest.fixture
def invitation(event: Event) -> Invitation:
    return invite(event, note="Please come", now=NOW)


def base(event: Event) -> str:
    return f"/manage/events/{event.slug}/invitations"


def state_on(html: str) -> str:
    found = re.search(r'<main[^>]*data-invitation="(\w+)"', html)
    assert found
    return found[1]


def upload(client: FlaskClient, event: Event, content: bytes, name: str = "people.csv") -> Any:
    hidden = hidden_values(client.get(base(event)).text)
    data = LISTED | hidden | {"file": (io.BytesIO(content), name)}
    return client.post(f"{base(event)}/lists", data=data, content_type="multipart/form-data")


def figure(html: str, name: str) -> int:
    found = re.search(rf"data-{name}>(\d+)<", html)
    assert found
    return int(found[1])


def test_the_invited_sees_what_it_is_and_says_no_and_then_yes(client: FlaskClient, invitation: Invitation) -> None:
    link = f"/invitations/{links.token(invitation)}"
    page = client.get(link)
    assert state_on(page.text) == "pending"
    assert {"no-store", "no-referrer"} == {page.headers["Cache-Control"], page.headers["Referrer-Policy"]}
    for text in ("Please come", "Cluster Example", "I come", "I cannot come", "register?invitation="):
        assert text in page.text
    assert send(client, link, {"reason": "Ill"}, to=f"{link}/refusal").status_code == 303
    page = client.get(link)
    assert state_on(page.text) == "declined"
    assert "register?invitation=" in page.text
    services.mark_accepted(invitation.id, now=NOW)
    page = client.get(link)
    assert state_on(page.text) == "accepted"
    assert "register?invitation=" not in page.text


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"status": Status.CALLED_OFF, "status_reason": "Snow"}, "called_off"),
        ({"status": Status.POSTPONED}, "postponed"),
        ({"status": Status.DRAFT}, "not_published"),
        ({"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)}, "over"),
        ({"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=1)}, "closed"),
    ],
)
def test_who_comes_too_late_is_told_what_to_do(
    client: FlaskClient, event: Event, invitation: Invitation, changes: dict[str, Any], state: str
) -> None:
    link = f"/invitations/{links.token(invitation)}"
    hidden = hidden_values(client.get(link).text)
    found = db.session.get_one(Event, event.id)
    for name, value in changes.items():
        setattr(found, name, value)
    db.session.commit()
    page = client.get(link).text
    assert state_on(page) == state
    assert "I come" not in page
    refused = client.post(f"{link}/refusal", data=hidden)
    assert refused.status_code == 409
    assert state_on(refused.text) == state


def test_what_was_taken_back_says_so_and_forged_links_open_nothing(
    client: FlaskClient, event: Event, invitation: Invitation
) -> None:
    token = links.token(invitation)
    for forged in (token + "0", token[:-1], token.partition(".")[0], "nobody.0", token.upper()):
        assert client.get(f"/invitations/{forged}").status_code == 404
    invited = queries.invitations(event.id, status=None, limit=1)[0].id
    assert send(client, base(event), {}, to=f"{base(event)}/{invited}/revocation").status_code == 303
    page = client.get(f"/invitations/{token}").text
    assert state_on(page) == "revoked"
    assert "office@filo.example" in page
    assert "Please come" not in page


def test_the_organiser_invites_one_and_sees_the_figures(client: FlaskClient, event: Event) -> None:
    assert send(client, base(event), TYPED).status_code == 303
    page = client.get(base(event)).text
    assert "ada@company.example" in page
    again = send(client, base(event), TYPED)
    assert again.status_code == 409
    assert 'aria-invalid="true"' in again.text
    assert send(client, base(event), TYPED | {"email": "ada@"}).status_code == 422
    assert "Nobody is found" in client.get(f"{base(event)}?status=declined").text


def test_a_list_is_looked_at_before_anybody_is_written_to(client: FlaskClient, event: Event) -> None:
    answer = upload(client, event, b"E-mail;Name\nada@company.example;Ada\n=1+1;Eva\nbad;Max\nada@company.example;A\n")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert [figure(page, name) for name in ("new", "known", "repeated", "wrong")] == [1, 0, 1, 2]
    assert not queries.invitations(event.id, status=None, limit=1)
    sheet = client.get(f"{answer.location}/left-out.csv").data.decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("3,'=1+1,Eva,")
    assert sheet[2].startswith("4,bad,Max,")
    assert len(sheet) == 4
    assert send(client, answer.location, {}, to=f"{answer.location}/sending").status_code == 303
    assert [one.email for one in queries.invitations(event.id, status=None, limit=9)] == ["ada@company.example"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + b"x" * 100, "This file is no list"),
        (b"Name;E-Mail\nJ\x8fan;a@x.example", "cannot be read"),
        (b"Name\nAda", "No column holds e-mail addresses"),
        (b"", "Nobody stands on this list"),
        (b"E-mail\n" + b"a@x.example\n" * 50_001, "more than 50,000 lines"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence_and_leaves_nothing(
    client: FlaskClient, event: Event, content: bytes, sentence: str
) -> None:
    answer = upload(client, event, content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not queries.open_lists(event.id)


@pytest.mark.parametrize(
    ("codec", "sentence"),
    [("cp1252", "it was read as Windows-1252"), ("utf-16", "read as UTF-16"), ("utf-8", "read as UTF-8")],
)
def test_a_list_says_what_it_was_read_as_and_shows_the_names(
    client: FlaskClient, event: Event, codec: str, sentence: str
) -> None:
    answer = upload(client, event, "Name;E-Mail\nJürgen Größe;j@company.example".encode(codec))
    page = client.get(answer.location).text
    assert sentence in page
    assert "Jürgen Größe" in page


def test_numbers_of_a_list_are_written_as_the_language_writes_them(client: FlaskClient, event: Event) -> None:
    answer = upload(client, event, b"E-mail\n" + b"".join(b"a%d@company.example\n" % one for one in range(1_234)))
    assert "0 of 1,234 lines are checked." in client.get(answer.location).text
    assert "<dd>1.234</dd>" in client.get(f"{answer.location}?lang=it").text


def test_an_unreasonable_file_is_too_large(client: FlaskClient, event: Event) -> None:
    assert upload(client, event, b"x" * 13_000_000).status_code == 413


def test_people_may_be_pasted(client: FlaskClient, event: Event) -> None:
    people = {"people": "Ada Esempio <ada@company.example>\nnobody"}
    answer = send(client, base(event), LISTED | people, to=f"{base(event)}/lists")
    assert answer.status_code == 303
    assert figure(client.get(answer.location).text, "wrong") == 1
    assert send(client, base(event), LISTED, to=f"{base(event)}/lists").status_code == 422


def test_a_code_is_made_shown_and_removed(client: FlaskClient, event: Event) -> None:
    assert send(client, base(event), {"uses": "0"}, to=f"{base(event)}/codes").status_code == 422
    assert send(client, base(event), {"uses": "3", "note": "Press"}, to=f"{base(event)}/codes").status_code == 303
    [code] = queries.codes(event.id)
    assert f"{code.code[:5]}-{code.code[5:]}" in client.get(base(event)).text
    assert send(client, base(event), {}, to=f"{base(event)}/codes/{code.id}/removal").status_code == 303
    assert not queries.codes(event.id)


def test_reminders_are_set_and_sent(client: FlaskClient, event: Event, app: Flask) -> None:
    for typed, status in (("x", 422), ("61", 422), ("3", 303), ("", 303)):
        answer = send(client, base(event), {"remind_days_before": typed}, to=f"{base(event)}/reminder")
        assert answer.status_code == status
    assert send(client, base(event), {}, to=f"{base(event)}/reminders").status_code == 409
    invite(event, now=NOW - timedelta(days=2))
    assert send(client, base(event), {}, to=f"{base(event)}/reminders").status_code == 303
    event_id = event.id
    work_off(app)
    assert queries.invitations(event_id, status=InvitationStatus.PENDING, limit=1)[0].reminders == 1


def test_fifty_people_cost_no_more_queries_than_three(client: FlaskClient, event: Event) -> None:
    counted = []
    for names in (range(3), range(3, 50)):
        for name in names:
            invite(event, f"p{name}", now=NOW, actor=SYSTEM)
        with counted_queries() as queries_made:
            assert client.get(base(event)).status_code == 200
        counted.append(len(queries_made))
    assert counted[0] == counted[1]
