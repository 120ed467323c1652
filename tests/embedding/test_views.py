"""A calendar in a frame on a partner's site."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.embedding.models import EmbeddingSite
from app.embedding.services import allow_sites
from app.events.models import Event
from app.events.rules import Kind, Status
from app.kernel.clock import now
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.network.models import Organisation
from tests.builders import make_organisation
from tests.embedding.test_rules import BAD
from tests.feeds.world import change, publish
from tests.forms import hidden_values, send
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

SITE = "https://www.cluster.example"
SOON = now() + timedelta(days=30)


@pytest.fixture
def hit(client: FlaskClient) -> Organisation:
    return make_organisation("HIT", slug="hit")


def coming(title: str, organiser: Organisation, days: int = 0, **changes: object) -> Event:
    starts = SOON + timedelta(days=days)
    given = {"starts_at": starts, "ends_at": starts + timedelta(hours=3), "organiser": organiser, **changes}
    (event,) = publish(title, **given)
    return event


def allow(*sites: str, slug: str = "hit") -> None:
    allow_sites(slug, typed=sites, actor=SYSTEM, now=now())


def titles(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<h3><a href="[^"]+" [^>]+>([^<]+)</a>', html)]


def test_only_the_sites_that_were_named_may_show_it(client: FlaskClient, hit: Organisation) -> None:
    allow(SITE, "https://partner.example")
    headers = client.get("/embed/organisations/hit/events").headers
    policy = headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors {SITE} https://partner.example")
    assert "script-src" not in policy
    assert "X-Frame-Options" not in headers


def test_before_any_is_named_nobody_may_and_the_page_says_how(client: FlaskClient, hit: Organisation) -> None:
    answer = client.get("/embed/organisations/hit/events")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert 'href="/manage/organisations/hit/embedding"' in answer.text
    allow(SITE)
    assert "/embedding" not in client.get("/embed/organisations/hit/events").text


def test_every_other_page_refuses_frames(client: FlaskClient, hit: Organisation) -> None:
    allow(SITE)
    event = coming("Workshop", hit)
    pages = ("/", f"/events/{event.slug}", "/organisations/hit", "/subscribe", "/calendars", "/sign-in", "/embed/x")
    for page in (*pages, "/embed/organisations/nobody/events", "/static/css/embed.css"):
        headers = client.get(page).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], page
        assert headers["X-Frame-Options"] == "DENY", page


def test_it_shows_the_events_of_its_organisation_or_what_is_asked_for(client: FlaskClient, hit: Organisation) -> None:
    other = make_organisation("Other", slug="other")
    coming("Visit", hit, 1, kind=Kind.STUDY_VISIT)
    coming("Workshop", hit, 2)
    coming("Elsewhere", other, 3)
    coming("Draft", hit, 4, status=Status.DRAFT)
    coming("Over", hit, -60)
    shown = {
        "": ["Visit", "Workshop"],
        "?kind=study_visit": ["Visit"],
        "?whose=all": ["Visit", "Workshop", "Elsewhere"],
        "?organisation=other": ["Visit", "Workshop"],
        "?whose=all&organisation=other": ["Elsewhere"],
        "?utm_source=x": ["Visit", "Workshop"],
    }
    for query, expected in shown.items():
        assert titles(client.get(f"/embed/organisations/hit/events{query}").text) == expected, query
    for query in ("?kind=party", "?sector=none", "?whose=all&organisation=nobody"):
        assert client.get(f"/embed/organisations/hit/events{query}").status_code == 404, query


def test_it_runs_nothing_and_links_open_beside_the_site(client: FlaskClient, hit: Organisation) -> None:
    coming("A <b>bold</b> one", hit)
    html = client.get("/embed/organisations/hit/events?lang=de").text
    assert '<html lang="de"' in html
    for never in ("<script", "style=", "<form", "<b>bold"):
        assert never not in html
    links = re.findall(r"<a [^>]+>", html)
    assert len(links) >= 2
    assert all('target="_blank" rel="noopener"' in link for link in links)
    assert 'href="/subscribe?organisation=hit&amp;lang=de"' in html


@pytest.mark.parametrize(
    ("asked", "theme"), [("", "auto"), ("light", "light"), ("dark", "dark"), ("pink", "auto"), ('"><b', "auto")]
)
def test_it_is_light_or_dark(client: FlaskClient, hit: Organisation, asked: str, theme: str) -> None:
    html = client.get("/embed/organisations/hit/events", query_string={"theme": asked}).text
    assert f'<html lang="en" class="{theme}">' in html


def test_shared_caches_may_keep_it(client: FlaskClient, hit: Organisation) -> None:
    event = coming("Workshop", hit)
    address = "/embed/organisations/hit/events?lang=it"
    headers = {"Accept-Language": "de", "Cookie": "lang=de"}
    answer = client.get(address, headers=headers)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Content-Language"] == "it"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "frame-ancestors" in again.headers["Content-Security-Policy"]
    change(event.id, status=Status.CALLED_OFF)
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200
    assert "Set-Cookie" not in client.get("/embed/organisations/nobody/events?lang=it").headers


def test_it_asks_as_often_for_many_as_for_one(client: FlaskClient, hit: Organisation) -> None:
    coming("Workshop", hit)
    with counted_queries() as for_one:
        client.get("/embed/organisations/hit/events")
    for day in range(8):
        coming(f"Workshop {day}", hit, day)
    with counted_queries() as for_many:
        client.get("/embed/organisations/hit/events")
    assert len(for_one) == len(for_many) == 4


def test_a_manager_names_the_sites(client: FlaskClient, hit: Organisation) -> None:
    page = "/manage/organisations/hit/embedding"
    assert client.get(page).status_code == 303
    sign_in_manager(client, hit, "ada@hit.example")
    html = client.get(page).text
    assert "&lt;iframe src=" in html
    answer = send(client, page, {"origins": f"{SITE}/\n\nhttps://Bücher.example\n{SITE}"})
    assert answer.status_code == 303, answer.text
    assert "https://xn--bcher-kva.example" in client.get(page).text
    assert (
        "https://xn--bcher-kva.example"
        in client.get("/embed/organisations/hit/events").headers["Content-Security-Policy"]
    )
    assert send(client, page, {"origins": ""}).status_code == 303
    assert db.session.scalars(select(EmbeddingSite)).all() == []


def test_nothing_can_be_smuggled_into_the_header(client: FlaskClient, hit: Organisation) -> None:
    allow(SITE)
    sign_in_manager(client, hit, "ada@hit.example")
    page = "/manage/organisations/hit/embedding"
    token = hidden_values(client.get(page).text)
    for typed in (bad for bad in BAD if bad and "\r" not in bad):
        answer = client.post(page, data=token | {"origins": f"https://good.example\n{typed}"})
        assert answer.status_code == 422, typed
        assert 'id="origins-error"' in answer.text
        assert typed in unescape(answer.text)  # what was typed is kept
    split = client.post(page, data=token | {"origins": "https://good.example\r\nX-Header: 1"})
    assert split.status_code == 422
    headers = client.get("/embed/organisations/hit/events").headers
    assert headers["Content-Security-Policy"].endswith(f"frame-ancestors {SITE}")
    assert "X-Header" not in headers


def test_those_of_other_organisations_are_not_asked(client: FlaskClient, hit: Organisation) -> None:
    sign_in_manager(client, make_organisation("Other", slug="other"), "bea@other.example")
    assert client.get("/manage/organisations/hit/embedding").status_code == 403
    assert send(client, "/manage/organisations/other/embedding", {"origins": SITE}).status_code == 303
    token = client.get("/manage/organisations/other/embedding")
    assert token.status_code == 200
    assert "frame-ancestors 'none'" in client.get("/embed/organisations/hit/events").headers["Content-Security-Policy"]
