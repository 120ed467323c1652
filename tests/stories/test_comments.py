"""Comments without an account: said, held back, decided on, forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.composing import composer_of
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM, Actor
from app.network.models import Organisation
from app.practices.models import Practice
from app.stories.errors import CommentNotFound, CommentsClosed, TooManyComments
from app.stories.inputs import CommentInput
from app.stories.models import Comment
from app.stories.rules.commenting import CommentState, stamp
from app.stories.services import comments, writing
from app.stories.services.comments import Target
from tests.approving import check_approved
from tests.builders import make_organisation
from tests.forms import send
from tests.signing_in import sign_in_manager
from tests.stories.test_stories import make_story

NOW = datetime.now(UTC)
KEY = "key"


@pytest.fixture
def owner(database: Session) -> Organisation:
    return make_organisation("Hub")


def say(target: Target, text: str = "Well said.", *, client: str = "192.0.2.1", **changes: str) -> CommentState:
    page = stamp(KEY, str(target), NOW - timedelta(minutes=1))
    values = CommentInput(**{"name": "Uta", "text": text, "page_stamp": page} | changes)  # type: ignore[arg-type]
    return comments.say(target=target, values=values, client=client, key=KEY, now=NOW)


def make_practice(owner: Organisation, database: Session) -> Practice:
    words = {name: Texts(en="Practice") for name in ("title", "summary", "body")}
    row = Practice(
        **words,
        slug="practice-x",
        owner_id=owner.id,
        country_code="IT",
        is_published=True,
        created_at=NOW,
        changed_at=NOW,
    )
    database.add(row)
    database.commit()
    return row


def typed_in_time(client: FlaskClient, target: Target, **typed: str) -> dict[str, str]:
    """What a browser sends whose page was opened a minute ago."""
    key = client.application.config["FILO"].secret_key
    return {"name": "Uta", "text": "Hi", "page_stamp": stamp(key, str(target), NOW - timedelta(minutes=1))} | typed


def test_b28_a_guest_comments_a_moderator_approves_and_a_script_shows_as_text(
    client: FlaskClient, owner: Organisation, database: Session
) -> None:
    story = make_story(owner)
    page, hostile = f"/stories/{story.slug}", "<script>alert(1)</script>"
    sent = typed_in_time(client, Target(story_id=story.id), text=hostile, email="uta@x.example")
    answer = send(client, page, sent, to=f"{page}/comments")
    assert (answer.status_code, answer.location) == (303, f"{page}#comments")
    assert "alert(1)" not in client.get(page).text
    (row,) = database.scalars(select(Comment)).all()
    assert row.state is CommentState.PENDING
    sign_in_manager(client, owner, "ada@filo.example")
    waiting = client.get("/manage/comments").text
    assert "&lt;script&gt;alert(1)" in waiting
    assert "uta@x.example" not in waiting
    assert "1 comment waits for your decision." in client.get("/manage").text
    send(client, "/manage/comments", {"state": "approved"}, to=f"/manage/comments/{row.id}/decision")
    shown = client.get(page).text
    assert "&lt;script&gt;alert(1)" in shown
    assert hostile not in shown
    assert "uta@x.example" not in shown


def test_b28_a_practice_takes_comments_too(client: FlaskClient, owner: Organisation, database: Session) -> None:
    practice = make_practice(owner, database)
    page, target = "/practices/practice-x", Target(practice_id=practice.id)
    send(client, page, typed_in_time(client, target, text="We did this as well"), to=f"{page}/comments")
    assert "We did this" not in client.get(page).text
    (row,) = database.scalars(select(Comment)).all()
    comments.decide(comment_id=row.id, state=CommentState.APPROVED, actor=SYSTEM, now=NOW)
    assert "We did this as well" in client.get(page).text


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    client: FlaskClient, owner: Organisation
) -> None:
    page = f"/stories/{make_story(owner).slug}"
    answer = send(client, page, {"name": "", "text": "All I wrote", "email": "no address"}, to=f"{page}/comments")
    assert answer.status_code == 422
    assert "All I wrote" in answer.text
    assert answer.text.count('aria-invalid="true"') == 2


def test_a_program_that_fills_every_field_sees_no_difference(
    client: FlaskClient, owner: Organisation, database: Session
) -> None:
    story = make_story(owner)
    page = f"/stories/{story.slug}"
    sent = typed_in_time(client, Target(story_id=story.id), website="https://x.example", email="uta@x.example")
    assert send(client, page, sent, to=f"{page}/comments").status_code == 303
    (row,) = database.scalars(select(Comment)).all()
    assert (row.state, row.email) == (CommentState.SPAM, None)


def test_the_same_said_twice_is_one_comment(owner: Organisation, database: Session) -> None:
    target = Target(story_id=make_story(owner).id)
    assert say(target) is say(target) is CommentState.PENDING
    assert len(database.scalars(select(Comment)).all()) == 1


def test_two_people_may_say_the_same(owner: Organisation, database: Session) -> None:
    target = Target(story_id=make_story(owner).id)
    say(target, "Great!", name="Ada")
    say(target, "Great!", name="Eva")
    assert [one.name for one in database.scalars(select(Comment).order_by(Comment.id))] == ["Ada", "Eva"]


def test_one_client_says_five_things_an_hour(owner: Organisation) -> None:
    target = Target(story_id=make_story(owner).id)
    for number in range(5):
        say(target, f"Number {number}")
    with pytest.raises(TooManyComments):
        say(target, "Number 6")
    assert say(target, "Somebody else", client="192.0.2.2") is CommentState.PENDING


def test_the_page_says_when_it_is_too_much_and_keeps_the_words(client: FlaskClient, owner: Organisation) -> None:
    story = make_story(owner)
    page, target = f"/stories/{story.slug}", Target(story_id=story.id)
    answers = [
        send(client, page, typed_in_time(client, target, text=f"Number {number}"), to=f"{page}/comments")
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert "Number 5" in answers[-1].text


def test_where_comments_are_closed_nobody_comments(owner: Organisation) -> None:
    closed = make_story(owner, takes_comments=False)
    withdrawn = make_story(owner, "Altro")
    writing.withdraw(story_id=withdrawn.id, actor=SYSTEM, now=NOW)
    for story in (closed, withdrawn):
        with pytest.raises(CommentsClosed):
            say(Target(story_id=story.id))


def test_only_who_writes_decides(owner: Organisation, database: Session) -> None:
    say(Target(story_id=make_story(owner).id))
    (row,) = database.scalars(select(Comment)).all()
    stranger = Actor(account_id=7, managed_ids=frozenset({make_organisation("Other").id}))
    with pytest.raises(CommentNotFound):
        comments.decide(comment_id=row.id, state=CommentState.APPROVED, actor=stranger, now=NOW)
    assert row.state is CommentState.PENDING


def test_whoever_left_an_address_is_told_once_that_the_comment_is_shown(
    app: Flask, owner: Organisation, database: Session
) -> None:
    say(Target(story_id=make_story(owner).id), email="uta@x.example", locale="de")
    (row,) = database.scalars(select(Comment)).all()
    comments.decide(comment_id=row.id, state=CommentState.APPROVED, actor=SYSTEM, now=NOW)
    (mail,) = database.scalars(select(Message)).all()
    assert (mail.recipient, mail.locale, mail.name) == ("uta@x.example", "de", comments.APPROVED)
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=mail.name, locale=locale, context=mail.context), "http://filo.example")
        assert worded
        check_approved(f"mails/{mail.name}.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")
    comments.decide(comment_id=row.id, state=CommentState.SPAM, actor=SYSTEM, now=NOW)
    database.refresh(mail)
    assert composer_of(mail.name)(mail.context, "de") is None
    assert "uta" not in mail.recipient + mail.recipient_key


def test_addresses_and_what_was_refused_are_erased_in_their_time(owner: Organisation, database: Session) -> None:
    target = Target(story_id=make_story(owner).id)
    for number, text in enumerate(("kept", "refused", "spam [url www. www.")):
        say(target, text, client=str(number), email="uta@x.example")
    refused = database.scalars(select(Comment).where(Comment.text == "refused")).one()
    comments.decide(comment_id=refused.id, state=CommentState.REJECTED, actor=SYSTEM, now=NOW)
    assert refused.email is None
    comments.forget_due(now=NOW + timedelta(days=3))
    database.expire_all()
    assert {row.client for row in database.scalars(select(Comment))} == {None}
    comments.forget_due(now=NOW + timedelta(days=91))
    database.expire_all()
    (left,) = database.scalars(select(Comment)).all()
    assert (left.text, left.email) == ("kept", None)
