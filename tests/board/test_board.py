"""Offers and requests through their verbs, pages and mails."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.board import links, services
from app.board.errors import AlreadySent, MayNotChange, MayNotPost, PostClosed, TooManyPosts
from app.board.inputs import PostInput
from app.board.models import BoardContact, BoardPost, BoardReply
from app.board.rules import PostKind
from app.kernel.date_words import day_words
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.composing import composer_of
from app.mail.envelope import build
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import Actor
from app.network.models import Organisation, Sector
from tests.approving import check_approved
from tests.builders import make_manager, make_organisation
from tests.forms import send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in, sign_in_manager

NOW = datetime.now(UTC)
TODAY = NOW.date()
LINK = re.compile(r"(?<=/board/posts/)\S+")


def wanted(organisation: Organisation, **changes: object) -> PostInput:
    values: dict[str, object] = {
        "kind": PostKind.REQUEST,
        "title": "Kitchen for trials",
        "text": "We look for a kitchen.",
        "language": "en",
        "organisation_id": organisation.id,
        "expires_on": TODAY + timedelta(days=30),
    }
    return PostInput(**values | changes)  # type: ignore[arg-type]


@pytest.fixture
def park(database: Session) -> Organisation:
    return make_organisation("Parco")


@pytest.fixture
def poster(park: Organisation) -> Actor:
    return make_manager(park, "poster@filo.example")


@pytest.fixture
def agency(database: Session) -> Organisation:
    return make_organisation("Agencja", country="PL")


@pytest.fixture
def answerer(agency: Organisation) -> Actor:
    """A member, who manages nothing."""
    return replace(make_manager(agency, "jan@filo.example"), managed_ids=frozenset())


@pytest.fixture
def post(park: Organisation, poster: Actor) -> BoardPost:
    return services.add(values=wanted(park), actor=poster, locale="en", now=NOW)


def mails(database: Session, name: str) -> list[Message]:
    return list(database.scalars(select(Message).where(Message.name == name)))


def test_b10_a_request_in_agri_food_is_answered_from_poland_and_the_thread_is_kept(
    client: FlaskClient, database: Session, park: Organisation, agency: Organisation
) -> None:
    database.add(Sector(id="food", name=Texts(en="Food"), aliases=[], position=1))
    database.commit()
    sign_in_manager(client, park, "poster@filo.example")
    typed = {
        "kind": "request",
        "title": "Kitchen for trials",
        "text": "We look for a kitchen.",
        "language": "en",
        "organisation_id": str(park.id),
        "sector_id": "food",
        "expires_on": str(TODAY + timedelta(days=30)),
    }
    page = send(client, "/manage/board/new", typed).location
    sign_in_manager(client, agency, "jan@filo.example")
    where = f"/manage{page}/answer"
    assert send(client, where, {"organisation_id": str(agency.id), "text": "Mamy kuchnię <b>"}).location == page
    with client.session_transaction() as session:
        session.clear()
    shown = client.get(page).text
    assert "Agencja" in shown
    assert "Mamy kuchnię &lt;b&gt;" in shown
    assert "Kitchen for trials" in client.get("/sectors/food").text
    for query in ("sector=food", "kind=request", "country=IT", "q=kitch"):
        assert "Kitchen for trials" in client.get(f"/board?{query}").text, query
    for query in ("kind=offer", "country=PL", "q=zebra", "past=1", "kind=nonsense"):
        assert "Kitchen for trials" not in client.get(f"/board?{query}").text, query
    post = database.scalars(select(BoardPost)).one()
    services.close(slug=post.slug, actor=Actor(is_administrator=True), now=NOW)
    assert "Mamy kuchnię" in client.get(page).text
    assert "Kitchen for trials" not in client.get("/board").text
    assert "Kitchen for trials" in client.get("/board?past=1").text


def test_nobody_s_address_stands_on_a_page(client: FlaskClient, post: BoardPost, answerer: Actor) -> None:
    services.send_message(slug=post.slug, text="May we talk?", actor=answerer, now=NOW)
    assert answerer.account_id
    sign_in(client, answerer.account_id)
    pages = ("/board", f"/board/{post.slug}", f"/manage/board/{post.slug}/message")
    assert all("poster@filo.example" not in client.get(page).text for page in pages)


def test_a_message_goes_through_the_house_and_its_answer_to_who_wrote(
    app: Flask, database: Session, post: BoardPost, answerer: Actor
) -> None:
    services.send_message(slug=post.slug, text="May we talk?\nBcc: all@x.example", actor=answerer, now=NOW)
    (mail,) = mails(database, services.MESSAGE)
    assert mail.recipient == "poster@filo.example"
    assert "jan@filo.example" not in str(mail.context)
    letter = composer_of(services.MESSAGE)(mail.context, "en")
    assert letter
    assert letter.headers == {"Reply-To": "jan@filo.example"}
    for locale in LANGUAGE_NAMES:
        check(mail, locale)
    with pytest.raises(AlreadySent):
        services.send_message(slug=post.slug, text="May we talk?\nBcc: all@x.example", actor=answerer, now=NOW)
    services.forget_due(now=NOW + timedelta(days=31))
    assert database.scalars(select(BoardContact)).all() == []
    assert composer_of(services.MESSAGE)(mail.context, "en") is None


def test_a_message_is_words_and_nothing_else(app: Flask, database: Session, park: Organisation, poster: Actor) -> None:
    """Neither a title nor a message becomes a head of the mail, an element, or words of the house."""
    values = wanted(park, title="Kitchen <b> & more", text="<script>")
    post = services.add(values=values, actor=poster, locale="en", now=NOW)
    hostile = "<a href='https://x.example'>Sign in</a>\n-- \nFilò, the event manager\n\nReply-To: all@x.example"
    services.send_message(slug=post.slug, text=hostile, actor=replace(poster, name="Eva\nBcc: x"), now=NOW)
    (mail,) = mails(database, services.MESSAGE)
    worded = _word(mail, "http://filo.example")
    assert worded
    assert "<a href='https://x" not in worded.html
    assert "\n> -- \n> Filò, the event manager" in worded.text
    built = build(
        worded, sender="f@filo.example", recipient="p@x.example", message_id="m@x", language="en", queued_at=NOW
    )
    assert (built["Reply-To"], built["Bcc"]) == ("poster@filo.example", None)


def test_who_posted_is_told_of_an_answer(app: Flask, database: Session, post: BoardPost, answerer: Actor) -> None:
    (of,) = answerer.organisation_ids
    for _ in range(2):
        services.reply(slug=post.slug, organisation_id=of, text="We have one.", actor=answerer, now=NOW)
    assert len(database.scalars(select(BoardReply)).all()) == 1
    (mail,) = mails(database, services.ANSWERED)
    for locale in LANGUAGE_NAMES:
        check(mail, locale)


def test_who_answered_before_is_told_of_the_next_answer(
    database: Session, post: BoardPost, poster: Actor, answerer: Actor, park: Organisation
) -> None:
    (of,) = answerer.organisation_ids
    services.reply(slug=post.slug, organisation_id=of, text="We have one.", actor=answerer, now=NOW)
    for _twice in range(2):
        services.reply(slug=post.slug, organisation_id=park.id, text="On Mondays?", actor=poster, now=NOW)
    told = [(mail.recipient, mail.context.get("takes_part", False)) for mail in mails(database, services.ANSWERED)]
    assert told == [("poster@filo.example", False), ("jan@filo.example", True)]
    again = mails(database, services.ANSWERED)[1]
    worded = _word(again, "http://filo.example")
    assert worded
    assert "because you answered in this thread" in worded.text


def test_a_post_is_asked_about_once_before_it_ends_and_renewed_by_the_mailed_link(
    app: Flask, client: FlaskClient, database: Session, park: Organisation, poster: Actor
) -> None:
    values = wanted(park, expires_on=TODAY + timedelta(days=5))
    post = services.add(values=values, actor=poster, locale="en", now=NOW)
    for _ in range(2):
        services.remind_due(now=NOW)
    (mail,) = mails(database, services.REMINDER)
    for locale in LANGUAGE_NAMES:
        check(mail, locale)
    path = f"/board/posts/{links.token(post)}"
    assert client.get(path[:-1] + "x").status_code == 404
    send(client, path, {"answer": "close"})
    assert "This is closed" in client.get(f"/board/{post.slug}").text
    send(client, path, {"answer": "renew"})
    database.refresh(post)
    assert (post.closed_at, post.expires_on) == (None, TODAY + timedelta(days=90))
    assert composer_of(services.REMINDER)(mail.context, "en") is None


def test_an_expired_post_says_so_and_takes_no_answer(
    client: FlaskClient, database: Session, post: BoardPost, answerer: Actor
) -> None:
    post.expires_on = TODAY - timedelta(days=1)
    database.commit()
    assert "This has expired" in client.get(f"/board/{post.slug}").text
    (of,) = answerer.organisation_ids
    with pytest.raises(PostClosed):
        services.reply(slug=post.slug, organisation_id=of, text="Late", actor=answerer, now=NOW)
    assert answerer.account_id
    sign_in(client, answerer.account_id)
    where = f"/manage/board/{post.slug}/message"
    late = send(client, where, {"text": "Late", "agreed": "y"})
    assert late.status_code == 409
    assert "Late" in late.text
    assert send(client, where, {"text": "Late"}).status_code == 422


def test_only_members_post_and_only_in_their_own_name(
    park: Organisation, post: BoardPost, answerer: Actor, poster: Actor
) -> None:
    for actor in (answerer, Actor(account_id=7)):
        with pytest.raises(MayNotPost):
            services.add(values=wanted(park), actor=actor, locale="en", now=NOW)
        with pytest.raises(MayNotPost):
            services.reply(slug=post.slug, organisation_id=park.id, text="Hi", actor=actor, now=NOW)
        with pytest.raises(MayNotChange):
            services.close(slug=post.slug, actor=actor, now=NOW)
    with pytest.raises(MayNotPost):
        services.send_message(slug=post.slug, text="Hi", actor=Actor(account_id=7), now=NOW)
    services.close(slug=post.slug, actor=poster, now=NOW)


def test_a_flood_is_stopped(
    database: Session, park: Organisation, post: BoardPost, poster: Actor, answerer: Actor
) -> None:
    for number in range(10):
        services.send_message(slug=post.slug, text=f"Number {number}", actor=answerer, now=NOW)
    with pytest.raises(TooManyPosts):
        services.send_message(slug=post.slug, text="One more", actor=answerer, now=NOW)
    for number in range(9):
        services.add(values=wanted(park, title=f"Number {number}"), actor=poster, locale="en", now=NOW)
    with pytest.raises(TooManyPosts):
        services.add(values=wanted(park, title="One more"), actor=poster, locale="en", now=NOW)
    services.add(values=wanted(park), actor=poster, locale="en", now=NOW + timedelta(days=1, minutes=1))


def test_the_board_costs_the_same_for_three_posts_as_for_one(
    client: FlaskClient, database: Session, park: Organisation, poster: Actor, answerer: Actor
) -> None:
    costs = []
    for number in range(3):
        post = services.add(values=wanted(park, title=f"Post {number}"), actor=poster, locale="en", now=NOW)
        (of,) = answerer.organisation_ids
        services.reply(slug=post.slug, organisation_id=of, text="Yes", actor=answerer, now=NOW)
        database.expire_all()
        with counted_queries() as statements:
            client.get("/board")
        costs.append(len(statements))
    assert costs[0] == costs[-1]


def check(mail: Message, locale: str) -> None:
    """Days and links are of the moment."""
    worded = _word(Message(name=mail.name, locale=locale, context=mail.context), "http://filo.example")
    assert worded
    with force_locale(locale):
        text = worded.text.replace(day_words(TODAY + timedelta(days=5)), "…")
    check_approved(f"mails/{mail.name}.{locale}", f"Subject: {worded.subject}\n\n{LINK.sub('…', text)}")
