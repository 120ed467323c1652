from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.kernel import clock
from app.kernel.db import db
from app.kernel.i18n import LANGUAGE_NAMES
from app.kernel.texts import Texts
from app.mail.models import Message
from app.mail.sending import _word
from app.network.actors import SYSTEM
from app.network.models import Organisation
from app.pilots import queries, services
from app.pilots.errors import MayNotEdit, MayNotPropose, NeedMissing, NobodyTookItUp, NoPilotYet
from app.pilots.inputs import PilotInput, UptakeInput
from app.pilots.models import ServiceProposal
from app.pilots.rules import Stage
from tests.approving import check_approved
from tests.builders import NOW, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.pilots.rovereto import Rovereto
from tests.query_counter import counted_queries
from tests.signing_in import sign_in_manager

HOSTILE = "</script><script>alert(1)</script>"


def move(row: ServiceProposal, after: Stage, reason: str = "") -> None:
    services.move(row.slug, after=after, reason=reason, actor=SYSTEM, now=NOW)


def test_a28_a_service_answers_a_need_or_is_not_proposed(client: FlaskClient, rovereto: Rovereto) -> None:
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    values = {
        "title_en": "Lab voucher",
        "proposer_id": str(rovereto.own.id),
        "owner_id": str(rovereto.own.id),
        "target": "target_sme",
    }
    refused = send(client, "/manage/services/new", values)
    assert refused.status_code == 422
    assert "Choose the need" in refused.text
    assert 'value="Lab voucher"' in refused.text
    answer = send(client, "/manage/services/new", values | {"need_ids": str(rovereto.need.id)})
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location).text
    assert "Shared test benches" in page
    assert "Not yet trans-regional" in page
    assert "Lab voucher" in client.get(f"/needs/{rovereto.need.public_id}").text
    assert "Lab voucher" in client.get(f"/organisations/{rovereto.own.slug}").text
    with pytest.raises(NeedMissing):
        rovereto.propose(need_ids=())


