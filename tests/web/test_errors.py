from __future__ import annotations

from pathlib import Path

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
