from __future__ import annotations

import pytest

from app.embedding.errors import NotAnOrigin, TooManyOrigins
from app.embedding.rules import MOST_ORIGINS, frame_policy, origin, origins


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://www.cluster.example", "https://www.cluster.example"),
        ("  https://WWW.Cluster.Example/ ", "https://www.cluster.example"),
        ("https://cluster.example:8443", "https://cluster.example:8443"),
        ("https://cluster.example:443", "https://cluster.example"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://a-b.1.example", "https://a-b.1.example"),
    ],
)
def test_an_origin_is_written_as_browsers_compare_it(typed: str, written: str) -> None:
    assert origin(typed) == written
    assert origin(written) == written


BAD = [
    "",
    "*",
    "https:",
    "https://*",
    "https://*.example.org",
    "http://www.cluster.example",
    "http://localhost",
    "https://localhost",
    "https://x.localhost",
    "https://127.0.0.1",
    "https://[::1]",
    "https://2130706433",
    "https://cluster",
    "https://cluster.example/path",
    "https://cluster.example/?x",
    "https://cluster.example#x",
    "https://ada:secret@cluster.example",
    "https://cluster.example:0",
    "https://cluster.example:99999",
    "https://cluster.example:",
    "https://cluster.example; script-src *",
    "https://cluster.example;script-src",
    "https://cluster.example；script-src",
    "https://cluster.example, https://evil.example",
    "https://cluster.example https://evil.example",
    "https://cluster.example\tx",
    "https://cluster.example\r\nX-Header: 1",
    "https://cluster.example'none'",
    "https://-cluster.example",
    "https://cluster..example",
    "https://" + "a" * 64 + ".example",
    "https://" + "ü" * 64 + ".example",
    "https://" + "a.b" * 60 + ".example",
    "https://" + "ü." * 50 + "example",
    "javascript:alert(1)",
    "data:text/html,x",
    "'self'",
    "'none'",
    "//cluster.example",
    "cluster.example",
]


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_site_is_refused(typed: str) -> None:
    with pytest.raises(NotAnOrigin):
        origin(typed)


def test_each_site_counts_once_and_there_is_an_end() -> None:
    names = [f"https://{number}.example.org" for number in range(MOST_ORIGINS)]
    assert origins([*names, *names]) == names
    with pytest.raises(TooManyOrigins):
        origins([*names, "https://one-more.example.org"])


def test_nobody_may_frame_what_nobody_was_named_for() -> None:
    assert frame_policy([]).endswith("frame-ancestors 'none'")
    assert frame_policy(["https://a.example", "https://b.example"]).endswith(
        "frame-ancestors https://a.example https://b.example"
    )
