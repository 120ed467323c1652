"""Two who edit one service at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.kernel.texts import Texts
from app.network.actors import SYSTEM
from app.pilots import queries, services
from app.pilots.rules import Stage
from tests.builders import NOW, make_manager, make_organisation
from tests.forms import hidden_values
from tests.pilots.rovereto import Rovereto
from tests.signing_in import sign_in_manager

PAGE = "/manage/services/lab-voucher"
MEANWHILE = "Somebody changed the same words meanwhile"


@pytest.fixture
def opened(client: FlaskClient, rovereto: Rovereto) -> dict[str, str]:
    """The form as one of two has it before them."""
    rovereto.propose()
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    return hidden_values(client.get(PAGE).text) | {
        "title_en": "Lab voucher",
        "title_it": "Voucher",
        "proposer_id": str(rovereto.own.id),
        "owner_id": str(rovereto.own.id),
        "target": "target_sme",
        "need_ids": str(rovereto.need.id),
    }


def save_theirs(rovereto: Rovereto, **changes: Any) -> None:
    services.edit("lab-voucher", values=rovereto.values(**changes), actor=SYSTEM, now=NOW)


def test_what_two_changed_in_different_fields_is_kept_of_both(
    client: FlaskClient, rovereto: Rovereto, opened: dict[str, str]
) -> None:
    save_theirs(rovereto, title=Texts(en="Lab voucher", it="Buono"), implementer_ids=(rovereto.other.id,))
    answer = client.post(PAGE, data=opened | {"description_en": "A day in a laboratory", "title_de": "Gutschein"})
    assert answer.status_code == 303, answer.text
    row = queries.service("lab-voucher")
    assert dict(row.title) == {"en": "Lab voucher", "it": "Buono", "de": "Gutschein"}
    assert (row.description["en"], [each.id for each in row.implementers]) == (
        "A day in a laboratory",
        [rovereto.other.id],
    )


def test_where_both_changed_the_same_words_the_second_compares_and_decides(
    client: FlaskClient, rovereto: Rovereto, opened: dict[str, str]
) -> None:
    save_theirs(rovereto, title=Texts(en="Their title", it="Voucher"), proof="https://their.example/")
    clash = client.post(PAGE, data=opened | {"title_en": "My title", "description_en": "My words"})
    assert clash.status_code == 409
    for said in (MEANWHILE, "<del>Their</del>", "<ins>My</ins>", 'value="My title"', "My words", "their.example"):
        assert said in clash.text, said
    row = queries.service("lab-voucher")
    assert (row.title["en"], dict(row.description)) == ("Their title", {})
    again = hidden_values(clash.text) | {"proof": "https://their.example/"}
    answer = client.post(PAGE, data=opened | again | {"title_en": "My title"})
    assert answer.status_code == 303
    row = queries.service("lab-voucher")
    assert (row.title["en"], row.proof) == ("My title", "https://their.example/")


@pytest.mark.parametrize("typed", [None, "", "0", "999", "-1", "x", "1٣", "9" * 30])
def test_a_form_of_no_known_revision_overwrites_nothing(
    client: FlaskClient, rovereto: Rovereto, opened: dict[str, str], typed: str | None
) -> None:
    save_theirs(rovereto, implementer_ids=(rovereto.other.id,))
    sent = {name: value for name, value in opened.items() if name != "revision"}
    answer = client.post(PAGE, data=sent | ({} if typed is None else {"revision": typed}))
    assert answer.status_code == 409
    assert "Bayern Beispiel" in answer.text
    assert [each.id for each in queries.service("lab-voucher").implementers] == [rovereto.other.id]


def test_a_step_that_moves_the_due_day_counts_as_a_change(
    client: FlaskClient, rovereto: Rovereto, opened: dict[str, str]
) -> None:
    due = NOW.date() + timedelta(days=30)
    services.move("lab-voucher", after=Stage.AGREED, reason="", next_by=due, actor=SYSTEM, now=NOW)
    assert client.post(PAGE, data=opened | {"title_de": "Gutschein"}).status_code == 303
    assert queries.service("lab-voucher").due_on == due
    other = client.post(PAGE, data=opened | {"due_on": str(due + timedelta(days=1))})
    assert other.status_code == 409
    assert "Next step by" in other.text


def test_the_same_form_sent_twice_changes_once(client: FlaskClient, rovereto: Rovereto, opened: dict[str, str]) -> None:
    for _twice in range(2):
        assert client.post(PAGE, data=opened | {"title_en": "My title"}).status_code == 303
    assert queries.service("lab-voucher").revision == 2


def test_what_was_typed_stays_where_it_is_wrong(
    client: FlaskClient, rovereto: Rovereto, opened: dict[str, str]
) -> None:
    save_theirs(rovereto, title=Texts(en="Their title"))
    wrong = client.post(PAGE, data=opened | {"description_en": "My words", "proof": "nowhere"})
    assert (wrong.status_code, "My words" in wrong.text) == (422, True)
    assert hidden_values(wrong.text)["revision"] == opened["revision"]


def test_a_stranger_learns_nothing_from_a_clash(
    client: FlaskClient, rovereto: Rovereto, opened: dict[str, str]
) -> None:
    save_theirs(rovereto, title=Texts(en="Their title"))
    sign_in_manager(client, make_organisation("Stranger"), "stranger@filo.example")
    sent = opened | {"csrf_token": hidden_values(client.get("/manage/services/new").text)["csrf_token"]}
    assert client.post(PAGE, data=sent | {"title_en": "Mine"}).status_code == 403
    assert queries.service("lab-voucher").title["en"] == "Their title"


def test_a_verb_that_read_no_form_writes_what_it_says(rovereto: Rovereto) -> None:
    row, partner = rovereto.propose(), make_manager(rovereto.own, "partner@filo.example")
    for title in ("Second", "Third"):
        services.edit(row.slug, values=replace(rovereto.values(), title=Texts(en=title)), actor=partner, now=NOW)
    assert queries.service(row.slug).title["en"] == "Third"
