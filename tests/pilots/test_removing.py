"""What was entered by mistake, and goes as long as nothing hangs on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.texts import Texts
from app.network.actors import SYSTEM, Actor
from app.pilots import queries, services
from app.pilots.errors import MayNotEdit, SomethingHangsOnIt, StageRestsOnIt
from app.pilots.inputs import PilotInput, UptakeInput
from app.pilots.models import ServiceProposal, ServiceVersion
from app.pilots.rules import Stage
from tests.builders import NOW, make_manager, make_organisation
from tests.forms import hidden_values, send
from tests.pilots.rovereto import Rovereto
from tests.signing_in import sign_in_manager

THEN = date(2021, 1, 4)  # over for whoever looks at it


def add_pilot(row: ServiceProposal, *, days: int = 0, is_finished: bool = False) -> int:
    values = PilotInput(where="Lab", starts_on=THEN + timedelta(days=days), is_finished=is_finished)
    services.keep_pilot(row.slug, pilot_id=None, values=values, actor=SYSTEM, now=NOW)
    return max(each.id for each in queries.service(row.slug).pilots)


def add_uptake(row: ServiceProposal, adopter_id: int) -> int:
    values = UptakeInput(adopter_id=adopter_id, taken_up_on=THEN)
    services.note_uptake(row.slug, values=values, actor=SYSTEM, now=NOW)
    return next(each.id for each in queries.service(row.slug).uptakes if each.adopter_id == adopter_id)


def go(row: ServiceProposal, *stages: Stage) -> None:
    for stage in stages:
        services.move(row.slug, after=stage, reason="", actor=SYSTEM, now=NOW)


def audited(action: str) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_a_proposal_made_by_mistake_goes_from_every_page(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    services.edit(row.slug, values=rovereto.values(title=Texts(en="Lab voucher!")), actor=SYSTEM, now=NOW)
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    page = "/manage/services/lab-voucher"
    assert "Remove this service" in client.get(page).text
    answer = send(client, page, {}, to=f"{page}/removal")
    assert (answer.status_code, answer.location) == (303, "/manage/services")
    assert "The service was removed." in client.get(answer.location).text
    assert client.get("/services/lab-voucher").status_code == 404
    for place in (
        "/services",
        f"/needs/{rovereto.need.public_id}",
        f"/organisations/{rovereto.own.slug}",
        f"/organisations/{rovereto.own.slug}/our-year",
        "/search?q=voucher",
    ):
        assert "/services/lab-voucher" not in client.get(place).text, place
    assert db.session.scalars(select(ServiceVersion)).all() == []
    (noted,) = audited("service.removed")
    assert (noted.subject, noted.details) == ("service:lab-voucher", {"title": "Lab voucher!"})
    twice = send(client, "/manage/services", {}, to=f"{page}/removal")
    assert twice.status_code == 404


@pytest.mark.parametrize("case", ["agreed", "agreed and proposed again", "a pilot to come", "an uptake"])
def test_a_proposal_on_which_something_hangs_stays(client: FlaskClient, rovereto: Rovereto, case: str) -> None:
    row = rovereto.propose()
    match case:
        case "agreed":
            go(row, Stage.AGREED)
        case "agreed and proposed again":
            go(row, Stage.AGREED, Stage.DROPPED, Stage.PROPOSED)
        case "a pilot to come":
            add_pilot(row, days=9999)
        case _:
            add_uptake(row, rovereto.other.id)
    with pytest.raises(SomethingHangsOnIt):
        services.remove(row.slug, actor=SYSTEM, now=NOW)
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    page = client.get("/manage/services/lab-voucher")
    assert "Remove this service" not in page.text
    refused = client.post("/manage/services/lab-voucher/removal", data=hidden_values(page.text))
    assert (refused.status_code, "Drop it instead" in refused.text) == (409, True)


def test_a_proposal_that_was_only_dropped_and_proposed_again_goes(rovereto: Rovereto) -> None:
    row = rovereto.propose()
    go(row, Stage.DROPPED, Stage.PROPOSED)
    services.remove(row.slug, actor=SYSTEM, now=NOW)
    assert db.session.scalars(select(ServiceProposal)).all() == []


def test_a_pilot_and_an_uptake_go_unless_the_stage_rests_on_them(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    right, wrong = add_pilot(row, is_finished=True), add_pilot(row)
    go(row, Stage.AGREED, Stage.IN_PILOT, Stage.IMPLEMENTED)
    adopter, mistake = add_uptake(row, rovereto.other.id), add_uptake(row, rovereto.own.id)
    go(row, Stage.TAKEN_UP)
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    base = f"/manage/services/{row.slug}"
    for part, words in ((f"pilots/{wrong}", "pilot"), (f"uptakes/{mistake}", "uptake")):
        answer = send(client, f"{base}/progress", {}, to=f"{base}/{part}/removal")
        assert answer.status_code == 303
        assert f"The {words} was removed." in client.get(answer.location).text
        assert send(client, f"{base}/progress", {}, to=f"{base}/{part}/removal").status_code == 404
    for part in (f"pilots/{right}", f"uptakes/{adopter}"):
        refused = send(client, f"{base}/progress", {}, to=f"{base}/{part}/removal")
        assert (refused.status_code, "it cannot be removed" in refused.text) == (409, True)
    kept = queries.service(row.slug)
    assert ([one.id for one in kept.pilots], [one.id for one in kept.uptakes]) == ([right], [adopter])
    (pilot,), (uptake,) = audited("service.pilot_removed"), audited("service.uptake_removed")
    assert (pilot.details["where"], uptake.details["adopter"]) == ("Lab", rovereto.own.id)


def test_the_only_pilot_of_a_dropped_service_goes(rovereto: Rovereto) -> None:
    row = rovereto.propose()
    pilot = add_pilot(row)
    go(row, Stage.AGREED, Stage.IN_PILOT)
    with pytest.raises(StageRestsOnIt):
        services.remove_pilot(row.slug, pilot, actor=SYSTEM, now=NOW)
    go(row, Stage.DROPPED)
    services.remove_pilot(row.slug, pilot, actor=SYSTEM, now=NOW)
    assert queries.service(row.slug).pilots == []


def test_day_and_proof_of_an_uptake_are_corrected(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    uptake = add_uptake(row, rovereto.other.id)
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    base = f"/manage/services/{row.slug}"
    page, to = f"{base}/progress", f"{base}/uptakes/{uptake}"
    for wrong in (
        {"taken_up_on": "soon", "proof": ""},
        {"taken_up_on": "", "proof": "https://a.example/"},
        {"taken_up_on": "2021-02-03", "proof": "javascript:alert(1)"},
    ):
        refused = send(client, page, wrong, to=to)
        assert refused.status_code == 422
        assert f'href="#{"proof" if "java" in wrong["proof"] else "taken_up_on"}-{uptake}"' in refused.text
        assert f'value="{wrong["taken_up_on"]}"' in refused.text
    right = {"taken_up_on": "2021-02-03", "proof": "https://proof.example/minutes.pdf"}
    assert send(client, page, right, to=to).status_code == 303
    shown = client.get(f"/services/{row.slug}").text
    assert "3 February 2021" in shown
    assert right["proof"] in shown
    assert audited("service.uptake_corrected")[0].details["before"] == str(THEN)


def test_an_uptake_that_is_sent_twice_is_one(client: FlaskClient, rovereto: Rovereto) -> None:
    row = rovereto.propose()
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    base = f"/manage/services/{row.slug}"
    values = {"adopter_id": str(rovereto.other.id), "taken_up_on": "2021-02-03"}
    sent = hidden_values(client.get(f"{base}/progress").text) | values
    assert [client.post(f"{base}/uptakes", data=sent).status_code for _twice in range(2)] == [303, 303]
    assert len(queries.service(row.slug).uptakes) == 1


@pytest.mark.parametrize("part", ["pilots/999", "pilots/999/removal", "uptakes/999", "uptakes/999/removal"])
@pytest.mark.parametrize("values", [{}, {"where": "", "starts_on": "never", "taken_up_on": "never"}])
def test_what_is_not_there_is_not_found_whatever_was_typed(
    client: FlaskClient, rovereto: Rovereto, part: str, values: dict[str, str]
) -> None:
    row = rovereto.propose()
    sign_in_manager(client, rovereto.own, "manager@filo.example")
    base = f"/manage/services/{row.slug}"
    answer = send(client, f"{base}/progress", values, to=f"{base}/{part}")
    assert (answer.status_code, "not there any more" in answer.text) == (404, True)


def test_nobody_reaches_the_parts_of_another_service(rovereto: Rovereto) -> None:
    """Neither with no right to it, nor by way of a service of one's own."""
    row = rovereto.propose()
    pilot, uptake = add_pilot(row), add_uptake(row, rovereto.other.id)
    stranger = make_manager(make_organisation("Stranger"), "stranger@filo.example")
    (organisation_id,) = stranger.managed_ids
    own = services.propose(
        values=rovereto.values(owner_id=organisation_id), proposer_id=organisation_id, actor=stranger, now=NOW
    )
    for slug, refusal in ((row.slug, MayNotEdit), (own.slug, NotFound)):
        for attack in (_remove_pilot, _remove_uptake, _correct):
            with pytest.raises(refusal):
                attack(slug, uptake if attack is not _remove_pilot else pilot, stranger)
    with pytest.raises(MayNotEdit):
        services.remove(row.slug, actor=stranger, now=NOW)
    kept = queries.service(row.slug)
    assert (len(kept.pilots), [each.taken_up_on for each in kept.uptakes]) == (1, [THEN])


def _remove_pilot(slug: str, part_id: int, actor: Actor) -> None:
    services.remove_pilot(slug, part_id, actor=actor, now=NOW)


def _remove_uptake(slug: str, part_id: int, actor: Actor) -> None:
    services.remove_uptake(slug, part_id, actor=actor, now=NOW)


def _correct(slug: str, part_id: int, actor: Actor) -> None:
    services.correct_uptake(
        slug, part_id, taken_up_on=THEN - timedelta(days=9), proof="https://x.example/", actor=actor, now=NOW
    )
