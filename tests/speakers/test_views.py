"""The pages of speakers and organisers; and what somebody else tries with a link."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.kernel.db import db
from app.kernel.texts import Texts
from app.materials.models import Material
from app.network.actors import SYSTEM
from app.speakers import links, services
from app.speakers.models import Speaker, SpeakerAnswer
from app.speakers.rules import SpeakerReply
from tests.builders import make_organisation
from tests.forms import hidden_values
from tests.signing_in import sign_in_manager
from tests.speakers.helpers import NOW, Stage

PDF = b"%PDF-1.7\nslides of the talk\n%%EOF\n"


@pytest.fixture
def stage(database: Session) -> Stage:
    return Stage(make_organisation("Organiser"))


def picture(kind: str = "JPEG", side: int = 1600) -> bytes:
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SpyCam of Rovereto"
    Image.new("RGB", (side, 4), "teal").save(content, kind, exif=exif)
    return content.getvalue()


def send(client: FlaskClient, path: str, values: dict[str, Any], to: str = "") -> TestResponse:
    html = client.get(path).get_data(as_text=True)
    token = {"csrf_token": hidden_values(html)["csrf_token"]}
    return client.post(to or path, data=token | values)


def test_an_expert_says_yes_and_then_no(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    path = stage.path()
    page = client.get(path)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    for words in (
        "Shared machines",
        "Sala Blu",
        "10:00–10:45",
        "Rome time",
        "Uta Esempio",
        "Bus 4",
        "office@organiser",
    ):
        assert words in page.text
    parts = [f"{key}|{sign}" for key, sign in stage.seen().items()]
    assert send(client, path, {"parts": parts, "answer": "accepted"}, f"{path}/answer").status_code == 303
    assert 'data-standing="accepted"' in client.get(path).text
    silent = send(client, path, {"parts": parts[:1], "answer": "declined"}, f"{path}/answer")
    assert (silent.status_code, "find somebody else" in silent.text) == (422, True)
    told = send(client, path, {"parts": parts[:1], "answer": "declined", "reason": "Ill"}, f"{path}/answer")
    assert told.status_code == 303
    assert "You wrote: Ill" in client.get(path).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "accepted"},
        {"answer": "perhaps", "parts": ["event:invited_expert|x"]},
        {"answer": "accepted", "parts": ["event:invited_expert"]},
    ],
)
def test_an_answer_that_cannot_be_meant_changes_nothing(client: FlaskClient, stage: Stage, data: Any) -> None:
    stage.ask()
    assert send(client, stage.path(), data, f"{stage.path()}/answer").status_code == 422
    assert db.session.scalars(select(SpeakerAnswer)).all() == []


def test_a_slot_that_moved_meanwhile_is_shown_first(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    key, sign = next(iter(stage.seen().items()))
    stale = {"parts": [f"{key}|{sign[::-1]}"], "answer": "accepted"}
    refused = send(client, stage.path(), stale, f"{stage.path()}/answer")
    assert (refused.status_code, "changed while this page was open" in refused.text) == (409, True)
    gone = {"parts": [f"item:{stage.item.id}:moderator|{sign}"], "answer": "accepted"}
    assert send(client, stage.path(), gone, f"{stage.path()}/answer").status_code == 409


PAGES = ("", "/profile", "/needs", "/slides", "/photo", "/data")


def test_no_link_but_the_own_opens_anything(client: FlaskClient, stage: Stage) -> None:
    row, other = stage.ask(), stage.ask(stage.moderator)
    token, foreign = links.token(row), links.token(other)
    calendar = links.slots_path(row).split("/")[2]
    public_id, _dot, mac = token.partition(".")
    forged = [
        f"{public_id}.{foreign.partition('.')[2]}",
        f"{public_id}.{'0' * len(mac)}",
        public_id,
        f"nobody.{mac}",
        calendar,  # whoever was given the calendar does not answer
        token.upper(),
    ]
    for one in forged:
        for tail in PAGES:
            assert client.get(f"/speaking/{one}{tail}").status_code == 404, (one, tail)
    assert client.get(f"/speaking/{token}/slots.ics").status_code == 404
    assert client.get(f"/speaking/{calendar}/slots.ics").status_code == 200
    services.revoke(event_slug=stage.event.slug, person_id=stage.expert.id, actor=SYSTEM, now=NOW)
    said = client.get(f"/speaking/{token}")
    assert (said.status_code, "opens nothing any more" in said.text) == (404, True)
    assert client.get(f"/speaking/{calendar}/slots.ics").status_code == 404
    assert client.get(f"/speaking/{foreign}").status_code == 200


def slides(content: bytes = PDF, name: str = "talk.pdf", **changes: Any) -> dict[str, Any]:
    values = {"file": (io.BytesIO(content), name), "agenda_item_id": "", "language": "en", "visibility": "participants"}
    return values | changes


def test_slides_follow_the_rules_of_all_material(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    path = f"{stage.path()}/slides"
    refused = send(client, path, slides(visibility="public"))
    assert (refused.status_code, "tick that you permit it" in refused.text) == (422, True)
    assert db.session.scalars(select(Material)).all() == []
    sent = send(client, path, slides(visibility="public", permits="y", agenda_item_id=str(stage.item.id)))
    assert sent.status_code == 303
    (row,) = db.session.scalars(select(Material))
    assert (row.permission_by, row.credit, row.agenda_item_id) == ("Heiko Esempio", "Heiko Esempio", stage.item.id)
    assert send(client, path, slides()).status_code == 409  # the same once more
    assert client.get(f"{path}/{row.id}").data == PDF


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + b"\x00" * 60, "talk.pdf"),
        (b"<html><script>alert(1)</script></html>", "talk.txt"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "talk.svg"),
        (PDF, "talk.png"),
        (b"", "talk.pdf"),
    ],
)
def test_files_that_lie_are_not_taken(client: FlaskClient, stage: Stage, content: bytes, name: str) -> None:
    stage.ask()
    assert send(client, f"{stage.path()}/slides", slides(content, name)).status_code == 422
    photo = {"photo": (io.BytesIO(content), name)}
    assert send(client, f"{stage.path()}/profile", photo).status_code == 422
    assert db.session.scalars(select(Material)).all() == []
    assert stage.row().photo_id is None


def test_nobody_touches_slides_of_another_or_another_item(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    stage.ask(stage.moderator)
    send(client, f"{stage.path()}/slides", slides())
    (row,) = db.session.scalars(select(Material))
    other = f"{stage.path(stage.moderator)}/slides"
    assert client.get(f"{other}/{row.id}").status_code == 404
    assert send(client, other, {}, f"{other}/{row.id}/removal").status_code == 404
    foreign = stage.add_item("Not hers", 15 * 60, people=(stage.expert,))
    # the form offers only the own items
    assert send(client, other, slides(PDF + b"\n", agenda_item_id=str(foreign.id))).status_code == 422
    assert len(db.session.scalars(select(Material)).all()) == 1
    own = f"{stage.path()}/slides"
    assert send(client, own, {}, f"{own}/{row.id}/removal").status_code == 303
    assert db.session.scalars(select(Material)).all() == []


def test_a_photo_is_made_anew_and_shown_with_consent_only(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    stage.answer(SpeakerReply.ACCEPTED)
    path = f"{stage.path()}/profile"
    hidden = {"bio_en": "Builds <b>robots</b>.", "photo": (io.BytesIO(picture()), "me.jpg")}
    assert send(client, path, hidden).status_code == 303
    kept = stage.row().photo
    assert kept
    assert (kept.width, kept.media_type) == (800, "image/jpeg")
    own = client.get(f"{stage.path()}/photo")
    assert (own.status_code, b"SpyCam" in own.data) == (200, False)
    public = f"/speakers/photos/{kept.public_id}"
    assert client.get(public).status_code == 404
    assert "robots" not in client.get("/events/pilots").text
    assert send(client, path, {"bio_en": "Builds <b>robots</b>.", "consents": "y"}).status_code == 303
    assert client.get(public).status_code == 200
    page = client.get("/events/pilots").text
    assert "Builds &lt;b&gt;robots&lt;/b&gt;." in page
    assert re.search(r'href="/events/pilots#speaker-\w{8}"', page)  # from the item of the agenda
    assert send(client, path, {"bio_en": "Builds robots."}).status_code == 303
    assert client.get(public).status_code == 404


def test_a_huge_biography_is_refused_and_what_was_typed_stays(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    answer = send(client, f"{stage.path()}/profile", {"bio_it": "Macchine " * 200, "bio_en": "Machines"})
    assert answer.status_code == 422
    assert "Macchine Macchine" in answer.text
    assert stage.row().bio == Texts()


def test_times_and_needs_are_kept_and_read_by_organisers_only(client: FlaskClient, stage: Stage) -> None:
    stage.ask()
    path = f"{stage.path()}/needs"
    day = stage.event.starts_at.date().isoformat()
    half = send(client, path, {"from_0": f"{day}T10:00"})
    backwards = send(client, path, {"from_0": f"{day}T10:00", "until_0": f"{day}T09:00"})
    both = send(client, path, {"is_always_there": "y", "from_0": f"{day}T10:00", "until_0": f"{day}T11:00"})
    assert [half.status_code, backwards.status_code, both.status_code] == [422, 422, 422]
    values = {"from_0": f"{day}T10:15", "until_0": f"{day}T11:00", "diet": "No nuts", "equipment": ["sound"]}
    assert send(client, path, values).status_code == 303
    assert "T10:15" in client.get(path).text
    (absence,) = stage.row().absences
    assert absence.ends_at - absence.starts_at == timedelta(minutes=45)
    assert "cannot be there at this time" in client.get(stage.path()).text
    data = json.loads(client.get(f"{stage.path()}/data").text)
    assert (data["diet"], data["equipment"]) == ("No nuts", ["sound"])
    organiser = stage.event.organisations[0].organisation
    sign_in_manager(client, organiser, "organiser@filo.example")
    page = client.get("/manage/events/pilots/speakers").text
    for words in ("No nuts", "Sound from my computer", "Cannot be there at this time", "Not available at that time"):
        assert words in page


def test_the_own_calendar_is_looked_at_again_cheaply(client: FlaskClient, stage: Stage) -> None:
    path = links.slots_path(stage.ask())
    first = client.get(path)
    assert (first.status_code, first.mimetype) == (200, "text/calendar")
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    stage.answer()
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, "STATUS:CONFIRMED" in again.text) == (200, True)
    assert links.token(stage.row()) not in again.text


def test_an_organiser_asks_and_takes_back(app: Flask, client: FlaskClient, stage: Stage) -> None:
    sign_in_manager(client, stage.event.organisations[0].organisation, "organiser@filo.example")
    page = "/manage/events/pilots/speakers"
    assert "Send the link to all 2 not asked yet" in client.get(page).text
    assert send(client, page, {}, f"{page}/links").status_code == 303
    assert "Asked, no answer yet" in client.get(page).text
    assert send(client, page, {}, f"{page}/links").status_code == 409
    assert send(client, page, {}, f"{page}/reminders").status_code == 409
    one = f"{page}/{stage.expert.id}"
    assert send(client, page, {"email": "no address", "locale": "en"}, f"{one}/link").status_code == 422
    assert send(client, page, {"email": "", "locale": "en"}, f"{one}/link").status_code == 409
    assert send(client, page, {}, f"{one}/revocation").status_code == 303
    assert "Link taken back" in client.get(page).text
    assert send(client, page, {"email": "h@home.example", "locale": "de"}, f"{one}/link").status_code == 303
    assert send(client, page, {"answer_by": "2020-01-01T10:00"}, f"{page}/deadline").status_code == 422
    assert send(client, page, {}, f"{page}/999999/revocation").status_code == 404
    assert {row.email for row in db.session.scalars(select(Speaker))} == {"h@home.example", "uta@expert.example"}


def test_pages_without_anybody_say_what_to_do(client: FlaskClient, database: Session, stage: Stage) -> None:
    stage.ask()
    stage.item.persons.clear()
    stage.event.persons.clear()
    db.session.commit()
    assert "Nothing is asked of you at this event any more" in client.get(stage.path()).text
    sign_in_manager(client, stage.event.organisations[0].organisation, "organiser@filo.example")
    assert "Nobody has a part yet" in client.get("/manage/events/pilots/speakers").text
