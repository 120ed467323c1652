"""Who is asked about a plan hears of it by mail, and once more while nothing was heard from there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel import clock
from app.kernel.db import db
from app.mail.models import Message
from app.plans import links
from app.plans.inputs import CommentInput, GuestInput
from app.plans.letters import asked as worded
from app.plans.models import ConsultationGuest
from app.plans.rules.consulting import REMINDED_BEFORE, is_worth_a_reminder
from app.plans.services import asking, consulting
from tests.builders import NOW
from tests.forms import send
from tests.plans.helpers import Scene, ask, begin, make_scene, publish, put
from tests.plans.test_groups import BASE, Be, be

__all__ = ["be"]  # a fixture
DAY = timedelta(days=1)
LATE = NOW + 7 * DAY


@pytest.fixture
def scene(database: Session) -> Scene:
    scene = make_scene()
    begin(scene)
    publish()
    return scene


def guest(email: str = "buda@guest.example", locale: str = "de") -> ConsultationGuest:
    return consulting.invite(values=GuestInput(name="Budapest", country_code="HU", email=email, locale=locale), **put())


def told() -> list[tuple[str, str, bool]]:
    rows = db.session.scalars(select(Message).where(Message.name == asking.ASKED).order_by(Message.id))
    return [(one.recipient, one.locale, one.context["reminds"]) for one in rows]


def run(now: datetime) -> list[tuple[str, str, bool]]:
    """What the worker writes in one turn, done twice as it may."""
    before = len(told())
    for _twice in range(2):
        asking.ask_due(now=now)
        asking.remind_due(now=now)
    return told()[before:]


def test_members_and_guests_are_told_once_on_the_first_day(scene: Scene) -> None:
    ask(9)
    guest()
    first = run(NOW)
    assert ("buda@guest.example", "de", False) in first
    assert len(first) == len({address for address, _locale, _reminds in first}) > 2
    assert run(NOW + DAY) == []


def test_a_guest_who_comes_later_is_told_at_once(scene: Scene) -> None:
    ask(9)
    run(NOW)
    before = len(told())
    guest()
    guest(email="")
    assert told()[before:] == [("buda@guest.example", "de", False)]


def test_only_the_silent_are_reminded_before_the_end(scene: Scene) -> None:
    ask(9)
    first, second = guest(), guest("pest@guest.example")
    run(NOW)
    assert run(NOW + 5 * DAY) == []
    consulting.comment_as_guest(first.id, values=CommentInput(text="Köszönjük"), now=NOW)
    again = run(LATE)
    assert ("pest@guest.example", "de", True) in again
    assert "buda@guest.example" not in {address for address, _locale, _reminds in again}
    assert second.email in {address for address, _locale, _reminds in again}
    assert run(LATE + DAY) == []


@pytest.mark.parametrize(("days", "expected"), [(1, False), (REMINDED_BEFORE.days, False), (9, True)])
def test_a_short_window_needs_no_reminder(days: int, expected: bool) -> None:
    assert is_worth_a_reminder(NOW.date(), NOW.date() + timedelta(days=days)) is expected


def test_what_is_no_longer_true_is_not_said(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    asked, one = ask(9), guest()
    context: dict[str, Any] = {"consultation_id": asked, "reminds": False, "guest_id": one.id}
    letter = worded(context, "de")
    assert letter
    assert letter.values["link"] == links.url(one)
    consulting.comment_as_guest(one.id, values=CommentInput(text="Köszönjük"), now=NOW)
    assert worded(context | {"reminds": True}, "de") is None
    consulting.revoke(one.id, consultation_id=asked, **put())
    assert worded(context, "de") is None
    consulting.close(**put())
    assert worded({"consultation_id": asked, "reminds": False, "organisation_id": scene.german.id}, "de") is None


@pytest.mark.parametrize(
    ("address", "status"), [("no address", 422), ("a@b", 422), ("uta@guest.example", 303), ("", 303)]
)
def test_the_form_takes_an_address_or_none(
    scene: Scene, client: FlaskClient, be: Be, address: str, status: int
) -> None:
    ask(9)
    be("coordinator")
    values = {"name": "Uta", "country": "HU", "email": address, "locale": "de"}
    page = f"{BASE}/plan/consultation"
    answer = send(client, page, values, to=f"{page}/guests")
    assert answer.status_code == status
    assert status == 303 or address in answer.text
