"""Partners, observers and organisers comment on a need among themselves."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.needs import queries, services
from app.needs.errors import MayNotComment
from app.needs.models import Need
from app.network.actors import ANYBODY, SYSTEM, Actor
from app.network.rules import ProjectRole
from tests.builders import NOW, make_organisation
from tests.forms import send
from tests.needs.test_needs import HOSTILE, Workshop
from tests.network.scenes import make_project
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager


@pytest.fixture
def workshop(database: Session) -> Workshop:
    workshop = Workshop()
    workshop.event.project_id = make_project().id
    database.commit()
    return workshop


@pytest.fixture
def need(workshop: Workshop) -> Need:
    said = workshop.say("Shared test equipment")
    services.publish([said.public_id], event_slug=workshop.event.slug, is_public=True, actor=SYSTEM, now=NOW)
    return said


def in_project(need: Need, role: ProjectRole, number: int = 7) -> Actor:
    assert need.event
    assert need.event.project_id
    return Actor(account_id=number, name=f"Ada {role}", project_roles=frozenset({(need.event.project_id, role)}))


def remark(need: Need, actor: Actor, text: str = "Two of our members ask the same.", key: str = "a") -> None:
    services.comment(need.public_id, text=text, form_key=key, actor=actor, now=NOW)


@pytest.mark.parametrize("role", [ProjectRole.OBSERVER, ProjectRole.PARTNER, ProjectRole.LEAD_PARTNER])
def test_whom_a_need_concerns_comments_on_it_once(need: Need, role: ProjectRole) -> None:
    for _twice in range(2):
        remark(need, in_project(need, role))
    (comment,) = queries.comments_on(need.id)
    assert comment.by == f"Ada {role}"


def test_who_has_no_part_neither_writes_nor_reads(client: FlaskClient, need: Need) -> None:
    for stranger in (ANYBODY, Actor(account_id=9, project_roles=frozenset({(99, ProjectRole.OBSERVER)}))):
        with pytest.raises(MayNotComment):
            remark(need, stranger)
    remark(need, in_project(need, ProjectRole.OBSERVER), text="Confidential so far")
    assert "Confidential so far" not in client.get(f"/needs/{need.public_id}").text
    sign_in_manager(client, make_organisation("Stranger"), "eva@stranger.example")
    assert "Confidential so far" not in client.get(f"/needs/{need.public_id}").text


def test_a_comment_goes_with_its_writer_or_the_organiser_only(need: Need) -> None:
    observer = in_project(need, ProjectRole.OBSERVER)
    remark(need, observer)
    (comment,) = queries.comments_on(need.id)
    partner = in_project(need, ProjectRole.PARTNER, number=8)
    with pytest.raises(MayNotComment):
        services.remove_comment(need.public_id, comment.id, actor=partner, now=NOW)
    services.remove_comment(need.public_id, comment.id, actor=observer, now=NOW)
    assert queries.comments_on(need.id) == []


def test_the_page_takes_comments_as_text_and_keeps_what_was_typed(
    client: FlaskClient, workshop: Workshop, need: Need
) -> None:
    sign_in_manager(client, workshop.organiser, "ada@polo.example")
    page, to = f"/needs/{need.public_id}", f"/needs/{need.public_id}/comments"
    assert send(client, page, {"comment": " "}, to=to).status_code == 422
    long = send(client, page, {"comment": "x" * 2001}, to=to)
    assert long.status_code == 422
    assert "x" * 2001 in long.text
    assert send(client, page, {"comment": HOSTILE}, to=to).status_code == 303
    assert "&lt;script&gt;" in client.get(page).text


def test_more_comments_cost_no_more_queries(client: FlaskClient, workshop: Workshop, need: Need) -> None:
    sign_in_manager(client, workshop.organiser, "ada@polo.example")
    page = f"/needs/{need.public_id}"
    remark(need, SYSTEM)
    client.get(page)
    with counted_queries() as one:
        client.get(page)
    for key in "bc":
        remark(need, SYSTEM, key=key)
    with counted_queries() as three:
        client.get(page)
    assert len(three) == len(one)
