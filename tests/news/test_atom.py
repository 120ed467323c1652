"""News as readers of feeds get them: well-formed by RFC 4287, stable, and only what the public may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from app.events import queries, services
from app.events.rules import Audience
from app.kernel import clock
from app.kernel.db import db
from app.kernel.texts import Texts
from app.network.actors import Actor
from app.news.models import NewsItem
from tests.builders import make_event, make_manager, make_organisation
from tests.query_counter import counted_queries

ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = clock.now().replace(microsecond=0)


@pytest.fixture
def actor(client: FlaskClient) -> Actor:
    return make_manager(make_organisation())


def draft(actor: Actor, **changes: object) -> int:
    sample = services.values_of(make_event(starts_at=TODAY + timedelta(days=30)))
    db.session.commit()
    (organiser_id,) = actor.managed_ids
    return services.create(values=replace(sample, **changes), organiser_id=organiser_id, actor=actor, now=TODAY)


def move(event_id: int, actor: Actor, now: datetime, **changes: object) -> None:
    event = queries.event(event_id)
    values = replace(services.values_of(event), **changes)
    services.edit(event_id, values=values, revision=event.revision, actor=actor, now=now)


def read(client: FlaskClient, address: str = "/news.atom") -> ET.Element:
    """The feed, after a look at what RFC 4287 asks of every feed."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    feed = ET.fromstring(answer.data)
    check(feed)
    return feed


def check(feed: ET.Element) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: what must be there, once; ids apart; stamps with a zone; links with rel."""
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert element.findtext(f"{ATOM}id", "").startswith("tag:filo.example,")
        for stamp in element.findall(f"{ATOM}updated") + element.findall(f"{ATOM}published"):
            moment = datetime.fromisoformat(stamp.text or "")
            assert moment.utcoffset() is not None
        assert all(link.get("rel") and "://" in link.get("href", "") for link in element.findall(f"{ATOM}link"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None  # so that no entry needs one
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    stamps = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert all(feed.findtext(f"{ATOM}updated", "") >= stamp for stamp in stamps)


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.findall(f"{ATOM}entry")]


def test_the_life_of_an_event_in_the_news(client: FlaskClient, actor: Actor) -> None:
    event_id = draft(actor)
    assert titles(read(client)) == []
    services.publish(event_id, actor=actor, now=TODAY - timedelta(hours=5))
    first = read(client)
    before = queries.event(event_id).starts_at
    move(
        event_id,
        actor,
        TODAY - timedelta(hours=4),
        starts_at=before + timedelta(days=1),
        ends_at=before + timedelta(days=1, hours=2),
    )
    move(event_id, actor, TODAY - timedelta(hours=3), summary=Texts(en="No news"))
    services.postpone(event_id, reason="Strike", actor=actor, now=TODAY - timedelta(hours=2))
    services.publish(event_id, actor=actor, now=TODAY - timedelta(hours=1))
    services.call_off(event_id, reason="Snow", actor=actor, now=TODAY)
    feed = read(client)
    assert titles(feed) == [
        "Called off: Workshop",
        "Takes place after all: Workshop",
        "Postponed: Workshop",
        "Date or place changed: Workshop",
        "New event: Workshop",
    ]
    entries = feed.findall(f"{ATOM}entry")
    assert "Snow" in entries[0].findtext(f"{ATOM}summary", "")
    assert "It was to be: " in entries[3].findtext(f"{ATOM}summary", "")
    assert "It was to be: " not in entries[0].findtext(f"{ATOM}summary", "")
    assert entries[4].findtext(f"{ATOM}id") == first.findtext(f"{ATOM}entry/{ATOM}id")
    assert entries[0].find(f"{ATOM}category").get("term") == "called_off"


@pytest.mark.parametrize("hides", [{"listed": False}, {"audience": Audience.INTERNAL}])
def test_what_is_on_no_list_is_no_news(client: FlaskClient, actor: Actor, hides: dict[str, object]) -> None:
    services.publish(draft(actor, **hides), actor=actor, now=TODAY)
    assert titles(read(client)) == []


def test_what_is_taken_back_is_no_longer_news(client: FlaskClient, actor: Actor) -> None:
    event_id = draft(actor)
    services.publish(event_id, actor=actor, now=TODAY)
    tag = client.get("/news.atom").headers["ETag"]
    services.take_back(event_id, actor=actor, now=TODAY)
    answer = client.get("/news.atom", headers={"If-None-Match": tag})
    assert (answer.status_code, b"<entry>" in answer.data) == (200, False)


def test_news_grow_old(client: FlaskClient, actor: Actor) -> None:
    services.publish(draft(actor), actor=actor, now=TODAY - timedelta(days=91))
    assert titles(read(client)) == []
    services.publish(draft(actor), actor=actor, now=TODAY - timedelta(days=89))
    assert titles(read(client)) == ["New event: Workshop"]


def test_the_language_is_the_address_s(client: FlaskClient, actor: Actor) -> None:
    services.publish(draft(actor, title=Texts(en="Workshop", it="Laboratorio")), actor=actor, now=TODAY)
    plain = client.get("/news.atom", headers={"Accept-Language": "it", "Cookie": "lang=it"})
    assert b'xml:lang="en"' in plain.data
    italian = read(client, "/news.atom?lang=it")
    assert "Laboratorio" in titles(italian)[0]
    assert italian.find(f"{ATOM}link").get("href") == "http://localhost/news.atom?lang=it"
    assert italian.findtext(f"{ATOM}entry/{ATOM}id") != read(client).findtext(f"{ATOM}entry/{ATOM}id")


def test_a_304_costs_one_query_and_more_news_no_more_queries(client: FlaskClient, actor: Actor) -> None:
    services.publish(draft(actor), actor=actor, now=TODAY)
    with counted_queries() as for_one:
        first = client.get("/news.atom")
    with counted_queries() as for_nothing:
        again = client.get("/news.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.last_modified
    assert "Set-Cookie" not in first.headers
    for _number in range(5):
        services.publish(draft(actor), actor=actor, now=TODAY)
    with counted_queries() as for_six:
        assert len(titles(read(client))) == 6
    assert len(for_nothing) == 1
    assert len(for_one) == len(for_six) <= 4


def test_hostile_words_stay_words(client: FlaskClient, actor: Actor) -> None:
    hostile = "</title><entry>&amp; ]]> \x00\x0b\ufffe“ò”"
    services.publish(draft(actor, title=Texts(en=hostile), summary=Texts(en=hostile)), actor=actor, now=TODAY)
    (title,) = titles(read(client))
    assert title == "New event: </title><entry>&amp; ]]> “ò”"


def test_news_of_an_event_go_with_it(client: FlaskClient, actor: Actor) -> None:
    services.publish(draft(actor), actor=actor, now=datetime(2026, 1, 1, tzinfo=UTC))
    (item,) = db.session.query(NewsItem).all()
    db.session.delete(queries.event(item.event_id))
    db.session.commit()
    db.session.expire_all()
    assert db.session.query(NewsItem).count() == 0
