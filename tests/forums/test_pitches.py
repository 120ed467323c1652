"""Pitches: their order and times, one vote a participant, the result after the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agenda.rules import ItemKind
from app.events.models import Event
from app.forums import errors
from app.forums.inputs import PitchInput, SessionInput
from app.forums.models import PitchVote
from app.forums.queries import pitches as queries
from app.forums.rules import pitches as rules
from app.forums.rules.pitches import Vote
from app.forums.services import pitches as services
from app.kernel.db import db
from app.network.actors import SYSTEM
from app.network.models import Organisation
from tests.builders import NOW, make_organisation
from tests.forms import hidden_values
from tests.forums.helpers import link, make_forum, put_part
from tests.sheets.helpers import seat as register
from tests.signing_in import sign_in_manager

OPEN = {"opens_at": NOW - timedelta(hours=1), "closes_at": NOW + timedelta(hours=1)}


@pytest.fixture
def organiser(database: Session) -> Organisation:
    return make_organisation("Organiser")


@pytest.fixture
def event(organiser: Organisation) -> Event:
    return make_forum(organiser)


@pytest.fixture
def item_id(event: Event) -> int:
    return put_part(event, ItemKind.PITCH, minutes=12)


def set_up(event: Event, item_id: int, minutes: int = 4, **window: Any) -> None:
    services.set_up(
        event_slug=event.slug,
        item_id=item_id,
        values=SessionInput(minutes=minutes, **window),
        actor=SYSTEM,
        now=NOW,
    )


def add(event: Event, item_id: int, title: str, minutes: int | None = None) -> int:
    values = PitchInput(title=title, speaker="Eva Esempio", organisation="Lab", ask="A pilot", minutes=minutes)
    return services.add(event_slug=event.slug, item_id=item_id, values=values, actor=SYSTEM, now=NOW)


def order(item_id: int) -> list[str]:
    session = queries.session_of(item_id)
    return [one.title for one in session.pitches] if session else []


@pytest.mark.parametrize(("steps", "expected"), [(-1, [1, 3, 2]), (1, [1, 2, 3]), (-9, [3, 1, 2]), (0, [1, 2, 3])])
def test_a_pitch_moves_as_far_as_there_are_places(steps: int, expected: list[int]) -> None:
    assert rules.moved([1, 2, 3], 3, steps) == expected


def test_equal_votes_share_a_rank_in_the_order_of_pitching() -> None:
    assert rules.ranked([1, 2, 3, 4], {3: 5, 2: 2, 4: 2}) == [(1, 3, 5), (2, 2, 2), (2, 4, 2), (4, 1, 0)]


@pytest.mark.parametrize(
    ("opens", "closes", "refused"),
    [(None, None, False), (0, 60, False), (0, None, True), (None, 60, True), (60, 60, True), (60, 0, True)],
)
def test_a_window_has_a_beginning_and_a_later_end(opens: int | None, closes: int | None, refused: bool) -> None:
    moments = [None if one is None else NOW + timedelta(minutes=one) for one in (opens, closes)]
    if not refused:
        rules.check_window(*moments)
        return
    with pytest.raises(errors.VoteTurnedRound):
        rules.check_window(*moments)


@pytest.mark.parametrize(
    ("minutes", "state"), [(-61, Vote.NOT_YET), (-60, Vote.OPEN), (59, Vote.OPEN), (60, Vote.CLOSED)]
)
def test_a_vote_is_open_in_its_window(minutes: int, state: Vote) -> None:
    assert rules.vote_state(OPEN["opens_at"], OPEN["closes_at"], NOW + timedelta(minutes=minutes)) is state


def test_one_pitch_follows_the_other_and_too_long_ones_are_refused(event: Event, item_id: int) -> None:
    first, second = add(event, item_id, "First", 5), add(event, item_id, "Second")
    third = add(event, item_id, "Third")
    services.move(third, event_slug=event.slug, item_id=item_id, steps=-1, actor=SYSTEM, now=NOW)
    assert order(item_id) == ["First", "Third", "Second"]
    turns = rules.running_order([(first, 5), (third, None), (second, None)], 4)
    assert [(turn.begins, turn.minutes) for turn in turns] == [(0, 5), (5, 4), (9, 4)]
    for minutes in (2, 6):
        with pytest.raises(errors.PitchTooLong):
            add(event, item_id, "Long", minutes)
    services.remove(first, event_slug=event.slug, item_id=item_id, actor=SYSTEM, now=NOW)
    assert order(item_id) == ["Third", "Second"]


def test_one_vote_a_participant_that_can_be_changed_until_the_end(event: Event, item_id: int) -> None:
    ada, eva = register(event, ("Ada", "Esempio"), ("Eva", "Esempio"))
    first, second = add(event, item_id, "First"), add(event, item_id, "Second")
    with pytest.raises(errors.VoteNotOpen):
        services.vote(ada, item_id=item_id, pitch_id=first, now=NOW)
    set_up(event, item_id, **OPEN)
    for pitch_id in (first, second, second):
        services.vote(ada, item_id=item_id, pitch_id=pitch_id, now=NOW)
    services.vote(eva, item_id=item_id, pitch_id=second, now=NOW)
    assert queries.counts(item_id) == {second: 2}
    assert db.session.scalar(select(func.count()).select_from(PitchVote)) == 2
    services.close_vote(event_slug=event.slug, item_id=item_id, actor=SYSTEM, now=NOW)
    with pytest.raises(errors.VoteClosed):
        services.vote(ada, item_id=item_id, pitch_id=first, now=NOW)
    stranger = register(make_forum(make_organisation()), ("Uta", "Esempio"))[0]
    with pytest.raises(errors.NotAParticipant):
        services.vote(stranger, item_id=item_id, pitch_id=first, now=NOW)


def test_the_result_shows_after_closing_only(client: FlaskClient, event: Event, item_id: int) -> None:
    (ada,) = register(event, ("Ada", "Esempio"))
    add(event, item_id, "Slow")
    wanted = add(event, item_id, "Winner")
    # the pages read the clock
    set_up(event, item_id, opens_at=NOW - timedelta(days=9000), closes_at=NOW + timedelta(days=9000))
    page = f"{link(ada)}/pitches/{item_id}"
    assert f'href="{page}"' in client.get(link(ada)).text
    hidden = hidden_values(client.get(page).text)
    assert client.post(page, data=hidden).status_code == 422
    assert client.post(page, data=hidden | {"pitch": "999999"}).status_code == 422
    assert client.post(page, data=hidden | {"pitch": str(wanted)}).status_code == 303
    shown = client.get(page).text
    assert "1 vote" not in shown
    assert "Change my vote" in shown
    set_up(event, item_id, opens_at=NOW - timedelta(days=9000), closes_at=NOW - timedelta(days=8999))
    shown = client.get(page).text
    assert "1 vote" in shown
    assert shown.index("Winner") < shown.index("Slow")
    refused = client.post(page, data=hidden | {"pitch": str(wanted)})
    assert (refused.status_code, "The vote is closed" in refused.text) == (409, True)


def test_the_organiser_adds_moves_and_shows_the_order(
    client: FlaskClient, organiser: Organisation, event: Event, item_id: int
) -> None:
    sign_in_manager(client, organiser, "organiser@filo.example")
    page = f"/manage/events/{event.slug}/forum/pitches/{item_id}"
    token = {"csrf_token": hidden_values(client.get(page).text)["csrf_token"]}
    wrong = client.post(f"{page}/list", data=token | {"title": "Kept", "speaker": ""})
    assert (wrong.status_code, "Write who pitches." in wrong.text, "Kept" in wrong.text) == (422, True, True)
    for title in ("One", "Two", "Three", "Four"):
        sent = token | {"title": title, "speaker": "Eva", "ask": "A pilot"}
        assert client.post(f"{page}/list", data=sent).status_code == 303
    assert "The pitches take 4 minutes more" in client.get(page).text
    session = queries.session_of(item_id)
    assert session
    last = session.pitches[-1].id
    client.post(f"{page}/list/{last}/move", data=token | {"steps": "-1"})
    assert order(item_id) == ["One", "Two", "Four", "Three"]
    long = client.post(f"{page}/list/{last}", data=token | {"title": "Four", "speaker": "Eva", "minutes": "9"})
    assert (long.status_code, "from 3 to 5 minutes" in long.text) == (422, True)
    turned = client.post(
        page, data=token | {"minutes": "4", "opens_at": "2027-01-23T15:00", "closes_at": "2027-01-23T14:00"}
    )
    assert turned.status_code == 422
    shown = client.get(f"{page}/order").text
    assert "14:08" in shown
    assert shown.index("Four") < shown.index("Three")
