from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from config import Config


def test_without_a_database_the_page_says_so_and_the_process_lives(tmp_path: Path) -> None:
    config = Config.for_tests(tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none")
    client = create_app(config).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    with client.session_transaction() as session:
        session["signed_in"] = "somebody"
    answer = client.get("/events")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "press again" in answer.text


@pytest.mark.parametrize(
    ("page", "came_from", "way_back"),
    [
        ("/sign-in?next=/manage", "", "/sign-in?next=/manage"),
        ("/sign-out", "http://localhost/events?kind=workshop", "/events?kind=workshop"),
        ("/sign-out", "http://elsewhere.example/events", ""),
        ("/sign-out", "http://localhost//elsewhere.example", ""),
    ],
)
def test_what_is_too_large_leads_back_to_its_form(
    client: FlaskClient, page: str, came_from: str, way_back: str
) -> None:
    answer = client.post(page, data={"x": "y" * 1_100_000}, headers={"Referer": came_from} if came_from else {})
    assert answer.status_code == 413
    assert "up to 1 MB" in answer.text
    link = f'<a class="btn" href="{way_back}">Back to the form</a>'
    assert (link in answer.text) if way_back else ("Back to the form" not in answer.text)
