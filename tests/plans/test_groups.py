"""Consultations by country, actions, meta-districts, the workspace and groups side by side."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.forums.models import Cafe
from app.kernel.db import db
from app.kernel.texts import Texts
from app.mail.models import Message
from app.network import services as network
from app.network.actors import SYSTEM
from app.network.inputs import GroupInput
from app.network.rules import GroupRole
from app.plans import errors, links
from app.plans.inputs import ActionInput, CommentInput, DocumentInput, GuestInput, WindowInput
from app.plans.letters import overdue
from app.plans.presenters.consultations import consultation_view
from app.plans.presenters.groups import overview, workspace
from app.plans.queries import actions, consultations, groups
from app.plans.rules.actions import ActionState
from app.plans.rules.districts import DistrictState
from app.plans.services import acting, consulting, districts, documents, drafting
from tests.builders import NOW, make_event
from tests.files import papers
from tests.forms import hidden_values, send
from tests.plans.helpers import (
    SLUG,
    Scene,
    act,
    adopt,
    ask,
    begin,
    form_district,
    make_cafe_note,
    make_scene,
    publish,
    put,
)
from tests.query_counter import counted_queries
from tests.search.test_documents import read_what_waits
from tests.signing_in import sign_in

BASE = f"/groups/{SLUG}"
Be = Callable[[str], None]


@pytest.fixture
def scene(database: Session) -> Scene:
    return make_scene()


@pytest.fixture
def be(client: FlaskClient, scene: Scene) -> Be:
    return lambda name: sign_in(client, scene.people[name].account_id or 0)


@pytest.fixture
def asked(scene: Scene) -> Scene:
    """A first version is in consultation."""
    begin(scene)
    publish()
    ask()
    return scene


def _comment(scene: Scene, name: str, text: str = "Said", **changes: object) -> int:
    return consulting.comment(values=CommentInput(text=text), **put(actor=scene.actor(name), **changes))


def _silent(scene: Scene) -> list[str]:
    row = consultations.consultations_of(scene.group.id)[0]
    group = groups.groups_of_projects([scene.project.id])[0]
    return consultation_view(row, group, NOW.date()).silent


def test_gaps_by_country_are_seen_before_anyone_complains(asked: Scene, client: FlaskClient, be: Be) -> None:
    assert _silent(asked) == ["Germany", "Italy", "Slovakia"]
    _comment(asked, "german", "Mehr Labore")
    assert _silent(asked) == ["Italy", "Slovakia"]
    be("coordinator")
    assert "No answer yet from: Italy, Slovakia." in client.get(f"{BASE}/plan/consultation").text
    assert "No answer came from: Italy, Slovakia." in client.get(f"{BASE}/plan/draft/adoption").text


def test_a_guest_answers_for_a_country_by_a_link(asked: Scene, client: FlaskClient) -> None:
    guest = consulting.invite(values=GuestInput(name="Budapest", country_code="HU"), **put())
    assert "Hungary" in _silent(asked)
    path = f"/consultations/{links.token(guest)}"
    assert "You are asked as Budapest, Hungary." in client.get(path).text
    consulting.comment_as_guest(guest.id, values=CommentInput(text="Köszönjük"), now=NOW)
    assert "Hungary" not in _silent(asked)
    assert "Köszönjük" in client.get(path).text
    consulting.revoke(guest.id, consultation_id=consultations.consultations_of(asked.group.id)[0].id, **put())
    assert client.get(path).status_code == 404
    assert client.get(path[:-1] + ("0" if path[-1] != "0" else "1")).status_code == 404


def test_a_guest_who_sends_twice_has_said_it_once(scene: Scene) -> None:
    begin(scene)
    publish()
    window = WindowInput(opens_on=NOW.date(), closes_on=NOW.date() + timedelta(days=2))
    row = consulting.open_window(values=window, **put())
    guest = consulting.invite(values=GuestInput(name="Budapest", country_code="HU"), **put())
    said = CommentInput(text="Yes.")
    ids = [consulting.comment_as_guest(guest.id, values=said, now=NOW) for _time in range(2)]
    assert ids[0] == ids[1]
    other = consulting.comment_as_guest(guest.id, values=CommentInput(text="No."), now=NOW)
    assert other != ids[0]
    assert len(consultations.consultations_of(scene.group.id)[0].comments) == 2
    assert row


def test_guest_and_member_write_on_their_pages(scene: Scene, client: FlaskClient, be: Be) -> None:
    begin(scene)
    publish()
    today = datetime.now(UTC)
    window = WindowInput(opens_on=today.date(), closes_on=today.date() + timedelta(days=2))
    consulting.open_window(values=window, **put(now=today))
    guest = consulting.invite(values=GuestInput(name="Budapest", country_code="HU"), **put())
    own = f"/consultations/{links.token(guest)}"
    be("german")
    for page in (own, f"{BASE}/plan/consultation"):
        assert send(client, page, {"chapter": "", "text": ""}).status_code == 422
        assert send(client, page, {"chapter": "", "text": "Said <b>so</b>"}).status_code == 303
        assert "Said &lt;b&gt;so&lt;/b&gt;" in client.get(page).text
    rows = consultations.consultations_of(scene.group.id)[0].comments
    assert [(one.name, one.country_code) for one in rows] == [("Budapest", "HU"), ("Ada Esempio", "DE")]


def test_comments_are_taken_only_while_the_window_is_open(asked: Scene) -> None:
    for when in (NOW - timedelta(days=1), NOW + timedelta(days=10)):
        with pytest.raises(errors.ConsultationOver):
            _comment(asked, "german", now=when)
    consulting.close(**put())
    with pytest.raises(errors.ConsultationOver):
        _comment(asked, "german")


def test_strangers_and_exchange_coordinators_of_others_do_not_answer(asked: Scene) -> None:
    for name in ("stranger", "lead"):
        with pytest.raises(errors.MayNotAnswer):
            _comment(asked, name)


def test_a_comment_is_about_a_chapter_of_that_version(asked: Scene) -> None:
    values = CommentInput(chapter="elsewhere", text="Said")
    with pytest.raises(errors.UnknownChoice):
        consulting.comment(values=values, **put(actor=asked.actor("german")))


def test_asking_needs_a_version_and_a_plan_that_is_written(scene: Scene) -> None:
    begin(scene)
    with pytest.raises(errors.NothingPublished):
        ask()
    publish()
    ask()
    with pytest.raises(errors.StepNotPossible):
        ask()


# actions


def test_b23_a_forum_note_becomes_an_action_in_two_clicks(scene: Scene, client: FlaskClient, be: Be) -> None:
    event, note = make_cafe_note(scene.group, scene.coordinator, "A shared list of test kitchens")
    be("coordinator")
    page = client.get(f"{BASE}/notes").text
    first = f"{BASE}/actions/new?note=cafe_note-{note}"
    assert first in page
    form = client.get(first).text  # the first click
    filled = hidden_values(form) | {
        "source": f"cafe_note-{note}",
        "title_en": "A shared list of test kitchens",
        "owner": str(scene.coordinator.id),
        "due": (NOW + timedelta(days=90)).date().isoformat(),
        "event": str(event.id),
        "note": "A shared list of test kitchens",
    }
    for name, value in filled.items():
        assert name == "due" or value in form
    assert client.post(f"{BASE}/actions/new", data=filled).status_code == 303  # the second
    client.post(f"{BASE}/actions/new", data=filled)  # once more by accident
    (row,) = actions.actions_of(scene.group.id)
    assert (row.event_id, row.note, row.owner_id) == (event.id, "A shared list of test kitchens", scene.coordinator.id)
    assert "An action already" in client.get(f"{BASE}/notes").text


def test_b23_the_harvest_leads_there_whoever_writes_the_plan(scene: Scene, client: FlaskClient, be: Be) -> None:
    event, note = make_cafe_note(scene.group, scene.coordinator, "Kitchens")
    item_id = db.session.scalars(select(Cafe.item_id)).one()
    be("coordinator")
    page = client.get(f"/manage/events/{event.slug}/forum/cafe/{item_id}/harvest").text
    assert f"{BASE}/actions/new?note=cafe_note-{note}" in page


def test_a_note_of_another_group_makes_no_action(scene: Scene) -> None:
    other = network.add_group(
        scene.project.id, GroupInput(slug="ict", name=Texts(en="ICT"), sector_ids=(), position=2), actor=SYSTEM
    )
    _event, note = make_cafe_note(other, scene.coordinator, "Kitchens")
    with pytest.raises(errors.FindingNotFound):
        act(scene.coordinator, source=f"cafe_note-{note}")


def test_the_owner_is_told_once_that_an_action_is_overdue(scene: Scene) -> None:
    action = act(scene.german, days=-1)
    act(scene.slovak, days=0)
    assert [acting.tell_overdue(now=NOW), acting.tell_overdue(now=NOW)] == [1, 0]
    told = db.session.scalars(select(Message)).all()
    assert [(one.name, one.recipient) for one in told] == [("action_overdue", "german@filo.example")]
    values = ActionInput(title=Texts(en="A"), owner_id=scene.german.id, due=NOW.date() - timedelta(days=3))
    acting.change(action, values=values, **put())
    assert acting.tell_overdue(now=NOW) == 1


def test_a_mail_that_is_no_longer_true_is_not_sent(scene: Scene) -> None:
    action = act(scene.german, days=-400)
    letter = overdue({"action_id": action}, "en")
    assert letter
    assert letter.values["organisation"] == "Stuttgart"
    acting.move(action, step="finish", **put())
    assert overdue({"action_id": action}, "en") is None


def test_the_owner_says_where_its_action_stands_and_nobody_elses(scene: Scene, client: FlaskClient, be: Be) -> None:
    action = act(scene.slovak)
    with pytest.raises(errors.MayNotMoveAction):
        acting.move(action, step="start", **put(actor=scene.actor("german")))
    acting.move(action, step="start", **put(actor=scene.actor("slovak")))
    assert actions.action(scene.group.id, action).state is ActionState.UNDER_WAY
    with pytest.raises(errors.StepNotPossible):
        acting.move(action, step="start", **put())
    be("slovak")
    for step, status in (("start", 409), ("finish", 303), ("unheard-of", 409)):
        assert send(client, BASE, {"step": step}, to=f"{BASE}/actions/{action}/state").status_code == status


# the meta-district


def test_b17_by_2012_two_of_four_milestones(scene: Scene, client: FlaskClient) -> None:
    begin(scene)
    publish()
    ask()
    _comment(scene, "german")
    form_district(scene.coordinator, scene.german, year=2012)
    for page in (BASE, f"{BASE}/meta-district"):
        text = client.get(page).text
        assert "By 2012: 2 of 4 milestones" in text
        assert "The strategic plan is adopted" in text
        assert "All fundamental actions are done" in text


def test_b08_a_page_for_each_meta_district_with_its_state(scene: Scene, client: FlaskClient) -> None:
    assert "No meta-district is forming yet." in client.get(f"{BASE}/meta-district").text
    form_district(scene.coordinator, scene.german)
    assert "Forming" in client.get(f"{BASE}/meta-district").text
    begin(scene)
    publish()
    adopt(scene.coordinator)
    assert "Plan agreed" in client.get(f"{BASE}/meta-district").text


def test_b24_closing_the_last_action_proposes_established(asked: Scene, client: FlaskClient, be: Be) -> None:
    _comment(asked, "german")
    form_district(asked.coordinator, asked.german)
    adopt(asked.coordinator)
    first, last = act(asked.german), act(asked.slovak)
    question = "Is the meta-district established?"
    be("coordinator")
    acting.move(first, step="finish", **put())
    assert question not in client.get(BASE).text
    with pytest.raises(errors.MilestonesMissing):
        districts.move(step="establish", **put())
    acting.move(last, step="finish", **put())
    assert question in client.get(BASE).text
    assert question in client.get(f"{BASE}/meta-district").text
    assert send(client, BASE, {"step": "establish"}, to=f"{BASE}/meta-district/state").status_code == 303
    found = groups.find_district(asked.group.id)
    assert found
    assert found.state is DistrictState.ESTABLISHED
    assert question not in client.get(BASE).text


def test_a_district_of_a_group_whose_plan_holds_is_agreed_at_once(scene: Scene) -> None:
    begin(scene)
    publish()
    adopt(scene.coordinator)
    form_district(scene.coordinator, scene.german)
    found = groups.find_district(scene.group.id)
    assert found
    assert found.state is DistrictState.PLAN_AGREED
    districts.move(step="rest", **put())
    districts.move(step="wake", **put())
    assert found.state is DistrictState.PLAN_AGREED


def test_a_district_needs_a_name_and_a_year(scene: Scene, client: FlaskClient, be: Be) -> None:
    be("coordinator")
    answer = send(client, f"{BASE}/meta-district/edit", {"target_year": "12", "name_en": ""})
    assert answer.status_code == 422
    assert "Give a year from 2000 to 2100." in answer.text
    values = {"target_year": "2012", "name_en": "Food", "members": [str(scene.german.id)]}
    assert send(client, f"{BASE}/meta-district/edit", values).status_code == 303  # type: ignore[arg-type]


# the workspace and the overview


def test_b10_members_by_country_and_type_and_the_inside_for_members(scene: Scene) -> None:
    documents.add(values=DocumentInput(title="Minutes", url="https://files.example/m"), **put())
    group = groups.groups_of_projects([scene.project.id])[0]
    outside = workspace(group, scene.actor("stranger"), NOW)
    inside = workspace(group, scene.actor("slovak"), NOW)
    assert [one.name for one in inside.by_country] == ["Germany", "Italy", "Slovakia"]
    assert inside.by_type == [("Cluster organisation", 4)]
    assert [one.title for one in inside.documents] == ["Minutes"]
    assert (outside.documents, outside.waits, outside.inside) == ([], [], False)


def test_b10_what_waits_is_said_to_whom_it_concerns(asked: Scene) -> None:
    act(asked.slovak)
    group = groups.groups_of_projects([asked.project.id])[0]
    words = [words for words, _url in workspace(group, asked.actor("slovak"), NOW).waits]
    assert words == ["Version 1 is in consultation: read it and comment", "1 action is yours to do"]


def test_b15_a_group_shows_its_events_alone_and_a_calendar_of_them(scene: Scene, client: FlaskClient) -> None:
    event = make_event("Forum in Lodi", starts_at=NOW.replace(year=2090), groups=[scene.group])
    make_event("Elsewhere", starts_at=NOW.replace(year=2090))
    page = client.get(BASE).text
    assert event.title["en"] in page
    assert "Elsewhere" not in page
    assert f"groups/{SLUG}" in page


def test_b25_the_exchange_coordinator_sees_all_groups_and_others_do_not(
    scene: Scene, client: FlaskClient, be: Be
) -> None:
    network.add_group(
        scene.project.id, GroupInput(slug="ict", name=Texts(en="ICT"), sector_ids=(), position=2), actor=SYSTEM
    )
    be("coordinator")
    page = client.get("/manage/groups").text
    assert "Agri-food" in page
    assert "ICT" in page
    assert client.get("/groups/ict/plan/draft").status_code == 200
    assert client.get("/groups/ict/plan/draft/publication").status_code == 403
    assert client.get(f"/manage/projects/{scene.project.slug}/messages/new").status_code == 200
    for name in ("german", "stranger"):
        be(name)
        for path in ("/manage/groups", f"/manage/projects/{scene.project.slug}/messages/new"):
            assert client.get(path).status_code == 403


def test_b25_a_country_without_a_member_is_seen(scene: Scene) -> None:
    (column,) = overview(groups.groups_of_projects([scene.project.id]), NOW).columns
    assert column.missing_countries == ["Hungary"]


def test_side_by_side_five_groups_cost_what_one_costs(scene: Scene) -> None:
    def cost() -> int:
        with counted_queries() as found:
            overview(groups.groups_of_projects([scene.project.id]), NOW)
        return len(found)

    _full(scene)
    before = cost()
    for position, slug in enumerate(("ict", "tourism", "energy", "life")):
        group = network.add_group(
            scene.project.id,
            GroupInput(slug=slug, name=Texts(en=slug), sector_ids=(), position=position + 2),
            actor=SYSTEM,
        )
        network.give_group_role(group.id, scene.german.id, GroupRole.MEMBER, actor=SYSTEM, now=NOW)
        drafting.begin(**put(group_slug=slug))
    db.session.expire_all()
    assert cost() <= before + 1


def _full(scene: Scene) -> None:
    begin(scene)
    publish()
    ask()
    _comment(scene, "german")
    act(scene.german)
    form_district(scene.coordinator, scene.german)
    db.session.expire_all()


def test_a_document_is_an_address_on_the_web(scene: Scene, client: FlaskClient, be: Be) -> None:
    be("support")
    answer = send(client, f"{BASE}/documents", {"title": "Minutes", "url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "This is no address on the web." in answer.text
    assert send(client, f"{BASE}/documents", {"title": "Minutes", "url": "https://f.example/m"}).status_code == 303
    assert "Minutes" not in client.application.test_client().get(BASE).text


def test_a_file_of_the_group_is_read_by_members_and_found_once_it_is_public(
    scene: Scene, client: FlaskClient, be: Be
) -> None:
    be("support")
    page, content = f"{BASE}/documents", papers.pdf("The anemometer decides")
    assert send(client, page, {"title": "Nothing"}).status_code == 422
    assert _upload(client, b"MZ\x90", "kick-off.exe").status_code == 422
    assert _upload(client, content, "kick-off.pdf").status_code == 303
    (row,) = groups.documents_of(scene.group.id)
    path = f"{page}/{row.id}/kick-off.pdf"
    assert (row.title, client.get(path).data) == ("kick-off", content)
    stranger = client.application.test_client()
    assert [stranger.get(path).status_code, client.get(f"{page}/{row.id}/other.pdf").status_code] == [404, 404]
    assert "kick-off.pdf" not in stranger.get("/search?q=kick-off").text
    assert _upload(client, content, "public.pdf", is_public="y").status_code == 303
    assert read_what_waits() == 1
    assert "public.pdf" in stranger.get("/search?q=anemometer").text
    shown = next(one for one in groups.documents_of(scene.group.id) if one.is_public)
    assert stranger.get(f"{page}/{shown.id}/public.pdf").data == content


def _upload(client: FlaskClient, content: bytes, name: str, **more: str) -> TestResponse:
    hidden = hidden_values(client.get(f"{BASE}/documents").text)
    return client.post(f"{BASE}/documents", data={**hidden, **more, "files": (io.BytesIO(content), name)})
