"""Write-ups through their verbs and pages."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.files.intake import accept
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import SYSTEM, Actor
from app.network.models import Organisation, Project, ThematicGroup
from app.stories import links
from app.stories.errors import MayNotWrite, NotComplete
from app.stories.inputs import AuthorInput, PictureInput, StoryInput
from app.stories.models import Story, StoryAuthor, StoryConsent, StoryPicture
from app.stories.rules.writing import StoryState
from app.stories.services import authors, pictures, writing
from tests.builders import make_event, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager
from tests.web.world import PIXEL

NOW = datetime.now(UTC)
TITLE_A = "«“Smart Clusters” per una “smart specialisation”»"
TITLE_B = "C’è anche l’Ict nei meta-distretti europei"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def owner(database: Session) -> Organisation:
    return make_organisation("Hub")


def make_story(owner: Organisation, title: str = TITLE_A, *, published: bool = True, **changes: object) -> Story:
    values = StoryInput(
        **{
            "owner_id": owner.id,
            "language": "it",
            "title": Texts(it=title),
            "standfirst": Texts(it="Perché là, e com’è andata"),
            "body": Texts(it="## Chi c’era\n\nTutti.\n\n<script>x</script>"),
        }
        | changes  # type: ignore[arg-type]
    )
    row = writing.add(values=values, actor=SYSTEM, now=NOW)
    who = AuthorInput(organisation_id=owner.id, name="Ada Esempio", agreed=True)
    authors.add_author(story_id=row.id, values=who, actor=SYSTEM, now=NOW)
    if published:
        writing.publish(story_id=row.id, actor=SYSTEM, now=NOW)
    return row


def make_picture(story: Story, *, shows_people: bool = True) -> StoryPicture:
    return pictures.add_picture(
        story_id=story.id,
        accepted=accept(io.BytesIO(PIXEL), "all.png"),
        values=PictureInput(
            credit="Eva", caption=Texts(it="Tutti"), shows_people=shows_people, permission_by="All six, on paper"
        ),
        actor=SYSTEM,
        now=NOW,
    )


def test_a01_the_title_reads_the_same_on_page_in_feed_and_in_a_sheet(client: FlaskClient, owner: Organisation) -> None:
    make_story(owner)
    sign_in_manager(client, owner, "ada@filo.example")
    page = client.get("/stories?lang=it").text
    assert TITLE_A in page
    entry = ET.fromstring(client.get("/stories.atom?lang=it").data).find("a:entry", ATOM)
    assert entry is not None
    assert entry.findtext("a:title", namespaces=ATOM) == TITLE_A
    assert "<script>" not in (entry.findtext("a:content", namespaces=ATOM) or "")
    assert TITLE_A in client.get("/manage/stories.csv").data.decode("utf-8-sig").replace('""', '"')


def test_b01_a_group_lists_its_write_ups_and_accents_are_intact_in_feeds(
    client: FlaskClient, owner: Organisation, database: Session
) -> None:
    project = Project(slug="b", acronym="B", title=Texts(en="B"), objectives=Texts(), aliases=[])
    database.add(project)
    database.flush()
    groups = [
        ThematicGroup(slug=slug, name=Texts(en=slug), project_id=project.id, position=place, aliases=[])
        for place, slug in enumerate(("ict-x", "tourism-x"))
    ]
    database.add_all(groups)
    database.commit()
    make_story(owner, TITLE_B, group_ids=(groups[0].id,), project_id=project.id)
    assert "C’è anche l’Ict" in client.get("/groups/ict-x").text
    assert "C’è anche l’Ict" not in client.get("/groups/tourism-x").text
    assert "C’è anche l’Ict" in client.get("/projects/b").text
    assert "C’è anche l’Ict" in client.get("/stories?group=ict-x").text
    assert "C’è anche l’Ict".encode() in client.get("/stories.atom").data


def test_a32_an_author_takes_the_name_back_and_only_the_organisation_is_left(
    client: FlaskClient, owner: Organisation, database: Session
) -> None:
    story = make_story(owner)
    assert "Ada Esempio" in client.get(f"/stories/{story.slug}").text
    (author,) = database.scalars(select(StoryAuthor)).all()
    path = f"/stories/authors/{links.token(author)}"
    before = story.changed_at
    assert send(client, path, {"answer": "withdraw"}).status_code == 303
    database.refresh(story)
    assert story.changed_at > before  # readers of the feed take it in anew
    for page in (f"/stories/{story.slug}", "/stories", "/stories.atom", f"/organisations/{owner.slug}", path):
        assert "Ada Esempio" not in client.get(page).text, page
        assert "Hub" in client.get(page).text, page
    assert "Ada Esempio" not in client.get("/search?q=Esempio").text
    (kept,) = database.scalars(select(StoryConsent)).all()
    assert kept.withdrawn_at
    assert database.scalars(select(StoryAuthor)).one().name is None


def test_a_name_waits_until_its_owner_agrees(client: FlaskClient, owner: Organisation) -> None:
    story = make_story(owner)
    who = AuthorInput(organisation_id=owner.id, name="Bruno Segnaposto")
    author = authors.add_author(story_id=story.id, values=who, actor=SYSTEM, now=NOW)
    assert "Bruno" not in client.get(f"/stories/{story.slug}").text
    send(client, f"/stories/authors/{links.token(author)}", {"answer": "agree"})
    assert "Bruno Segnaposto" in client.get(f"/stories/{story.slug}").text


def test_a_picture_vanishes_at_once_and_the_log_keeps_what_was_agreed(
    client: FlaskClient, owner: Organisation, database: Session
) -> None:
    story = make_story(owner)
    row = make_picture(story)
    path = f"/stories/pictures/{row.public_id}"
    assert client.get(path).headers["Content-Type"].startswith("image/")
    assert path in client.get(f"/stories/{story.slug}").text
    pictures.remove_picture(story_id=story.id, picture_id=row.id, actor=SYSTEM, now=NOW + timedelta(days=1))
    assert client.get(path).status_code == 404
    assert path not in client.get(f"/stories/{story.slug}").text
    kept = database.scalars(select(StoryConsent).where(StoryConsent.ref == row.public_id)).one()
    assert (kept.scope, kept.given_at, kept.withdrawn_at) == ("All six, on paper", NOW, NOW + timedelta(days=1))


def test_a_draft_and_its_pictures_are_for_those_who_write_it(client: FlaskClient, owner: Organisation) -> None:
    story = make_story(owner, published=False)
    picture = make_picture(story)
    paths = [f"/stories/{story.slug}", f"/stories/{story.slug}/video", f"/stories/pictures/{picture.public_id}"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert TITLE_A not in client.get("/stories").text + client.get("/stories.atom").text
    sign_in_manager(client, owner, "ada@filo.example")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


def test_who_published_and_withdrew_is_kept(owner: Organisation) -> None:
    story, actor = make_story(owner, published=False), make_manager(owner, "eva@filo.example")
    writing.publish(story_id=story.id, actor=actor, now=NOW)
    writing.withdraw(story_id=story.id, actor=actor, now=NOW + timedelta(days=1))
    assert [(step.state, step.account_id) for step in story.steps] == [
        (StoryState.DRAFT, None),
        (StoryState.PUBLISHED, actor.account_id),
        (StoryState.WITHDRAWN, actor.account_id),
    ]


def test_nobody_writes_for_others_and_nothing_half_is_published(owner: Organisation) -> None:
    story = make_story(owner, published=False, body=Texts())
    stranger = Actor(account_id=7, managed_ids=frozenset({make_organisation("Other").id}))
    with pytest.raises(MayNotWrite):
        writing.publish(story_id=story.id, actor=stranger, now=NOW)
    with pytest.raises(NotComplete):
        writing.publish(story_id=story.id, actor=SYSTEM, now=NOW)


def test_the_event_shows_what_was_written_about_it(client: FlaskClient, owner: Organisation) -> None:
    event = make_event("Workshop")
    assert "Smart Clusters" not in client.get(f"/events/{event.slug}").text
    make_story(owner, event_id=event.id)
    assert "Smart Clusters" in client.get(f"/events/{event.slug}").text


def test_a_new_write_up_begins_with_its_event(client: FlaskClient, owner: Organisation) -> None:
    event = make_event("Workshop")
    sign_in_manager(client, owner, "ada@filo.example")
    form = client.get(f"/manage/stories/new?event={event.slug}").text
    assert f'<option selected value="{event.id}">Workshop' in form
    assert client.get("/manage/stories/new?event=%00x").status_code == 200


def test_b21_a_video_loads_nothing_before_a_click(client: FlaskClient, owner: Organisation) -> None:
    story = make_story(owner, video_url="https://youtu.be/dQw4w9WgXcQ")
    page, video = client.get(f"/stories/{story.slug}"), client.get(f"/stories/{story.slug}/video")
    assert "iframe" not in page.text
    assert "frame-src" not in page.headers["Content-Security-Policy"]
    assert 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in video.text
    assert video.headers["Content-Security-Policy"].endswith("frame-src https://www.youtube-nocookie.com")


def test_a_write_up_is_written_previewed_and_published_by_its_forms(client: FlaskClient, owner: Organisation) -> None:
    sign_in_manager(client, owner, "ada@filo.example")
    typed = {
        "language": "it",
        "owner_id": str(owner.id),
        "title_it": TITLE_B,
        "standfirst_it": "Sì",
        "body_it": "**Ecco**",
    }
    preview = send(client, "/manage/stories/new", typed | {"preview": "1"})
    assert "<strong>Ecco</strong>" in preview.text
    wrong = send(client, "/manage/stories/new", typed | {"title_it": "", "video_url": "ftp://x"})
    assert wrong.status_code == 422
    assert "Sì" in wrong.text
    saved = send(client, "/manage/stories/new", typed).location
    assert send(client, saved, {}, to=f"{saved}/publication").status_code == 409
    send(client, saved, {"organisation_id": str(owner.id)}, to=f"{saved}/authors")
    upload = {"file": (io.BytesIO(PIXEL), "a.png"), "caption": "Tutti", "credit": ""}
    assert send(client, saved, upload, to=f"{saved}/pictures").status_code == 422  # type: ignore[arg-type]
    upload = {"file": (io.BytesIO(PIXEL), "a.png"), "caption": "Tutti", "credit": "Eva"}
    assert send(client, saved, upload, to=f"{saved}/pictures").status_code == 303  # type: ignore[arg-type]
    assert send(client, saved, {}, to=f"{saved}/publication").status_code == 303
    assert "C’è anche l’Ict" in client.get("/stories").text


def test_a_new_write_up_that_is_sent_twice_is_one(client: FlaskClient, owner: Organisation) -> None:
    sign_in_manager(client, owner, "ada@filo.example")
    page = "/manage/stories/new"
    form = hidden_values(client.get(page).text) | {"language": "en", "title_en": "Once", "owner_id": str(owner.id)}
    first, again = client.post(page, data=form), client.post(page, data=form)
    assert (first.status_code, first.location) == (303, again.location)
    assert len(db.session.scalars(select(Story)).all()) == 1


def test_two_who_write_at_once_both_keep_their_words(client: FlaskClient, owner: Organisation) -> None:
    sign_in_manager(client, owner, "ada@filo.example")
    story = make_story(owner)
    page = f"/manage/stories/{story.slug}"
    opened = hidden_values(client.get(page).text)
    form = {"language": "en", "title_en": "A title", "standfirst_en": "What it is about.", "owner_id": str(owner.id)}
    assert client.post(page, data=opened | form | {"body_en": "First words"}).status_code == 303
    second = client.post(page, data=opened | form | {"body_en": "Second words"})
    assert second.status_code == 409
    assert all(words in second.text for words in ("First words", "Second words", "Somebody else saved"))
    both = hidden_values(second.text) | form | {"body_en": "First and second words"}
    assert client.post(page, data=both).status_code == 303
    assert "First and second words" in client.get(f"/stories/{story.slug}").text


def test_an_unchanged_feed_is_not_sent_again(client: FlaskClient, owner: Organisation) -> None:
    story = make_story(owner)
    first = client.get("/stories.atom")
    assert client.get("/stories.atom", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    writing.withdraw(story_id=story.id, actor=SYSTEM, now=NOW)
    again = client.get("/stories.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert TITLE_A not in again.text


def test_a_list_costs_the_same_for_three_as_for_one(
    client: FlaskClient, owner: Organisation, database: Session
) -> None:
    costs = []
    for number in range(3):
        make_story(owner, f"Titolo {number}")
        database.expire_all()
        with counted_queries() as statements:
            client.get("/stories")
        costs.append(len(statements))
    assert costs[0] == costs[-1]


@pytest.mark.parametrize("tail", ["x", "", ".", "%C3%A9"])
def test_a_forged_author_s_link_opens_nothing(client: FlaskClient, owner: Organisation, tail: str) -> None:
    story = make_story(owner)
    token = links.token(story.authors[0]).partition(".")[0] + "." + tail
    assert client.get(f"/stories/authors/{token}").status_code == 404


def test_a_draft_is_deleted_and_what_was_read_only_withdrawn(client: FlaskClient, owner: Organisation) -> None:
    draft = make_story(owner, published=False)
    make_picture(draft)
    read = make_story(owner, TITLE_B)
    sign_in_manager(client, owner, "ada@filo.example")
    assert "Delete this draft" in client.get(f"/manage/stories/{draft.slug}").text
    assert "Delete this draft" not in client.get(f"/manage/stories/{read.slug}").text
    assert (
        send(client, f"/manage/stories/{read.slug}", {}, to=f"/manage/stories/{read.slug}/removal").status_code == 409
    )
    assert (
        send(client, f"/manage/stories/{draft.slug}", {}, to=f"/manage/stories/{draft.slug}/removal").status_code == 303
    )
    assert client.get(f"/manage/stories/{draft.slug}").status_code == 404
    assert db.session.scalars(select(StoryPicture)).all() == []
    assert [one.id for one in db.session.scalars(select(Story))] == [read.id]
