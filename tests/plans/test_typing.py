"""What is typed into a chapter is kept until it is saved; without a script nothing changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.db import db
from app.plans import errors
from app.plans.models import TypedChapter
from app.plans.queries import plans as queries
from app.plans.services import drafting, typing
from tests.builders import NOW
from tests.forms import hidden_values, send
from tests.plans.helpers import SLUG, Scene, adopt, begin, chapter, make_scene, publish, put
from tests.signing_in import sign_in

DRAFT = f"/groups/{SLUG}/plan/draft"
NOT_SAVED = "have not saved it yet"


@pytest.fixture
def scene(database: Session) -> Scene:
    return make_scene()


@pytest.fixture
def chapter_id(scene: Scene) -> int:
    return begin(scene)


def _be(client: FlaskClient, scene: Scene, name: str) -> None:
    sign_in(client, scene.people[name].account_id or 0)


def _type(client: FlaskClient, place: object, **texts: str) -> Any:
    form = hidden_values(client.get(f"{DRAFT}/chapters/{place}").text)
    return client.post(f"{DRAFT}/typed/{place}", data=form | {"title_en": "Title", "body_en": "Text"} | texts)


def _kept() -> int:
    return db.session.scalar(select(func.count()).select_from(TypedChapter)) or 0


def _keep(scene: Scene, name: str, chapter_id: int | None, body: str, **changes: Any) -> typing.Typed:
    values: dict[str, Any] = {"fields": {"title_en": "Title", "body_en": body}, "revision": 1} | changes
    return typing.keep(chapter_id=chapter_id, **put(actor=scene.actor(name), **values))


def test_what_is_typed_survives_a_reload_and_is_gone_after_saving(
    client: FlaskClient, scene: Scene, chapter_id: int
) -> None:
    _be(client, scene, "coordinator")
    page = f"{DRAFT}/chapters/{chapter_id}"
    answer = _type(client, chapter_id, body_en="Half a <sen")
    assert (answer.json["is_behind"], answer.json["others"]) == (False, [])
    again = client.get(page).text
    assert "Half a &lt;sen" in again
    assert NOT_SAVED in again
    assert queries.chapter(scene.group.id, chapter_id).body["en"] == "Text"
    assert send(client, page, {"title_en": "Title", "body_en": "Half a sentence more"}).status_code == 303
    assert NOT_SAVED not in client.get(page).text
    assert _kept() == 0


def test_a_new_chapter_is_kept_too(client: FlaskClient, scene: Scene, chapter_id: int) -> None:
    _be(client, scene, "coordinator")
    _type(client, "new", title_en="Money", body_en="From whom")
    page = client.get(f"{DRAFT}/chapters/new").text
    assert "From whom" in page
    assert NOT_SAVED in page
    assert send(client, f"{DRAFT}/chapters/new", {"title_en": "Money", "body_en": "From whom"}).status_code == 303
    assert "From whom" not in client.get(f"{DRAFT}/chapters/new").text


def test_it_can_be_thrown_away(client: FlaskClient, scene: Scene, chapter_id: int) -> None:
    _be(client, scene, "coordinator")
    for place in (chapter_id, "new"):
        _type(client, place, body_en="Better not")
        page = f"{DRAFT}/chapters/{place}"
        assert send(client, page, {}, to=f"{DRAFT}/typed/{place}/removal").status_code == 303
        assert "Better not" not in client.get(page).text


def test_nobody_else_sees_it_but_that_somebody_writes_is_said(
    client: FlaskClient, scene: Scene, chapter_id: int
) -> None:
    _keep(scene, "german", chapter_id, "Geheim")
    _be(client, scene, "coordinator")
    page = client.get(f"{DRAFT}/chapters/{chapter_id}").text
    assert "Geheim" not in page
    assert "is writing here too" in page
    assert _type(client, chapter_id, body_en="Mine").json["others"] == [scene.people["german"].name]


def test_what_others_saved_meanwhile_is_said_and_joined_when_it_is_saved(
    client: FlaskClient, scene: Scene, chapter_id: int
) -> None:
    drafting.save_chapter(chapter_id, revision=1, values=chapter("One\nTwo\nThree"), **put())
    _be(client, scene, "coordinator")
    page = f"{DRAFT}/chapters/{chapter_id}"
    form = hidden_values(client.get(page).text) | {"title_en": "Title", "body_en": "One\nTwo\nThree, mine"}
    client.post(f"{DRAFT}/typed/{chapter_id}", data=form)
    drafting.save_chapter(chapter_id, revision=2, values=chapter("One, theirs\nTwo\nThree"), **put())
    assert client.post(f"{DRAFT}/typed/{chapter_id}", data=form).json["is_behind"] is True
    reloaded = hidden_values(client.get(page).text)
    assert reloaded["revision"] == "2"  # what was read, not what stands
    assert client.post(page, data=form | reloaded).status_code == 303
    assert queries.chapter(scene.group.id, chapter_id).body["en"] == "One, theirs\nTwo\nThree, mine"


@pytest.mark.parametrize("body", ["Text", " Text\r\n"])
def test_what_stands_there_already_is_not_kept(scene: Scene, chapter_id: int, body: str) -> None:
    _keep(scene, "coordinator", chapter_id, "Something else")
    assert _kept() == 1
    _keep(scene, "coordinator", chapter_id, body)
    assert _kept() == 0
    _keep(scene, "coordinator", None, "", fields={})
    assert _kept() == 0


def test_only_who_writes_the_plan_keeps_something(scene: Scene, chapter_id: int) -> None:
    for name in ("slovak", "stranger"):
        with pytest.raises(errors.MayNotDraft):
            _keep(scene, name, chapter_id, "Said")
        with pytest.raises(errors.MayNotDraft):
            typing.throw_away(group_slug=SLUG, chapter_id=chapter_id, actor=scene.actor(name))
    with pytest.raises(errors.MayNotDraft):
        typing.keep(chapter_id=chapter_id, fields={}, revision=1, **put())  # no account that it could be kept for


def test_nothing_is_kept_of_a_plan_that_is_written_no_more(client: FlaskClient, scene: Scene, chapter_id: int) -> None:
    publish()
    adopt(scene.coordinator)
    _be(client, scene, "coordinator")
    token = hidden_values(client.get(f"{DRAFT}").text)
    for place in (chapter_id, "new", 10**8, "x", "²"):
        assert client.post(f"{DRAFT}/typed/{place}", data=token | {"body_en": "Late"}).status_code == 404, place
    assert _kept() == 0


def test_the_preview_is_cleaned_and_for_writers_only(client: FlaskClient, scene: Scene, chapter_id: int) -> None:
    _be(client, scene, "coordinator")
    token = hidden_values(client.get(f"{DRAFT}/chapters/new").text)
    shown = client.post(f"{DRAFT}/preview", data=token | {"text": "**So** <script>"})
    assert shown.text.strip() == "<p><strong>So</strong> &lt;script&gt;</p>"
    _be(client, scene, "slovak")
    token = hidden_values(client.get(f"{DRAFT}").text)
    assert client.post(f"{DRAFT}/preview", data=token | {"text": "x"}).status_code == 403


def test_what_nobody_came_back_to_is_forgotten(scene: Scene, chapter_id: int) -> None:
    _keep(scene, "coordinator", chapter_id, "Old", now=NOW)
    _keep(scene, "german", chapter_id, "Younger", now=NOW + timedelta(days=2))
    typing.forget_old(now=NOW + timedelta(days=61))
    assert db.session.scalars(select(TypedChapter.by)).all() == [scene.people["german"].name]