def test_a30_the_warning_goes_once_another_region_takes_part(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose(implementer_ids=(rovereto.own.id,))
    assert "Not yet trans-regional" in client.get(f"/services/{row.slug}").text
    both = rovereto.values(implementer_ids=(rovereto.own.id, rovereto.other.id))
    services.edit(row.slug, values=both, actor=SYSTEM, now=NOW)
    page = client.get(f"/services/{row.slug}").text
    assert "Not yet" not in page
    assert "2 regions, 2 countries" in page


def test_a29_a_service_goes_its_way_and_every_step_is_kept(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    base, page = f"/manage/services/{row.slug}", f"/manage/services/{row.slug}/progress"
    assert send(client, page, {"after": "stage_taken_up"}, to=f"{base}/steps").status_code == 409
    assert (
        send(client, page, {"after": "stage_agreed", "reason": "At the table"}, to=f"{base}/steps").status_code == 303
    )
    early = send(client, page, {"after": "stage_in_pilot"}, to=f"{base}/steps")
    assert early.status_code == 409
    assert "Enter that first" in early.text
    pilot = {"where": "Rovereto", "starts_on": "2020-03-01", "ends_on": "2020-02-01"}
    wrong = send(client, page, pilot, to=f"{base}/pilots")
    assert wrong.status_code == 422
    assert "lies before the first" in wrong.text
    assert send(client, page, pilot | {"ends_on": ""}, to=f"{base}/pilots").status_code == 303
    assert send(client, page, {"after": "stage_in_pilot"}, to=f"{base}/steps").status_code == 303
    (kept,) = queries.service(row.slug).pilots
    done = pilot | {"ends_on": "2020-06-01", "is_finished": "y", "result": "It works"}
    assert send(client, page, done, to=f"{base}/pilots/{kept.id}").status_code == 303
    assert send(client, page, done, to=f"{base}/pilots/{kept.id + 9}").status_code == 404
    assert send(client, page, {"after": "stage_implemented"}, to=f"{base}/steps").status_code == 303
    assert "State what an adopter must do" in client.get(f"/services/{row.slug}").text
    uptake = {"adopter_id": str(rovereto.other.id), "taken_up_on": "2021-01-01", "proof": "nowhere"}
    assert send(client, page, uptake, to=f"{base}/uptakes").status_code == 422
    uptake["proof"] = "https://proof.example/minutes.pdf"
    assert send(client, page, uptake, to=f"{base}/uptakes").status_code == 303
    assert send(client, page, uptake, to=f"{base}/uptakes").status_code == 422
    assert send(client, page, {"after": "stage_taken_up"}, to=f"{base}/steps").status_code == 303
    shown = client.get(f"/services/{row.slug}").text
    for words in ("At the table", "Pilot finished: Rovereto", "It works", "Taken up by Bayern Beispiel"):
        assert words in shown
    assert len(queries.service(row.slug).changes) == 5


def test_what_is_still_to_come_does_not_count_as_done(rovereto: Rovereto) -> None:
    row, today = rovereto.propose(), NOW.date()
    move(row, Stage.AGREED)
    pilot = PilotInput(where="Rovereto", starts_on=today, ends_on=today + timedelta(days=1), is_finished=True)
    services.keep_pilot(row.slug, pilot_id=None, values=pilot, actor=SYSTEM, now=NOW)
    move(row, Stage.IN_PILOT)
    with pytest.raises(NoPilotYet):
        move(row, Stage.IMPLEMENTED)
    (kept,) = queries.service(row.slug).pilots
    services.keep_pilot(row.slug, pilot_id=kept.id, values=replace(pilot, ends_on=today), actor=SYSTEM, now=NOW)
    move(row, Stage.IMPLEMENTED)
    uptake = UptakeInput(adopter_id=rovereto.other.id, taken_up_on=today + timedelta(days=1))
    services.note_uptake(row.slug, values=uptake, actor=SYSTEM, now=NOW)
    with pytest.raises(NobodyTookItUp):
        move(row, Stage.TAKEN_UP)


def test_nobody_else_proposes_or_changes(database: object, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    stranger = make_manager(make_organisation("Stranger"), "stranger@filo.example")
    with pytest.raises(MayNotPropose):
        services.propose(values=rovereto.values(), proposer_id=rovereto.own.id, actor=stranger, now=NOW)
    for change in (
        lambda: services.edit(row.slug, values=rovereto.values(), actor=stranger, now=NOW),
        lambda: services.move(row.slug, after=Stage.AGREED, reason="", actor=stranger, now=NOW),
        lambda: services.keep_pilot(
            row.slug, pilot_id=None, values=PilotInput(where="x", starts_on=date(2027, 1, 1)), actor=stranger, now=NOW
        ),
        lambda: services.note_uptake(
            row.slug, values=UptakeInput(adopter_id=1, taken_up_on=date(2027, 1, 1)), actor=stranger, now=NOW
        ),
    ):
        with pytest.raises(MayNotEdit):
            change()
    partner = make_manager(rovereto.other, "partner@filo.example")
    services.edit(row.slug, values=rovereto.values(implementer_ids=(rovereto.other.id,)), actor=SYSTEM, now=NOW)
    services.move(row.slug, after=Stage.AGREED, reason="", actor=partner, now=NOW)


def test_what_is_written_is_text_on_every_page(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose(title=Texts(en=HOSTILE), description=Texts(en=HOSTILE), uptake_actions=Texts(en=HOSTILE))
    pilot = PilotInput(where=HOSTILE, starts_on=date(2027, 1, 1), is_finished=True, result=HOSTILE)
    services.keep_pilot(row.slug, pilot_id=None, values=pilot, actor=SYSTEM, now=NOW)
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    for address in ("/services", f"/services/{row.slug}", "/manage/services", f"/manage/services/{row.slug}/progress"):
        assert "<script>alert" not in client.get(address).text, address


def test_filters_narrow_and_many_services_cost_no_more_queries(client: FlaskClient, rovereto: Rovereto) -> None:
    rovereto.propose(implementer_ids=(rovereto.other.id,))
    with counted_queries() as one:
        client.get("/services")
    for number in range(2):
        rovereto.propose(title=Texts(en=f"Academy {number}"), implementer_ids=(rovereto.own.id,))
    with counted_queries() as three:
        client.get("/services")
    assert len(three) == len(one)
    assert "Academy" not in client.get("/services?country=DE").text
    assert "Lab voucher" in client.get("/services?country=DE").text
    assert "Lab voucher" not in client.get("/services?q=academy").text
    assert "No service matches" in client.get("/services?stage=stage_taken_up").text
    assert "/services/lab-voucher" in client.get("/search?q=voucher").text


def test_who_is_late_is_told_once_for_each_day(rovereto: Rovereto) -> None:
    make_manager(rovereto.own, "owner@filo.example")
    due = NOW.date() - timedelta(days=1)
    row = rovereto.propose(due_on=due)
    rovereto.propose(title=Texts(en="Later"), due_on=NOW.date())
    assert services.tell_overdue(now=NOW) == 1
    assert services.tell_overdue(now=NOW) == 0
    sent = db.session.scalars(select(Message).where(Message.name == services.OVERDUE)).all()
    assert [message.recipient for message in sent] == ["owner@filo.example"]
    values = replace(rovereto.values(), due_on=due + timedelta(days=5))
    services.edit(row.slug, values=values, actor=SYSTEM, now=NOW)
    assert services.tell_overdue(now=NOW + timedelta(days=9)) == 2


def test_the_mail_about_a_late_service(app: Flask, rovereto: Rovereto, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    row = rovereto.propose(due_on=NOW.date() - timedelta(days=3))
    for locale in LANGUAGE_NAMES:
        message = Message(name=services.OVERDUE, locale=locale, context={"service_id": row.id})
        worded = _word(message, "http://filo.example")
        assert worded
        check_approved(f"mails/service_overdue.{locale}", f"Subject: {worded.subject}\n\n{worded.text}")


def test_marks_in_a_refusal_are_words_of_the_page(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    page = f"/manage/services/{row.slug}/progress"
    wrong = send(client, page, {"where": HOSTILE, "starts_on": "2020-03-01"}, to=f"/manage/services/{row.slug}/pilots")
    assert wrong.status_code == 422
    assert "without marks like &lt;b&gt;." in wrong.text
    assert "<b>." not in wrong.text
    assert "<title>Error: Where" in wrong.text


def test_the_owner_of_a_service_is_a_known_organisation(client: FlaskClient, rovereto: Rovereto) -> None:
    owner: Organisation = rovereto.own
    sign_in_manager(client, owner, "manager@filo.example")
    values = {"title_en": "x", "need_ids": str(rovereto.need.id), "proposer_id": str(owner.id), "target": "target_sme"}
    assert send(client, "/manage/services/new", values | {"owner_id": "99999"}).status_code == 422
    assert send(client, "/manage/services/new", values | {"owner_id": str(owner.id), "proof": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("kept", "typed", "left"),
    [(30, None, 30), (30, 60, 60), (None, 60, 60), (-1, None, None), (-1, 60, 60), (None, None, None)],
)
def test_the_due_day_of_the_next_step_stays_or_is_asked_for(
    rovereto: Rovereto, kept: int | None, typed: int | None, left: int | None
) -> None:
    def day(number: int | None) -> date | None:
        return None if number is None else NOW.date() + timedelta(days=number)

    row = rovereto.propose(due_on=day(kept))
    services.move(row.slug, after=Stage.AGREED, reason="", next_by=day(typed), actor=SYSTEM, now=NOW)
    assert row.due_on == day(left)
    services.move(row.slug, after=Stage.DROPPED, reason="", actor=SYSTEM, now=NOW)
    assert row.due_on is None


def test_a_due_day_that_is_over_is_refused_beside_its_field(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    page = f"/manage/services/{row.slug}/progress"
    for typed in ("2020-01-01", "tomorrow"):
        values = {"after": "stage_agreed", "reason": "At the table", "next_by": typed}
        refused = send(client, page, values, to=f"/manage/services/{row.slug}/steps")
        assert (refused.status_code, "At the table" in refused.text) == (422, True)
    values = {"after": "stage_agreed", "next_by": "2096-01-31"}
    assert send(client, page, values, to=f"/manage/services/{row.slug}/steps").status_code == 303
    assert "31 January 2096" in client.get(f"/services/{row.slug}").text


def test_a_form_that_is_sent_twice_makes_one_service_and_one_pilot(client: FlaskClient, rovereto: Rovereto) -> None:
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    own, need = str(rovereto.own.id), str(rovereto.need.id)
    values = {"title_en": "Lab voucher", "proposer_id": own, "owner_id": own, "target": "target_sme", "need_ids": need}
    sent = hidden_values(client.get("/manage/services/new").text) | values
    slugs = {client.post("/manage/services/new", data=sent).location for _twice in range(2)}
    assert len(slugs) == 1
    base = slugs.pop().replace("/services/", "/manage/services/")
    form = hidden_values(client.get(f"{base}/progress").text) | {"where": "Rovereto", "starts_on": "2027-01-01"}
    assert [client.post(f"{base}/pilots", data=form).status_code for _twice in range(2)] == [303, 303]
    (row,) = db.session.scalars(select(ServiceProposal))
    assert len(row.pilots) == 1
