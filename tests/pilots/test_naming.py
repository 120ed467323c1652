"""Organisations that others name as owner or implementing: they are told, and can say that it is not so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.kernel.db import db
from app.kernel.errors import Forbidden
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM, Actor
from app.pilots import queries, services
from app.pilots.errors import NotNamed
from app.pilots.models import ServiceProposal
from tests.approving import check_approved
from tests.builders import NOW, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.pilots.rovereto import Rovereto
from tests.signing_in import sign_in_manager

NAMING = "/manage/services/lab-voucher/naming"


@pytest.fixture
def proposer(rovereto: Rovereto) -> Actor:
    return make_manager(rovereto.own, "proposer@filo.example")


def propose(rovereto: Rovereto, proposer: Actor, **changes: Any) -> ServiceProposal:
    return services.propose(values=rovereto.values(**changes), proposer_id=rovereto.own.id, actor=proposer, now=NOW)


def written(name: str) -> list[str]:
    return list(db.session.scalars(select(Message.recipient).where(Message.name == name).order_by(Message.id)))


@pytest.mark.parametrize("part", ["owner", "implementing", "both"])
def test_managers_are_told_once_that_somebody_else_names_them(rovereto: Rovereto, proposer: Actor, part: str) -> None:
    make_manager(rovereto.other, "partner@filo.example")
    named: dict[str, Any] = {} if part == "implementing" else {"owner_id": rovereto.other.id}
    if part != "owner":
        named["implementer_ids"] = (rovereto.own.id, rovereto.other.id)
    row = propose(rovereto, proposer, **named)
    assert written(services.NAMED) == ["partner@filo.example"]
    again = rovereto.values(**named | {"proof": "https://proof.example/"})
    services.edit(row.slug, values=again, actor=proposer, now=NOW + timedelta(days=1))
    assert written(services.NAMED) == ["partner@filo.example"]


def test_naming_to_and_fro_writes_once_a_day(rovereto: Rovereto, proposer: Actor) -> None:
    make_manager(rovereto.other, "partner@filo.example")
    row = propose(rovereto, proposer)
    for hours in (0, 1, 2, 30):
        for implementers in ((rovereto.other.id,), ()):
            values, now = rovereto.values(implementer_ids=implementers), NOW + timedelta(hours=hours)
            services.edit(row.slug, values=values, actor=proposer, now=now)
    assert written(services.NAMED) == ["partner@filo.example"] * 2


def test_nobody_is_told_who_named_the_own_organisation_nor_by_the_house(rovereto: Rovereto, proposer: Actor) -> None:
    make_manager(rovereto.other, "partner@filo.example")
    propose(rovereto, proposer, implementer_ids=(rovereto.own.id,))
    rovereto.propose(implementer_ids=(rovereto.other.id,))
    assert written(services.NAMED) == []


def test_it_is_not_so_takes_the_organisation_out_and_tells_who_proposed_it(
    client: FlaskClient, rovereto: Rovereto, proposer: Actor
) -> None:
    both = (rovereto.own.id, rovereto.other.id)
    propose(rovereto, proposer, owner_id=rovereto.other.id, implementer_ids=both)
    sign_in_manager(client, rovereto.other, "partner@filo.example")
    page = client.get(NAMING).text
    assert "This is not so" in page
    assert "Polo Example</bdi>" not in page
    answer = send(client, NAMING, {"organisation": str(rovereto.other.id)})
    assert (answer.status_code, answer.location) == (303, "/services/lab-voucher")
    assert "Who proposed it is told" in client.get(answer.location).text
    row = queries.service("lab-voucher")
    assert (row.owner_id, [each.id for each in row.implementers]) == (rovereto.own.id, [rovereto.own.id])
    assert written(services.DENIED) == ["proposer@filo.example"]
    (noted,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "service.denied"))
    assert noted.details["organisation"] == rovereto.other.id
    gone = client.get(NAMING)
    assert (gone.status_code, "or no longer" in gone.text) == (403, True)


def test_what_was_denied_does_not_come_back_with_a_form_that_was_open(
    client: FlaskClient, rovereto: Rovereto, proposer: Actor
) -> None:
    row = propose(rovereto, proposer, implementer_ids=(rovereto.other.id,))
    partner = make_manager(rovereto.other, "partner@filo.example")
    before = services.input_of(row)
    services.deny(row.slug, organisation_id=rovereto.other.id, actor=partner, now=NOW)
    services.edit(row.slug, values=before, actor=proposer, now=NOW, revision=1)
    assert queries.service("lab-voucher").implementers == []


@pytest.mark.parametrize("typed", ["", "0", "x", "99999", "9" * 40, "their own", "the proposer's"])
def test_nobody_takes_out_an_organisation_of_others(
    client: FlaskClient, rovereto: Rovereto, proposer: Actor, typed: str
) -> None:
    third = make_organisation("Third")
    propose(rovereto, proposer, implementer_ids=(rovereto.other.id, third.id))
    sign_in_manager(client, third, "third@filo.example")
    id = {"their own": str(rovereto.other.id), "the proposer's": str(rovereto.own.id)}.get(typed, typed)
    assert send(client, NAMING, {"organisation": id}).status_code == 403
    assert len(queries.service("lab-voucher").implementers) == 2
    assert written(services.DENIED) == []


def test_strangers_see_no_naming_and_the_proposal_is_not_denied(
    client: FlaskClient, rovereto: Rovereto, proposer: Actor
) -> None:
    propose(rovereto, proposer)
    with pytest.raises(NotNamed):
        services.deny("lab-voucher", organisation_id=rovereto.own.id, actor=proposer, now=NOW)
    assert client.get(NAMING).status_code == 303
    stranger = make_organisation("Stranger")
    sign_in_manager(client, stranger, "stranger@filo.example")
    assert client.get(NAMING).status_code == 403
    sent = {"organisation": str(stranger.id), **hidden_values(client.get("/manage/services/new").text)}
    assert client.post(NAMING, data=sent).status_code == 403
    with pytest.raises(Forbidden):
        services.deny("lab-voucher", organisation_id=rovereto.own.id, actor=SYSTEM, now=NOW)


def test_the_mails_to_who_is_named_and_to_who_proposed(app: Flask, rovereto: Rovereto, proposer: Actor) -> None:
    row = propose(rovereto, proposer, owner_id=rovereto.other.id, implementer_ids=(rovereto.other.id,))
    context: dict[str, Any] = {"service_id": row.id, "organisation_id": rovereto.other.id}
    _approve(services.NAMED, context)
    partner = make_manager(rovereto.other, "partner@filo.example")
    services.deny(row.slug, organisation_id=rovereto.other.id, actor=partner, now=NOW)
    _approve(services.DENIED, context | {"was_owner": True})
    assert _word(Message(name=services.NAMED, locale="en", context=context), "http://filo.example") is None
    services.edit(row.slug, values=rovereto.values(implementer_ids=(rovereto.other.id,)), actor=SYSTEM, now=NOW)
    again = _word(Message(name=services.NAMED, locale="en", context=context), "http://filo.example")
    assert again
    assert "among those that implement" in again.text


def _approve(name: str, context: dict[str, Any]) -> None:
    for locale in LANGUAGE_NAMES:
        worded = _word(Message(name=name, locale=locale, context=context), "http://filo.example")
        assert worded
        check_approved(f"mails/{name}.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")


def test_a_title_that_is_no_text_stays_words(client: FlaskClient, rovereto: Rovereto, proposer: Actor) -> None:
    row = propose(rovereto, proposer, title=Texts(en="<script>x</script>"), implementer_ids=(rovereto.other.id,))
    sign_in_manager(client, rovereto.other, "partner@filo.example")
    assert "<script>x" not in client.get(f"/manage/services/{row.slug}/naming").text
    context = {"service_id": row.id, "organisation_id": rovereto.other.id}
    worded = _word(Message(name=services.NAMED, locale="en", context=context), "http://filo.example")
    assert worded
    assert "<script>x" not in (worded.html or "")
