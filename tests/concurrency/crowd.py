"""Many people at once, over real sockets."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import create_engine, text

from app.kernel.ids import new_secret
from tests.house import House

T = TypeVar("T")
AT_ONCE = 64
BROWSERS = 20
PATIENCE = 60.0  # seconds for one person to get an answer, retries included


@dataclass(frozen=True)
class Answer:
    email: str
    status: int
    location: str


@dataclass(frozen=True)
class Row:
    email: str
    place: str
    number: int
    public_id: str


def register_all(house: House, event: str, people: int, *, twice_every: int = 5) -> list[Answer]:
    """Some open the form; then all send one at once, each under a key of its own, and every fifth sends it twice."""
    page = f"{event}/register"
    keys = [new_secret() for _ in range(people)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        forms = list(pool.map(lambda _: until_answered(lambda: house.open_form(page)), range(BROWSERS)))
        sent = [number for number in range(people) for _ in range(2 if number % twice_every == 0 else 1)]

        def send(number: int) -> Answer:
            hidden, cookie = forms[number % BROWSERS]
            return _send(house, page, number, hidden | {"form_key": keys[number]}, cookie)

        return list(pool.map(send, sent))


def _send(house: House, page: str, number: int, hidden: dict[str, str], cookie: str) -> Answer:
    """Press the button until there is an answer, as a person does whose connection broke."""
    values = hidden | {
        "given_name": "Person",
        "family_name": f"No. {number}",
        "email": f"person{number}@company.example",
        "organisation": "Company Example",
        "org_type": "company",
        "country": "IT",
        "privacy": "y",
    }

    def press() -> Answer | None:
        status, location = house.post(page, values, cookie)
        return None if status == 503 else Answer(values["email"], status, location)

    return until_answered(press)


def until_answered(ask: Callable[[], T | None]) -> T:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if answer := ask():
                return answer
        except (OSError, http.client.HTTPException):
            pass
        assert time.monotonic() < deadline, "no answer"
        time.sleep(0.1)


def rows_of(house: House, event: str) -> list[Row]:
    """What is in the database of an event, in the order of the numbers."""
    url = house.environment.get("FILO_DATABASE_URL") or f"sqlite:///{house.folder / 'filo.db'}"
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT email, place, number, public_id FROM registration WHERE allotment_id IN"
                " (SELECT allotment.id FROM allotment JOIN event ON event.id = event_id WHERE slug = :slug)"
                " ORDER BY number"
            ),
            {"slug": event.rpartition("/")[2]},
        ).all()
    engine.dispose()
    return [Row(*row) for row in found]


def check_exact(answers: list[Answer], rows: list[Row], *, people: int, seats: int) -> None:
    """Nobody lost, nobody twice, no seat too many, and the queue in the order of the numbers."""
    assert {answer.status for answer in answers} == {303}
    assert len(rows) == people
    assert [row.place for row in rows] == ["confirmed"] * seats + ["waitlisted"] * (people - seats)
    assert [row.number for row in rows] == list(range(1, people + 1))
    by_email = {row.email: row.public_id for row in rows}
    for answer in answers:
        assert answer.location.startswith(f"/registrations/{by_email[answer.email]}.")
