"""A plan from its first chapter to the plan that follows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.queries import group_for_page
from app.plans import errors
from app.plans.inputs import ChapterInput
from app.plans.presenters.groups import overview
from app.plans.presenters.plans import plan_view
from app.plans.queries import groups
from app.plans.queries import plans as queries
from app.plans.rules.plans import PlanState
from app.plans.services import drafting, publishing
from app.search.queries import refs
from tests.builders import NOW
from tests.forms import hidden_values, send
from tests.papers import text as paper_text
from tests.plans.helpers import SLUG, Scene, adopt, ask, begin, chapter, make_scene, publish, put
from tests.query_counter import counted_queries
from tests.signing_in import sign_in

BASE = f"/groups/{SLUG}"


@pytest.fixture
def scene(database: Session) -> Scene:
    return make_scene()


def _be(client: FlaskClient, scene: Scene, name: str) -> None:
    sign_in(client, scene.people[name].account_id or 0)


def _save(chapter_id: int, body: str, revision: int, **changes: object) -> drafting.Saved:
    return drafting.save_chapter(chapter_id, revision=revision, values=chapter(body), **put(**changes))


def test_b22_a_first_plan_begins_with_the_usual_chapters_in_three_languages(scene: Scene) -> None:
    plan_id = drafting.begin(**put())
    assert [sorted(one.title) for one in queries.chapters_of(plan_id)] == [["de", "en", "it"]] * 5
    with pytest.raises(errors.PlanStandsAlready):
        drafting.begin(**put())


def test_b22_version_2_shows_changes(client: FlaskClient, scene: Scene) -> None:
    chapter_id = begin(scene)
    publish("First draft")
    _save(chapter_id, "Text and more", 1)
    assert publish("For the forum") == 2
    page = client.get(f"{BASE}/plan/versions/2/changes").text
    assert "Text<ins> and more</ins>" in page
    assert "For the forum" in client.get(f"{BASE}/plan").text
    assert "First draft" in client.get(f"{BASE}/plan/versions/1").text
    assert client.get(f"{BASE}/plan/versions/3").status_code == 404
    assert client.get(f"{BASE}/plan/versions/1/changes?since=2").status_code == 404


def test_b22_five_plans_stand_side_by_side_with_their_state(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    assert "Being drafted" in client.get(f"/projects/{scene.project.slug}").text
    _be(client, scene, "coordinator")
    assert "Being drafted" in client.get("/manage/groups").text


def test_a_version_stays_as_it_was_published(scene: Scene) -> None:
    chapter_id = begin(scene)
    publish()
    _save(chapter_id, "Another text", 1)
    assert queries.version(scene.group.id, 1).content[0]["body"] == {"en": "Text"}
    drafting.set_aside(chapter_id, is_removed=True, **put())
    with pytest.raises(errors.NothingToPublish):
        publish("Empty")


def test_publishing_twice_without_a_change_is_refused(scene: Scene) -> None:
    begin(scene)
    publish()
    with pytest.raises(errors.NothingToPublish):
        publish("Again")


def test_the_draft_is_for_members_and_versions_are_for_everybody(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    assert "Title" not in client.get(f"{BASE}/plan").text
    assert client.get(f"{BASE}/plan/draft").status_code == 303
    _be(client, scene, "stranger")
    assert client.get(f"{BASE}/plan/draft").status_code == 403
    _be(client, scene, "slovak")
    assert "Title" in client.get(f"{BASE}/plan/draft").text
    publish()
    assert "Title" in client.get(f"{BASE}/plan").text


def test_b26_the_supporting_body_edits_drafts_and_does_not_publish(client: FlaskClient, scene: Scene) -> None:
    chapter_id = begin(scene)
    support = scene.actor("support")
    _save(chapter_id, "Said by the supporting body", 1, actor=support)
    for verb in (
        lambda: publishing.publish(name="Mine", **put(actor=support)),
        lambda: ask(actor=support),
        lambda: adopt(scene.support, actor=support),
        lambda: drafting.name_drafters(organisation_ids=[], **put(actor=support)),
    ):
        with pytest.raises(errors.MayNotDecide):
            verb()
    _be(client, scene, "support")
    assert "Publish a version" not in client.get(f"{BASE}/plan/draft").text
    assert client.get(f"{BASE}/plan/draft/publication").status_code == 403


def test_b26_both_names_stand_on_the_page_of_the_group(client: FlaskClient, scene: Scene) -> None:
    page = client.get(BASE).text
    assert "Metropoli" in page
    assert "Parco" in page
    assert "Coordinator" in page
    assert "Supporting body" in page


def test_a_drafting_organisation_writes_and_a_mere_member_reads(scene: Scene) -> None:
    chapter_id = begin(scene, scene.coordinator, scene.german)
    _save(chapter_id, "Aus Stuttgart", 1, actor=scene.actor("german"))
    with pytest.raises(errors.MayNotDraft):
        _save(chapter_id, "Z Piestan", 2, actor=scene.actor("slovak"))


def test_two_editors_at_once_lose_nothing(scene: Scene) -> None:
    begin(scene)
    chapter_id = drafting.add_chapter(values=chapter("one\ntwo\nthree\nfour\n"), **put())
    assert not _save(chapter_id, "ONE\ntwo\nthree\nfour\n", 1).was_merged
    assert _save(chapter_id, "one\ntwo\nthree\nFOUR\n", 1).was_merged
    assert queries.chapter(scene.group.id, chapter_id).body["en"] == "ONE\ntwo\nthree\nFOUR\n"
    with pytest.raises(errors.ChapterConflict):
        _save(chapter_id, "one\ntwo\nthree\nvier\n", 1)
    saved = [one.body["en"] for one in queries.chapter_texts(chapter_id)]
    assert saved == ["ONE\ntwo\nthree\nFOUR\n", "ONE\ntwo\nthree\nfour\n", "one\ntwo\nthree\nfour\n"]


def test_another_language_is_never_a_conflict(scene: Scene) -> None:
    chapter_id = begin(scene)
    _save(chapter_id, "Better text", 1)
    italian = ChapterInput(title=Texts(en="Title", it="Titolo"), body=Texts(en="Text", it="Testo"))
    assert drafting.save_chapter(chapter_id, revision=1, values=italian, **put()).was_merged
    assert queries.chapter(scene.group.id, chapter_id).body == Texts(en="Better text", it="Testo")


def test_who_comes_second_sees_both_texts_and_saves_on_purpose(client: FlaskClient, scene: Scene) -> None:
    chapter_id = begin(scene)
    _be(client, scene, "support")
    path = f"{BASE}/plan/draft/chapters/{chapter_id}"
    form = hidden_values(client.get(path).text)
    _save(chapter_id, "Theirs", 1, actor=scene.actor("coordinator"))
    mine = {"title_en": "Title", "body_en": "Mine"}
    answer = client.post(path, data=form | mine)
    assert answer.status_code == 409
    assert "<del>Theirs</del><ins>Mine</ins>" in answer.text
    assert "Mine</textarea>" in answer.text
    again = client.post(path, data=hidden_values(answer.text) | mine)
    assert again.status_code == 303
    assert queries.chapter(scene.group.id, chapter_id).body["en"] == "Mine"
    assert {"Theirs", "Mine", "Text"} == {one.body["en"] for one in queries.chapter_texts(chapter_id)}


def test_a_preview_saves_nothing(client: FlaskClient, scene: Scene) -> None:
    chapter_id = begin(scene)
    _be(client, scene, "support")
    values = {"title_en": "Title", "body_en": "**Bold** <b>no</b>", "preview": "1"}
    answer = send(client, f"{BASE}/plan/draft/chapters/{chapter_id}", values)
    assert "<strong>Bold</strong> &lt;b&gt;no&lt;/b&gt;" in answer.text
    assert queries.chapter(scene.group.id, chapter_id).revision == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    _be(client, scene, "support")
    answer = send(client, f"{BASE}/plan/draft/chapters/new", {"body_en": "Kept"})
    assert answer.status_code == 422
    assert "Please give a title" in answer.text
    assert "Kept</textarea>" in answer.text


def test_chapters_change_places_and_come_back(scene: Scene) -> None:
    first = begin(scene)
    second = drafting.add_chapter(values=chapter(title="Second"), **put())
    drafting.move_chapter(second, up=True, **put())
    drafting.set_aside(first, is_removed=True, **put())
    drafting.set_aside(first, is_removed=False, **put())
    plan_id = queries.plans_of(scene.group.id)[0].id
    assert [one.id for one in queries.chapters_of(plan_id) if one.removed_at is None] == [second, first]


def test_a_plan_drafted_in_one_country_is_not_adopted(client: FlaskClient, scene: Scene) -> None:
    begin(scene, scene.coordinator, scene.support)
    publish()
    with pytest.raises(errors.NotJoint):
        adopt(scene.coordinator)
    _be(client, scene, "coordinator")
    values = {"organisations": str(scene.coordinator.id), "adopted_on": "2026-01-01"}
    answer = send(client, f"{BASE}/plan/draft/adoption", values)
    assert answer.status_code == 409
    assert "organisations of 2 countries draft it; so far it is 1" in answer.text


def test_an_adopted_plan_holds_until_the_next_one_is_adopted(scene: Scene) -> None:
    chapter_id = begin(scene)
    publish()
    adopt(scene.coordinator)
    with pytest.raises(errors.ChapterNotFound):
        queries.chapter(scene.group.id, chapter_id)
    drafting.begin(**put())
    view = plan_view(scene.group.id)
    assert view.current
    assert view.open
    assert view.current.state is PlanState.ADOPTED
    assert view.open.drafters
    assert [one.title for one in queries.chapters_of(view.open.id)] == [Texts(en="Title")]
    copied = queries.chapters_of(view.open.id)[0]
    _save(copied.id, "Next text", 1)
    publish("Next")
    adopt(scene.german)
    states = [one.state for one in queries.plans_of(scene.group.id)]
    assert states == [PlanState.SUPERSEDED, PlanState.ADOPTED]
    assert [one.number for one in plan_view(scene.group.id).versions] == [2, 1]


def test_rcr79_is_never_more_than_rco83(scene: Scene) -> None:
    def counted() -> tuple[int, int]:
        found = overview(groups.groups_of_projects([scene.project.id]), NOW).plans
        return found.developed, found.taken_up

    begin(scene, scene.coordinator)
    assert counted() == (0, 0)
    drafting.name_drafters(organisation_ids=[scene.coordinator.id, scene.german.id], **put())
    assert counted() == (1, 0)
    publish()
    adopt(scene.coordinator)
    publishing.take_up(organisation_id=scene.slovak.id, adopted_on=NOW.date(), **put())
    assert counted() == (1, 1)
    drafting.begin(**put())
    assert counted() == (1, 1)


def test_who_adopted_and_when_is_public(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    publish()
    adopt(scene.coordinator)
    publishing.take_up(organisation_id=scene.german.id, adopted_on=NOW.date() - timedelta(days=1), **put())
    page = client.get(f"{BASE}/plan").text
    assert "Adopted by" in page
    assert "12 Jan 2027" in page
    assert "13 Jan 2027" in page


@pytest.mark.parametrize(("lang", "word"), [("en", "Title"), ("it", "Titolo"), ("de", "Title")])
def test_a_version_on_paper(client: FlaskClient, scene: Scene, lang: str, word: str) -> None:
    chapter_id = begin(scene)
    values = ChapterInput(
        title=Texts(en="Title", it="Titolo"), body=Texts(en="# Head\n\n- **One** item\n  - deep\n\n> Quote `code`")
    )
    drafting.save_chapter(chapter_id, revision=1, values=values, **put())
    publish()
    answer = client.get(f"{BASE}/plan.pdf?lang={lang}")
    assert answer.mimetype == "application/pdf"
    read = paper_text(answer.data)
    for part in (word, "Head", "One item", "deep", "Quote code", "Metropoli"):
        assert part in read
    assert client.get(f"{BASE}/plan.pdf?version=9").status_code == 404


def test_a_group_without_a_plan_says_so(client: FlaskClient, scene: Scene) -> None:
    assert "No version is published yet" in client.get(f"{BASE}/plan").text
    assert client.get(f"{BASE}/plan.pdf").status_code == 404
    _be(client, scene, "coordinator")
    assert client.get(f"{BASE}/plan/draft/publication").status_code == 404
    assert send(client, BASE, {}, to=f"{BASE}/plan/beginning").status_code == 303
    assert send(client, BASE, {}, to=f"{BASE}/plan/beginning").status_code == 409


def test_a_long_plan_costs_no_more_queries_than_a_short_one(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    publish()

    def cost(path: str) -> int:
        with counted_queries() as found:
            assert client.get(path).status_code == 200
        return len(found)

    pages = (BASE, f"{BASE}/plan")
    before = [cost(page) for page in pages]
    for number in range(5):
        drafting.add_chapter(values=chapter(title=f"Chapter {number}"), **put())
        publish(f"Version {number}")
    assert [cost(page) for page in pages] == before


def test_words_of_a_published_plan_are_found(client: FlaskClient, scene: Scene) -> None:
    begin(scene)
    drafting.add_chapter(values=chapter("Bioreactor"), **put())
    publish()
    assert list(db.session.scalars(select(refs("strategic_plan", "bioreactor").subquery()))) == [
        queries.plans_of(group_for_page(SLUG).id)[0].id
    ]
