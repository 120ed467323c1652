from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stories.errors import CreditMissing, NoVideo, PermissionMissing, WrongStep
from app.stories.rules.commenting import Sent, Suspicion, client_mark, opened_at, stamp, suspicion
from app.stories.rules.video import video_of
from app.stories.rules.writing import StoryState, byline, check_picture, check_step

NOW = datetime(2027, 1, 13, 12, tzinfo=UTC)
USUAL = Sent(name="Uta", text="Well said.", trap="", opened_at=NOW - timedelta(minutes=2), now=NOW)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"trap": "http://x"}, Suspicion.TRAP),
        ({"opened_at": None}, Suspicion.NO_PAGE),
        ({"opened_at": NOW + timedelta(minutes=1)}, Suspicion.NO_PAGE),
        ({"opened_at": NOW - timedelta(days=3)}, Suspicion.NO_PAGE),
        ({"opened_at": NOW - timedelta(seconds=1)}, Suspicion.TOO_FAST),
        ({"text": "http://a.b and www.c.d"}, None),
        ({"text": "http://a.b www.c.d [url=x]"}, Suspicion.LINKS),
        ({"name": "www.pills.example"}, Suspicion.LINKS),
        ({"text": "a" * 20}, Suspicion.NOISE),
        ({"text": "<script>alert(1)</script>"}, None),
    ],
)
def test_a_comment_is_held_back_for_a_reason(change: dict[str, object], why: Suspicion | None) -> None:
    assert suspicion(replace(USUAL, **change)) is why  # type: ignore[arg-type]


def test_a_stamp_is_good_for_its_page_and_house_alone() -> None:
    made = stamp("key", "story:1", NOW)
    assert opened_at("key", "story:1", made) == NOW
    assert opened_at("key", "story:2", made) is opened_at("other", "story:1", made) is None


@given(st.text(max_size=60))
def test_no_text_is_taken_for_a_stamp(text: str) -> None:
    assert opened_at("key", "story:1", text) is None


def test_a_client_is_known_again_for_a_day_only() -> None:
    assert client_mark("key", "192.0.2.1", NOW) == client_mark("key", "192.0.2.1", NOW + timedelta(hours=2))
    assert client_mark("key", "192.0.2.1", NOW) != client_mark("key", "192.0.2.1", NOW + timedelta(days=1))
    assert "192" not in client_mark("key", "192.0.2.1", NOW)


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1"),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://www.youtube.com/watch?v=..%2f..%2fx", ""),
        ("https://video.example/talks/7", ""),
    ],
)
def test_b21_only_known_sites_have_a_frame_made_of_the_number_alone(url: str, frame: str) -> None:
    assert video_of(url).frame == frame


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "http://video.example/1", "https://a@b.example", "https://x", "https://[", "", "//y.z"],
)
def test_what_is_no_address_of_a_video_is_refused(url: str) -> None:
    with pytest.raises(NoVideo):
        video_of(url)


@given(st.text(max_size=80))
def test_any_text_is_a_video_or_refused(text: str) -> None:
    try:
        found = video_of("https://" + text)
    except NoVideo:
        return
    assert found.frame == "" or found.frame.startswith(
        ("https://www.youtube-nocookie.com/", "https://player.vimeo.com/")
    )


def test_a_name_stands_there_only_by_consent() -> None:
    assert byline("HIT", "Ada Esempio", agreed=True) == "Ada Esempio, HIT"
    assert byline("HIT", "Ada Esempio", agreed=False) == byline("HIT", None, agreed=True) == "HIT"


def test_a_picture_says_who_took_it_and_who_agreed() -> None:
    check_picture(credit="Eva", shows_people=False, permission_by="")
    with pytest.raises(CreditMissing):
        check_picture(credit="", shows_people=False, permission_by="")
    with pytest.raises(PermissionMissing):
        check_picture(credit="Eva", shows_people=True, permission_by="")


@pytest.mark.parametrize(("before", "after"), [("draft", "withdrawn"), ("published", "draft"), ("withdrawn", "draft")])
def test_steps_that_do_not_exist(before: str, after: str) -> None:
    with pytest.raises(WrongStep):
        check_step(StoryState(before), StoryState(after))
